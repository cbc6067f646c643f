/**
 * The kinds of facts: for each its labels (what a figure may be split or narrowed by) and its numbers. A number that a
 * fact lacks does not apply to it, and the fact is then no part of a figure made of that number. A number that says yes
 * or no is 1 or 0.
 */
export const families = {
  /** A case was filed: on the day of filing. */
  filed: {
    labels: ['department', 'matter', 'applicant'],
    numbers: [
      'filed',
      'bounces',
      'bouncedAgain',
      'fields',
      'documents',
      'grassRoots',
      'crossLevel',
      'crossRegion',
      'crossSystem',
      'crossDepartment',
      'crossBusiness',
    ],
  },
  /** A case was accepted, or counts as accepted. */
  accepted: {
    labels: ['department', 'matter', 'how'],
    numbers: ['accepted', 'deemed'],
  },
  /** A case was completed: on that day. */
  completed: {
    labels: ['department', 'matter', 'applicant', 'outcome'],
    numbers: [
      'completed',
      'once',
      'zeroRun',
      'trips',
      'materialsSaved',
      'materialsHeld',
      'allSigned',
      'handlingHours',
      'stepHours',
      'stepsTogether',
      'stepsStarted',
    ],
  },
  /** A promised limit was kept or missed: on the day of completion; of an open case, on the last day that was in time. */
  limit: {
    labels: ['department', 'matter', 'applicant'],
    numbers: ['due', 'kept', 'overdueOpen', 'upwardKept', 'grassRootsKept'],
  },
  /** A step ended, by an answer, by lapse or because the owner went on without it. */
  step: {
    labels: ['department', 'matter', 'step', 'how'],
    numbers: ['steps', 'hours', 'late'],
  },
  /** A step lapsed. */
  lapse: { labels: ['department', 'matter', 'step', 'outcome'], numbers: ['lapses'] },
  /** A hand-over was declined by `department`. */
  bounce: { labels: ['department', 'matter', 'step', 'from'], numbers: ['bounces'] },
  /** A recorded exception (容错/例外记录): on the day of its second signature. */
  exception: {
    labels: ['department', 'matter', 'kind', 'reason'],
    numbers: ['exceptions', 'twoSigners'],
  },
  /** A duty ruling was made by `department`. */
  ruling: { labels: ['department', 'matter'], numbers: ['rulings', 'days', 'late'] },
  /** A warning card was raised. */
  card: {
    labels: ['department', 'matter', 'step', 'colour', 'clock', 'ruling'],
    numbers: ['cards', 'explainedInTime'],
  },
  /** A supervision order got its first reply: on that day; an unanswered one, on the last day that was in time. */
  order: { labels: ['department'], numbers: ['due', 'inTime'] },
  /** An audit run of the supervision office was recorded; `judged` is there when it came to a judgement. */
  audit: {
    labels: ['department', 'verdict', 'verifier'],
    numbers: ['runs', 'blocks', 'judged'],
  },
  /** An audit run found that something does not hold, by code. */
  auditFailure: { labels: ['department', 'code'], numbers: ['failures'] },
  /** A request for data was filed; `department` is the provider. */
  share: {
    labels: ['department', 'requester', 'dataset', 'class'],
    numbers: ['requests', 'served', 'returnFlowServed'],
  },
  /** A request was answered: on that day; an unanswered one, on the last day that was in time. */
  reply: {
    labels: ['department', 'requester', 'dataset', 'basis'],
    numbers: ['due', 'inTime', 'replies', 'refused', 'days'],
  },
  challenge: {
    labels: ['department', 'requester', 'dataset', 'outcome'],
    numbers: ['challenges', 'inTime'],
  },
  /** A dispute came to a stage. */
  disputeStage: { labels: ['department', 'requester', 'stage', 'subject'], numbers: ['disputes'] },
  disputeEnd: { labels: ['department', 'requester', 'stage', 'order'], numbers: ['days'] },
  attestation: { labels: ['department', 'requester', 'dataset'], numbers: ['attestations'] },
  /** A one thing was filed; `matter` is its code, `department` its lead. */
  oneThing: { labels: ['department', 'matter'], numbers: ['oneThings', 'parts'] },
  /** Every part of a one thing was granted. */
  oneThingEnd: { labels: ['department', 'matter'], numbers: ['spreadDays'] },
  /** A version of a matter in force, from its first day to its last. */
  matter: {
    labels: ['department', 'matter'],
    numbers: [
      'matters',
      'withDuty',
      'savedDays',
      'previousDays',
      'promisedDays',
      'steps',
      'materials',
      'verticalOn',
    ],
  },
  /** A version of a matter was published. */
  publication: { labels: ['department', 'matter'], numbers: ['published', 'singleSigned'] },
  /** A rule or parameter in force: a matter version, a duty, a working calendar. */
  parameter: { labels: ['department', 'kind'], numbers: ['parameters', 'documented'] },
  dataset: { labels: ['department', 'class'], numbers: ['datasets'] },
  department: { labels: ['department', 'level'], numbers: ['departments'] },
  /** An overlap of duties, from the day it was found to the day before it was closed. */
  overlap: { labels: ['topic'], numbers: ['overlaps'] },
  overlapEnd: { labels: ['topic', 'ruling'], numbers: ['closed', 'days'] },
  /** A review of a matter whose duty changed was closed; an open one, on the last day that was in time. */
  review: { labels: ['department', 'matter', 'outcome'], numbers: ['due', 'inTime'] },
  /** A department's peer endorsed something on that day. */
  endorser: { labels: ['department'], numbers: ['days'] },
  /** A change of the common rules was committed: departments, calendars, duties, matters, one things, data sets. */
  governance: { labels: ['department', 'command', 'endorsers'], numbers: ['changes', 'byTwo'] },
  /** A transaction was ordered and found invalid by every peer. */
  invalid: { labels: ['department', 'code'], numbers: ['transactions'] },
  /** The gateway's own: a rule of the contract refused a command. */
  refusal: {
    labels: ['department', 'command', 'rule', 'matter'],
    numbers: ['refused', 'extraMaterial', 'repeatAsk'],
  },
  /** The gateway's own: reads of a department in a day, by route. */
  read: { labels: ['department', 'route', 'role'], numbers: ['reads', 'bySupervisor'] },
} as const;

export type Family = keyof typeof families;
export type LabelOf<F extends Family> = (typeof families)[F]['labels'][number];
export type NumberOf<F extends Family> = (typeof families)[F]['numbers'][number];

/** What a fact is about: the record to look it up by. */
export const subjectKinds = [
  'case',
  'share',
  'card',
  'order',
  'audit',
  'dutyRuling',
  'challenge',
  'dispute',
  'attestation',
  'oneThing',
  'oneThingCase',
  'matter',
  'duty',
  'calendar',
  'dataset',
  'department',
  'dutyOverlap',
  'review',
  'transaction',
  'route',
] as const;
export type SubjectKind = (typeof subjectKinds)[number];
