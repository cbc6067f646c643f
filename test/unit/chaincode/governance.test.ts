import { canonicalDigest } from '@yici/domain/model';
import { functionQuorum } from '@yici/domain/rules';
import { expect } from 'chai';
import { RuleLedger } from './support/ledger.js';
import {
  by,
  calendars,
  department,
  documentOf,
  expectRefusal,
  foundRegistry,
  importCalendar,
  mspOf,
} from './support/story.js';

describe('the department registry', () => {
  let ledger: RuleLedger;
  beforeEach(() => {
    ledger = new RuleLedger();
  });

  it('lets each department register itself once, by its administrator or its head', () => {
    ledger.run('department.register', department('hrss'), by('hrss.admin'));
    expect(ledger.get('department', 'hrss')).to.deep.include({ mspId: 'HrssMSP', functions: [] });
    expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('department.register', department('other'), by('hrss.head1')),
    );
    expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('department.register', department('hrss'), by('finance.head1')),
    );
    expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('department.register', department('finance'), by('finance.clerk1')),
    );
  });

  it('says of a department, if it wants, its system and that it is vertically managed', () => {
    const entry = { ...department('hrss'), vertical: true, systemId: 'hrss-core' };
    ledger.run('department.register', entry, by('hrss.admin'));
    expect(ledger.get('department', 'hrss')).to.include({ vertical: true, systemId: 'hrss-core' });
    ledger.run('department.update', { systemId: 'hrss-2' }, by('hrss.head1'));
    expect(ledger.get('department', 'hrss')).to.include({ vertical: true, systemId: 'hrss-2' });
    ledger.run('department.register', department('finance'), by('finance.admin'));
    expect(ledger.get('department', 'finance')).to.not.have.any.keys('vertical', 'systemId');
  });

  it('puts a function in force only when a majority, and never fewer than three, declared for it', () => {
    expect([1, 2, 3, 4, 5, 6, 14].map(functionQuorum)).to.deep.equal([3, 3, 3, 3, 3, 4, 8]);
    for (const id of Object.keys(mspOf)) {
      ledger.run('department.register', department(id), by(`${id}.admin`));
    }
    const confirm = (user: string) =>
      ledger.run(
        'department.confirm',
        { id: 'establishment', functions: ['establishment'] },
        by(user),
      );
    confirm('finance.head1');
    confirm('hrss.head1');
    expect(ledger.get('functionHolder', 'establishment')).to.equal(undefined);
    confirm('offices.head1');
    expect(ledger.get('functionHolder', 'establishment')?.department).to.equal('establishment');
    const entry = ledger.get('department', 'establishment');
    expect(entry?.functions).to.deep.equal(['establishment']);
    expect(entry?.claims).to.deep.equal([]);
  });

  it('counts no department twice and never the claimant’s own word', () => {
    for (const id of Object.keys(mspOf)) {
      ledger.run('department.register', department(id), by(`${id}.admin`));
    }
    const confirm = { id: 'data', functions: ['leadAuthority' as const] };
    expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      ledger.run('department.confirm', confirm, by('data.head1')),
    );
    ledger.run('department.confirm', confirm, by('hrss.head1'));
    expectRefusal(ledger, 'ALREADY_CONFIRMED', () =>
      ledger.run('department.confirm', confirm, by('hrss.admin')),
    );
    expectRefusal(ledger, 'FUNCTION_NOT_CLAIMED', () =>
      ledger.run(
        'department.confirm',
        { id: 'data', functions: ['supervision'] },
        by('hrss.head1'),
      ),
    );
    expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run(
        'department.confirm',
        { id: 'nobody', functions: ['supervision'] },
        by('hrss.head1'),
      ),
    );
  });

  it('moves a function to the department whose claim gathers the quorum', async () => {
    await foundRegistry(ledger);
    ledger.run('department.update', { claim: ['leadAuthority'] }, by('hrss.head1'));
    for (const id of ['finance', 'offices', 'supervision']) {
      ledger.run(
        'department.confirm',
        { id: 'hrss', functions: ['leadAuthority'] },
        by(`${id}.head1`),
      );
    }
    expect(ledger.get('functionHolder', 'leadAuthority')?.department).to.equal('hrss');
    expect(ledger.get('department', 'data')?.functions).to.deep.equal([]);
  });

  it('lets a department change its entry and drop a claim, but neither repeat nor invent one', async () => {
    await foundRegistry(ledger);
    ledger.run(
      'department.update',
      { name: { zh: '人社局', en: 'HRSS' }, claim: ['supervision'] },
      by('hrss.head1'),
    );
    expect(ledger.get('department', 'hrss')?.name.zh).to.equal('人社局');
    expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('department.update', { claim: ['supervision'] }, by('hrss.head1')),
    );
    ledger.run('department.update', { withdrawClaim: ['supervision'] }, by('hrss.head1'));
    expectRefusal(ledger, 'FUNCTION_NOT_CLAIMED', () =>
      ledger.run('department.update', { withdrawClaim: ['supervision'] }, by('hrss.head1')),
    );
    expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('department.update', { claim: ['leadAuthority'] }, by('data.head1')),
    );
  });
});

