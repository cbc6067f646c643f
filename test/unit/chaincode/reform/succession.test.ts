import type { CaseRecord } from '@yici/domain/model';
import { caseClocks, keyOf, lateActs, compositeKey } from '@yici/domain/model';
import { expect } from 'chai';
import { acceptedAmongDuties } from '../support/duties.js';
import { RuleLedger } from '../support/ledger.js';
import { inForce, merger, reformOf } from '../support/reforms.js';
import { appointGovernment } from '../support/shares.js';
import {
  by,
  caseNo,
  digestOf,
  expectRefusal,
  leaseMatter,
  morning,
  publishMatter,
  submission,
  taskCode,
} from '../support/story.js';

const { reformId } = reformOf(merger);
const on = (date: string) => (user: string) => by(user, morning(date));
const ninth = on('2026-03-09');
const tenth = on('2026-03-10');

describe('what follows a reorganisation', () => {
  let ledger: RuleLedger;
  const record = () => ledger.get('case', caseNo)!;
  const succeed = async (act = ninth('hrss.clerk1'), by = reformId) =>
    (await ledger.run('case.succeed', { caseNo, reformId: by }, act)) as CaseRecord;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await acceptedAmongDuties(ledger);
  });

  const answer = (stepId: string, act: ReturnType<typeof by>) =>
    ledger.run('case.opinion', { caseNo, stepId, answer: 'agree' }, act);

  it('is nothing before its day', async () => {
    await inForce(ledger, reformOf(merger));
    await expectRefusal(ledger, 'REFORM_NOTHING', () => succeed(on('2026-03-08')('hrss.clerk1')));
    await expectRefusal(ledger, 'REFORM_NOTHING', () => succeed(undefined, 'another'));
  });

  it('gives an open case its new owner, no clock moves, and the former owner acts on it no more', async () => {
    await inForce(ledger, reformOf(merger));
    const before = record();
    const extend = {
      caseNo,
      limit: { value: 2, unit: 'workingDay' as const },
      reasonCode: 'other' as const,
    };
    await expectRefusal(ledger, 'DEPARTMENT_ENDED', () =>
      ledger.run(
        'case.requestExtension',
        { ...extend, grounds: digestOf('x') },
        ninth('offices.clerk1'),
      ),
    );
    const after = await succeed();
    const { owner, dueOn, statutoryDueOn, state } = after;
    expect(owner).to.equal('finance');
    expect([dueOn, statutoryDueOn, state]).to.deep.equal([
      ...[before.dueOn, before.statutoryDueOn, before.state],
    ]);
    expect(after.successions).to.deep.equal([
      {
        ...{ part: 'owner', from: 'offices', to: 'finance', on: '2026-03-09', reformId },
        by: { department: 'hrss', role: 'clerk', user: 'hrss.clerk1' },
        at: morning('2026-03-09'),
      },
    ]);
    expect(after.parties).to.include('offices');
    expect(ledger.chain(caseNo).at(-1)?.data).to.deep.equal({ reformId });
    await expectRefusal(ledger, 'REFORM_NOTHING', () => succeed());
  });

  it('leaves what the former owner had missed with it, and what falls due from that day on with the new one', async () => {
    // The case is due on 2026-03-12; the finance step was due on 2026-03-06.
    await inForce(ledger, reformOf(merger, '2026-03-13'));
    await succeed(on('2026-03-17')('hrss.clerk1'));
    const missed = (department: string) =>
      record()
        .endedClocks!.filter((one) => one.late && one.department === department)
        .map(({ what }) => what);
    expect(missed('offices')).to.deep.equal(['finish']);
    const raise = { caseNo, what: 'finish', colour: 'red' } as const;
    const card = await ledger.run('card.raise', raise, on('2026-03-18')('data.clerk1'));
    expect(card).to.deep.include({ department: 'offices' });
    expect(lateActs(record()).map(({ clock }) => clock.department)).to.deep.equal(['offices']);

    await expectRefusal(ledger, 'REFORM_NOTHING', () => succeed(on('2026-03-18')('hrss.clerk1')));

    ledger = new RuleLedger();
    await acceptedAmongDuties(ledger);
    await inForce(ledger, reformOf(merger, '2026-03-12'));
    await succeed(on('2026-03-17')('hrss.clerk1'));
    expect(missed('offices')).to.deep.equal([]);
    const whole = caseClocks(record()).find(({ what }) => what === 'finish');
    expect(whole).to.include({ department: 'finance', dueOn: '2026-03-12' });
  });

  it('lets the new owner decide', async () => {
    await inForce(ledger, reformOf(merger));
    await succeed();
    await answer('finance', ninth('finance.clerk1'));
    await answer('headcount', ninth('establishment.clerk1'));
    await answer('registry', tenth('data.clerk1'));
    const decision = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    await expectRefusal(ledger, 'DEPARTMENT_ENDED', () =>
      ledger.run('case.decide', decision, tenth('offices.head1')),
    );
    await ledger.run('case.decide', decision, tenth('finance.head1'));
    expect(record().state).to.equal('DECIDED_GRANTED');
  });

  it('gives a step, an application and an offer to whoever goes on with them', async () => {
    const offer = { caseNo, to: 'data', dutyCode: 'DATA-01' };
    await ledger.run('case.offerTransfer', offer, on('2026-03-05')('offices.clerk1'));
    await inForce(
      ledger,
      reformOf([
        { kind: 'everything', department: 'data', to: 'supervision' },
        { kind: 'everything', department: 'hrss', to: 'finance' },
      ]),
    );
    const after = await succeed(ninth('supervision.clerk1'));
    expect(after).to.include({ applicant: 'finance', applicantMsp: 'FinanceMSP' });
    expect(after.steps.map(({ department }) => department)).to.deep.equal([
      ...['finance', 'establishment', 'supervision'],
    ]);
    expect(after.handovers?.[0]).to.include({ status: 'ended' });
    await expectRefusal(ledger, 'REFORM_NOTHING', () => succeed());
    await ledger.run('case.withdraw', { caseNo, reasonCode: 'other' }, ninth('finance.clerk1'));
  });

  it('gives a matter alone to another, whose cases go with it, while the department goes on', async () => {
    const change = { kind: 'matter', department: 'offices', to: 'finance', taskCode } as const;
    await inForce(ledger, reformOf([change]));
    await expectRefusal(ledger, 'MOVED_BY_REFORM', () =>
      ledger.run('matter.draft', leaseMatter, ninth('offices.clerk1')),
    );
    const procedure = { caseNo, limit: { value: 2, unit: 'workingDay' as const } };
    await expectRefusal(ledger, 'MOVED_BY_REFORM', () =>
      ledger.run(
        'case.requestExtension',
        { ...procedure, reasonCode: 'other', grounds: digestOf('x') },
        ninth('offices.clerk1'),
      ),
    );
    expect(await succeed()).to.include({ owner: 'finance' });
    const head = await ledger.run('reform.moveMatter', { taskCode }, ninth('hrss.clerk1'));
    expect(head).to.include({ owner: 'finance', published: 1 });
    const matter = ledger.get('matter', taskCode, '000001')!;
    expect(matter).to.include({ owner: 'finance', cosigner: 'establishment' });
    expect(matter.successions?.map(({ from }) => from)).to.deep.equal(['offices']);
    expect(ledger.endorsements.get(compositeKey(keyOf(matter)))).to.deep.equal([
      ...['FinanceMSP', 'EstablishmentMSP'],
    ]);
    await expectRefusal(ledger, 'REFORM_NOTHING', () =>
      ledger.run('reform.moveMatter', { taskCode }, ninth('hrss.clerk1')),
    );
    const next = submission();
    const filed = { ...next, caseNo: `${taskCode}-20260309-0007` };
    expect(await ledger.run('case.submit', filed, ninth('hrss.clerk1'))).to.include({
      owner: 'finance',
    });
    const later = { ...leaseMatter, effectiveFrom: '2026-03-20' };
    await publishMatter(ledger, later, 'finance', 'establishment', morning('2026-03-10'));
    expect(ledger.get('matter', taskCode, '000001')).to.include({ supersededBy: 2 });
  });

  it('puts whoever cosigns by now in the place of an Establishment Office that has ended', async () => {
    await appointGovernment(ledger);
    const ends = { kind: 'everything', department: 'establishment', to: 'finance' } as const;
    const reform = reformOf([ends]);
    await ledger.run('reform.register', reform, on('2026-03-05')('offices.clerk1'));
    await ledger.run('reform.confirm', { reformId }, on('2026-03-05')('finance.head1'));
    const move = () => ledger.run('reform.moveMatter', { taskCode }, ninth('hrss.clerk1'));
    await expectRefusal(ledger, 'FUNCTION_VACANT', move);
    await ledger.run('department.update', { claim: ['establishment'] }, ninth('finance.head1'));
    const claimed = { id: 'finance', functions: ['establishment' as const] };
    for (const id of ['hrss', 'data']) {
      await ledger.run('department.confirm', claimed, ninth(`${id}.head1`));
    }
    expect(await move()).to.include({ owner: 'offices' });
    const matter = ledger.get('matter', taskCode, '000001')!;
    expect(matter).to.include({ owner: 'offices', cosigner: 'finance' });
    expect(ledger.endorsements.get(compositeKey(keyOf(matter)))).to.deep.equal([
      ...['GovernmentOfficesMSP', 'FinanceMSP'],
    ]);
    await expectRefusal(ledger, 'REFORM_NOTHING', move);
  });

  it('gives a clause to another as it stands: confirmed, and cited no more from where it was', async () => {
    const code = 'DATA-01';
    await inForce(ledger, reformOf([{ kind: 'duty', department: 'data', code, to: 'finance' }]));
    const register = (act: ReturnType<typeof by>) =>
      ledger.run('duty.register', { ...contentOf(), clause: '（一）改' }, act);
    const contentOf = () => {
      const { department, title, clause, document, covers, effectiveFrom } = ledger.get(
        'duty',
        'data',
        code,
      )!;
      return { department, code, title, clause, document, covers: covers!, effectiveFrom };
    };
    await expectRefusal(ledger, 'MOVED_BY_REFORM', () => register(ninth('data.clerk1')));
    const moved = await ledger.run(
      'reform.moveDuty',
      { department: 'data', code },
      ninth('hrss.clerk1'),
    );
    expect(moved).to.deep.include({ department: 'finance', version: 1, confirmedVersion: 1 });
    expect(ledger.get('duty', 'data', code)?.moved).to.include({ to: 'finance', reformId });
    expect(ledger.get('dutyVersion', 'data', code, '000001')).to.not.have.property('moved');
    await expectRefusal(ledger, 'MOVED_BY_REFORM', () => register(ninth('establishment.clerk1')));
    await expectRefusal(ledger, 'REFORM_NOTHING', () =>
      ledger.run('reform.moveDuty', { department: 'data', code }, ninth('hrss.clerk1')),
    );
    const cited = (to: string) =>
      ledger.run('case.offerTransfer', { caseNo, to, dutyCode: code }, ninth('offices.clerk1'));
    await expectRefusal(ledger, 'MOVED_BY_REFORM', () => cited('data'));
    await cited('finance');
    // The registry step is data's by that clause, and goes with it.
    const after = await succeed();
    expect(after.steps.find(({ id }) => id === 'registry')).to.include({ department: 'finance' });
    expect(after.owner).to.equal('offices');
  });

  it('gives a data set to another source, which words it from then on', async () => {
    const datasetId = 'finance.budget';
    const change = { kind: 'dataset', department: 'finance', to: 'data', datasetId } as const;
    await inForce(ledger, reformOf([change]));
    const noted = { datasetId, changedOn: '2026-03-06', cause: 'duty', reason: 'x' } as const;
    await expectRefusal(ledger, 'MOVED_BY_REFORM', () =>
      ledger.run('dataset.noteChange', noted, ninth('finance.clerk1')),
    );
    const moved = await ledger.run('reform.moveDataset', { datasetId }, ninth('hrss.clerk1'));
    expect(moved).to.include({ sourceDepartment: 'data', status: 'published' });
    await ledger.run('dataset.noteChange', noted, ninth('data.clerk1'));
  });

  it('comes back by another reorganisation', async () => {
    const change = { kind: 'matter', department: 'offices', to: 'finance', taskCode } as const;
    await inForce(ledger, reformOf([change]));
    await succeed();
    await ledger.run('reform.moveMatter', { taskCode }, ninth('hrss.clerk1'));
    const back = { ...change, department: 'finance', to: 'offices' };
    await inForce(ledger, reformOf([back], '2026-03-11', 'back'), morning('2026-03-10'));
    const eleventh = on('2026-03-11')('hrss.clerk1');
    expect(await succeed(eleventh, 'back')).to.include({ owner: 'offices' });
    await ledger.run('reform.moveMatter', { taskCode }, eleventh);
    await expectRefusal(ledger, 'REFORM_NOTHING', () => succeed(eleventh));
    await expectRefusal(ledger, 'REFORM_NOTHING', () =>
      ledger.run('reform.moveMatter', { taskCode }, eleventh),
    );
    const draft = { ...leaseMatter, effectiveFrom: '2026-04-01' };
    await ledger.run('matter.draft', draft, on('2026-03-11')('offices.clerk1'));
  });

  it('decides with another department what its owner has come to ask itself for', async () => {
    const change = { kind: 'everything', department: 'hrss', to: 'offices' } as const;
    await inForce(ledger, reformOf([change]));
    const after = await succeed(ninth('data.clerk1'));
    expect(after).to.include({ applicant: 'offices', owner: 'offices' });
    expect(after).to.not.have.property('coDecider');
    for (const [stepId, user] of [
      ['finance', 'finance.clerk1'],
      ['headcount', 'establishment.clerk1'],
      ['registry', 'data.clerk1'],
    ] as const) {
      await answer(stepId, ninth(user));
    }
    const decision = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    await expectRefusal(ledger, 'CO_DECISION_MISSING', () =>
      ledger.run('case.decide', decision, ninth('offices.head1')),
    );
  });
});
