import { canonicalDigest, canonicalJson } from '@yici/domain/model';
import { expect } from 'chai';
import { registerDuties } from '../support/duties.js';
import { RuleLedger } from '../support/ledger.js';
import {
  caseOf,
  decidePart,
  publishParts,
  publishTransfer,
  submitTransfer,
  transferNo,
} from '../support/one-thing-story.js';
import { filedShare, publishPay, shareId, terms } from '../support/shares.js';
import {
  by,
  caseNo,
  deliveredCase,
  digestOf,
  documentOf,
  expectRefusal,
  foundEverything,
  receivedCase,
  reviewedCase,
} from '../support/story.js';
import { acceptedCase, march } from '../support/timed.js';

type Act = (ledger: RuleLedger) => Promise<unknown>;

const offer = { caseNo, stepId: 'finance', to: 'supervision', dutyCode: 'SUPERVISION-01' };
const offerStep: Act = (ledger) =>
  ledger.run('case.offerTransfer', offer, by('finance.clerk1', march(4)));
const declineStep: Act = (ledger) =>
  ledger.run(
    'case.declineTransfer',
    { caseNo, stepId: 'finance', clauseOf: 'finance', dutyCode: 'FINANCE-01' },
    by('supervision.head1', march(4)),
  );
const datasetId = 'finance.budget';

/** What leads to a clock, and an act that goes by the days it was counted with. */
const stories: Readonly<Record<string, readonly Act[]>> = {
  'the opinion that begins the next step': [
    acceptedCase,
    (ledger) =>
      ledger.run(
        'case.opinion',
        { caseNo, stepId: 'finance', answer: 'agree' },
        by('finance.clerk1', march(4)),
      ),
    (ledger) =>
      ledger.run(
        'case.opinion',
        { caseNo, stepId: 'headcount', answer: 'agree' },
        by('establishment.clerk1', march(4)),
      ),
  ],
  'a decision': [
    reviewedCase,
    (ledger) =>
      ledger.run(
        'case.decide',
        { caseNo, outcome: 'granted', document: digestOf('decision') },
        by('offices.head1', march(5)),
      ),
  ],
  'the offer of a hand-over': [registerDuties, acceptedCase, offerStep],
  'the second time that a hand-over is declined': [
    registerDuties,
    acceptedCase,
    offerStep,
    declineStep,
    offerStep,
    declineStep,
  ],
  'a card about a case': [
    receivedCase,
    async (ledger) => {
      const raise = (day: number) =>
        ledger.run(
          'card.raise',
          { caseNo, what: 'reply', colour: 'yellow' },
          by('hrss.clerk1', march(day)),
        );
      await raise(6);
      await expectRefusal(ledger, 'ALREADY_EXISTS', () => raise(6));
    },
  ],
  'a card about a share': [
    publishPay,
    filedShare,
    async (ledger) => {
      const raise = (day: number) =>
        ledger.run(
          'card.raiseOther',
          { what: 'reply', colour: 'yellow', shareId },
          by('hrss.clerk1', march(day)),
        );
      await raise(13);
      await expectRefusal(ledger, 'ALREADY_EXISTS', () => raise(13));
    },
  ],
  'the grant of a share': [
    publishPay,
    filedShare,
    (ledger) => ledger.run('sharing.grant', terms, by('finance.clerk1', march(3))),
    (ledger) =>
      ledger.run('sharing.consentReply', { shareId, seq: 2 }, by('finance.head1', march(3))),
  ],
  'a bad evaluation': [
    deliveredCase,
    (ledger) =>
      ledger.run(
        'evaluation.give',
        { caseNo, score: 5, note: digestOf('slow') },
        by('hrss.clerk1', march(9)),
      ),
  ],
  'more time to update an entry': [
    (ledger) =>
      ledger.run(
        'dataset.noteChange',
        { datasetId, changedOn: '2026-03-02', cause: 'duty', reason: 'moved' },
        by('finance.clerk1', march(2)),
      ),
    (ledger) =>
      ledger.run('dataset.extendUpdate', { datasetId, reason: 'x' }, by('data.clerk1', march(4))),
  ],
  'the next parts of a one thing': [
    publishParts,
    publishTransfer,
    submitTransfer,
    (ledger) => decidePart(ledger, caseOf('use'), 'establishment', '2026-03-03'),
    (ledger) =>
      ledger.run(
        'oneThing.advance',
        {
          no: transferNo,
          cases: (['pay', 'medical'] as const).map((node) => ({
            node,
            caseNo: caseOf(node, '20260304'),
          })),
        },
        by('data.service1', march(4)),
      ),
  ],
};

/** From now on all days of March are working days. */
async function correctCalendar(ledger: RuleLedger): Promise<void> {
  const weekend = [1, 7, 8, 14, 15, 21, 22, 28, 29];
  const days = {
    offDays: ['01-01', '10-05', '10-06', '10-07', '10-08'].map((day) => `2026-${day}`),
    makeUpDays: weekend.map((day) => march(day).slice(0, 10)),
  };
  const content = { year: 2026, days, notice: documentOf('国办发明电〔2026〕1号') };
  await ledger.run('calendar.import', content, by('data.clerk1'));
  const confirm = { year: 2026, version: 2, contentDigest: canonicalDigest(content) };
  await ledger.run('calendar.confirm', confirm, by('supervision.head1'));
}

/** Everything but calendars, and what follows from the ids of transactions. */
const counted = (ledger: RuleLedger): string[] =>
  [...ledger.state.values()]
    .filter(({ kind }) => !kind.startsWith('calendar'))
    .map(canonicalJson)
    .map((text) => text.replaceAll(/"(txId|prev|head|follows)":"[0-9a-f]{64}"/g, '"$1":""'));

describe('a correction of the calendar', () => {
  it('counts for what begins after it', async () => {
    const ledger = new RuleLedger();
    await foundEverything(ledger);
    await correctCalendar(ledger);
    await receivedCase(ledger);
    expect(ledger.get('case', caseNo)).to.deep.include({
      replyBy: '2026-03-07',
      calendars: [{ year: 2026, version: 2 }],
    });
  });

  for (const [name, acts] of Object.entries(stories)) {
    it(`changes nothing of ${name}, whose clock ran before it`, async () => {
      const ledger = new RuleLedger();
      await foundEverything(ledger);
      for (const act of acts.slice(0, -1)) await act(ledger);
      const corrected = ledger.copy();
      await correctCalendar(corrected);
      for (const each of [ledger, corrected]) await acts.at(-1)!(each);
      expect(counted(corrected)).to.deep.equal(counted(ledger));
    });
  }
});
