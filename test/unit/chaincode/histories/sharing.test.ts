import type {
  LedgerRecord,
  ShareEventRecord,
  ShareGrantRecord,
  ShareRecord,
  ShareState,
} from '@yici/domain/model';
import {
  canonicalDigest,
  chainStart,
  ContractError,
  shareClocks,
  shareEventTypes,
  valuesCollection,
  watchedOfShare,
} from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';
import { RuleLedger } from '../support/ledger.js';
import { attempt, departmentOf, shareHistory, sideOf } from '../support/share-steps.js';
import type { ShareStep } from '../support/share-steps.js';
import { appointGovernment, publishPay, shareId } from '../support/shares.js';
import { foundRegistry, importCalendar, morning } from '../support/story.js';

/** Order 809 art 20 to 28: what may follow what. An order to provide opens the reply anew. */
const follows: Readonly<Record<ShareState, readonly ShareState[]>> = {
  REQUESTED: ['FILED', 'WITHDRAWN'],
  FILED: ['INCOMPLETE', 'GRANTED', 'REFUSED', 'WITHDRAWN'],
  INCOMPLETE: ['FILED', 'WITHDRAWN'],
  REFUSED: ['FILED'],
  GRANTED: ['SUSPENDED', 'ENDED'],
  SUSPENDED: ['GRANTED', 'ENDED'],
  ENDED: ['DISPOSED'],
  WITHDRAWN: [],
  DISPOSED: [],
};

const shanghaiDay = (at: string) =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

interface Done {
  readonly step: ShareStep;
  readonly was: ShareRecord | undefined;
  readonly now: ShareRecord;
  /** Every record that was there before, by key. */
  readonly before: ReadonlyMap<string, LedgerRecord>;
  readonly ledger: RuleLedger;
}

const chainOf = (ledger: RuleLedger): ShareEventRecord[] =>
  ledger
    .all('shareEvent')
    .filter((event) => event.shareId === shareId)
    .sort((one, other) => one.seq - other.seq);

/** Every reply is worded by one and consented to by another, a head of the provider. */
function expectRepliesOfTwo({ provider, granted, refusal }: ShareRecord): void {
  for (const reply of [granted, refusal].filter((one) => one !== undefined)) {
    expect(reply.consent?.by).to.include({ department: provider, role: 'head' });
    expect(reply.consent?.by.user).to.not.equal(reply.by.user);
  }
}

/** Where the law asks for two, they are two persons. */
function expectTwoPersons(share: ShareRecord): void {
  const { requestedBy, consent, extension, serviceChange } = share;
  expectRepliesOfTwo(share);
  const agreed = serviceChange?.agreed?.by.department;
  if (agreed !== undefined) expect(agreed).to.equal(share.requester);
  if (consent !== undefined) expect(consent.by.user).to.not.equal(requestedBy.user);
  if (extension?.allowedBy === undefined) return;
  expect(extension.allowedBy.user).to.not.equal(extension.askedBy.user);
}

/** What is told, asked, granted or ordered once stays as it was. */
function expectKept(was: ShareRecord, now: ShareRecord): void {
  if (was.notice !== undefined) expect(now.notice?.at).to.equal(was.notice.at);
  if (was.extension !== undefined) expect(now.extension?.days).to.equal(was.extension.days);
  if (was.granted !== undefined) expect(now.granted).to.deep.equal(was.granted);
  if (was.bound) expect(now.bound).to.equal(true);
  if (was.firstReply !== undefined) expect(now.firstReply).to.deep.equal(was.firstReply);
}

function expectWithinGrant(grant: ShareGrantRecord | undefined): void {
  for (const { fields, at } of grant?.deliveries ?? []) {
    expect(grant?.fields).to.include.members(fields.map(({ code }) => code));
    expect(shanghaiDay(at) <= (grant?.terms.period.to ?? '')).to.equal(true);
  }
}

function expectUnmended(share: ShareRecord | undefined, today: string): void {
  const { mendBy = '', mended } = share?.suspension ?? {};
  expect(mended !== undefined || today > mendBy).to.equal(true);
}

