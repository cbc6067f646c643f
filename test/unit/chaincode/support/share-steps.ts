import type { CommandName, ShareRecord } from '@yici/domain/model';
import fc from 'fast-check';
import type { RuleLedger } from './ledger.js';
import { by, digestOf } from './story.js';
import { delivery, receipt, request, shareId, terms, values } from './shares.js';

/** One attempt on the share: whoever may do it at that moment, or somebody who happens to try. */
export interface ShareStep {
  readonly name: CommandName;
  readonly input: object;
  readonly user: string;
  /** Hours since the step before; now and then a clock lags. */
  readonly hours: number;
  readonly secret?: unknown;
}

/** Which side may do what; whatever is not named here any member may do. */
export const sideOf: Readonly<
  Partial<Record<CommandName, readonly ('provider' | 'requester' | 'lead')[]>>
> = {
  'sharing.request': ['requester'],
  'sharing.consent': ['requester'],
  'sharing.withdraw': ['requester'],
  'sharing.supplement': ['requester'],
  'sharing.confirm': ['requester'],
  'sharing.receipt': ['requester'],
  'sharing.challenge': ['requester'],
  'sharing.mend': ['requester'],
  'sharing.dispose': ['requester'],
  'sharing.askMissing': ['provider'],
  'sharing.extend': ['provider'],
  'sharing.grant': ['provider'],
  'sharing.refuse': ['provider'],
  'sharing.consentReply': ['provider'],
  'sharing.orderCorrection': ['lead'],
  'sharing.proposeChange': ['provider'],
  'sharing.agreeChange': ['requester'],
  'sharing.deliver': ['provider'],
  'sharing.answerChallenge': ['provider'],
  'sharing.suspend': ['provider', 'lead'],
  'sharing.resume': ['provider', 'lead'],
  'sharing.explainMisuse': ['provider', 'lead'],
  'sharing.allowExtension': ['lead'],
  'sharing.dispute': ['provider', 'requester'],
  'sharing.escalateDispute': ['provider', 'requester', 'lead'],
};

const users = [
  'hrss.clerk1',
  'hrss.head1',
  'hrss.head2',
  'finance.clerk1',
  'finance.head1',
  'finance.head2',
  'data.clerk1',
  'data.head1',
  'offices.head1',
  'supervision.clerk1',
];
const hours = fc.constantFrom(-1, 0, 1, 24, 24, 24, 72, 240);
const field = fc.subarray(['grade', 'salary'], { minLength: 1 });
const note = fc.constant('说明');

function act(
  name: CommandName,
  fields: Readonly<Record<string, fc.Arbitrary<unknown>>>,
  likely: readonly string[],
): fc.Arbitrary<ShareStep> {
  const user = fc.oneof(
    { arbitrary: fc.constantFrom(...likely), weight: 3 },
    { arbitrary: fc.constantFrom(...users), weight: 1 },
  );
  const input = fc
    .record(fields)
    .map((given) => JSON.parse(JSON.stringify({ shareId, ...given })) as object);
  return fc.record({ name: fc.constant(name), input, user, hours });
}

const provider = ['finance.clerk1', 'finance.head1'];
const requester = ['hrss.clerk1', 'hrss.head1'];
const one = <T>(value: T) => fc.constant(value);
const workingDays = fc
  .integer({ min: 1, max: 6 })
  .map((value) => ({ value, unit: 'workingDay' as const }));
/** The number of what waits for consent, or, now and then, of something else. */
const seqRead = fc.option(fc.integer({ min: 2, max: 9 }), { nil: undefined, freq: 4 });
const disputeId = fc.constantFrom('d-1', 'd-2');
const challengeId = fc.constantFrom('c-1', 'c-2');

const replying: readonly fc.Arbitrary<ShareStep>[] = [
  act('sharing.consent', {}, ['hrss.head1', 'hrss.head2']),
  act('sharing.withdraw', { reasonCode: one('other') }, requester),
  act(
    'sharing.askMissing',
    {
      items: fc.constantFrom(
        [{ part: 'scenario', note: 'x' }],
        [{ part: 'condition', condition: 'invented', note: 'x' }],
      ),
    },
    provider,
  ),
  act('sharing.supplement', { scenario: fc.option(note, { nil: undefined }) }, ['hrss.head1']),
  act('sharing.extend', { days: fc.constantFrom(5, 10, 11), reason: note }, provider),
  act('sharing.allowExtension', {}, ['data.clerk1', 'data.head1']),
  act(
    'sharing.grant',
    {
      ...Object.fromEntries(Object.entries(terms).map(([key, value]) => [key, one(value)])),
      period: fc.constantFrom(terms.period, { from: '2026-03-02', to: '2026-12-31' }),
    },
    provider,
  ),
  act(
    'sharing.refuse',
    { basis: fc.constantFrom('outsideDuty', 'secret', 'incomplete', 'noReason'), reason: note },
    provider,
  ),
  act('sharing.consentReply', { seq: seqRead }, ['finance.head1', 'finance.head2']),
];

