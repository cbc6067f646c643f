import '../support/quiet.js';
import type { CommandInput, DelegationRecord } from '@yici/domain/model';
import { ContractError } from '@yici/domain/model';
import { expect } from 'chai';
import { ContractLedger } from '../support/contract-ledger.js';
import type { Act } from '../support/ledger.js';
import { RuleLedger } from '../support/ledger.js';
import {
  attested,
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  issueAttestations,
  leaseMatter,
  morning,
  receivedCase,
  agreeing,
  taskCode,
} from '../support/story.js';

const grant = {
  delegationId: 'd-1',
  from: 'offices.head1',
  role: 'head' as const,
  to: 'offices.clerk2',
  fromDay: '2026-03-03',
  toDay: '2026-03-05',
  reasonCode: 'leave' as const,
};
const act = (user: string, date: string): Act => by(user, morning(date));
const standingIn = (user: string, date: string): Act => ({ ...act(user, date), under: 'd-1' });
const decision = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;

describe('standing in for an absent official (AB岗)', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  /** Granted, and signed by both its ends. */
  const arrange = async (given: CommandInput<'delegation.grant'>, granter: Act) => {
    const record = await ledger.run('delegation.grant', given, granter);
    const { delegationId, from, to } = given;
    for (const end of from === granter.user ? [to] : [from, to]) {
      await ledger.run('delegation.accept', { delegationId }, { ...by(end), at: granter.at });
    }
    return record;
  };

  /** A case that waits for the owner's decision, accepted by `clerk`. */
  const reviewed = async (clerk: Act) => {
    await receivedCase(ledger);
    await issueAttestations(ledger, morning('2026-03-02'));
    await ledger.run('case.accept', { caseNo, attested }, clerk);
    for (const { stepId, user } of agreeing) {
      await ledger.run(
        'case.opinion',
        { caseNo, stepId, answer: 'agree' },
        act(user, '2026-03-04'),
      );
    }
  };

  it('is granted by a head, for a department’s own officials', async () => {
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('delegation.grant', grant, act('offices.clerk1', '2026-03-02')),
    );
    const record = await ledger.run('delegation.grant', grant, act('offices.head1', '2026-03-02'));
    expect(record).to.deep.include({ kind: 'delegation', department: 'offices', ...grant });
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('delegation.grant', grant, act('offices.head1', '2026-03-02')),
    );
  });

  it('is granted neither by the delegate nor to oneself', async () => {
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      ledger.run(
        'delegation.grant',
        { ...grant, to: 'offices.head2' },
        act('offices.head2', '2026-03-02'),
      ),
    );
    await expectRefusal(ledger, 'DELEGATION_INVALID', () =>
      ledger.run(
        'delegation.grant',
        { ...grant, to: grant.from },
        act('offices.head2', '2026-03-02'),
      ),
    );
  });

  it('has a period that begins today at the earliest, and an end', async () => {
    for (const period of [
      { fromDay: '2026-03-01' },
      { fromDay: '2026-03-06' },
      { toDay: '2026-09-03' },
    ]) {
      await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
        ledger.run('delegation.grant', { ...grant, ...period }, act('offices.head1', '2026-03-02')),
      );
    }
    await ledger.run(
      'delegation.grant',
      { ...grant, toDay: '2026-09-02' },
      act('offices.head1', '2026-03-02'),
    );
  });

  it('lets the delegate do what the absent official’s role may do, under both names', async () => {
    await reviewed(act('offices.clerk1', '2026-03-03'));
    await arrange(grant, act('offices.head1', '2026-03-02'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('case.decide', decision, act('offices.clerk2', '2026-03-05')),
    );
    await ledger.run('case.decide', decision, standingIn('offices.clerk2', '2026-03-05'));
    const both = {
      department: 'offices',
      role: 'head',
      user: 'offices.clerk2',
      for: 'offices.head1',
      under: 'd-1',
    };
    expect(ledger.get('case', caseNo)!.decision!.by).to.deep.equal(both);
    const last = ledger.chain(caseNo).at(-1)!;
    expect(last.by).to.deep.equal(both);
    expect(last.data).to.not.have.property('under');
  });

  it('gives the absent official’s role and no more', async () => {
    const clerkship = { ...grant, from: 'offices.clerk9', role: 'clerk' as const };
    const head = { ...clerkship, to: 'offices.head2' };
    await arrange(head, act('offices.head1', '2026-03-03'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run(
        'matter.retire',
        { taskCode, version: 1, reasonCode: 'other' },
        standingIn('offices.head2', '2026-03-03'),
      ),
    );
  });

  it('counts on its days only, until it is ended, and for its delegate only', async () => {
    await reviewed(act('offices.clerk1', '2026-03-03'));
    const refused = async (problem: string, who: Act) => {
      const details = await expectRefusal(ledger, 'DELEGATION_NOT_VALID', () =>
        ledger.run('case.decide', decision, who),
      );
      expect(details).to.deep.equal({ delegationId: 'd-1', problem });
    };
    await refused('unknown', standingIn('offices.clerk2', '2026-03-04'));
    await arrange(grant, act('offices.head1', '2026-03-02'));
    await refused('notYet', standingIn('offices.clerk2', '2026-03-02'));
    await refused('expired', standingIn('offices.clerk2', '2026-03-06'));
    await refused('otherUser', standingIn('offices.clerk3', '2026-03-04'));
    await refused('otherDepartment', standingIn('finance.clerk2', '2026-03-04'));
    // The last moment of the last day, Shanghai, and the first of the next.
    await refused('expired', {
      ...standingIn('offices.clerk2', '2026-03-05'),
      at: '2026-03-05T16:00:00.000Z',
    });
    await ledger.run('delegation.end', { delegationId: 'd-1' }, act('offices.head1', '2026-03-04'));
    await refused('ended', standingIn('offices.clerk2', '2026-03-04'));
  });

  it('makes no official of a supervisor, a service or an administrator (R15)', async () => {
    for (const role of ['supervisor', 'service', 'gateway', 'admin']) {
      const to = `offices.${role}1`;
      const delegationId = `d-${role}`;
      const given = { ...grant, delegationId, to };
      await ledger.run('delegation.grant', given, act('offices.head1', '2026-03-03'));
      await expectRefusal(ledger, 'ROLE_REFUSED', () =>
        ledger.run('delegation.accept', { delegationId }, act(to, '2026-03-03')),
      );
      await expectRefusal(ledger, 'ROLE_REFUSED', () =>
        ledger.run(
          'matter.retire',
          { taskCode, version: 1, reasonCode: 'other' },
          { ...act(to, '2026-03-03'), under: delegationId },
        ),
      );
    }
  });

  it('is signed by both its ends, the absent one in the role that is handed on', async () => {
    const given = { ...grant, from: 'offices.head2' };
    await ledger.run('delegation.grant', given, act('offices.head1', '2026-03-02'));
    const accept = (user: string, role?: Act['role']) =>
      ledger.run(
        'delegation.accept',
        { delegationId: 'd-1' },
        { ...act(user, '2026-03-02'), ...(role === undefined ? {} : { role }) },
      );
    await expectRefusal(ledger, 'DELEGATION_INVALID', () => accept('offices.head1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => accept('finance.head2'));
    const details = await expectRefusal(ledger, 'DELEGATION_INVALID', () =>
      accept('offices.head2', 'clerk'),
    );
    expect(details).to.include({ problem: 'roleNotHeld' });
    await accept('offices.head2');
    await expectRefusal(ledger, 'ALREADY_CONFIRMED', () => accept('offices.head2'));
    await accept('offices.clerk2');
    expect(ledger.get('delegation', 'd-1')?.accepted?.map(({ as }) => as)).to.deep.equal([
      'absent',
      'delegate',
    ]);
    const end = { delegationId: 'd-1' };
    await ledger.run('delegation.end', end, act('offices.head1', '2026-03-02'));
    await expectRefusal(ledger, 'WRONG_STATE', () => accept('offices.clerk2'));
  });

  it('cannot be passed on, nor ended, by what it gives', async () => {
    await arrange(grant, act('offices.head1', '2026-03-02'));
    const next = { ...grant, delegationId: 'd-2', to: 'offices.clerk3' };
    await expectRefusal(ledger, 'DELEGATION_INVALID', () =>
      arrange(next, standingIn('offices.clerk2', '2026-03-03')),
    );
    await expectRefusal(ledger, 'DELEGATION_INVALID', () =>
      ledger.run(
        'delegation.end',
        { delegationId: 'd-1' },
        standingIn('offices.clerk2', '2026-03-03'),
      ),
    );
  });

  it('is ended by a head, by who is back or by the delegate, once', async () => {
    await ledger.run('delegation.grant', grant, act('offices.head1', '2026-03-02'));
    const end = { delegationId: 'd-1', reasonCode: 'back' as const };
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('delegation.end', end, act('offices.clerk3', '2026-03-03')),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('delegation.end', end, act('finance.head1', '2026-03-03')),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('delegation.end', { delegationId: 'none' }, act('offices.head1', '2026-03-03')),
    );
    const ended = await ledger.run('delegation.end', end, act('offices.clerk2', '2026-03-03'));
    expect((ended as DelegationRecord).ended).to.deep.include({ reasonCode: 'back' });
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('delegation.end', end, act('offices.head1', '2026-03-03')),
    );
  });

  describe('keeps maker and checker apart by both names', () => {
    it('when the delegate made it', async () => {
      await reviewed(act('offices.clerk2', '2026-03-03'));
      await arrange(grant, act('offices.head1', '2026-03-02'));
      await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
        ledger.run('case.decide', decision, standingIn('offices.clerk2', '2026-03-05')),
      );
      await ledger.run('case.decide', decision, act('offices.head1', '2026-03-05'));
    });

    it('when the absent official made it', async () => {
      await reviewed(act('offices.head1', '2026-03-03'));
      await arrange(grant, act('offices.head2', '2026-03-02'));
      await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
        ledger.run('case.decide', decision, standingIn('offices.clerk2', '2026-03-05')),
      );
      await ledger.run('case.decide', decision, act('offices.head2', '2026-03-05'));
    });

    it('when the delegate made it in the absent official’s place', async () => {
      const clerkship = { ...grant, from: 'offices.clerk1', role: 'clerk' as const };
      await arrange({ ...clerkship, to: 'offices.head3' }, act('offices.head2', '2026-03-02'));
      await reviewed(standingIn('offices.head3', '2026-03-03'));
      await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
        ledger.run('case.decide', decision, act('offices.head3', '2026-03-05')),
      );
      await ledger.run('case.decide', decision, act('offices.head2', '2026-03-05'));
    });

    it('in the catalogue too', async () => {
      await arrange(grant, act('offices.head1', '2026-03-02'));
      const next = { ...leaseMatter, effectiveFrom: '2026-05-01' };
      const draft = await ledger.run('matter.draft', next, act('offices.clerk2', '2026-03-03'));
      if (draft.kind !== 'matter') throw new TypeError('no matter');
      const { version, contentDigest } = draft;
      await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
        ledger.run(
          'matter.cosign',
          { taskCode, version, contentDigest },
          standingIn('offices.clerk2', '2026-03-03'),
        ),
      );
    });
  });
});

