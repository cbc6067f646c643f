import { subjectKindWords, type Split } from '@yici/api';
import {
  acceptanceWords,
  appealGroundWords,
  auditVerdictWords,
  cardClockWords,
  cardColourWords,
  cardRulingWords,
  caseFlagWords,
  caseStateWords,
  challengeOutcomeWords,
  decisionWords,
  disputeOrderWords,
  disputeStageWords,
  disputeSubjectWords,
  exerciseLevelWords,
  matterReviewWords,
  noticeGroundWords,
  overlapRulingWords,
  overlapStatusWords,
  reasonWords,
  refusalBasisWords,
  roleWords,
  shareClassWords,
  stepAnswerWords,
  stepStatusWords,
  wordOf,
  type Vocabulary,
  type Words,
} from '@yici/domain/model';

const lapseWords = {
  defaultAgree: caseFlagWords.defaultAgreed,
  escalate: caseFlagWords.escalated,
} satisfies Vocabulary;

/** How a step ended: its answer, its lapse, or where it stood when its case went on or ended without it. */
const stepEndWords = { ...stepStatusWords, ...stepAnswerWords, ...lapseWords } satisfies Vocabulary;

/** What ended a promised limit: a completion, another end of the case, or nothing yet. */
const limitEndWords = {
  ...caseStateWords,
  completed: caseStateWords.COMPLETED,
  open: { zh: '尚未办结', en: 'open still' },
  reopened: { zh: '重新办理', en: 'reopened' },
} satisfies Vocabulary;

const atTheDoor = { zh: '不予受理', en: 'refused at the door' };

/** The ways in which a department says that something is not its duty. */
const bounceWords = {
  declined: { zh: '不接收移交', en: 'a hand-over declined' },
  handedOn: { zh: '接收后又移交', en: 'handed on after it was taken' },
  atTheDoor,
} satisfies Vocabulary;

const denialWords = {
  atTheDoor,
  decision: decisionWords.refused,
  revocation: { zh: '撤销受理', en: 'acceptance revoked' },
} satisfies Vocabulary;

const exceptionWords = {
  extension: { zh: '延长办理期限', en: 'a limit extended' },
  passedOver: { zh: '未等待意见继续办理', en: 'gone on without an opinion' },
  exempted: cardRulingWords.exempted,
} satisfies Vocabulary;

const exceptionReasonWords = {
  ...appealGroundWords,
  lapse: { zh: '会办超时', en: 'a step lapsed' },
} satisfies Vocabulary;

const overlapEndWords = { ...overlapStatusWords, ...overlapRulingWords } satisfies Vocabulary;

interface FamilyShape {
  readonly labels: readonly Split[];
  /** Of labels whose values are members of a closed list: what they are called. */
  readonly words?: Readonly<Partial<Record<Split, Vocabulary>>>;
  readonly numbers: readonly string[];
}

/**
 * The kinds of facts, each with its labels (by which a figure may be split or narrowed), the words for their values, and
 * numbers. A missing number does not apply, and the fact is not counted in figures that use it. Yes/no numbers are 1 or 0.
 */