describe('random histories of a share', () => {
  const founded = new RuleLedger();
  before(async () => {
    await foundRegistry(founded);
    await importCalendar(founded, 2025);
    await importCalendar(founded, 2026);
    await publishPay(founded);
    await appointGovernment(founded);
  });

  /** Runs a history on a copy of the ledger, holds every refusal to writing nothing, and hands on every act done. */
  async function play(steps: readonly ShareStep[], judge: (done: Done) => void): Promise<void> {
    const ledger = founded.copy();
    let time = Date.parse(morning('2026-03-02'));
    for (const step of steps) {
      time += step.hours * 3_600_000;
      const before = new Map(ledger.state);
      const secrets = new Map(ledger.privately);
      const was = ledger.get('share', shareId);
      try {
        await attempt(ledger, step, new Date(time).toISOString());
      } catch (error) {
        if (!(error instanceof ContractError)) throw error;
        expect(ledger.state.size).to.equal(before.size);
        for (const [key, record] of ledger.state) expect(record).to.equal(before.get(key));
        expect([...ledger.privately]).to.deep.equal([...secrets]);
        continue;
      }
      judge({ step, was, now: ledger.get('share', shareId)!, before, ledger });
    }
  }

  /** Many histories from one seed; says how often each kind of act was done. */
  async function check(
    numRuns: number,
    judge: (done: Done) => void,
  ): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(shareHistory, async (steps) => {
        await play(steps, (done) => {
          counts.set(done.step.name, (counts.get(done.step.name) ?? 0) + 1);
          judge(done);
        });
      }),
      { numRuns, seed: 20_250_801 },
    );
    return counts;
  }

  it('never leave the table of states, and nothing comes back from the end', async () => {
    const done = await check(200, ({ was, now }) => {
      if (was === undefined) expect(now.state).to.equal('REQUESTED');
      else if (now.state !== was.state) expect(follows[was.state], was.state).to.include(now.state);
    });
    // Nothing here means anything unless the histories do all of it.
    // A succession needs a reorganisation, by which finance would do nothing more: reform/shares tells it.
    const told = shareEventTypes.filter((type) => type !== 'sharing.succeed');
    for (const type of told.filter((each) => each.startsWith('sharing.'))) {
      expect(done.get(type) ?? 0, type).to.be.greaterThan(0);
    }
  });

  it('are signed by the side that the law gives the act to, and by two persons where it asks for two', async () => {
    await check(120, ({ step, now, ledger }) => {
      const sides = sideOf[step.name]?.map((side) => departmentOf(now, side));
      const [department = ''] = step.user.split('.');
      if (sides !== undefined) expect(sides, step.name).to.include(department);
      expectTwoPersons(now);
      for (const { outcomes, offer } of ledger.all('dispute')) {
        const agreed = outcomes.find(({ stage }) => stage === 'negotiation');
        if (agreed !== undefined) expect(agreed.by.department).to.not.equal(offer?.by.department);
      }
    });
  });

  it('never turn time back, and no act makes overdue what was in time', async () => {
    await check(120, ({ was, now, ledger }) => {
      if (was === undefined) return;
      expect(now.updatedAt >= was.updatedAt).to.equal(true);
      const today = shanghaiDay(now.updatedAt);
      const inTime = shareClocks(was).filter(({ dueOn }) => dueOn >= today);
      for (const { what } of inTime) {
        const overdue = shareClocks(was).filter(({ dueOn }) => dueOn < today);
        const after = shareClocks(now).filter(
          (one) => one.what === what && !overdue.some(({ dueOn }) => dueOn === one.dueOn),
        );
        for (const { dueOn } of after) expect(dueOn >= today).to.equal(true);
      }
      for (const { startedOn, dueOn, limitDays } of shareClocks(now)) {
        expect(startedOn <= dueOn).to.equal(true);
        expect(limitDays).to.be.at.least(1);
      }
      const times = chainOf(ledger).map(({ at }) => at);
      expect(times.every((at) => at <= now.updatedAt)).to.equal(true);
    });
  });

  it('always leave a complete chain whose past is untouched, every delivery in it or on its way', async () => {
    await check(80, ({ now, before, ledger }) => {
      const chain = chainOf(ledger);
      const head = chain.reduce((prev, event, seq) => {
        expect(event).to.include({ prev, seq });
        return canonicalDigest(event);
      }, chainStart);
      expect(now).to.include({ head, nextSeq: chain.length });
      for (const [key, record] of before) {
        const { kind } = record;
        if (kind === 'shareEvent' || kind === 'use') expect(ledger.state.get(key)).to.equal(record);
      }
      const taken = chain.filter(({ type }) => type === 'sharing.deliver').length;
      expect(now.deliveries).to.equal(taken);
      const made = ledger.get('shareGrant', shareId)?.deliveries.length ?? 0;
      expect(made).to.be.at.least(taken);
    });
  });

  it('keep a reply single: one notice, one extension within ten days, no refusal against an order', async () => {
    await check(120, ({ was, now }) => {
      if (was !== undefined) expectKept(was, now);
      if (now.extension !== undefined) expect(now.extension.days).to.be.at.most(10);
      if (now.bound) expect(now.state).to.not.equal('REFUSED');
      const asked = now.notice?.items.map(({ condition }) => condition) ?? [];
      expect(asked).to.not.include('invented');
    });
  });

  it('answer a challenge once, and climb a dispute rung by rung', async () => {
    const rungs = ['negotiation', 'coordination', 'government'];
    await check(120, ({ before, ledger }) => {
      for (const [key, record] of before) {
        if (record.kind !== 'challenge' || record.status !== 'answered') continue;
        expect(ledger.state.get(key)).to.equal(record);
      }
      for (const { stages } of ledger.all('dispute')) {
        expect(stages.map(({ stage }) => stage)).to.deep.equal(rungs.slice(0, stages.length));
      }
      const open = ledger.all('challenge').filter(({ status }) => status === 'open').length;
      expect(ledger.get('share', shareId)?.openChallenges).to.equal(open);
    });
  });

  it('keep what was late as late, whatever follows', async () => {
    let washed = 0;
    await check(120, ({ was, now, ledger }) => {
      if (was === undefined) return;
      const late = (share: ShareRecord) =>
        watchedOfShare(share, ledger.get('shareGrant', shareId))
          .filter(({ clock, actedOn }) => clock.what === 'reply' && actedOn !== undefined)
          .map(({ clock }) => clock.dueOn);
      expect(late(now)).to.include.members(late(was));
      const { state, bound, reply } = was;
      const replied = now.bound || now.state === 'GRANTED' || now.state === 'REFUSED';
      if (state !== 'FILED' || bound || reply === undefined || !replied) return;
      if (reply.dueOn >= shanghaiDay(now.updatedAt)) return;
      washed += 1;
      expect(late(now)).to.include(reply.dueOn);
    });
    expect(washed).to.be.greaterThan(0);
  });

  it('are settled in coordination only as proposed and by the word of both sides', async () => {
    await check(120, ({ ledger, now }) => {
      for (const { status, stage, proposal, outcomes } of ledger.all('dispute')) {
        if (stage === 'government')
          expect(outcomes.map((one) => one.stage)).to.include('coordination');
        if (status !== 'decided' || stage !== 'coordination') continue;
        const said = proposal?.answers.map(({ by, order }) => [by.department, order]) ?? [];
        expect(said).to.have.deep.members([
          [now.provider, proposal?.order],
          [now.requester, proposal?.order],
        ]);
      }
    });
  });

  it('hold values at two departments only, within the grant, and none after the disposal', async () => {
    let purged = 0;
    await check(120, ({ was, now, ledger }) => {
      const { deliveries = [] } = ledger.get('shareGrant', shareId) ?? {};
      const withValues = deliveries.filter(({ privately }) => privately).length;
      const holders = [...ledger.privately.keys()].map((key) => key.split(' ')[0]);
      const readers = [now.providerMsp, now.requesterMsp].flatMap((mspId) => [
        valuesCollection(mspId, 'clerk'),
        valuesCollection(mspId, 'head'),
      ]);
      for (const holder of holders) expect(readers).to.include(holder);
      const gone = now.state === 'DISPOSED';
      expect(holders.length).to.equal(gone ? 0 : readers.length * withValues);
      if (gone && was?.state === 'ENDED' && withValues > 0) purged += 1;
      expectWithinGrant(ledger.get('shareGrant', shareId));
    });
    expect(purged).to.be.greaterThan(0);
  });

  it('end by the provider only after a suspension that was not mended in time', async () => {
    let misuse = 0;
    await check(120, ({ was, now }) => {
      const { by: ender, reason } = now.ended ?? {};
      if (was?.ended !== undefined || reason !== 'misuse') return;
      misuse += 1;
      expect(ender?.department).to.equal(now.provider);
      expect(was?.state).to.equal('SUSPENDED');
      expectUnmended(was, shanghaiDay(now.updatedAt));
    });
    expect(misuse).to.be.greaterThan(0);
  });
});
