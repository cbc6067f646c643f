import type { CaseRecord, CommandInput, CommandName } from '@yici/domain/model';
import { canonicalJson, caseClockKinds, ContractError, padded } from '@yici/domain/model';
import { mostMarkedAtOnce } from '@yici/domain/rules';
import type { DueProposal } from '@yici/gateway/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { decidePart, submitTransfer } from '../chaincode/support/one-thing-story.js';
import {
  caseOf,
  publishParts,
  publishTransfer,
  transferNo,
} from '../chaincode/support/one-thing-story.js';
import { duty, registerDuties } from '../chaincode/support/duties.js';
import {
  appointGovernment,
  deliveredShare,
  delivery,
  filedShare,
  grant,
  payDataset,
  publishPay,
  shareId,
  values,
} from '../chaincode/support/shares.js';
import {
  attested,
  by,
  caseNo,
  digestOf,
  documentOf,
  foundEverything,
  issueAttestations,
  morning,
  publishMany,
  receivedCase,
} from '../chaincode/support/story.js';
import { acceptedCase, hearing, march, workingDays } from '../chaincode/support/timed.js';
import { IndexedLedger } from './support/indexed-ledger.js';

const told = ({ command, input }: DueProposal): string => `${command} ${JSON.stringify(input)}`;

/** Every command about the case that a clock can bring, whether or not it is due. */
function candidates({ steps, pauses = [] }: CaseRecord): DueProposal[] {
  const stepped = ['opinion', 'transfer', 'ruling'];
  const ids = steps.map(({ id }) => id);
  const stepsOf = (what: string): (string | undefined)[] =>
    what === 'procedure'
      ? pauses.map(({ no }) => no.toString())
      : stepped.includes(what)
        ? [...ids, undefined]
        : [undefined];
  const cards = caseClockKinds.flatMap((what) =>
    stepsOf(what).flatMap((step) =>
      (['yellow', 'red'] as const).map((colour): DueProposal => ({
        command: 'card.raise',
        input: { caseNo, what, ...(step === undefined ? {} : { step }), colour },
      })),
    ),
  );
  const lapses = ids.map((stepId): DueProposal => ({
    command: 'case.lapseStep',
    input: { caseNo, stepId },
  }));
  const door = (['case.deemAccepted', 'case.deemWithdrawn'] as const).map(
    (command): DueProposal => ({ command, input: { caseNo } }),
  );
  return [...door, ...lapses, ...cards];
}

/** As {@link told}, whatever the order of the fields. */
const sorted = ({ command, input }: DueProposal): string => `${command} ${canonicalJson(input)}`;
type RaisedOther = CommandInput<'card.raiseOther'>;

const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(morning(day)) + days * 86_400_000).toISOString().slice(0, 10);

