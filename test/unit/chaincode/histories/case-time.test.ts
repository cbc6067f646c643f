import type { CaseRecord, CaseState } from '@yici/domain/model';
import {
  canonicalDigest,
  caseClocks,
  chainStart,
  closedStates,
  ContractError,
  handlingStates,
  wholeArchive,
} from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';
import { foundArchives } from '../support/archives.js';
import { afterTheEnd, judgeEndedClocks, signatures } from '../support/case-judges.js';
import { attestedIds, courses, document, strange, type Step } from '../support/ending-steps.js';
import { RuleLedger } from '../support/ledger.js';
import { attestation, by, foundEverything } from '../support/story.js';
import {
  march,
  promise,
  promisedCaseNo as caseNo,
  promisedMatter,
  publishPromisedMatter,
  workingDays,
} from '../support/timed.js';

const ends = ['DECISION_REVOKED'] as const;
const underWay = [...handlingStates, 'DECIDED_GRANTED', 'DECIDED_REFUSED', 'WITHDRAWN'] as const;
/** DOMAIN.md section 2c with everything that stops, prolongs and undoes a case: what may follow what. */
const follows: Readonly<Partial<Record<CaseState, readonly CaseState[]>>> = {
  SUBMITTED: ['RECEIVED', 'ACCEPTED', 'WITHDRAWN'],
  RECEIVED: ['ACCEPTED', 'TOLERANT_ACCEPTED', 'SUPPLEMENT_NOTIFIED', 'NOT_ACCEPTED', 'WITHDRAWN'],
  SUPPLEMENT_NOTIFIED: ['RECEIVED', 'WITHDRAWN', 'DEEMED_WITHDRAWN'],
  ACCEPTED: underWay,
  TOLERANT_ACCEPTED: [...underWay, 'ACCEPTANCE_REVOKED'],
  IN_REVIEW: [...underWay, 'ACCEPTANCE_REVOKED'],
  SPECIAL_PROCEDURE: [...underWay, 'ACCEPTANCE_REVOKED'],
  EXTENDED: [...underWay, 'ACCEPTANCE_REVOKED'],
  DECIDED_GRANTED: ['COMPLETED', ...ends],
  DECIDED_REFUSED: ['COMPLETED', ...ends],
  COMPLETED: ['DELIVERED', ...ends],
  DELIVERED: ['ARCHIVED', ...ends],
  ARCHIVED: ends,
};
interface History {
  readonly promised: boolean;
  readonly steps: readonly Step[];
}

const history: fc.Arbitrary<History> = fc
  .record({
    promised: fc.boolean(),
    course: fc.constantFrom(...courses),
    length: fc.nat(20),
    others: fc.array(strange, { maxLength: 15 }),
    places: fc.array(fc.nat(), { minLength: 15, maxLength: 15 }),
  })
  .map(({ promised, course, length, others, places }) => {
    const steps = course.slice(0, length);
    others.forEach((step, index) => {
      steps.splice(places[index]! % (steps.length + 1), 0, step);
    });
    return { promised, steps };
  });

type Check = (was: CaseRecord, now: CaseRecord, ledger: RuleLedger) => void;

/** A case on a commitment, and one accepted tolerantly on a promise. */
const foundings: RuleLedger[] = [];

async function founded(promised: boolean): Promise<RuleLedger> {
  const ledger = new RuleLedger();
  await foundEverything(ledger);
  await foundArchives(ledger, 'data');
  await publishPromisedMatter(ledger);
  const { commitment, ...bare } = promise();
  const input = promised ? { ...bare, commitment: commitment! } : { ...bare, pledge: document };
  await ledger.run('case.submit', input, by('hrss.clerk1', march(2)));
  for (const [index, id] of ['establishment.headcount', 'finance.budget'].entries()) {
    const [department = ''] = id.split('.');
    const given = { ...attestation(`att-p${index + 1}`, id), caseNo };
    await ledger.run('attestation.issue', given, by(`${department}.service1`, march(2)));
  }
  const clerk = by('offices.clerk1', march(3));
  await ledger.run('case.receive', { caseNo }, clerk);
  const attested = attestedIds;
  if (promised) await ledger.run('case.accept', { caseNo, attested }, clerk);
  else {
    const gap = { caseNo, tolerated: ['quote'], limit: workingDays(4), attested };
    await ledger.run('case.tolerantAccept', gap, clerk);
  }
  return ledger;
}

