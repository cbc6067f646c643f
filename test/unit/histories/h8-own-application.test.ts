import type { CaseRecord, MatterContent } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../chaincode/support/ledger.js';
import {
  agreeing,
  attested,
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  issueAttestations,
  leaseMatter,
  publishMatter,
  submission,
} from '../chaincode/support/story.js';
import { march } from '../chaincode/support/timed.js';

const own: MatterContent = { ...leaseMatter, ownApplications: { coDecider: 'data' } };
const filed = { ...submission(), matterVersion: 2 };
const granted = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;

describe('H8: a department files with itself and grants itself', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  const file = (input = submission()) =>
    ledger.run('case.submit', input, by('offices.clerk2', march(2)));
  const decide = () => ledger.run('case.decide', granted, by('offices.head1', march(5)));
  const coDecide = (
    outcome: 'granted' | 'refused',
    user = 'data.head1',
    given: object = { document: digestOf('beside') },
  ) =>
    ledger.run(
      'case.coDecide',
      { caseNo, outcome, ...given } as typeof granted,
      by(user, march(5)),
    ) as Promise<CaseRecord>;

  /** Its own case with every opinion. */
  async function reviewed(): Promise<void> {
    await publishMatter(ledger, own, 'offices');
    await file(filed);
    await ledger.run('case.receive', { caseNo }, by('offices.clerk1', march(2)));
    await issueAttestations(ledger, march(2));
    await ledger.run('case.accept', { caseNo, attested }, by('offices.clerk1', march(3)));
    await expectRefusal(ledger, 'OPINIONS_OUTSTANDING', () => coDecide('granted'));
    for (const { stepId, user } of agreeing) {
      const input = { caseNo, stepId, answer: 'agree' } as const;
      await ledger.run('case.opinion', input, by(user, march(4)));
    }
  }

  it('is not taken where the matter does not say that it serves its owner too', async () => {
    const details = await expectRefusal(ledger, 'OWN_MATTER', () => file());
    expect(details).to.include({ owner: 'offices' });
  });

  it('and no matter says so without another department that decides beside', async () => {
    const itself = { ...own, ownApplications: { coDecider: 'offices' } };
    await expectRefusal(ledger, 'OWN_MATTER', () =>
      ledger.run('matter.draft', itself, by('offices.clerk1')),
    );
    const unknown = { ...own, ownApplications: { coDecider: 'nobody' } };
    await expectRefusal(ledger, 'DEPARTMENT_UNKNOWN', () =>
      ledger.run('matter.draft', unknown, by('offices.clerk1')),
    );
  });

  it('is granted only with that department’s own decision', async () => {
    await reviewed();
    const details = await expectRefusal(ledger, 'CO_DECISION_MISSING', decide);
    expect(details).to.deep.equal({ caseNo, coDecider: 'data' });
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => coDecide('granted', 'offices.head2'));
    await coDecide('granted');
    await expectRefusal(ledger, 'ALREADY_CONFIRMED', () => coDecide('refused', 'data.head2'));
    expect(await decide()).to.include({ state: 'DECIDED_GRANTED', coDecider: 'data' });
  });

  it('and not against it, which has its reasons', async () => {
    await reviewed();
    await expectRefusal(ledger, 'REASON_REQUIRED', () => coDecide('refused'));
    const reason = { code: 'conditionsNotMet', text: digestOf('reasons') } as const;
    await coDecide('refused', 'data.head1', { document: digestOf('beside'), reason });
    const details = await expectRefusal(ledger, 'CO_DECISION_MISSING', decide);
    expect(details).to.include({ outcome: 'refused' });
  });

  it('while others file as before, and nobody decides beside', async () => {
    await publishMatter(ledger, own, 'offices');
    const record = (await ledger.run(
      'case.submit',
      filed,
      by('hrss.clerk1', march(2)),
    )) as CaseRecord;
    expect(record.coDecider).to.equal(undefined);
    await ledger.run('case.receive', { caseNo }, by('offices.clerk1', march(2)));
    await issueAttestations(ledger, march(2));
    await ledger.run('case.accept', { caseNo, attested }, by('offices.clerk1', march(3)));
    await expectRefusal(ledger, 'NOT_A_PARTY', () => coDecide('granted'));
  });
});
