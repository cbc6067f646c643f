import { ContractError } from '@yici/domain/model';
import { expect } from 'chai';
import { registerDuties } from '../support/duties.js';
import { RuleLedger } from '../support/ledger.js';
import { inForce, merger, reformOf } from '../support/reforms.js';
import {
  by,
  department,
  digestOf,
  expectRefusal,
  foundEverything,
  morning,
  taskCode,
} from '../support/story.js';

describe('a reorganisation', () => {
  let ledger: RuleLedger;
  const at = morning('2026-03-05');
  const { reformId } = reformOf(merger);
  const register = (reform = reformOf(merger), user = 'establishment.clerk1') =>
    ledger.run('reform.register', reform, by(user, at));
  const confirm = (user: string, when = at) =>
    ledger.run('reform.confirm', { reformId }, by(user, when));

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await registerDuties(ledger);
  });

  const appoint = async (id: string) => {
    await ledger.run('department.update', { claim: ['government'] }, by(`${id}.head1`));
    const others = ['hrss', 'finance', 'offices', 'data'].filter((other) => other !== id);
    for (const other of others.slice(0, 3)) {
      const declared = { id, functions: ['government' as const] };
      await ledger.run('department.confirm', declared, by(`${other}.head1`));
    }
  };

  it('is registered by the Establishment Office, with the deciding organ and its document', async () => {
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => register(undefined, 'offices.head1'));
    await expectRefusal(ledger, 'VALIDATION_FAILED', () =>
      register({ ...reformOf(merger), decision: { organ: '' } as never }),
    );
    expect(await register()).to.deep.include({ confirmations: [] });
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => register());
    expect(ledger.get('department', 'offices')).to.not.have.property('left');
  });

  it('of the Establishment Office itself is registered by the government’s office', async () => {
    const own = reformOf([{ kind: 'everything', department: 'establishment', to: 'offices' }]);
    await expectRefusal(ledger, 'FUNCTION_VACANT', () => register(own));
    await appoint('supervision');
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => register(own));
    await register(own, 'supervision.clerk1');
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => confirm('supervision.head1'));
    expect(await confirm('offices.head1')).to.include({ inForceFrom: '2026-03-09' });
  });

  it('counts once the government has confirmed it', async () => {
    await appoint('supervision');
    await register();
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => confirm('hrss.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => confirm('supervision.clerk1'));
    expect(await confirm('supervision.head1')).to.include({ inForceFrom: '2026-03-09' });
    await expectRefusal(ledger, 'WRONG_STATE', () => confirm('finance.head1'));
  });

  it('counts once every department that gets something has accepted it, from no day before that', async () => {
    await register(
      reformOf([...merger, { kind: 'matter', department: 'offices', to: 'hrss', taskCode }]),
    );
    expect(await confirm('finance.head1')).to.not.have.property('inForceFrom');
    await expectRefusal(ledger, 'ALREADY_CONFIRMED', () => confirm('finance.head2'));
    expect(ledger.get('department', 'offices')).to.not.have.property('left');
    const late = morning('2026-03-11');
    expect(await confirm('hrss.head1', late)).to.include({ inForceFrom: '2026-03-11' });
    expect(ledger.get('department', 'offices')?.left).to.deep.equal([
      {
        ...{ of: 'everything', to: 'finance', on: '2026-03-11', reformId },
        decision: { organ: '省人民政府', number: '浙政函〔2026〕12号' },
      },
      {
        ...{ of: 'matter', id: taskCode, to: 'hrss', on: '2026-03-11', reformId },
        decision: { organ: '省人民政府', number: '浙政函〔2026〕12号' },
      },
    ]);
    expect(ledger.get('departmentOfMsp', 'GovernmentOfficesMSP')).to.include({ reformed: true });
  });

  it('moves only what its department has, to another that is there and does not end', async () => {
    const problem = async (...changes: Parameters<typeof reformOf>[0]) => {
      try {
        await ledger.run('reform.register', reformOf(changes), by('establishment.clerk1', at));
      } catch (error) {
        if (!(error instanceof ContractError)) throw error;
        return error.details['problem'] ?? error.code;
      }
      return 'taken';
    };
    const matter = { kind: 'matter', taskCode, department: 'hrss', to: 'finance' } as const;
    expect(await problem(matter)).to.equal('notItsOwn');
    expect(await problem({ ...matter, department: 'offices', to: 'offices' })).to.equal('toItself');
    expect(await problem({ ...matter, department: 'nobody' })).to.equal('DEPARTMENT_UNKNOWN');
    expect(await problem({ ...matter, department: 'offices', to: 'nobody' })).to.equal(
      'DEPARTMENT_UNKNOWN',
    );
    const duty = { kind: 'duty', department: 'offices', code: 'NONE', to: 'finance' } as const;
    expect(await problem(duty)).to.equal('notItsOwn');
    const dataset = { kind: 'dataset', datasetId: 'finance.budget', department: 'hrss' } as const;
    expect(await problem({ ...dataset, to: 'data' })).to.equal('notItsOwn');
    const ends = { kind: 'everything', department: 'finance', to: 'hrss' } as const;
    expect(await problem(...merger, ends)).to.equal('toEnding');
    expect(await problem(...merger, ...merger)).to.equal('VALIDATION_FAILED');
    await inForce(ledger, reformOf(merger));
    const again = reformOf(merger, '2026-03-20', 'reform-2');
    await expectRefusal(ledger, 'REFORM_INVALID', () => register(again));
  });

  it('ends a department on its day: it only finishes what is its own, and nobody stands in for it', async () => {
    await inForce(ledger, reformOf(merger));
    const draft = (date: string, user = 'offices.head1') =>
      ledger.run(
        'delegation.grant',
        {
          ...{ delegationId: `d-${date}`, from: 'offices.head1', role: 'head' as const },
          ...{ to: 'offices.clerk2', fromDay: date, toDay: '2026-03-31', reasonCode: 'training' },
        },
        by(user, morning(date)),
      );
    await draft('2026-03-06');
    const accept = { delegationId: 'd-2026-03-06' };
    await ledger.run('delegation.accept', accept, by('offices.clerk2', morning('2026-03-06')));
    await expectRefusal(ledger, 'DEPARTMENT_ENDED', () => draft('2026-03-09'));
    const revoked = { keyId: '0'.repeat(32), reasonCode: 'other' as const };
    // Its own affairs are refused for what they are, and not because it has ended.
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('appKey.revoke', revoked, by('offices.head1', morning('2026-03-09'))),
    );
    const under = { ...by('offices.clerk2', morning('2026-03-09')), under: 'd-2026-03-06' };
    await expectRefusal(ledger, 'DELEGATION_NOT_VALID', () =>
      ledger.run('order.reply', { orderId: 'none', document: digestOf('reply') }, under),
    );
  });

  it('names a department, which does not name itself; the name before is kept with its day', async () => {
    const name = { zh: '机关事务局', en: 'Government Offices Administration' };
    await expectRefusal(ledger, 'NAME_BY_REFORM', () =>
      ledger.run('department.update', { name }, by('offices.admin', at)),
    );
    await inForce(ledger, reformOf([{ kind: 'rename', department: 'offices', name }]));
    const take = (date: string) =>
      ledger.run('reform.takeName', { department: 'offices' }, by('hrss.clerk1', morning(date)));
    await expectRefusal(ledger, 'REFORM_NOTHING', () => take('2026-03-08'));
    expect(await take('2026-03-09')).to.deep.include({
      name,
      formerNames: [{ name: department('offices').name, until: '2026-03-09', reformId }],
    });
    await expectRefusal(ledger, 'REFORM_NOTHING', () => take('2026-03-10'));
  });

  it('leaves quorums to the departments that have not ended', async () => {
    await inForce(ledger, reformOf(merger));
    const late = (user: string) => by(user, morning('2026-03-10'));
    await ledger.run('department.update', { claim: ['government'] }, late('hrss.head1'));
    const input = { id: 'hrss', functions: ['government' as const] };
    await ledger.run('department.confirm', input, late('finance.head1'));
    // Three of five; six departments would need four.
    await ledger.run('department.confirm', input, late('data.head1'));
    expect(ledger.get('functionHolder', 'government')).to.include({ department: 'hrss' });
  });
});
