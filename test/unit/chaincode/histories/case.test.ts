import type { CaseRecord, CaseState, CommandInput, CommandName } from '@yici/domain/model';
import { canonicalDigest, chainStart, closedStates, ContractError } from '@yici/domain/model';
import { expect } from 'chai';
import fc from 'fast-check';
import { RuleLedger } from '../support/ledger.js';
import { registerDuties } from '../support/duties.js';
import {
  attested,
  by,
  caseNo,
  digestOf,
  foundEverything,
  issueAttestations,
  leaseMatter,
  reason,
  submission,
} from '../support/story.js';

/** DOMAIN.md section 1a as a table: what may follow what. A state may stay when an act does not move it. */
const follows: Readonly<Partial<Record<CaseState, readonly CaseState[]>>> = {
  SUBMITTED: ['RECEIVED', 'ACCEPTED', 'WITHDRAWN'],
  RECEIVED: ['ACCEPTED', 'TOLERANT_ACCEPTED', 'SUPPLEMENT_NOTIFIED', 'NOT_ACCEPTED', 'WITHDRAWN'],
  SUPPLEMENT_NOTIFIED: ['RECEIVED', 'WITHDRAWN', 'DEEMED_WITHDRAWN'],
  ACCEPTED: ['IN_REVIEW', 'WITHDRAWN', 'NOT_ACCEPTED'],
  TOLERANT_ACCEPTED: ['IN_REVIEW', 'WITHDRAWN'],
  IN_REVIEW: ['DECIDED_GRANTED', 'DECIDED_REFUSED', 'WITHDRAWN', 'NOT_ACCEPTED'],
  DECIDED_GRANTED: ['COMPLETED'],
  DECIDED_REFUSED: ['COMPLETED'],
  COMPLETED: ['DELIVERED'],
};

const users = [
  'offices.clerk1',
  'offices.head1',
  'offices.service1',
  'hrss.clerk1',
  'hrss.head1',
  'finance.clerk1',
  'finance.head1',
  'establishment.clerk1',
  'data.clerk1',
  'supervision.supervisor1',
];
const user = fc.oneof(
  { arbitrary: fc.constantFrom('offices.clerk1', 'offices.head1', 'hrss.clerk1'), weight: 3 },
  { arbitrary: fc.constantFrom(...users), weight: 2 },
);
const codes = fc.subarray(['application', 'quote', 'plan', 'headcount', 'other']);
const documents = codes.map((list) =>
  list.map((code) => ({ code, document: digestOf(`${code} again`) })),
);
const limit = fc
  .integer({ min: 1, max: 5 })
  .map((value) => ({ value, unit: 'workingDay' as const }));
const someAttested = fc.subarray(attested);
const someReason = fc.option(
  fc
    .constantFrom('notRequired', 'notCompetent', 'stillIncomplete', 'conditionsNotMet')
    .map((code) => ({ ...reason, code, competentOrgan: '财政局' }) as const),
  { nil: undefined },
);

const someSubject = fc.constantFrom(undefined, undefined, 'finance', 'headcount', 'registry');
const someStep = fc.constantFrom('finance', 'headcount');
const document = fc.constant(digestOf('paper'));
const someDuty = fc.constantFrom('FINANCE-01', 'ESTABLISHMENT-01', 'DATA-01', 'NONE-01');

interface Step {
  readonly name: CommandName;
  readonly input: unknown;
  readonly user: string;
  /** Hours since the step before; now and then a clock lags. */
  readonly hours: number;
}

function command(name: CommandName, fields: Record<string, fc.Arbitrary<unknown>>) {
  return fc.record({
    name: fc.constant(name),
    input: fc.record(fields).map((given) => ({ caseNo, ...given })),
    user,
    hours: fc.constantFrom(-1, 0, 1, 5, 24, 24, 48, 240),
  }) as fc.Arbitrary<Step>;
}

const marked = (code: string) => ({ code, deficiency: 'missing' });