describe('a command that names a delegation, on the wire', () => {
  it('is the command without it, for the rules and in the chain', async () => {
    const ledger = new ContractLedger();
    await foundEverything(ledger);
    await receivedCase(ledger);
    await ledger.run(
      'delegation.grant',
      { ...grant, from: 'offices.clerk1', role: 'clerk' },
      act('offices.head1', '2026-03-03'),
    );
    for (const end of ['offices.clerk1', 'offices.clerk2']) {
      await ledger.run('delegation.accept', { delegationId: 'd-1' }, act(end, '2026-03-03'));
    }
    const accepted = await ledger.run(
      'case.accept',
      { caseNo },
      standingIn('offices.clerk2', '2026-03-03'),
    );
    if (accepted.kind !== 'case') throw new TypeError('no case');
    expect(accepted.acceptance!.by).to.deep.include({ for: 'offices.clerk1', under: 'd-1' });
  });

  it('is refused when the delegation is no name', async () => {
    const ledger = new ContractLedger();
    await foundEverything(ledger);
    for (const under of [1, '', ' ', null]) {
      const attempt = ledger.call(
        'case.receive',
        JSON.stringify({ caseNo, under }),
        act('offices.clerk1', '2026-03-03'),
      );
      const error = await attempt.then(
        () => expect.fail('it was done'),
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(ContractError);
      if (!(error instanceof ContractError)) return;
      expect(error.code).to.equal('VALIDATION_FAILED');
      expect(error.details['issues']).to.have.nested.property('[0].path', 'under');
    }
  });
});