describe('what the index says is due', function () {
  this.timeout(60_000);
  let world: IndexedLedger;
  beforeEach(async () => {
    world = await IndexedLedger.open();
    await foundEverything(world.ledger);
    await registerDuties(world.ledger);
    await world.indexAll();
  });
  afterEach(() => world.close());

  async function takenOf(all: readonly DueProposal[], day: string): Promise<DueProposal[]> {
    const verdicts = await Promise.all(all.map((one) => world.verdict(one, day)));
    return all.filter((_, index) => verdicts[index] === 'taken');
  }

  /** The index and the contract agree on a day, about the case of the story. */
  async function expectAgreement(day: string): Promise<void> {
    const record = world.ledger.get('case', caseNo);
    if (record === undefined) return;
    const due = (await world.due(day)).filter(({ input }) => input['caseNo'] === caseNo);
    const takeable = await takenOf(candidates(record), day);
    // A procedure's own clock is over with it, whoever says so: its line may outlast it.
    const procedures = due.filter(({ input }) => input['what'] === 'procedure');
    const listed = [
      ...due.filter((one) => !procedures.includes(one)),
      ...(await takenOf(procedures, day)),
    ];
    expect(listed.map(told).sort(), day).to.deep.equal(takeable.map(told).sort());
  }

  it('is what the contract takes, on every day of a case that nobody looks after', async () => {
    await receivedCase(world.ledger);
    await world.indexAll();
    for (let n = 0; n < 14; n += 1) await expectAgreement(dayAfter('2026-03-02', n));
    await world.run('case.deemAccepted', { caseNo }, by('finance.clerk1', march(10)));
    for (let n = 0; n < 40; n += 1) await expectAgreement(dayAfter('2026-03-10', n));
  });

  it('holds through a special procedure, an extension and acts that come too late', async () => {
    await acceptedCase(world.ledger);
    const owner = by('offices.clerk1', march(4));
    await world.run('case.startSpecialProcedure', hearing(caseNo, 5), owner);
    for (let n = 4; n < 25; n += 1) await expectAgreement(dayAfter('2026-03-01', n));
    const asked = {
      caseNo,
      limit: workingDays(5),
      reasonCode: 'other' as const,
      grounds: digestOf('g'),
    };
    await world.run('case.requestExtension', asked, by('offices.clerk1', march(16)));
    const approved = { caseNo, notice: digestOf('n'), government: documentOf('g') };
    await world.run('case.approveExtension', approved, by('offices.head1', march(16)));
    const late = { caseNo, stepId: 'finance', answer: 'agree' } as const;
    await world.run('case.opinion', late, by('finance.clerk1', march(27)));
    for (let n = 27; n < 60; n += 1) await expectAgreement(dayAfter('2026-03-01', n));
  });

  it('forgets no card that was raised before a special procedure began', async () => {
    await acceptedCase(world.ledger);
    await world.indexAll();
    const red = { caseNo, what: 'opinion', step: 'finance', colour: 'red' } as const;
    await world.run('card.raise', red, by('finance.clerk1', march(9)));
    const owner = by('offices.clerk1', march(9));
    await world.run('case.startSpecialProcedure', hearing(caseNo, 3), owner);
    for (let n = 9; n < 25; n += 1) await expectAgreement(dayAfter('2026-03-01', n));
  });

  it('is gone once it was done, by whomever', async () => {
    await receivedCase(world.ledger);
    await world.indexAll();
    const day = '2026-03-10';
    const red = { caseNo, what: 'reply', colour: 'red' } as const;
    const deemed = `case.deemAccepted ${JSON.stringify({ caseNo })}`;
    const card = `card.raise ${JSON.stringify(red)}`;
    expect((await world.due(day)).map(told).sort()).to.deep.equal([card, deemed]);
    await world.run('card.raise', red, by('finance.clerk1', morning(day)));
    expect((await world.due(day)).map(told)).to.deep.equal([deemed]);
    await world.run('case.deemAccepted', { caseNo }, by('finance.clerk1', morning(day)));
    expect(
      (await world.due(day)).filter(({ input }) => input['what'] === 'reply'),
    ).to.have.lengthOf(0);
  });

  it('agrees with the contract after any acts, whoever does what is due', async () => {
    const act = <N extends CommandName>(name: N, input: CommandInput<N>, user: string) => ({
      name,
      input,
      user,
    });
    const document = digestOf('d');
    const acts = [
      act('case.receive', { caseNo }, 'offices.clerk1'),
      act('case.accept', { caseNo, attested }, 'offices.clerk1'),
      act('case.opinion', { caseNo, stepId: 'finance', answer: 'agree' }, 'finance.clerk1'),
      act('case.opinion', { caseNo, stepId: 'headcount', answer: 'agree' }, 'establishment.clerk1'),
      act('case.startSpecialProcedure', hearing(caseNo, 3), 'offices.clerk1'),
      act('case.endSpecialProcedure', { caseNo, no: 1 }, 'offices.clerk1'),
      act(
        'case.offerTransfer',
        { caseNo, stepId: 'finance', to: 'supervision', dutyCode: 'SUPERVISION-01' },
        'finance.clerk1',
      ),
      act('case.decide', { caseNo, outcome: 'granted', document }, 'offices.head1'),
      act('case.complete', { caseNo, result: document }, 'offices.clerk1'),
      act('case.deliver', { caseNo, form: 'web' }, 'offices.clerk1'),
      act('case.withdraw', { caseNo, reasonCode: 'other' }, 'hrss.clerk1'),
      'due' as const,
    ];
    const start = new Map(world.ledger.state);
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ what: fc.constantFrom(...acts), days: fc.constantFrom(0, 0, 1, 2, 5, 9) }),
          { minLength: 4, maxLength: 12 },
        ),
        async (history) => {
          await world.close();
          world = await IndexedLedger.open();
          for (const [key, record] of start) world.ledger.state.set(key, record);
          await receivedCase(world.ledger, ['application', 'quote']);
          await issueAttestations(world.ledger, march(2));
          await world.indexAll();
          let day = '2026-03-02';
          for (const { what, days } of history) {
            day = dayAfter(day, days);
            try {
              if (what === 'due') await doOneThingDue(day);
              else await world.run(what.name, what.input, by(what.user, morning(day)));
            } catch (error) {
              if (!(error instanceof ContractError)) throw error;
            }
            await expectAgreement(day);
          }
        },
      ),
      { numRuns: 40 },
    );
  });

  async function doOneThingDue(day: string): Promise<void> {
    const [first] = await world.due(day);
    if (first === undefined) return;
    await world.run(first.command, first.input as never, by('finance.clerk1', morning(day)));
  }

  it('says that a one thing can go on, as soon as its case came to something', async () => {
    await publishParts(world.ledger);
    await publishTransfer(world.ledger);
    await submitTransfer(world.ledger);
    await world.indexAll();
    const due = async () =>
      (await world.due('2026-03-05')).filter(({ command }) => command === 'oneThing.advance');
    expect(await due()).to.deep.equal([]);
    await decidePart(world, caseOf('use'), 'establishment', '2026-03-03');
    expect(await due()).to.deep.equal([{ command: 'oneThing.advance', input: { no: transferNo } }]);
    const cases = ['pay', 'medical'].map((node) => ({
      node,
      caseNo: caseOf(node as 'pay' | 'medical', '20260304'),
    }));
    await world.run(
      'oneThing.advance',
      { no: transferNo, cases },
      { ...by('data.gateway', march(4)), role: 'gateway' },
    );
    expect(await due()).to.deep.equal([]);
  });

  it('names the matters that the change of a duty could not mark itself', async () => {
    await publishMany(world.ledger, mostMarkedAtOnce + 2, duty('offices').code);
    const changed = { ...duty('offices'), clause: '（新条文）' };
    await world.run('duty.register', changed, by('establishment.clerk1', march(4)));
    const due = async () => {
      const all = await world.due('2026-03-05');
      return all.filter(({ command }) => command === 'matter.markForReview');
    };
    const left = await due();
    expect(left.length).to.be.greaterThan(0);
    for (const { input } of left) {
      await world.run(
        'matter.markForReview',
        input as CommandInput<'matter.markForReview'>,
        by('finance.clerk1', march(5)),
      );
    }
    expect(await due()).to.deep.equal([]);
  });

  it('ends a share whose term is over and purges what was not disposed of', async () => {
    await appointGovernment(world.ledger);
    await publishPay(world.ledger);
    await deliveredShare(world.ledger);
    await world.indexAll();
    const { period } = world.ledger.get('shareGrant', shareId)!.terms;
    const ofShare = async (day: string) =>
      (await world.due(day)).filter(({ command }) => command.startsWith('sharing.'));
    expect(await ofShare(period.to)).to.deep.equal([]);
    const end = { command: 'sharing.end', input: { shareId, reason: 'termOver' } } as const;
    const late = dayAfter(period.to, 1);
    expect(await ofShare(late)).to.deep.equal([end]);
    expect(await world.verdict(end, late)).to.equal('taken');
    const meddling = { ...end, input: { shareId, reason: 'notNeeded' } };
    expect(await world.verdict(meddling, late)).to.equal('ROLE_REFUSED');
    await world.run('sharing.end', end.input, by('supervision.clerk1', morning(late)));
    const { disposeBy } = world.ledger.get('share', shareId)!.ended!;
    expect(await ofShare(disposeBy)).to.deep.equal([]);
    const purge = { command: 'sharing.purgeExpired', input: { shareId } } as const;
    expect(await ofShare(dayAfter(disposeBy, 1))).to.deep.equal([purge]);
    expect(await world.verdict(purge, dayAfter(disposeBy, 1))).to.equal('taken');
  });

  /** The index names on a day exactly the cards outside cases that the contract takes, of those that could be. */
  async function expectOthers(day: string, all: readonly Omit<RaisedOther, 'colour'>[]) {
    const due = (await world.due(day)).filter(({ command }) => command === 'card.raiseOther');
    const possible = all.flatMap((one) =>
      (['yellow', 'red'] as const).map((colour): DueProposal => ({
        command: 'card.raiseOther',
        input: { ...one, colour },
      })),
    );
    const taken = await takenOf(possible, day);
    expect(due.map(sorted).sort(), day).to.deep.equal(taken.map(sorted).sort());
  }

  it('is what the contract takes of shares, challenges and rulings, on every day', async () => {
    await publishPay(world.ledger);
    await filedShare(world.ledger);
    await world.indexAll();
    const share = (['reply', 'deliver', 'mend', 'dispose'] as const).map((what) => ({
      what,
      shareId,
    }));
    for (let n = 0; n < 16; n += 1) await expectOthers(dayAfter('2026-03-02', n), share);
    const red = { what: 'reply', shareId, colour: 'red' } as const;
    await world.run('card.raiseOther', red, by('hrss.clerk1', march(18)));
    await expectOthers('2026-03-18', share);
    await grant(world, '2026-03-18');
    for (let n = 0; n < 45; n += 3) await expectOthers(dayAfter('2026-03-18', n), share);
    const late = by('finance.service1', morning('2026-05-11'));
    await world.run('sharing.deliver', delivery, late, { values });
    const challenge = { shareId, challengeId: 'c-1' };
    await world.run(
      'sharing.challenge',
      { ...challenge, fields: ['grade'], finding: '不一致' },
      by('hrss.clerk1', morning('2026-05-12')),
    );
    const doubted = [...share, { what: 'answerChallenge' as const, ...challenge }];
    for (let n = 0; n < 20; n += 1) await expectOthers(dayAfter('2026-05-12', n), doubted);
    const over = { shareId, reason: 'termOver' } as const;
    await world.run('sharing.end', over, by('finance.clerk1', morning('2026-05-31')));
    for (let n = 0; n < 20; n += 1) await expectOthers(dayAfter('2026-05-31', n), doubted);
  });

  it('is what the contract takes of a review and a ruling, and goes when the card is there', async () => {
    await publishMany(world.ledger, 1, duty('offices').code);
    const changed = { ...duty('offices'), clause: '（新条文）' };
    await world.run('duty.register', changed, by('establishment.clerk1', march(2)));
    const [review] = world.ledger.all('review');
    const { taskCode, version, dutyVersion } = review!;
    const key = { taskCode, version, dutyVersion };
    const sides = (['owner', 'establishment'] as const).map((side) => ({
      what: 'review' as const,
      ...key,
      side,
    }));
    await receivedCase(world.ledger);
    await issueAttestations(world.ledger, march(2));
    await world.ledger.run('case.accept', { caseNo, attested }, by('offices.clerk1', march(3)));
    const subject = { caseNo, stepId: 'finance' };
    for (let n = 0; n < 2; n += 1) {
      const offer = { ...subject, to: 'supervision', dutyCode: 'SUPERVISION-01' };
      await world.ledger.run('case.offerTransfer', offer, by('finance.clerk1', march(3)));
      const decline = { ...subject, clauseOf: 'finance', dutyCode: 'FINANCE-01' };
      await world.ledger.run('case.declineTransfer', decline, by('supervision.clerk1', march(3)));
    }
    await world.indexAll();
    const [ruling] = world.ledger.all('dutyRuling');
    const all = [...sides, { what: 'ruling' as const, rulingId: ruling!.rulingId }];
    for (let n = 3; n < 25; n += 1) await expectOthers(dayAfter('2026-03-01', n), all);
    await world.run('matter.review', key, by('offices.head1', march(10)));
    const colour = 'red';
    for (const one of all.slice(1)) {
      await world.run('card.raiseOther', { ...one, colour }, by('hrss.clerk1', march(25)));
    }
    await expectOthers('2026-03-26', all);
    expect((await world.due('2026-03-26')).map(told).join()).to.not.include('raiseOther');
  });

  it('is what the contract takes of the data catalogue, on every day', async () => {
    await publishPay(world.ledger);
    const { datasetId } = payDataset;
    const on = (day: string, user: string) => by(user, morning(day));
    const note = { datasetId, changedOn: '2026-03-02', cause: 'duty', reason: 'moved' } as const;
    await world.run('dataset.noteChange', note, on('2026-03-02', 'finance.clerk1'));
    await world.indexAll();
    const all = [
      { what: 'update' as const, datasetId },
      ...[2, 3].flatMap((version) => [
        { what: 'update' as const, datasetId, version },
        { what: 'entryReview' as const, datasetId, version },
      ]),
    ];
    for (let n = 0; n < 16; n += 1) await expectOthers(dayAfter('2026-03-02', n), all);
    const yellow = { what: 'update', datasetId, colour: 'yellow' } as const;
    await world.run('card.raiseOther', yellow, on('2026-03-16', 'hrss.clerk1'));
    await expectOthers('2026-03-16', all);
    const more = { datasetId, reason: 'survey' };
    await world.run('dataset.extendUpdate', more, on('2026-03-16', 'data.clerk1'));
    for (let n = 0; n < 10; n += 1) await expectOthers(dayAfter('2026-03-16', n), all);
    await approvedVersion('2026-03-26');
    for (let n = 0; n < 6; n += 1) await expectOthers(dayAfter('2026-03-26', n), all);
    for (const what of ['update', 'entryReview'] as const) {
      const red = { what, datasetId, version: 2, colour: 'red' } as const;
      await world.run('card.raiseOther', red, on('2026-03-31', 'hrss.clerk1'));
      await expectOthers('2026-03-31', all);
    }
    const back = { datasetId, version: 2, note: 'unclear' };
    await world.run('dataset.sendBack', back, on('2026-03-31', 'data.clerk1'));
    await approvedVersion('2026-04-01');
    const late = { datasetId, version: 3, note: 'unclear' };
    await world.run('dataset.sendBack', late, on('2026-04-10', 'data.clerk1'));
    for (let n = 0; n < 4; n += 1) await expectOthers(dayAfter('2026-04-10', n), all);
    const last = { what: 'entryReview', datasetId, version: 3, colour: 'red' } as const;
    await world.run('card.raiseOther', last, on('2026-04-13', 'hrss.clerk1'));
    expect((await world.due('2026-05-13')).map(told).join()).to.not.include('raiseOther');
  });

  async function approvedVersion(day: string): Promise<void> {
    const { datasetId } = payDataset;
    const at = morning(day);
    await world.run('dataset.register', payDataset, by('finance.clerk1', at));
    const { latest } = world.ledger.get('dataset', datasetId)!;
    const { version, contentDigest } = world.ledger.get(
      'datasetVersion',
      datasetId,
      padded(latest),
    )!;
    const approval = { datasetId, version, contentDigest, secrecyReview: digestOf('review') };
    await world.run('dataset.approve', approval, by('finance.head1', at));
  }

  it('costs what is due and not what exists', async () => {
    await receivedCase(world.ledger);
    await world.indexAll();
    expect(await world.due('2026-03-02')).to.deep.equal([]);
  });
});