const anyStep: fc.Arbitrary<Step> = fc.oneof(
  command('case.receive', {}),
  command('case.accept', { attested: someAttested }),
  command('case.tolerantAccept', {
    tolerated: fc.constantFrom(['quote'], ['quote', 'stamp'], ['application']),
    limit,
    attested: someAttested,
  }),
  command('case.supplementNotice', {
    items: fc
      .subarray(['quote', 'application', 'headcount'], { minLength: 1 })
      .map((list) => list.map((code) => ({ code, deficiency: 'wrong' }))),
    limit,
  }),
  command('case.supplementNotice', {
    items: fc.constantFrom([{ code: 'quote', deficiency: 'expired' }], [marked('application')]),
    limit,
    newFact: fc.constant({ ground: 'expiredSince', note: 'x', document: digestOf('fact') }),
  }),
  command('case.supplement', { materials: documents, attested: someAttested }),
  command('case.supplement', {
    materials: fc.constant([{ code: 'headcount', document: digestOf('own') }]),
    contested: fc.constant([{ code: 'headcount', note: 'x' }]),
  }),
  command('case.refuse', {
    reason: someReason,
    clauseOf: fc.constant('finance'),
    dutyCode: fc.constant('FINANCE-01'),
  }),
  command('case.opinion', {
    stepId: fc.constantFrom('finance', 'headcount', 'registry'),
    answer: fc.constantFrom('agree', 'agree', 'agree', 'disagree', 'forward'),
    reason: someReason,
    document,
    organ: fc.constant('省厅'),
  }),
  command('case.answerForwarded', {
    stepId: someStep,
    answer: fc.constantFrom('agree', 'disagree'),
    reason: someReason,
    document,
  }),
  command('case.recordMeeting', {
    stepId: someStep,
    document,
    attended: fc.constant(['establishment', 'finance', 'offices']),
  }),
  command('case.reviseOpinion', {
    stepId: someStep,
    answer: fc.constantFrom('agree', 'disagree'),
    document,
  }),
  command('case.ruleOpinion', {
    stepId: someStep,
    outcome: fc.constantFrom('lifted', 'upheld'),
    document,
    organ: fc.constant('市政府'),
    number: fc.constant('3号'),
  }),
  command('case.decide', {
    outcome: fc.constantFrom('granted', 'granted', 'refused'),
    document: fc.constant(digestOf('decision')),
    reason: someReason,
    attested: someAttested,
  }),
  command('case.complete', { result: fc.constant(digestOf('reply')) }),
  command('case.deliver', { form: fc.constant('web') }),
  command('case.withdraw', { reasonCode: fc.constant('other') }),
  command('case.correct', {
    seq: fc.integer({ min: 0, max: 6 }),
    reasonCode: fc.constant('other'),
    note: fc.constant('x'),
  }),
  command('case.offerTransfer', {
    stepId: someSubject,
    to: fc.constantFrom('finance', 'establishment', 'data', 'hrss'),
    dutyCode: someDuty,
  }),
  command('case.acceptTransfer', { stepId: someSubject }),
  command('case.declineTransfer', {
    stepId: someSubject,
    clauseOf: fc.constantFrom('finance', 'establishment', 'data'),
    dutyCode: someDuty,
  }),
  command('case.requestCoordination', {
    stepId: someSubject,
    clauseOf: fc.constantFrom('finance', 'establishment', 'data'),
    dutyCode: someDuty,
  }),
  command('case.returnStep', {
    stepId: fc.constantFrom('finance', 'headcount'),
    reason: someReason,
  }),
  command('case.resendStep', {
    stepId: fc.constantFrom('finance', 'headcount'),
    document: fc.constant(digestOf('more')),
  }),
  command('case.deemAccepted', {}),
  command('case.deemWithdrawn', {}),
);