export const families = {
  /** A case was filed; counts on the day of filing. */
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
      'refiled',
      'refiledLate',
    ],
  },
  /** A case was accepted, or is deemed accepted. */
  accepted: {
    labels: ['department', 'matter', 'how'],
    words: { how: acceptanceWords },
    numbers: ['accepted', 'deemed'],
  },
  /** A case was completed; counts on that day. */
  completed: {
    labels: ['department', 'matter', 'version', 'applicant', 'outcome'],
    words: { outcome: decisionWords },
    numbers: [
      'completed',
      'once',
      'zeroRun',
      'trips',
      'materialsSaved',
      'materialsHeld',
      'allSigned',
      'handlingDays',
      'promisedDays',
      'handlingHours',
      'stepHours',
      'stepsTogether',
      'stepsStarted',
    ],
  },
  /**
   * A promised limit was met or missed; counts on the day on which the handling ended, whatever ended it (`how`), while it
   * goes on on the last day in time. `department` is who missed it, or who had the case last.
   */
  limit: {
    labels: ['department', 'matter', 'applicant', 'how'],
    words: { how: limitEndWords },
    numbers: ['due', 'kept', 'overdueOpen', 'upwardKept', 'grassRootsKept'],
  },
  /**
   * A step ended: answered, lapsed, passed over by the owner, or with its case; counts on that day, one that goes on on the
   * last day in time.
   */
  step: {
    labels: ['department', 'matter', 'step', 'how'],
    words: { how: stepEndWords },
    numbers: ['steps', 'late'],
  },
  /** A step, from the day it started to the day it ended. */
  dwell: {
    labels: ['department', 'matter', 'step', 'how'],
    words: { how: stepEndWords },
    numbers: ['hours'],
  },
  /** A step lapsed. */
  lapse: {
    labels: ['department', 'matter', 'step', 'outcome'],
    words: { outcome: lapseWords },
    numbers: ['lapses'],
  },
  /** `department` said that something is not its duty: `kind` is the way in which it said so. */
  bounce: {
    labels: ['department', 'matter', 'step', 'from', 'kind'],
    words: { kind: bounceWords },
    numbers: ['bounces'],
  },
  /** A recorded exception (容错/例外记录); counts on the day of its second signature. */
  exception: {
    labels: ['department', 'matter', 'kind', 'reason'],
    words: { kind: exceptionWords, reason: exceptionReasonWords },
    numbers: ['exceptions', 'extensions', 'twoSigners'],
  },
  /** Special procedures held the clock of a case; counts on the day on which the newest one started. */
  stopped: { labels: ['department', 'matter'], numbers: ['days'] },
  /** A second notice, or one after it. */
  secondNotice: {
    labels: ['department', 'matter', 'reason'],
    words: { reason: noticeGroundWords },
    numbers: ['notices'],
  },
  /** A case was withdrawn, or counts as withdrawn; `how` says which. */
  withdrawal: {
    labels: ['department', 'matter', 'how'],
    words: { how: caseStateWords },
    numbers: ['withdrawals', 'afterLimit'],
  },
  /** Refused at the door or in the decision, or an acceptance was revoked (`kind`), on the ground `reason`. */
  denial: {
    labels: ['department', 'matter', 'applicant', 'kind', 'reason'],
    words: { kind: denialWords, reason: reasonWords },
    numbers: ['denials'],
  },
  /** A case ended (`how`); counts on the day of its last act before it was first archived. */
  closed: {
    labels: ['department', 'matter', 'how'],
    words: { how: caseStateWords },
    numbers: ['closed', 'archived', 'received'],
  },
  /** A duty ruling was made by `department`. */
  ruling: { labels: ['department', 'matter'], numbers: ['rulings', 'days', 'late'] },
  /** A decision found `department` responsible; `disowned` where it had said before that it was not. */
  responsible: { labels: ['department', 'matter'], numbers: ['found', 'disowned'] },
  /** A warning card was raised. */
  card: {
    labels: ['department', 'matter', 'step', 'colour', 'clock', 'ruling'],
    words: { colour: cardColourWords, clock: cardClockWords, ruling: cardRulingWords },
    numbers: ['cards', 'explainedInTime'],
  },
  /** A supervision order got its first reply; counts on that day, without a reply on the last day in time. */
  order: { labels: ['department'], numbers: ['due', 'inTime'] },
  /** An audit run of the supervision office was recorded; `judged` is present when it reached a verdict. */
  audit: {
    labels: ['department', 'verdict', 'verifier'],
    words: { verdict: auditVerdictWords },
    numbers: ['runs', 'blocks', 'judged'],
  },
  /** A fault found by an audit run, by code. */
  auditFailure: { labels: ['department', 'code'], numbers: ['failures'] },
  /** A request for data was filed; `department` is the provider. */
  share: {
    labels: ['department', 'requester', 'dataset', 'class'],
    words: { class: shareClassWords },
    numbers: ['requests', 'served', 'returnFlowServed'],
  },
  /** A request was answered; counts on that day, without an answer on the last day in time. */
  reply: {
    labels: ['department', 'requester', 'dataset', 'basis'],
    words: { basis: refusalBasisWords },
    numbers: ['due', 'inTime', 'replies', 'refused', 'days'],
  },
  /** A provider was allowed more time to reply. */
  shareExtension: { labels: ['department', 'requester', 'dataset'], numbers: ['extensions'] },
  challenge: {
    labels: ['department', 'requester', 'dataset', 'outcome'],
    words: { outcome: challengeOutcomeWords },
    numbers: ['challenges', 'inTime'],
  },
  /** A dispute reached a stage. */
  disputeStage: {
    labels: ['department', 'requester', 'stage', 'subject'],
    words: { stage: disputeStageWords, subject: disputeSubjectWords },
    numbers: ['disputes'],
  },
  disputeEnd: {
    labels: ['department', 'requester', 'stage', 'order'],
    words: { stage: disputeStageWords, order: disputeOrderWords },
    numbers: ['days'],
  },
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
  parameter: {
    labels: ['department', 'kind'],
    words: { kind: subjectKindWords },
    numbers: ['parameters', 'documented'],
  },
  dataset: {
    labels: ['department', 'class'],
    words: { class: shareClassWords },
    numbers: ['datasets'],
  },
  department: {
    labels: ['department', 'level'],
    words: { level: exerciseLevelWords },
    numbers: ['departments'],
  },
  /** An overlap of duties, from the day it was found to the day before it was closed. */
  overlap: { labels: ['topic'], numbers: ['overlaps'] },
  overlapEnd: {
    labels: ['topic', 'ruling'],
    words: { ruling: overlapEndWords },
    numbers: ['closed', 'days'],
  },
  /** A review of a matter whose duty changed was closed; counts on that day, an open one on the last day in time. */
  review: {
    labels: ['department', 'matter', 'outcome'],
    words: { outcome: matterReviewWords },
    numbers: ['due', 'inTime'],
  },
  /** Somebody of a department signed a command on that day that was committed. */
  signer: { labels: ['department', 'command'], numbers: ['days'] },
  /** A department's peer endorsed a transaction on that day. */
  endorser: { labels: ['department'], numbers: ['days'] },
  /** A change of the common rules was committed: departments, calendars, duties, matters, one things, data sets. */
  governance: { labels: ['department', 'command', 'endorsers'], numbers: ['changes', 'byTwo'] },
  /** A transaction was ordered and found invalid. */
  invalid: { labels: ['department', 'code'], numbers: ['transactions'] },
  /** From the gateway's journal: a rule of the contract refused a command. */
  refusal: {
    labels: ['department', 'command', 'rule', 'matter'],
    numbers: ['refused', 'extraMaterial', 'repeatAsk'],
  },
  /** From the gateway's journal: reads of a department in a day, by route. */
  read: {
    labels: ['department', 'route', 'role'],
    words: { role: roleWords },
    numbers: ['reads', 'bySupervisor'],
  },
} as const satisfies Readonly<Record<string, FamilyShape>>;

export type Family = keyof typeof families;
export type LabelOf<F extends Family> = (typeof families)[F]['labels'][number];
export type NumberOf<F extends Family> = (typeof families)[F]['numbers'][number];

/** What a value of a label is called, where the family has words for it. */
export function labelWord(family: Family, label: Split, value: string): Words | undefined {
  const { words }: FamilyShape = families[family];
  return wordOf(words?.[label], value);
}
