import type { Actor, CaseRecord, CaseState, LedgerRecord, RecordOf } from '@yici/domain/model';
import {
  canonicalDigest,
  chainStart,
  closedStates,
  commandNames,
  ContractError,
  handlingStates,
} from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';
import { afterTheEnd } from '../support/case-judges.js';
import { RuleLedger } from '../support/ledger.js';
import type { Call } from '../support/disturbed-tale.js';
import { disturbances, disturbed, recordTale } from '../support/disturbed-tale.js';
import { toldElsewhere } from '../support/tale.js';

const underWay: readonly CaseState[] = [
  ...handlingStates,
  'DECIDED_GRANTED',
  'DECIDED_REFUSED',
  'WITHDRAWN',
  'ACCEPTANCE_REVOKED',
  // Silence accepted what its owner is not competent for.
  'NOT_ACCEPTED',
];
/** DOMAIN.md section 2c, whole: what may follow what. */
const follows: Readonly<Partial<Record<CaseState, readonly CaseState[]>>> = {
  SUBMITTED: ['RECEIVED', 'ACCEPTED', 'WITHDRAWN'],
  RECEIVED: ['ACCEPTED', 'TOLERANT_ACCEPTED', 'SUPPLEMENT_NOTIFIED', 'NOT_ACCEPTED', 'WITHDRAWN'],
  SUPPLEMENT_NOTIFIED: ['RECEIVED', 'WITHDRAWN', 'DEEMED_WITHDRAWN'],
  ACCEPTED: underWay,
  TOLERANT_ACCEPTED: underWay,
  IN_REVIEW: underWay,
  SPECIAL_PROCEDURE: underWay,
  EXTENDED: underWay,
  DECIDED_GRANTED: ['COMPLETED', 'DECISION_REVOKED'],
  DECIDED_REFUSED: ['COMPLETED', 'IN_REVIEW'],
  COMPLETED: ['DELIVERED', 'DECISION_REVOKED', 'IN_REVIEW'],
  DELIVERED: ['ARCHIVED', 'DECISION_REVOKED', 'IN_REVIEW'],
  ARCHIVED: ['DECISION_REVOKED', 'IN_REVIEW'],
  DECISION_REVOKED: ['IN_REVIEW'],
};
/** Records that nothing may ever change. */
const forGood: readonly LedgerRecord['kind'][] = [
  'caseEvent',
  'shareEvent',
  'use',
  'urge',
  'audit',
  'journalAnchor',
];
/** Statuses that nothing comes back from. */
const lastStatuses: Readonly<Partial<Record<LedgerRecord['kind'], readonly string[]>>> = {
  matter: ['retired'],
  oneThing: ['retired'],
  calendarVersion: ['superseded'],
  attestation: ['revoked'],
  challenge: ['answered'],
  dutyRuling: ['decided'],
  order: ['closed'],
  oneThingCase: ['granted', 'ended'],
};

interface Change {
  readonly call: Call;
  readonly was: LedgerRecord | undefined;
  readonly now: LedgerRecord;
  readonly ledger: RuleLedger;
}

type Judge = (change: Change) => void;