const using: readonly fc.Arbitrary<ShareStep>[] = [
  act(
    'sharing.deliver',
    { fields: fc.constantFrom(delivery.fields, delivery.fields.slice(0, 1)) },
    ['finance.service1'],
  ).chain((step) => fc.constantFrom(undefined, values).map((given) => withSecret(step, given))),
  act('sharing.confirm', {}, requester),
  act(
    'sharing.receipt',
    {
      ...Object.fromEntries(Object.entries(receipt).map(([key, value]) => [key, one(value)])),
      useId: fc.constantFrom('u-1', 'u-2', 'u-3'),
      fields: field,
    },
    requester,
  ),
  act('sharing.challenge', { challengeId, fields: field, finding: note }, requester),
  act(
    'sharing.answerChallenge',
    { challengeId, outcome: fc.constantFrom('corrected', 'confirmed'), note },
    provider,
  ),
  act(
    'sharing.suspend',
    { ground: fc.constantFrom('thirdParty', 'noGround'), note, limit: workingDays },
    provider,
  ),
  act(
    'sharing.orderCorrection',
    { ground: fc.constantFrom('keptTooLong', 'insecure'), note, limit: workingDays },
    ['data.clerk1'],
  ),
  act('sharing.explainMisuse', { note }, provider),
  act('sharing.mend', { note }, requester),
  act('sharing.resume', { note }, provider),
];

const ending: readonly fc.Arbitrary<ShareStep>[] = [
  act(
    'sharing.dispute',
    { disputeId, subject: fc.constantFrom('refusal', 'suspension'), claim: note },
    [...provider, ...requester],
  ),
  act('sharing.escalateDispute', { disputeId, note }, [...provider, ...requester]),
  act(
    'sharing.decideDispute',
    {
      disputeId,
      order: fc.constantFrom('provide', 'provide', 'resume', 'end', 'none'),
      note,
      document: one(digestOf('decision')),
    },
    ['data.head1', 'offices.head1', 'hrss.head1', 'finance.head1'],
  ),
  act(
    'sharing.proposeChange',
    { what: fc.constantFrom('end', 'end', 'change'), reason: note, from: one('2026-04-01') },
    provider,
  ),
  act('sharing.agreeChange', { seq: seqRead }, ['hrss.head1']),
  act('sharing.end', { reason: fc.constantFrom('purposeMet', 'termOver', 'misuse', 'agreed') }, [
    ...requester,
    'finance.head1',
  ]),
  act('sharing.dispose', { note }, requester),
  act('sharing.purgeExpired', {}, ['data.clerk1', 'supervision.clerk1']),
];

const withSecret = (step: ShareStep, given: typeof values | undefined): ShareStep =>
  given === undefined ? step : { ...step, secret: { values: given } };

const anything = fc.oneof(...replying, ...using, ...ending);

const plain = (name: CommandName, user: string, input: object = {}, after = 24): ShareStep => ({
  name,
  input: { shareId, ...input },
  user,
  hours: after,
});

const asked: readonly ShareStep[] = [
  plain('sharing.request', 'hrss.clerk1', request, 0),
  plain('sharing.consent', 'hrss.head1'),
];
/** Asked by a head, who then tries to consent alone. */
const askedByHead: readonly ShareStep[] = [
  plain('sharing.request', 'hrss.head1', request, 0),
  plain('sharing.consent', 'hrss.head1'),
  plain('sharing.consent', 'hrss.head2'),
];
const delivered: readonly ShareStep[] = [
  plain('sharing.grant', 'finance.clerk1', terms),
  plain('sharing.consentReply', 'finance.head1', {}, 0),
  { ...plain('sharing.deliver', 'finance.service1', delivery), secret: { values } },
  plain('sharing.confirm', 'hrss.clerk1'),
  plain('sharing.receipt', 'hrss.clerk1', receipt),
];

const agreed = { disputeId: 'd-1', order: 'provide', note: 'x' };

