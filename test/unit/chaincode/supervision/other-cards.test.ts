import type { CardRecord, CommandInput } from '@yici/domain/model';
import { commands } from '@yici/domain/model';
import { expect } from 'chai';
import { duty, registerDuties } from '../support/duties.js';
import { RuleLedger } from '../support/ledger.js';
import {
  deliveredShare,
  delivery,
  filedShare,
  grant,
  grantedShare,
  payDataset,
  publishPay,
  shareId,
  values,
} from '../support/shares.js';
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
  publishMatter,
  receivedCase,
  taskCode,
} from '../support/story.js';

type Raised = CommandInput<'card.raiseOther'>;

describe('warning cards outside cases', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await publishPay(ledger);
  });
  const raise = async (input: Raised, day: string, user = 'establishment.clerk1') =>
    (await ledger.run('card.raiseOther', input, by(user, morning(day)))) as CardRecord;
  const refused = (
    code: 'CARD_NOT_DUE' | 'ALREADY_EXISTS' | 'NOT_FOUND',
    input: Raised,
    day: string,
  ) => expectRefusal(ledger, code, () => raise(input, day));
  const on = (what: Raised['what'], colour: Raised['colour']): Raised => ({
    what,
    colour,
    shareId,
  });

  it('of a share come with its reply, its delivery, its mending and its disposal', async () => {
    await filedShare(ledger);
    // Ten working days from Monday 03-02: due on 03-16, yellow from the Friday before.
    await refused('CARD_NOT_DUE', on('reply', 'yellow'), '2026-03-12');
    const yellow = await raise(on('reply', 'yellow'), '2026-03-13');
    expect(yellow).to.deep.include({ department: 'finance', shareId, colour: 'yellow' });
    expect(yellow).to.not.have.property('caseNo');
    expect(yellow.parties).to.deep.equal(['data', 'finance', 'hrss']);
    await refused('ALREADY_EXISTS', on('reply', 'yellow'), '2026-03-16');
    await refused('CARD_NOT_DUE', on('reply', 'red'), '2026-03-16');
    expect((await raise(on('reply', 'red'), '2026-03-17')).cardId).to.equal(
      `share.${shareId}.reply.20260316.red`,
    );
    await grant(ledger, '2026-03-18');
    const { dueOn } = ledger.get('shareGrant', shareId)!;
    await refused('CARD_NOT_DUE', on('deliver', 'red'), dueOn);
    expect((await raise(on('deliver', 'red'), '2026-04-30')).department).to.equal('finance');
    const over = { shareId, reason: 'termOver' } as const;
    await ledger.run('sharing.end', over, by('supervision.clerk1', morning('2026-05-30')));
    const { disposeBy } = ledger.get('share', shareId)!.ended!;
    await refused('CARD_NOT_DUE', on('deliver', 'red'), '2026-06-01');
    expect((await raise(on('dispose', 'yellow'), disposeBy)).department).to.equal('hrss');
    await refused('CARD_NOT_DUE', on('mend', 'red'), disposeBy);
  });

  it('stay red for an answer and a delivery that came too late', async () => {
    await filedShare(ledger);
    await grant(ledger, '2026-03-18');
    const reply = await raise(on('reply', 'red'), '2026-03-19');
    expect(reply.clock).to.include({ dueOn: '2026-03-16', actedOn: '2026-03-18' });
    const act = by('finance.service1', morning('2026-04-30'));
    await ledger.run('sharing.deliver', delivery, act, { values });
    expect((await raise(on('deliver', 'red'), '2026-05-06')).clock.actedOn).to.equal('2026-04-30');
  });

  it('of what is to be put right rest on the item of its ground', async () => {
    await deliveredShare(ledger);
    const order = { shareId, note: '详情', limit: { value: 3, unit: 'workingDay' } } as const;
    await ledger.run(
      'sharing.suspend',
      { ...order, ground: 'thirdParty' },
      by('finance.clerk1', morning('2026-03-09')),
    );
    expect(await raise(on('mend', 'red'), '2026-03-16')).to.include({ basis: 'passedOn' });
    await ledger.run(
      'sharing.mend',
      { shareId, note: '已整改' },
      by('hrss.clerk1', morning('2026-03-16')),
    );
    await ledger.run(
      'sharing.resume',
      { shareId, note: '认可' },
      by('finance.head1', morning('2026-03-17')),
    );
    await ledger.run(
      'sharing.orderCorrection',
      { ...order, ground: 'insecure' },
      by('data.clerk1', morning('2026-03-18')),
    );
    expect((await raise(on('mend', 'yellow'), '2026-03-20')).basis).to.equal('security');
  });

  it('come with the answer to a challenge, whichever of several', async () => {
    await deliveredShare(ledger);
    for (const challengeId of ['c-1', 'c-2']) {
      await ledger.run(
        'sharing.challenge',
        { shareId, challengeId, fields: ['grade'], finding: '不一致' },
        by('hrss.clerk1', morning('2026-03-06')),
      );
    }
    const answered = { shareId, challengeId: 'c-1', outcome: 'confirmed', note: '无误' } as const;
    await ledger.run(
      'sharing.answerChallenge',
      answered,
      by('finance.clerk1', morning('2026-03-09')),
    );
    const red = (challengeId: string): Raised => ({ ...on('answerChallenge', 'red'), challengeId });
    await refused('CARD_NOT_DUE', red('c-1'), '2026-04-01');
    await refused('NOT_FOUND', red('c-9'), '2026-04-01');
    const card = await raise(red('c-2'), '2026-04-01');
    expect(card).to.deep.include({ shareId, challengeId: 'c-2', department: 'finance' });
    expect(card.clock.step).to.equal('c-2');
  });

  it('are none while nobody waits: a share that was granted and delivered in time', async () => {
    await grantedShare(ledger);
    await refused('CARD_NOT_DUE', on('reply', 'red'), '2026-03-20');
    await refused('NOT_FOUND', { ...on('reply', 'red'), shareId: 'nothing' }, '2026-03-20');
  });

  it('of a review are each side’s own, until it has signed', async () => {
    const code = 'OFFICES-03';
    const rested = { ...duty('offices'), code };
    await ledger.run('duty.register', rested, by('offices.clerk1', morning('2026-01-06')));
    const content = { ...leaseMatter, dutyCode: code, effectiveFrom: '2026-01-20' };
    await publishMatter(ledger, content, 'offices', 'establishment', morning('2026-01-07'));
    const changed = { ...rested, clause: '（新）' };
    await ledger.run('duty.register', changed, by('establishment.clerk1', morning('2026-03-02')));
    const review = { taskCode, version: 2, dutyVersion: 2 };
    const of = (side: 'owner' | 'establishment', colour: Raised['colour']): Raised => ({
      ...{ what: 'review', colour, side },
      ...review,
    });
    await ledger.run('matter.review', review, by('offices.head1', morning('2026-03-05')));
    await refused('CARD_NOT_DUE', of('owner', 'red'), '2026-03-20');
    const { dueOn } = ledger.get('review', taskCode, '000002', '000002')!;
    expect(dueOn).to.equal('2026-03-16');
    await refused('CARD_NOT_DUE', of('establishment', 'red'), dueOn);
    const card = await raise(of('establishment', 'red'), '2026-03-17');
    expect(card).to.deep.include({ department: 'establishment', review, colour: 'red' });
    expect(card.parties).to.deep.equal(['establishment', 'offices']);
    const late = by('establishment.head1', morning('2026-03-18'));
    await ledger.run('matter.review', review, late);
    await refused('ALREADY_EXISTS', of('establishment', 'red'), '2026-03-19');
  });

  it('of a duty ruling are the Establishment Office’s, also after its case', async () => {
    await registerDuties(ledger);
    await receivedCase(ledger);
    await issueAttestations(ledger, morning('2026-03-02'));
    const at = morning('2026-03-03');
    await ledger.run('case.accept', { caseNo, attested }, by('offices.clerk1', at));
    const subject = { caseNo, stepId: 'finance' };
    const offer = { ...subject, to: 'supervision', dutyCode: 'SUPERVISION-01' };
    const decline = { ...subject, clauseOf: 'finance', dutyCode: 'FINANCE-01' };
    for (let n = 0; n < 2; n += 1) {
      await ledger.run('case.offerTransfer', offer, by('finance.clerk1', at));
      await ledger.run('case.declineTransfer', decline, by('supervision.clerk1', at));
    }
    const [ruling] = ledger.all('dutyRuling');
    const red: Raised = { what: 'ruling', colour: 'red', rulingId: ruling!.rulingId };
    await refused('CARD_NOT_DUE', red, ruling!.dueOn);
    await expectRefusal(ledger, 'CARD_NOT_DUE', () =>
      ledger.run(
        'card.raise',
        { caseNo, what: 'ruling', step: 'finance', colour: 'red' },
        by('offices.clerk1', morning('2026-03-30')),
      ),
    );
    const reasonCode = 'other';
    await ledger.run(
      'case.withdraw',
      { caseNo, reasonCode },
      by('hrss.clerk1', morning('2026-03-20')),
    );
    const card = await raise(red, '2026-03-30');
    expect(card).to.deep.include({ department: 'establishment', rulingId: ruling!.rulingId });
    expect(card.parties).to.include.members(['establishment', 'hrss', 'offices']);
  });

  const { datasetId } = payDataset;
  const note = (day: string, cause: 'duty' | 'other' = 'duty') =>
    ledger.run(
      'dataset.noteChange',
      { datasetId, changedOn: day, cause, reason: 'moved' },
      by('finance.clerk1', morning(day)),
    );
  /** The next version, approved on a day. */
  const approve = async (day: string, content = payDataset): Promise<number> => {
    const at = morning(day);
    const next = await ledger.run('dataset.register', content, by('finance.clerk1', at));
    if (next.kind !== 'datasetVersion') throw new TypeError(next.kind);
    const { datasetId, version, contentDigest } = next;
    const approval = { datasetId, version, contentDigest, secrecyReview: digestOf('review') };
    await ledger.run('dataset.approve', approval, by('finance.head1', at));
    return version;
  };

  it('of a catalogue entry come with its update, also with five days more and when it is late', async () => {
    const update = (colour: Raised['colour'], version?: number): Raised => ({
      ...{ what: 'update', colour, datasetId },
      ...(version === undefined ? {} : { version }),
    });
    await refused('CARD_NOT_DUE', update('yellow'), '2026-03-02');
    await note('2026-03-02');
    await refused('CARD_NOT_DUE', update('yellow'), '2026-03-12');
    const yellow = await raise(update('yellow'), '2026-03-13');
    expect(yellow).to.deep.include({ department: 'finance', datasetId, colour: 'yellow' });
    expect(yellow.parties).to.deep.equal(['data', 'finance']);
    await refused('ALREADY_EXISTS', update('yellow'), '2026-03-16');
    const more = { datasetId, reason: 'survey' };
    await ledger.run('dataset.extendUpdate', more, by('data.clerk1', morning('2026-03-16')));
    await refused('CARD_NOT_DUE', update('red'), '2026-03-23');
    const version = await approve('2026-03-25');
    await refused('CARD_NOT_DUE', update('red'), '2026-03-26');
    const card = await raise(update('red', version), '2026-03-26');
    expect(card.cardId).to.equal(`dataset.${datasetId}.update.20260323.red`);
    expect(card.clock).to.deep.include({ actedOn: '2026-03-25', limitDays: 15 });
    await refused('ALREADY_EXISTS', update('red', version), '2026-03-27');
    await refused('NOT_FOUND', update('red', version + 1), '2026-03-27');
    await note('2026-03-27');
    const inTime = await approve('2026-03-30');
    await refused('CARD_NOT_DUE', update('red', inTime), '2026-05-30');
  });

  it('of the catalogue rest on the law only for what it sets days for (art 17)', async () => {
    const red = (of: string, version: number, what: 'update' | 'entryReview'): Raised => ({
      ...{ what, colour: 'red', datasetId: of, version },
    });
    const late = async (cause: 'duty' | 'other', from: string, to: string) => {
      await note(from, cause);
      const version = await approve(to);
      return (await raise(red(datasetId, version, 'update'), to)).basis;
    };
    expect(await late('duty', '2026-03-02', '2026-03-18')).to.equal('catalogue');
    expect(await late('other', '2026-03-19', '2026-04-13')).to.equal('none');
    const first = { ...payDataset, datasetId: 'finance.first', covers: [] };
    const version = await approve('2026-04-13', first);
    const review = async (of: string, no: number) =>
      (await raise(red(of, no, 'entryReview'), '2026-04-20')).basis;
    expect(await review(first.datasetId, version)).to.equal('none');
    expect(await review(datasetId, 3)).to.equal('catalogueReview');
  });

  it('of the review of an entry are the lead authority’s, after two working days', async () => {
    const version = await approve('2026-03-02');
    const on = (colour: Raised['colour'], of = version): Raised => ({
      ...{ what: 'entryReview', colour, datasetId, version: of },
    });
    await refused('CARD_NOT_DUE', on('yellow'), '2026-03-02');
    expect((await raise(on('yellow'), '2026-03-03')).department).to.equal('data');
    await refused('CARD_NOT_DUE', on('red'), '2026-03-04');
    const card = await raise(on('red'), '2026-03-05');
    expect(card).to.deep.include({ department: 'data', datasetId, datasetVersion: version });
    expect(card.cardId).to.equal(`dataset.${datasetId}.${version}.entryReview.20260304.red`);
    const back = { datasetId, version, note: 'unclear' };
    await ledger.run('dataset.sendBack', back, by('data.clerk1', morning('2026-03-06')));
    await refused('ALREADY_EXISTS', on('red'), '2026-03-06');
    const late = await approve('2026-03-09');
    const sent = { datasetId, version: late, note: 'unclear' };
    await ledger.run('dataset.sendBack', sent, by('data.clerk1', morning('2026-03-16')));
    expect((await raise(on('red', late), '2026-03-17')).clock.actedOn).to.equal('2026-03-16');
    const prompt = await approve('2026-03-18');
    await ledger.run(
      'dataset.sendBack',
      { datasetId, version: prompt, note: 'unclear' },
      by('data.clerk1', morning('2026-03-20')),
    );
    await refused('CARD_NOT_DUE', on('red', prompt), '2026-04-20');
  });

  it('are explained, appealed against and ruled on like any other', async () => {
    await filedShare(ledger);
    const { cardId } = await raise(on('reply', 'red'), '2026-03-17', 'hrss.clerk1');
    const text = digestOf('words');
    const at = morning('2026-03-18');
    await ledger.run('card.explain', { cardId, code: 'workload', text }, by('finance.clerk1', at));
    await ledger.run(
      'card.appeal',
      { cardId, ground: 'factsWrong', text },
      by('finance.head1', at),
    );
    const rule = { cardId, outcome: 'cancelled', document: text } as const;
    await ledger.run('card.rule', rule, by('supervision.supervisor1', at));
    expect(ledger.get('card', 'share', cardId)?.ruling?.outcome).to.equal('cancelled');
  });

  it('name what they are about exactly: too little and too much are no command', () => {
    const { input } = commands['card.raiseOther'];
    for (const wrong of [
      { what: 'reply', colour: 'red' },
      { what: 'reply', colour: 'red', shareId, rulingId: `${caseNo}-R1` },
      { what: 'answerChallenge', colour: 'red', shareId },
      { what: 'review', colour: 'red', taskCode, version: 1, dutyVersion: 1 },
      { what: 'ruling', colour: 'red', shareId },
      { what: 'update', colour: 'red', shareId },
      { what: 'entryReview', colour: 'red', datasetId: 'x' },
      { what: 'update', colour: 'red', version: 1 },
      { what: 'finish', colour: 'red', shareId },
    ]) {
      expect(input.safeParse(wrong).success, JSON.stringify(wrong)).to.equal(false);
    }
    expect(input.safeParse(on('mend', 'yellow')).success).to.equal(true);
  });
});