describe('random histories of everything', () => {
  let tale: readonly Call[];
  before(async () => {
    tale = await recordTale();
  });

  /** Runs a history; a refusal writes nothing, and every record that an act changed goes to `judge`. */
  async function play(calls: readonly Call[], judge: Judge): Promise<void> {
    const ledger = new RuleLedger();
    for (const call of calls) {
      const before = new Map(ledger.state);
      const secrets = [...ledger.privately.keys()];
      const done = await run(ledger, call);
      const changed = [...ledger.state].filter(([key, record]) => before.get(key) !== record);
      if (!done) {
        expect(changed).to.deep.equal([]);
        expect([...ledger.privately.keys()]).to.deep.equal(secrets);
      }
      for (const key of before.keys()) expect(ledger.state.has(key)).to.equal(true);
      for (const [key, now] of changed) judge({ call, was: before.get(key), now, ledger });
    }
  }

  async function run(ledger: RuleLedger, { name, input, act, secret }: Call): Promise<boolean> {
    try {
      await ledger.run(name, input, act, secret);
      return true;
    } catch (error) {
      if (error instanceof ContractError) return false;
      throw error;
    }
  }

  /** Many histories from one seed; says how often each command was done. */
  async function check(numRuns: number, judge: Judge): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(disturbances, async (all) => {
        await play(disturbed(tale, all), (change) => {
          counts.set(change.call.name, (counts.get(change.call.name) ?? 0) + 1);
          judge(change);
        });
      }),
      // The tale as it is told comes first: it has every command. A failure is made smaller for as long as the test may take.
      { numRuns, seed: 20_190_105, examples: [[[]]], interruptAfterTimeLimit: 100_000 },
    );
    return counts;
  }

  it('keep states, chains, clocks, answers, keys and signatures as the rules want them', async () => {
    let answered = 0;
    let supervised = 0;
    let pairs = 0;
    const done = await check(15, (change) => {
      judgeEnds(change);
      judgeChain(change);
      answered += judgeAnswers(change);
      supervised += judgeSupervisor(change);
      pairs += judgeSignatures(change.now);
    });
    // Nothing here means anything unless the histories do all of it.
    const missing = commandNames.filter((name) => !done.has(name));
    expect(missing).to.deep.equal(toldElsewhere);
    expect([answered > 10, supervised > 10, pairs > 100]).to.deep.equal([true, true, true]);
  }).timeout(120_000);
});

/** Only states that the tables allow are reached, and nothing comes back from an end (R13, R14). */
function judgeEnds({ was, now, ledger }: Change): void {
  if (was === undefined) return;
  if (was.kind === 'case' && now.kind === 'case') judgeStates(was, now, ledger);
  expect(forGood).to.not.include(now.kind);
  const before = 'status' in was ? was.status : '';
  if (lastStatuses[now.kind]?.includes(before) === true) {
    expect(now, now.kind).to.include({ status: before });
  }
}

/** A case's chain is complete, and the case's own clock does not run backwards. */
function judgeChain({ was, now, ledger }: Change): void {
  if (was !== undefined && 'updatedAt' in was && 'updatedAt' in now) {
    expect(now.updatedAt >= was.updatedAt).to.equal(true);
  }
  if (now.kind !== 'case') return;
  const chain = ledger.chain(now.caseNo);
  const head = chain.reduce((prev, event, seq) => {
    expect(event).to.include({ prev, seq });
    return canonicalDigest(event);
  }, chainStart);
  expect(now).to.include({ head, nextSeq: chain.length });
  const newest = chain
    .map(({ at }) => at)
    .sort()
    .at(-1);
  expect(now.updatedAt).to.equal(newest);
}

/** A participant answers once, under its own department's signature (R10); says whether one did. */
function judgeAnswers({ call, was, now, ledger }: Change): number {
  if (now.kind !== 'case' || was?.kind !== 'case') return 0;
  const opinions = ledger.chain(now.caseNo).filter(({ type }) => type === 'case.opinion');
  const steps = opinions.map(({ data }) => data['stepId']);
  expect(new Set(steps).size).to.equal(steps.length);
  for (const step of was.steps.filter(({ status }) => status === 'answered')) {
    const after = now.steps.find(({ id }) => id === step.id);
    // Only its own department takes a disagreement back.
    const answer = call.name === 'case.reviseOpinion' ? after?.answer : step.answer;
    expect(after).to.include({ answer, answeredAt: step.answeredAt });
  }
  if (call.name !== 'case.opinion') return 0;
  const [step] = now.steps.filter(({ id, answer, forwarded }) => {
    const before = was.steps.find((one) => one.id === id);
    return answer !== before?.answer || forwarded?.at !== before?.forwarded?.at;
  });
  expect(call.act.user.split('.')[0]).to.equal(step?.department);
  return 1;
}

