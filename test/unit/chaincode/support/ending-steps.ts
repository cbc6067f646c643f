import type { CommandName } from '@yici/domain/model';
import fc from 'fast-check';
import { archiving, sound } from './archives.js';
import { acknowledging, changingLicence } from './result-acts.js';
import { digestOf, reason } from './story.js';
import { hearing, licence, promisedCaseNo as caseNo, workingDays } from './timed.js';

export const document = digestOf('document');
const grounds = digestOf('grounds');
export const attestedIds = [
  { code: 'headcount', attestationId: 'att-p1' },
  { code: 'budget', attestationId: 'att-p2' },
];

/** An act of a history. */
export interface Step {
  readonly name: CommandName;
  readonly input: object;
  readonly user: string;
  /** Hours since the step before; now and then a clock lags. */
  readonly hours: number;
}

const someone = fc.constantFrom(
  'offices.clerk1',
  'offices.head1',
  'offices.head2',
  'hrss.clerk1',
  'finance.clerk1',
  'establishment.clerk1',
  'data.clerk1',
);
const hours = fc.constantFrom(-1, 0, 1, 24, 24, 72, 120, 240);
const days = fc.integer({ min: 1, max: 12 }).map(workingDays);
const stepId = fc.constantFrom('finance', 'headcount', 'registry');

function act(
  name: CommandName,
  fields: Record<string, fc.Arbitrary<unknown>>,
  user: fc.Arbitrary<string> = someone,
): fc.Arbitrary<Step> {
  return fc.record({
    name: fc.constant(name),
    input: fc
      .record(fields)
      .map((given) => JSON.parse(JSON.stringify({ caseNo, ...given })) as object),
    user,
    hours,
  });
}

const ownerHead = fc.constantFrom('offices.head1', 'offices.head2');
const owner = fc.constantFrom('offices.clerk1', 'offices.head1', 'offices.head2');
const revocation = (codes: readonly string[]) => ({
  reason: fc.constantFrom(...codes).map((code) => ({ ...reason, code })),
  document: fc.constant(document),
});

export const strange: fc.Arbitrary<Step> = fc.oneof(
  act(
    'case.startSpecialProcedure',
    {
      ...Object.fromEntries(
        Object.entries(hearing(caseNo, 1)).map(([key, value]) => [key, fc.constant(value)]),
      ),
      procedure: fc.constantFrom('hearing', 'test', 'appraisal', 'quarantine'),
      law: fc.option(fc.constant('行政许可法'), { nil: undefined }),
      clause: fc.option(fc.constant('第四十六条'), { nil: undefined }),
      rank: fc.option(fc.constant('law'), { nil: undefined }),
      limit: days,
      grounds: fc.option(fc.constant(grounds), { nil: undefined }),
    },
    owner,
  ),
  act('case.recount', { year: fc.constantFrom(2025, 2026) }),
  act('case.endSpecialProcedure', { no: fc.integer({ min: 1, max: 3 }) }),
  act(
    'case.requestExtension',
    { limit: days, reasonCode: fc.constant('other'), grounds: fc.constant(grounds) },
    owner,
  ),
  act(
    'case.approveExtension',
    {
      notice: fc.constant(document),
      government: fc.option(fc.constant({ number: 'g', title: 'g', ...document }), {
        nil: undefined,
      }),
    },
    ownerHead,
  ),
  act('case.lapseStep', { stepId }),
  act('case.passStep', { stepId, grounds: fc.constant(grounds) }, ownerHead),
  act('case.revokeAcceptance', revocation(['supplementOverdue', 'other']), ownerHead),
  act('case.revokeDecision', revocation(['obtainedByDeceit', 'commitmentBroken']), ownerHead),
  act('case.keepDecision', revocation(['againstProcedure', 'commitmentBroken']), ownerHead),
  act(
    'case.recordInspection',
    {
      result: fc.constantFrom('pass', 'fail', 'fail'),
      document: fc.constant(document),
      correction: fc.option(days, { nil: undefined }),
    },
    owner,
  ),
  act('case.acknowledge', acknowledging),
  act('case.changeLicence', changingLicence, ownerHead),
  act('case.transferArchive', { package: fc.constant(archiving.package) }, owner),
  act('case.receiveArchive', {
    package: fc.constant(archiving.package),
    ...Object.fromEntries(Object.entries(sound).map(([name, value]) => [name, fc.constant(value)])),
    usability: fc.boolean(),
    note: fc.constant('x'),
  }),
  act(
    'case.resetRetention',
    {
      retention: fc.constant('permanent'),
      retentionBasis: fc.constant('x'),
      report: fc.constant(document),
    },
    fc.constantFrom('offices.head1', 'data.head1'),
  ),
  act(
    'case.archive',
    Object.fromEntries(
      Object.entries(archiving).map(([name, value]) => [name, fc.constant(value)]),
    ),
    owner,
  ),
  act(
    'case.opinion',
    { stepId, answer: fc.constantFrom('agree', 'disagree'), reason: fc.constant(reason) },
    someone,
  ),
  act('case.decide', {
    outcome: fc.constantFrom('granted', 'refused'),
    document: fc.constant(document),
    reason: fc.constant(reason),
  }),
  act('case.withdraw', { reasonCode: fc.constant('other') }),
  act('case.correct', {
    seq: fc.nat(5),
    reasonCode: fc.constant('other'),
    note: fc.constant('x'),
  }),
  act('case.supplement', {
    materials: fc
      .subarray(['quote', 'application'])
      .map((codes) => codes.map((code) => ({ code, document }))),
  }),
);

const plain = (name: CommandName, user: string, input: object = {}, after = 1): Step => ({
  name,
  input: { caseNo, ...input },
  user,
  hours: after,
});

const opinion = (step: string, user: string, after = 5) =>
  plain('case.opinion', user, { stepId: step, answer: 'agree' }, after);
const finished: readonly Step[] = [
  plain('case.decide', 'offices.head1', { outcome: 'granted', document }),
  plain('case.issueLicence', 'offices.clerk1', licence(caseNo)),
  plain('case.complete', 'offices.clerk1', { result: document }),
  plain('case.deliver', 'offices.clerk1', { form: 'web' }),
];
const failed = { result: 'fail', document };

/** Courses of a case, so that histories also reach its late states: all answer, one is silent, a promise is broken. */
export const courses: readonly (readonly Step[])[] = [
  [
    opinion('finance', 'finance.clerk1'),
    opinion('headcount', 'establishment.clerk1'),
    opinion('registry', 'data.clerk1'),
    ...finished,
  ],
  [
    opinion('finance', 'finance.clerk1'),
    plain('case.lapseStep', 'hrss.clerk1', { stepId: 'headcount' }, 240),
    plain('case.passStep', 'offices.head2', { stepId: 'headcount', grounds }, 120),
    opinion('registry', 'data.clerk1'),
    ...finished,
  ],
  [
    opinion('finance', 'finance.clerk1'),
    opinion('headcount', 'establishment.clerk1'),
    opinion('registry', 'data.clerk1'),
    ...finished,
    plain('case.archive', 'offices.clerk1', archiving),
    plain('case.transferArchive', 'offices.clerk1', { package: archiving.package }),
    plain('case.receiveArchive', 'data.clerk1', { package: archiving.package, ...sound }),
    plain('case.recordInspection', 'offices.clerk1', { ...failed, correction: workingDays(3) }),
    plain('case.recordInspection', 'offices.clerk1', failed, 240),
    plain('case.revokeDecision', 'offices.head2', {
      reason: { ...reason, code: 'commitmentBroken' },
      document,
    }),
  ],
];