/** The acts of an ordinary case, so that histories also reach its late states. */
const ordinary: Step[] = [
  { name: 'case.receive', input: { caseNo }, user: 'offices.clerk1', hours: 1 },
  { name: 'case.accept', input: { caseNo, attested }, user: 'offices.clerk1', hours: 24 },
  ...[
    ['finance', 'finance.clerk1'],
    ['headcount', 'establishment.clerk1'],
    ['registry', 'data.clerk1'],
  ].map(([stepId, who = '']): Step => ({
    name: 'case.opinion',
    input: { caseNo, stepId, answer: 'agree' },
    user: who,
    hours: 5,
  })),
  {
    name: 'case.decide',
    input: { caseNo, outcome: 'granted', document: digestOf('decision') },
    user: 'offices.head1',
    hours: 1,
  },
  {
    name: 'case.complete',
    input: { caseNo, result: digestOf('reply') },
    user: 'offices.clerk1',
    hours: 1,
  },
  { name: 'case.deliver', input: { caseNo, form: 'web' }, user: 'offices.clerk1', hours: 1 },
];

interface History {
  readonly complete: boolean;
  readonly steps: readonly Step[];
}

/** An ordinary case cut off somewhere, with random acts strewn in and after it. */
const history: fc.Arbitrary<History> = fc
  .record({
    complete: fc.boolean(),
    length: fc.integer({ min: 0, max: ordinary.length }),
    strange: fc.array(anyStep, { maxLength: 20 }),
    places: fc.array(fc.nat(), { minLength: 20, maxLength: 20 }),
  })
  .map(({ complete, length, strange, places }) => {
    const steps = ordinary.slice(0, length);
    strange.forEach((step, index) => {
      steps.splice(places[index]! % (steps.length + 1), 0, step);
    });
    return { complete, steps };
  });

/** Contested materials whose document somebody else than the applicant put something in place of. */
function displaced(before: CaseRecord, after: CaseRecord): string[] {
  return before.materials
    .filter(({ evidence }) => evidence.kind === 'document' && evidence.contested !== undefined)
    .map(({ code }) => code)
    .filter((code) => after.materials.find((held) => held.code === code)?.by !== before.applicant);
}

function withoutAbsent(input: unknown): unknown {
  return JSON.parse(JSON.stringify(input));
}

