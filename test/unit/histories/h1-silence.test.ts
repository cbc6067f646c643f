import { caseClocks, compositeKey, keyOf, type CaseRecord } from '@yici/domain/model';
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
  reason,
  receivedCase,
} from '../chaincode/support/story.js';
import { hearing, march } from '../chaincode/support/timed.js';

const quote = { caseNo, materials: [{ code: 'quote', document: digestOf('quote') }] };

describe('H1, the silence trap: what is missing when silence accepts a case', () => {
  let ledger: RuleLedger;
  const kept = () => ledger.get('case', caseNo)!;
  const silent = async (day: number) =>
    (await ledger.run(
      'case.deemAccepted',
      { caseNo },
      by('finance.service1', march(day)),
    )) as CaseRecord;
  const supplement = (day: number) =>
    ledger.run('case.supplement', quote, by('hrss.clerk1', march(day)));
  const opinions = async (day: number) => {
    for (const { stepId, user } of agreeing) {
      const opinion = { caseNo, stepId, answer: 'agree' } as const;
      await ledger.run('case.opinion', opinion, by(user, march(day)));
    }
  };
  const decide = (day: number, given: object) =>
    ledger.run(
      'case.decide',
      { caseNo, outcome: 'refused', document: digestOf('decision'), ...given },
      by('offices.head1', march(day)),
    );
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await receivedCase(ledger, ['application']);
    await issueAttestations(ledger, march(2));
  });

  it('may still be handed in, however late somebody records the silence', async () => {
    // Promised for 03-11: on the 20th that day is long past.
    const record = await silent(20);
    expect(record.dueOn).to.equal('2026-03-11');
    expect(record.tolerated).to.deep.include({ codes: ['quote'], dueOn: '2026-03-27' });
    const clock = caseClocks(record).find(({ what }) => what === 'tolerated');
    expect(clock).to.include({
      department: 'hrss',
      startedOn: '2026-03-20',
      dueOn: '2026-03-27',
      limitDays: 5,
    });
    await supplement(27);
    expect(kept()).to.not.have.property('tolerated');
  });

  it('lets the applicant win', async () => {
    await silent(20);
    await supplement(23);
    await opinions(24);
    await decide(25, { outcome: 'granted', attested });
    expect(kept().state).to.equal('DECIDED_GRANTED');
  });

  it('keeps its day when a special procedure moves the limits of the case', async () => {
    await silent(10);
    await ledger.run(
      'case.startSpecialProcedure',
      hearing(caseNo, 2),
      by('offices.clerk1', march(10)),
    );
    expect(kept().tolerated?.dueOn).to.equal('2026-03-17');
  });

  it('is not held against the applicant before its day', async () => {
    await silent(20);
    await opinions(24);
    for (const code of ['stillIncomplete', 'conditionsNotMet'] as const) {
      const details = await expectRefusal(ledger, 'SUPPLEMENT_NOT_OVERDUE', () =>
        decide(27, { reason: { ...reason, code } }),
      );
      expect(details).to.deep.include({ codes: ['quote'], dueOn: '2026-03-27' });
    }
    await decide(28, { reason: { ...reason, code: 'stillIncomplete' } });
    expect(kept().state).to.equal('DECIDED_REFUSED');
  });

  it('may come late as well, as long as the case is not decided', async () => {
    await silent(20);
    await supplement(31);
    expect(kept()).to.not.have.property('tolerated');
  });

  it('is no trap either in records whose day was over before the silence was recorded', async () => {
    const record = await silent(20);
    const { codes, limit } = record.tolerated!;
    const former = { ...record, tolerated: { codes, limit, dueOn: '2026-03-11' } };
    ledger.state.set(compositeKey(keyOf(former)), former);
    await opinions(23);
    await expectRefusal(ledger, 'SUPPLEMENT_NOT_OVERDUE', () =>
      decide(27, { reason: { ...reason, code: 'stillIncomplete' } }),
    );
    await supplement(30);
    await decide(31, { outcome: 'granted', attested });
    expect(kept().state).to.equal('DECIDED_GRANTED');
  });
});