describe('duties', () => {
  const duty = {
    department: 'hrss',
    code: 'HRSS-07',
    title: { zh: '机关工资', en: 'Pay' },
    clause: '（七）负责机关事业单位工资',
    document: documentOf('三定〔2024〕7号'),
    effectiveFrom: '2024-01-01',
  };

  it('are registered by the department or the Establishment Office, version after version', async () => {
    const ledger = new RuleLedger();
    await foundRegistry(ledger);
    ledger.run('duty.register', duty, by('hrss.clerk1'));
    expectRefusal(ledger, 'DUTY_UNCHANGED', () =>
      ledger.run('duty.register', duty, by('establishment.clerk1')),
    );
    const changed = { ...duty, clause: '（七）负责机关事业单位工资和退休' };
    ledger.run('duty.register', changed, by('establishment.clerk1'));
    expect(ledger.get('duty', 'hrss', 'HRSS-07')?.version).to.equal(2);
    expect(ledger.get('dutyVersion', 'hrss', 'HRSS-07', '000001')?.clause).to.equal(duty.clause);
    expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('duty.register', duty, by('finance.clerk1')),
    );
    expectRefusal(ledger, 'DEPARTMENT_UNKNOWN', () =>
      ledger.run('duty.register', { ...duty, department: 'nobody' }, by('establishment.clerk1')),
    );
  });
});

describe('working calendars', () => {
  let ledger: RuleLedger;
  const { offDays, makeUpDays } = calendars[2026];
  const days = { offDays: [...offDays], makeUpDays: [...makeUpDays] };
  const notice = documentOf('国办发明电〔2025〕7号');
  const content = { year: 2026, days, notice };
  const contentDigest = canonicalDigest(content);

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundRegistry(ledger);
  });

  it('are proposed by the lead authority and come into force by another department’s head', () => {
    ledger.run('calendar.import', content, by('data.clerk1'));
    expect(ledger.get('calendar', '2026')?.inForce).to.equal(undefined);
    ledger.run('calendar.confirm', { year: 2026, version: 1, contentDigest }, by('hrss.head1'));
    expect(ledger.get('calendar', '2026')?.inForce?.version).to.equal(1);
    expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run(
        'calendar.confirm',
        { year: 2026, version: 1, contentDigest },
        by('finance.head1'),
      ),
    );
  });

  it('are refused from another department, by the proposer’s own head, and under another digest', () => {
    expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('calendar.import', content, by('hrss.clerk1')),
    );
    ledger.run('calendar.import', content, by('data.clerk1'));
    const confirm = { year: 2026, version: 1, contentDigest };
    expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      ledger.run('calendar.confirm', confirm, by('data.head1')),
    );
    expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('calendar.confirm', confirm, by('hrss.clerk1')),
    );
    expectRefusal(ledger, 'DIGEST_MISMATCH', () =>
      ledger.run(
        'calendar.confirm',
        { ...confirm, contentDigest: '0'.repeat(64) },
        by('hrss.head1'),
      ),
    );
    expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('calendar.confirm', { ...confirm, version: 2 }, by('hrss.head1')),
    );
  });

  it('are refused when no lead authority is in force', () => {
    const empty = new RuleLedger();
    empty.run('department.register', department('data'), by('data.admin'));
    expectRefusal(empty, 'FUNCTION_VACANT', () =>
      empty.run('calendar.import', content, by('data.clerk1')),
    );
  });

  it('are refused when they contradict themselves', () => {
    const wrong: [problem: string, days: typeof days][] = [
      ['otherYear', { ...days, offDays: ['2027-01-01'] }],
      ['makeUpOnWeekday', { ...days, makeUpDays: ['2026-03-04'] }],
      ['listedTwice', { ...days, makeUpDays: ['2026-02-15'] }],
      ['listedTwice', { ...days, offDays: [...days.offDays, '2026-05-01'] }],
    ];
    for (const [problem, broken] of wrong) {
      const details = expectRefusal(ledger, 'CALENDAR_INVALID', () =>
        ledger.run('calendar.import', { ...content, days: broken }, by('data.clerk1')),
      );
      expect(details['problem']).to.equal(problem);
    }
  });

  it('are corrected by a next version; an older one cannot come back', async () => {
    await importCalendar(ledger, 2026);
    ledger.run('calendar.import', content, by('data.clerk1'));
    ledger.run('calendar.import', content, by('data.clerk1'));
    ledger.run('calendar.confirm', { year: 2026, version: 3, contentDigest }, by('hrss.head1'));
    expect(ledger.get('calendarVersion', '2026', '000001')?.status).to.equal('superseded');
    expect(ledger.get('calendar', '2026')?.inForce?.version).to.equal(3);
    expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('calendar.confirm', { year: 2026, version: 2, contentDigest }, by('hrss.head1')),
    );
  });
});