/** Runs a history on a copy of either ledger and hands every act that was done to `check`. */
async function play({ promised, steps }: History, check: Check): Promise<void> {
  const ledger = foundings[promised ? 0 : 1]!.copy();
  let time = Date.parse(march(3));
  for (const { name, input, user, hours: passed } of steps) {
    time += passed * 3_600_000;
    const previous = ledger.get('case', caseNo)!;
    const size = ledger.state.size;
    try {
      await ledger.run(name, input, by(user, new Date(time).toISOString()));
    } catch (error) {
      if (!(error instanceof ContractError)) throw error;
      expect(ledger.get('case', caseNo)).to.equal(previous);
      expect(ledger.state.size).to.equal(size);
      continue;
    }
    check(previous, ledger.get('case', caseNo)!, ledger);
  }
}

/** Runs many histories from one seed, and says how often each kind of act was done. */
async function check(numRuns: number, judge: Check): Promise<ReadonlyMap<string, number>> {
  const done = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(history, async (given) => {
      await play(given, (was, now, ledger) => {
        const { type } = ledger.chain(caseNo).at(-1)!;
        done.set(type, (done.get(type) ?? 0) + 1);
        judge(was, now, ledger);
      });
    }),
    { numRuns, seed: 20_260_302 },
  );
  return done;
}

/** How a step may stand when a case is granted: status, answer, lapse. */
const settled = [
  ['answered', 'agree', 'none'],
  ['answered', 'agree', 'defaultAgree'],
  ['answered', 'agree', 'escalate'],
  ['passed', undefined, 'escalate'],
];

const shanghaiDay = (at: string) =>
  new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