/** A supervisor's key writes supervision and nothing else (R15); says whether one wrote. */
function judgeSupervisor({ call, now }: Change): number {
  if (call.act.role !== 'supervisor') return 0;
  expect(['card', 'urge', 'order', 'orderTarget', 'audit']).to.include(now.kind);
  return 1;
}

/** No official is maker and checker, by either of two names; says how many pairs there were. */
function judgeSignatures(now: LedgerRecord): number {
  let pairs = 0;
  for (const [maker, checker] of signatures(now)) {
    if (maker === undefined || checker === undefined) continue;
    pairs += 1;
    if (maker.department !== checker.department) continue;
    for (const name of namesOf(maker)) expect(namesOf(checker), now.kind).to.not.include(name);
  }
  return pairs;
}

function judgeStates(was: CaseRecord, now: CaseRecord, ledger: RuleLedger): void {
  if (now.state !== was.state) expect(follows[was.state] ?? [], was.state).to.include(now.state);
  if (!closedStates.includes(was.state)) return;
  const added = ledger.chain(now.caseNo).slice(was.nextSeq);
  expect(added.length).to.be.greaterThan(0);
  for (const { type } of added) expect(afterTheEnd, was.state).to.include(type);
}

const namesOf = ({ user, for: absent }: Actor): string[] =>
  absent === undefined ? [user] : [user, absent];

type Pair = readonly [maker: Actor | undefined, checker: Actor | undefined];

/** Who made something and who signed for it, in every pair that a record shows. */
const pairsOf: { readonly [K in LedgerRecord['kind']]?: (record: RecordOf<K>) => Pair[] } = {
  case: (record) => [...signedOnCase(record), ...signedOnSteps(record)],
  matter: ({ draftedBy, cosignatures }) => cosignatures.map(({ by }) => [draftedBy, by]),
  oneThing: ({ draftedBy, cosignatures }) => cosignatures.map(({ by }) => [draftedBy, by]),
  calendarVersion: ({ proposedBy, confirmedBy }) => [[proposedBy, confirmedBy]],
  datasetVersion: ({ registeredBy, approval, review }) => [
    [registeredBy, approval?.by],
    [registeredBy, review?.by],
    [approval?.by, review?.by],
  ],
  share: ({ requestedBy, consent, extension }) => [
    [requestedBy, consent?.by],
    [extension?.askedBy, extension?.allowedBy],
  ],
  card: ({ raisedBy, appeal, ruling }) => [
    [raisedBy, ruling?.by],
    [appeal?.by, ruling?.by],
  ],
  order: ({ issuedBy, replies }) =>
    replies.flatMap(({ conclusion, review }): Pair[] => [
      [issuedBy, review?.decision?.by],
      [conclusion?.by, review?.decision?.by],
      [review?.by, review?.decision?.by],
    ]),
};

function signatures(record: LedgerRecord): Pair[] {
  const read = pairsOf[record.kind] as ((one: LedgerRecord) => Pair[]) | undefined;
  return read?.(record) ?? [];
}

function signedOnCase({ acceptance, decision, extension, revocation }: CaseRecord): Pair[] {
  const by = { acceptance: acceptance?.by, decision: decision?.by };
  return [
    // What silence accepted was accepted by nobody.
    [acceptance?.how === 'deemed' ? undefined : by.acceptance, by.decision],
    [extension?.requestedBy, extension?.approval?.by],
    [revocation === undefined ? undefined : by[revocation.of], revocation?.by],
  ];
}

function signedOnSteps({ decision, inspections = [], steps }: CaseRecord): Pair[] {
  return [
    ...inspections.map(({ by }): Pair => [decision?.by, by]),
    ...steps.map(({ lapse, passing }): Pair => [lapse?.by, passing?.by]),
  ];
}