/** Courses of a share, so that histories also reach its late states: used, misused, refused and ordered, left behind. */
const courses: readonly (readonly ShareStep[])[] = [
  [
    ...asked,
    ...delivered,
    plain('sharing.end', 'hrss.clerk1', { reason: 'purposeMet' }),
    plain('sharing.dispose', 'hrss.clerk1', { note: '已删' }),
  ],
  [
    ...asked,
    ...delivered,
    plain('sharing.suspend', 'finance.clerk1', {
      ground: 'thirdParty',
      note: 'x',
      limit: { value: 2, unit: 'workingDay' },
    }),
    // Each tried too early first.
    plain('sharing.end', 'finance.clerk1', { reason: 'misuse' }),
    plain('sharing.end', 'finance.clerk1', { reason: 'misuse' }, 240),
    plain('sharing.purgeExpired', 'supervision.clerk1'),
    plain('sharing.purgeExpired', 'supervision.clerk1', {}, 480),
  ],
  [
    ...askedByHead,
    plain('sharing.refuse', 'finance.clerk1', { basis: 'secret', reason: 'x' }),
    plain('sharing.consentReply', 'finance.head1', {}, 0),
    plain('sharing.dispute', 'hrss.clerk1', { disputeId: 'd-1', subject: 'refusal', claim: 'x' }),
    plain('sharing.escalateDispute', 'hrss.clerk1', { disputeId: 'd-1', note: 'x' }),
    plain('sharing.decideDispute', 'data.head1', {
      disputeId: 'd-1',
      order: 'provide',
      note: 'x',
      document: digestOf('decision'),
    }),
    plain('sharing.decideDispute', 'hrss.head1', agreed, 0),
    plain('sharing.decideDispute', 'finance.head1', agreed, 0),
    ...delivered,
  ],
  [
    ...asked,
    ...delivered,
    plain('sharing.orderCorrection', 'data.clerk1', {
      ground: 'keptTooLong',
      note: 'x',
      limit: { value: 2, unit: 'workingDay' },
    }),
    plain('sharing.mend', 'hrss.clerk1', { note: 'x' }),
    plain('sharing.proposeChange', 'finance.clerk1', {
      what: 'end',
      reason: 'x',
      from: '2026-03-20',
    }),
    // Tried before it is agreed, and before its day.
    plain('sharing.end', 'finance.clerk1', { reason: 'agreed' }),
    plain('sharing.agreeChange', 'hrss.head1'),
    plain('sharing.end', 'finance.clerk1', { reason: 'agreed' }, 0),
    plain('sharing.end', 'finance.clerk1', { reason: 'agreed' }, 480),
  ],
  [
    ...asked,
    plain('sharing.extend', 'finance.clerk1', { days: 5, reason: 'x' }),
    plain('sharing.allowExtension', 'data.clerk1'),
    plain('sharing.askMissing', 'finance.clerk1', { items: [{ part: 'scenario', note: 'x' }] }),
    plain('sharing.supplement', 'hrss.head1', { scenario: '说明' }),
    ...delivered,
    plain('sharing.challenge', 'hrss.clerk1', {
      challengeId: 'c-1',
      fields: ['grade'],
      finding: 'x',
    }),
    plain('sharing.answerChallenge', 'finance.clerk1', {
      challengeId: 'c-1',
      outcome: 'corrected',
      note: 'x',
    }),
    plain('sharing.suspend', 'finance.clerk1', {
      ground: 'widerScope',
      note: 'x',
      limit: { value: 2, unit: 'workingDay' },
    }),
    plain('sharing.mend', 'hrss.clerk1', { note: 'x' }),
    plain('sharing.resume', 'finance.clerk1', { note: 'x' }),
  ],
];

/** A course, cut off somewhere, with other attempts between its acts. */
export const shareHistory: fc.Arbitrary<readonly ShareStep[]> = fc
  .record({
    course: fc.constantFrom(...courses),
    length: fc.integer({ min: 1, max: 16 }),
    others: fc.array(anything, { maxLength: 18 }),
    places: fc.array(fc.nat(), { minLength: 18, maxLength: 18 }),
  })
  .map(({ course, length, others, places }) => {
    const steps = course.slice(0, length);
    others.forEach((step, index) => {
      steps.splice(places[index]! % (steps.length + 1), 0, step);
    });
    return steps;
  });

/** Does one step at its time; throws what the rules refuse. */
export async function attempt(ledger: RuleLedger, step: ShareStep, at: string): Promise<void> {
  const input: object = { ...waiting(ledger, step.name), ...step.input };
  await ledger.run(step.name, input, by(step.user, at), step.secret);
}

/** The number of what waits for a head's consent, as the head reads it. */
function waiting(ledger: RuleLedger, name: CommandName): { seq?: number } {
  const { proposedReply, serviceChange } = ledger.get('share', shareId) ?? {};
  if (name === 'sharing.consentReply') return { seq: proposedReply?.seq ?? 0 };
  return name === 'sharing.agreeChange' ? { seq: serviceChange?.seq ?? 0 } : {};
}

/** The department of a side of a share. */
export function departmentOf(share: ShareRecord, side: 'provider' | 'requester' | 'lead'): string {
  return share[side];
}