describe('random histories of a case’s time and ending', () => {
  before(async () => {
    foundings.push(await founded(true), await founded(false));
  });

  it('never leave the table of states, and change a closed case only as R14 allows', async () => {
    const done = await check(300, (was, now, ledger) => {
      if (now.state !== was.state)
        expect(follows[was.state] ?? [], was.state).to.include(now.state);
      if (closedStates.includes(was.state)) {
        expect(afterTheEnd).to.include(ledger.chain(caseNo).at(-1)?.type);
      }
      expect(now.nationalNumber).to.be.within(1, 15);
    });
    // Nothing above means anything unless the histories do all of it.
    for (const name of [
      'case.startSpecialProcedure',
      'case.endSpecialProcedure',
      'case.requestExtension',
      'case.approveExtension',
      'case.lapseStep',
      'case.passStep',
      'case.revokeAcceptance',
      'case.recordInspection',
      'case.revokeDecision',
      'case.archive',
      'case.transferArchive',
      'case.receiveArchive',
      'case.resetRetention',
    ]) {
      expect(done.get(name) ?? 0, name).to.be.greaterThan(0);
    }
  });

  it('never call archived what a later act changed, and have the archive receive only what passed', async () => {
    await check(250, (_was, now, ledger) => {
      const { type } = ledger.chain(caseNo).at(-1)!;
      const own = /[aA]rchive$|resetRetention$/.test(type);
      if (!own) expect(wholeArchive(now), type).to.equal(undefined);
      if (type === 'case.archive') expect(wholeArchive(now)?.transfer).to.equal(undefined);
      if (now.state === 'ARCHIVED') expect(now.decision).to.not.equal(undefined);
      const receipt = now.archive?.transfer?.receipt;
      if (receipt !== undefined) expect(receipt.received).to.equal(receipt.usability);
    });
  });

  it('never turn time back, and no act makes overdue what was in time', async () => {
    await check(250, (was, now) => {
      expect(now.updatedAt >= was.updatedAt).to.equal(true);
      const today = shanghaiDay(now.updatedAt);
      if (was.dueOn !== undefined && was.dueOn >= today) {
        expect(now.dueOn! >= today).to.equal(true);
      }
      for (const step of now.steps) {
        const before = was.steps.find(({ id }) => id === step.id)!;
        if (before.dueOn === undefined || before.dueOn < today) continue;
        expect(step.dueOn! >= today).to.equal(true);
      }
      // What has run out stays so: neither a procedure nor an extension saves it.
      if (was.dueOn !== undefined && was.dueOn < today) expect(now.dueOn).to.equal(was.dueOn);
    });
  });

  it('keep every clock that ended, late if its own department was, and never forget one', async () => {
    const seen = new Set<string>();
    await check(250, (was, now, ledger) => {
      for (const one of judgeEndedClocks(was, now, ledger.chain(caseNo).at(-1)!)) seen.add(one);
    });
    for (const name of ['opinion/true', 'opinion/false', 'finish/true', 'finish/false']) {
      expect(seen, name).to.include(name);
    }
  });

  it('show only clocks that begin before they end, and none of a case that is over', async () => {
    await check(200, (_, now) => {
      const clocks = caseClocks(now);
      for (const { startedOn, dueOn, limitDays } of clocks) {
        expect(startedOn <= dueOn).to.equal(true);
        expect(limitDays).to.be.at.least(1);
      }
      if (['WITHDRAWN', 'ACCEPTANCE_REVOKED', 'DECISION_REVOKED'].includes(now.state)) {
        expect(clocks).to.deep.equal([]);
      }
      const handled = (handlingStates as readonly CaseState[]).includes(now.state);
      expect(clocks.some(({ what }) => what === 'statutory' && handled)).to.equal(handled);
    });
  });

  it('always leave a complete chain that recomputes', async () => {
    await check(100, (_, now, ledger) => {
      const chain = ledger.chain(caseNo);
      const head = chain.reduce((prev, event, seq) => {
        expect(event).to.include({ prev, seq });
        return canonicalDigest(event);
      }, chainStart);
      expect(now).to.include({ head, nextSeq: chain.length });
      expect(chain.at(-1)).to.include({ state: now.state });
      expect(
        chain
          .map(({ at }) => at)
          .sort()
          .at(-1),
      ).to.equal(now.updatedAt);
    });
  });

  it('keep the second signature another person’s, and an extension single and short', async () => {
    await check(250, (was, now) => {
      if (was.extension?.approval !== undefined) {
        expect(now.extension).to.deep.equal(was.extension);
      }
      for (const [maker, checker] of signatures(now)) expect(checker).to.not.equal(maker);
      const { limit: more, approval } = now.extension ?? {};
      if (approval === undefined) return;
      expect(approval.government).to.not.equal(undefined);
      expect(more?.value).to.be.at.most(15);
    });
  });

  it('grant nothing over a silent department but by policy or by an escalation on record', async () => {
    const byPolicy = promisedMatter.flow.filter(({ onLapse }) => onLapse?.kind === 'defaultAgree');
    let grants = 0;
    await check(250, (was, now) => {
      if (now.state !== 'DECIDED_GRANTED' || was.state === now.state) return;
      grants += 1;
      for (const { id, status, answer, lapse } of now.steps) {
        expect(settled).to.deep.include([status, answer, lapse?.kind ?? 'none']);
        if (lapse?.kind === 'defaultAgree') expect(byPolicy.map((s) => s.id)).to.include(id);
      }
      const today = shanghaiDay(now.updatedAt);
      const running = (now.pauses ?? []).filter(({ ended, to }) => !ended && to >= today);
      expect(running).to.deep.equal([]);
    });
    expect(grants).to.be.greaterThan(0);
  });
});
