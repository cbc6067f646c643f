import type { CaseRecord, CommandInput } from '@yici/domain/model';
import { licenceStatus } from '@yici/domain/model';
import { expect } from 'chai';
import { archiving } from '../support/archives.js';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  caseNo,
  deliveredCase,
  digestOf,
  expectRefusal,
  foundEverything,
  reason,
  reviewedCase,
} from '../support/story.js';
import { licence, march, revoking } from '../support/timed.js';

const document = digestOf('decision');
const sealing = {
  number: '丽政办〔2026〕3号',
  sealSystem: 'provincial',
  seal: digestOf('seal'),
} as const;
const seal = { system: 'provincial', evidence: sealing.seal };
const { identifier } = licence(caseNo);

describe('the result of a case', () => {
  let ledger: RuleLedger;
  const run = async <N extends 'case.decide' | 'case.complete' | 'case.deliver' | 'case.archive'>(
    name: N,
    input: Omit<CommandInput<N>, 'caseNo'>,
    user: string,
    day = 5,
  ) =>
    // The key is the only field that is missing.
    (await ledger.run(
      name,
      { caseNo, ...input } as CommandInput<N>,
      by(user, march(day)),
    )) as CaseRecord;
  const decide = (more: object = {}) =>
    run('case.decide', { outcome: 'granted', document, ...more }, 'offices.head1');
  const issue = async (more: object = {}, user = 'offices.clerk1', day = 6) =>
    (await ledger.run(
      'case.issueLicence',
      { ...licence(caseNo), ...more },
      by(user, march(day)),
    )) as CaseRecord;
  const change = async (
    status: CommandInput<'case.changeLicence'>['status'],
    ground: CommandInput<'case.changeLicence'>['ground'],
    at = march(20),
    user = 'offices.head1',
  ) =>
    (await ledger.run(
      'case.changeLicence',
      { caseNo, identifier, status, ground, document },
      by(user, at),
    )) as CaseRecord;
  const statusOf = ({ licences = [] }: CaseRecord, today = '2026-03-20') =>
    licences.map((one) => licenceStatus(one, today));
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  describe('that is sealed', () => {
    it('has number, day, seal and its proof whole, of a decision and of what is delivered', async () => {
      await reviewedCase(ledger);
      for (const [part, missing] of [
        [{ number: 'x' }, ['sealSystem', 'seal']],
        [{ sealSystem: 'paper', seal: digestOf('seal') }, ['number']],
      ] as const) {
        const details = await expectRefusal(ledger, 'VOUCHER_REQUIRED', () => decide(part));
        expect(details).to.deep.equal({ missing });
      }
      const { number } = sealing;
      const decided = await decide(sealing);
      expect(decided.decision?.sealed).to.deep.equal({
        number,
        date: '2026-03-05',
        document,
        seal,
      });
      const result = digestOf('reply');
      await run('case.complete', { result }, 'offices.clerk1', 6);
      const { delivery } = await run(
        'case.deliver',
        { form: 'web', ...sealing },
        'offices.clerk1',
        9,
      );
      expect(delivery).to.deep.equal({
        by: { department: 'offices', role: 'clerk', user: 'offices.clerk1' },
        sealed: { number, date: '2026-03-09', document: result, seal },
      });
    });
  });

  describe('that is a licence', () => {
    it('is issued by the owner on a grant, sealed and dated by the ledger, once', async () => {
      await reviewedCase(ledger);
      await expectRefusal(ledger, 'WRONG_STATE', () => issue());
      await decide();
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => issue({}, 'hrss.clerk1'));
      await expectRefusal(ledger, 'VALIDITY_INVALID', () => issue({ validTo: '2026-03-05' }));
      const { licences = [] } = await issue();
      const [issued] = licences;
      expect(issued).to.deep.include({ identifier, issuer: 'offices', holder: digestOf('holder') });
      expect(issued?.sealed).to.deep.include({ date: '2026-03-06', seal });
      await expectRefusal(ledger, 'ALREADY_EXISTS', () => issue());
      await expectRefusal(ledger, 'VALIDATION_FAILED', () =>
        issue({ identifier: '1.2.156.3005.2' }),
      );
      expect(ledger.get('licence', identifier)?.caseNo).to.equal(caseNo);
    });

    it('is none of a refusal', async () => {
      await reviewedCase(ledger);
      await run('case.decide', { outcome: 'refused', document, reason }, 'offices.head1');
      await run('case.complete', { result: digestOf('reply') }, 'offices.clerk1', 6);
      await expectRefusal(ledger, 'LICENCE_UNFOUNDED', () => issue());
    });

    it('is suspended and withdrawn by a penalty, cancelled as art 70 says, and expires by its day', async () => {
      await reviewedCase(ledger);
      await decide();
      await issue();
      await expectRefusal(ledger, 'ROLE_REFUSED', () =>
        change('suspended', 'penalty', march(20), 'offices.clerk1'),
      );
      await expectRefusal(ledger, 'LICENCE_STATUS_REFUSED', () => change('valid', 'penaltyOver'));
      await expectRefusal(ledger, 'LICENCE_STATUS_REFUSED', () => change('cancelled', 'penalty'));
      await expectRefusal(ledger, 'LICENCE_STATUS_REFUSED', () =>
        change('cancelled', 'notRenewed'),
      );
      const suspended = await change('suspended', 'penalty');
      expect(statusOf(suspended)).to.deep.equal(['suspended']);
      expect(statusOf(suspended, '2027-03-05')).to.deep.equal(['suspended']);
      expect(statusOf(suspended, '2027-03-06')).to.deep.equal(['expired']);
      expect(statusOf(await change('valid', 'penaltyOver'))).to.deep.equal(['valid']);
      const later = '2027-03-08T01:00:00.000Z';
      await expectRefusal(ledger, 'LICENCE_STATUS_REFUSED', () =>
        change('suspended', 'penalty', later),
      );
      expect(statusOf(await change('cancelled', 'notRenewed', later))).to.deep.equal(['cancelled']);
      await expectRefusal(ledger, 'LICENCE_STATUS_REFUSED', () => change('valid', 'penaltyOver'));
      expect(
        ledger
          .chain(caseNo)
          .map(({ type }) => type)
          .slice(-4),
      ).to.deep.equal(['case.issueLicence', ...Array<string>(3).fill('case.changeLicence')]);
    });

    it('is revoked with its decision, also of a closed case, and cancelled after that', async () => {
      await reviewedCase(ledger);
      await decide();
      await issue();
      await issue({ identifier: licence(caseNo, '2026000002').identifier });
      await change('cancelled', 'holderEnded');
      const revoke = revoking(caseNo, 'obtainedByDeceit');
      const head = by('offices.head2', march(20));
      const compensation = digestOf('compensation');
      await expectRefusal(ledger, 'COMPENSATION_EXCLUDED', () =>
        ledger.run('case.revokeDecision', { ...revoke, compensation }, head),
      );
      const againstProcedure = { ...revoke.reason, code: 'againstProcedure' } as const;
      const superior = { organ: '省自然资源厅', number: '浙自然资〔2026〕7号' };
      const revoked = (await ledger.run(
        'case.revokeDecision',
        { ...revoke, reason: againstProcedure, compensation, superior },
        head,
      )) as CaseRecord;
      expect(revoked.revocation).to.deep.include({ compensation, superior });
      expect(statusOf(revoked)).to.deep.equal(['cancelled', 'revoked']);
      await expectRefusal(ledger, 'LICENCE_STATUS_REFUSED', () => change('suspended', 'penalty'));
    });
  });

  describe('that was delivered', () => {
    const acknowledge = async (user = 'hrss.clerk1', on = '2026-03-09', day = 10) =>
      (await ledger.run('case.acknowledge', { caseNo, on }, by(user, march(day)))) as CaseRecord;
    const served = async (user = 'offices.clerk1') =>
      (await ledger.run(
        'case.recordService',
        { caseNo, how: 'refused', on: '2026-03-09', document },
        by(user, march(9)),
      )) as CaseRecord;

    it('is acknowledged by the applicant, with a day since the delivery, once', async () => {
      await deliveredCase(ledger);
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => acknowledge('offices.clerk1'));
      await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
        acknowledge('hrss.clerk1', '2026-03-05'),
      );
      await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
        acknowledge('hrss.clerk1', '2026-03-11'),
      );
      await run('case.archive', archiving, 'offices.clerk1', 9);
      const { state, delivery } = await acknowledge();
      expect(state).to.equal('ARCHIVED');
      expect(delivery?.signed).to.deep.include({ on: '2026-03-09', at: march(10) });
      await expectRefusal(ledger, 'ALREADY_EXISTS', () => acknowledge());
      await expectRefusal(ledger, 'ALREADY_EXISTS', () => served());
    });

    it('is served by the owner’s record where the applicant does not sign, who still may', async () => {
      await deliveredCase(ledger);
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => served('hrss.clerk1'));
      expect((await served()).delivery?.served).to.deep.include({ how: 'refused', document });
      await expectRefusal(ledger, 'ALREADY_EXISTS', () => served());
      const { delivery } = await acknowledge();
      expect(delivery?.served?.how).to.equal('refused');
      expect(delivery?.signed?.on).to.equal('2026-03-09');
    });

    it('takes no signature where it is older than these acts', async () => {
      const { delivery, ...old } = await deliveredCase(ledger);
      expect(delivery).to.have.keys('by');
      const [key = ''] = [...ledger.state].find(([, { kind }]) => kind === 'case') ?? [];
      ledger.state.set(key, old);
      await expectRefusal(ledger, 'NOT_FOUND', () => acknowledge());
    });
  });
});