describe('random histories of a case', () => {
  /** One ledger whose case has all its materials, and one where a tolerable one is missing. */
  const foundings: RuleLedger[] = [];
  before(async () => {
    for (const codes of [['application', 'quote'], ['application']]) {
      const founded = new RuleLedger();
      await foundEverything(founded);
      await registerDuties(founded);
      const at = '2026-03-02T01:00:00.000Z';
      await founded.run('case.submit', submission(codes), by('hrss.clerk1', at));
      await issueAttestations(founded, at);
      foundings.push(founded);
    }
  });

  /** Runs a history on a copy of either ledger and hands every act that was done to `check`. */
  async function play(
    { complete, steps }: History,
    check: (before: CaseRecord, after: CaseRecord, ledger: RuleLedger) => void,
  ): Promise<void> {
    const ledger = foundings[complete ? 0 : 1]!.copy();
    let time = Date.parse('2026-03-02T01:00:00.000Z');
    for (const { name, input, user: who, hours } of steps) {
      time += hours * 3_600_000;
      const previous = ledger.get('case', caseNo)!;
      try {
        const given = withoutAbsent(input) as CommandInput<typeof name>;
        await ledger.run(name, given, by(who, new Date(time).toISOString()));
      } catch (error) {
        if (!(error instanceof ContractError)) throw error;
        expect(ledger.get('case', caseNo)).to.equal(previous);
        continue;
      }
      check(previous, ledger.get('case', caseNo)!, ledger);
    }
  }

  it('never leave the table of states, never reopen a closed case, never turn time back', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        await play(given, (before, after) => {
          if (after.state !== before.state) {
            expect(follows[before.state] ?? [], before.state).to.include(after.state);
          }
          if (closedStates.includes(before.state)) expect(after.state).to.equal(before.state);
          expect(displaced(before, after)).to.deep.equal([]);
          // Only silence leaves an accepted case at the door, and never for what it lacks.
          if (after.state === 'NOT_ACCEPTED' && before.acceptance !== undefined) {
            expect(before.acceptance.how).to.equal('deemed');
            expect(after.refusal?.code).to.not.equal('stillIncomplete');
          }
          expect(after.updatedAt >= before.updatedAt).to.equal(true);
          expect(after.nextSeq).to.equal(before.nextSeq + 1);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('always leave a complete chain whose past is untouched', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        let past = foundings[given.complete ? 0 : 1]!.chain(caseNo);
        await play(given, (_, after, ledger) => {
          const chain = ledger.chain(caseNo);
          expect(chain.slice(0, past.length)).to.deep.equal(past);
          past = chain;
          const head = chain.reduce((prev, event, seq) => {
            expect(event).to.include({ prev, seq });
            return canonicalDigest(event);
          }, chainStart);
          expect(after).to.include({ head, nextSeq: chain.length });
          expect(chain.at(-1)).to.include({ state: after.state });
          // An act's time is its own signer's; the record's does not go back for that.
          expect(after.updatedAt).to.equal(
            chain
              .map(({ at }) => at)
              .sort()
              .at(-1),
          );
        });
      }),
      { numRuns: 150 },
    );
  });

  it('grant nothing that lacks an opinion, a material or a second pair of eyes', async () => {
    const required = leaseMatter.materials
      .filter((known) => known.required)
      .map(({ code }) => code);
    let grants = 0;
    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        await play(given, (_, after) => {
          if (after.state !== 'DECIDED_GRANTED') return;
          grants += 1;
          // A disagreement that the government has lifted is still there to be seen.
          const opposed = after.steps.filter(
            ({ answer, disagreement }) =>
              answer === 'disagree' && disagreement?.ruling?.outcome !== 'lifted',
          );
          expect(opposed).to.deep.equal([]);
          expect(after.steps.every(({ status }) => status === 'answered')).to.equal(true);
          expect(after.materials.map(({ code }) => code)).to.include.members(required);
          expect(after.decision?.by.department).to.equal(after.owner);
          if (after.acceptance?.how === 'deemed') return;
          expect(after.acceptance?.by.user).to.not.equal(after.decision?.by.user);
        });
      }),
      { numRuns: 300 },
    );
    // Nothing above means anything unless some histories get that far.
    expect(grants).to.be.greaterThan(0);
  });

  it('start parallel steps together and a sequential step at the last completion before it (R9)', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        await play(given, (_, after) => {
          const [finance, headcount, registry] = after.steps;
          expect(finance?.startedAt).to.equal(headcount?.startedAt);
          const ends = [finance?.answeredAt, headcount?.answeredAt];
          const complete = ends.every((end) => end !== undefined);
          expect(registry?.startedAt).to.equal(complete ? [...ends].sort().at(-1) : undefined);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('ask the applicant once, or again by another head, for what is listed, not shared and not there (R3)', async () => {
    const askable = leaseMatter.materials.filter((known) => known.source === 'applicant');
    await fc.assert(
      fc.asyncProperty(history, async (given) => {
        await play(given, (before, after) => {
          const [earlier, later] = after.notices.slice(-2);
          if (later !== undefined) {
            expect(later.by).to.include({ role: 'head' });
            expect(later.by?.user).to.not.equal(earlier?.by?.user);
            expect(later.newFact).to.include({ ground: 'expiredSince' });
          }
          if (after.notices.length > before.notices.length) {
            const there = new Set(before.materials.map(({ code }) => code));
            for (const { code, deficiency } of after.notices.at(-1)!.items) {
              expect(deficiency === 'missing' && there.has(code)).to.equal(false);
            }
          }
          for (const { code } of after.notices.flatMap(({ items }) => items)) {
            expect(askable.map((known) => known.code)).to.include(code);
          }
        });
      }),
      { numRuns: 150 },
    );
  });
});
