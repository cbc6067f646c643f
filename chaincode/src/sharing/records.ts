import { z } from 'zod';
import { rankedBasis, shareClass, shareMethod } from '../dataset/records';
import { cite, citationWords, type Citation } from '../kernel/citation';
import { personalInformation, sharing } from '../kernel/laws';
import { legalBasis } from '../kernel/legal-basis';
import { passedOn } from '../kernel/departures';
import { actor } from '../kernel/roles';
import {
  attestedField,
  calendarsUsed,
  conditionCode,
  datasetId,
  date,
  departmentId,
  digest,
  disputeId,
  fieldCode,
  limit,
  listOf,
  mspId,
  recordOf,
  sequence,
  sha256Hex,
  shareId,
  text,
  timestamp,
  txId,
  version,
} from '../kernel/scalars';
import { shareState } from '../kernel/share-states';
import { shareReaders } from './values-collections';
import { namesOf, type Vocabulary } from '../kernel/words';

/** What the notice of what is missing can ask for: the parts of a request (Order 809 art 20), and proof of a condition. */
export const noticePartWords = {
  basis: { zh: '使用依据', en: 'legal basis' },
  scenario: { zh: '使用场景', en: 'scenario' },
  fields: { zh: '数据项', en: 'fields' },
  method: { zh: '共享方式', en: 'method' },
  term: { zh: '申请使用期限', en: 'term' },
  condition: { zh: '条件证明', en: 'proof of a condition' },
} satisfies Vocabulary;

/** How shared data came to be disposed of. */
export const disposalWords = {
  requester: { zh: '需求部门处置', en: 'by the requester' },
  term: { zh: '保存期满清除', en: 'after its term' },
} satisfies Vocabulary;

/** A reply as worded, before its head has consented to it. */
export const replyOutcomeWords = {
  grant: { zh: '同意共享', en: 'grant' },
  refuse: { zh: '不同意共享', en: 'refuse' },
} satisfies Vocabulary;

/** First and last day of a use, both included. */
const term = z.strictObject({ from: date, to: date });

/** What a request says (Order 809 art 20): basis, scenario, scope, method, term. Nothing else is asked for. */
export const shareRequest = z.strictObject({
  basis: legalBasis,
  scenario: text(500),
  /** 使用范围: field codes of the data set. */
  fields: listOf(fieldCode, 128, (code) => code).min(1),
  method: shareMethod,
  term,
});
export type ShareRequest = z.output<typeof shareRequest>;
/** The parts of a request that may be missing. */
export const requestParts = namesOf(noticePartWords).filter((part) => part !== 'condition');

/** One thing a notice asks for: a part of the request, or proof of a condition that the entry lists. */
export const shareNoticeItem = z.strictObject({
  part: z.enum(namesOf(noticePartWords)),
  /** With the part `condition`: which one. */
  condition: conditionCode.exactOptional(),
  note: text(500),
});

/** What a grant allows (Order 809 art 25): purpose, period, uses, and how long data may be kept after the use ends. */
export const shareTerms = z.strictObject({
  purpose: text(500),
  period: term,
  uses: z.array(text(200)).min(1).max(20),
  /** Working days after the end of use within which the requester disposes of the data. */
  retention: limit,
  /** Conditions that apply, of those the entry lists. */
  conditions: listOf(conditionCode, 32, (code) => code),
  /** 处置要求: how the requester is to dispose of the data after the end of use (art 27). */
  disposal: text(500).exactOptional(),
  /** Who reads the values; absent in grants that are older than this choice, which have the usual readers. */
  readers: shareReaders.exactOptional(),
});
export type ShareTerms = z.output<typeof shareTerms>;

const onArticles = (...citations: readonly Citation[]): string => citationWords(citations).zh;

/**
 * Grounds on which a request may be refused, each with what it rests on, as the refusal says it. The law asks for reasons
 * (art 21(2)); that the list is closed is a rule of this system.
 */
export const refusalBases = {
  outsideDuty: onArticles(
    cite(sharing, { article: 3, paragraph: 2 }, { article: 20, paragraph: 2 }),
    cite(personalInformation, 34),
  ),
  scopeTooWide: onArticles(
    cite(sharing, { article: 20, paragraph: 2 }),
    cite(personalInformation, { article: 6, paragraph: 1 }),
  ),
  conditionNotMet: onArticles(cite(sharing, { article: 15, paragraph: 2 })),
  secret: onArticles(cite(sharing, { article: 3, paragraph: 1 })),
  forbiddenByLaw: onArticles(cite(sharing, { article: 14, item: 3 })),
} as const;
export type RefusalBasis = keyof typeof refusalBases;
export const refusalBasisWords = {
  outsideDuty: { zh: '不是需求部门履行职责所需', en: "not needed for the requester's duty" },
  scopeTooWide: { zh: '超出最小必要范围', en: 'more than is needed' },
  conditionNotMet: { zh: '不符合目录所列条件', en: 'a listed condition is not met' },
  secret: { zh: '涉及国家秘密、工作秘密', en: 'state or work secrets' },
  forbiddenByLaw: { zh: '法律、行政法规、国务院决定不予共享', en: 'forbidden by law' },
} satisfies Vocabulary & Record<RefusalBasis, unknown>;
export const refusalBasisCodes = namesOf(refusalBasisWords);

/** Wrong uses of shared data: those for which a share is suspended, then those that are only corrected. */
export const misuseWords = {
  widerScope: { zh: '超出使用范围', en: 'wider scope' },
  otherPurpose: { zh: '用于其他用途', en: 'another purpose' },
  thirdParty: { zh: '提供给第三方', en: 'given to a third party' },
  keptTooLong: { zh: '超期留存', en: 'kept too long' },
  insecure: { zh: '危害数据安全', en: 'insecure' },
} satisfies Vocabulary;
export const misuseGrounds = namesOf(misuseWords);
/** Grounds of suspension (art 27(2)): a use beyond the grant. Older suspensions can have any ground of the list. */
export const suspensionGrounds = ['widerScope', 'otherPurpose', 'thirdParty'] as const;
/** What the lead authority orders to be corrected while the use goes on (art 40(4)(6)). */
export const correctionGrounds = ['keptTooLong', 'insecure'] as const;

/** How a provider wants a service to differ that it has given (art 27(3)). */
export const serviceChangeWords = {
  end: { zh: '终止服务', en: 'end the service' },
  change: { zh: '变更服务', en: 'change the service' },
} satisfies Vocabulary;
export const serviceChangeKind = z.enum(namesOf(serviceChangeWords));

/** Why a use ends (Order 809 art 27); `misuse` is the provider's, after a suspension that was not mended. */
export const endReasonWords = {
  purposeMet: { zh: '使用目的已实现', en: 'purpose met' },
  impossible: { zh: '使用目的无法实现', en: 'purpose impossible' },
  notNeeded: { zh: '不再需要', en: 'no longer needed' },
  termOver: { zh: '期限届满', en: 'term over' },
  misuse: { zh: '违规使用', en: 'misuse' },
  agreed: { zh: '协商一致停止共享', en: 'its provider stops, as agreed' },
  disputeDecided: { zh: '争议决定终止', en: 'ended by a decided dispute' },
} satisfies Vocabulary;
export const endReasons = namesOf(endReasonWords);

const replyClock = z.strictObject({
  startedOn: date,
  dueOn: date,
  limitDays: z.int().min(1).max(40),
});

/**
 * The consent of the head of the provider's sharing office (art 20(3)): with it the reply is given. Replies that are older
 * than this act have none.
 */
const replyConsent = z.strictObject({ by: actor, at: timestamp }).exactOptional();

const refusalGround = {
  basis: z.enum(refusalBasisCodes),
  /** What the ground rests on: refusals of before say it in English. */
  article: text(200),
  condition: conditionCode.exactOptional(),
  law: rankedBasis.exactOptional(),
  reason: text(1000),
};

/** Who worded it and when; `seq` is the number of that event, by which a head says what is consented to. */
const worded = { by: actor, at: timestamp, seq: sequence };
const proposedReply = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('grant'), terms: shareTerms, ...worded }),
  z.strictObject({
    outcome: z.literal('refuse'),
    ground: z.strictObject(refusalGround),
    ...worded,
  }),
]);
export type ProposedReply = z.output<typeof proposedReply>;

const timeToMend = z.strictObject({
  ground: z.enum(misuseGrounds),
  note: text(1000),
  by: actor,
  at: timestamp,
  startedOn: date,
  mendBy: date,
  limitDays: z.int().min(1).max(200),
  mended: z.strictObject({ note: text(1000), by: actor, at: timestamp }).exactOptional(),
});
export type TimeToMend = z.output<typeof timeToMend>;

const serviceChange = z.strictObject({
  what: serviceChangeKind,
  reason: text(1000),
  document: digest.exactOptional(),
  /** The day from which it is to hold. */
  from: date,
  ...worded,
  /** The consent of the requester's head; by this act the change is filed with the lead authority (备案). */
  agreed: z.strictObject({ by: actor, at: timestamp, filedWith: departmentId }).exactOptional(),
});

export type ServiceChange = z.output<typeof serviceChange>;

/** The sides of a share that a reorganisation can give to another department. */
export const shareSideWords = {
  provider: { zh: '数据提供部门', en: 'provider' },
  requester: { zh: '数据需求部门', en: 'requester' },
  lead: { zh: '政务数据共享主管部门', en: 'lead authority' },
} satisfies Vocabulary;
export type ShareSide = keyof typeof shareSideWords;

const shareSchema = recordOf('share', {
  shareId,
  datasetId,
  datasetVersion: version,
  shareClass,
  provider: departmentId,
  providerMsp: mspId,
  requester: departmentId,
  requesterMsp: mspId,
  /** The lead authority when it was requested. */
  lead: departmentId,
  /** Provider, requester and lead authority, sorted, and whoever a dispute was taken to: who may see it. */
  parties: z.array(departmentId).min(2).max(8),
  /** 回流: a lower level asks back data of its own area; no condition applies (Order 809 art 24). */
  returnFlow: z.boolean(),
  /** The conditions the entry listed when it was requested; none for a return flow. */
  conditions: z.array(conditionCode).max(32),
  /** Working days for reply and delivery: the law's, or shorter ones that the entry promised. */
  limits: z.strictObject({
    reply: z.int().min(1).max(10),
    deliver: z.int().min(1).max(20),
  }),
  state: shareState,
  request: shareRequest,
  requestedBy: actor,
  requestedAt: timestamp,
  /** The consent of the head of the requester's sharing office (art 20); the reply clock starts with it. */
  consent: z.strictObject({ by: actor, at: timestamp }).exactOptional(),
  reply: replyClock.exactOptional(),
  extension: z
    .strictObject({
      days: z.int().min(1).max(10),
      reason: text(500),
      askedBy: actor,
      askedAt: timestamp,
      allowedBy: actor.exactOptional(),
      allowedAt: timestamp.exactOptional(),
    })
    .exactOptional(),
  /** The one notice of all that is missing (art 21). */
  notice: z
    .strictObject({
      items: z.array(shareNoticeItem).min(1).max(40),
      by: actor,
      at: timestamp,
      answeredAt: timestamp.exactOptional(),
    })
    .exactOptional(),
  /** A reply that waits for the consent of the provider's head; the clock of the reply runs on. */
  proposedReply: proposedReply.exactOptional(),
  /** `by` worded it, `at` is when it was given. */
  granted: z
    .strictObject({ by: actor, at: timestamp, late: z.boolean(), consent: replyConsent })
    .exactOptional(),
  refusal: z
    .strictObject({
      ...refusalGround,
      by: actor,
      at: timestamp,
      late: z.boolean(),
      consent: replyConsent,
    })
    .exactOptional(),
  /** The clock of the first reply, where an order to provide has begun another: what was late remains late. */
  firstReply: z
    .strictObject({ ...replyClock.shape, orderedOn: date, late: z.boolean() })
    .exactOptional(),
  suspension: timeToMend.exactOptional(),
  /** The lead authority's order to correct, without suspending the use (art 40). */
  correction: timeToMend.exactOptional(),
  /** 不予暂停的说明: how many uses outside the grant a suspension has answered, or the note on why there is none (art 27(2)). */
  misuseAnswered: z
    .strictObject({
      outside: z.int().min(0).max(999_999),
      note: text(1000).exactOptional(),
      by: actor,
      at: timestamp,
    })
    .exactOptional(),
  /** What the provider proposes to end or change, and that the requester agreed (art 27(3)). */
  serviceChange: serviceChange.exactOptional(),
  ended: z
    .strictObject({
      reason: z.enum(endReasons),
      note: text(1000).exactOptional(),
      by: actor,
      at: timestamp,
      on: date,
      disposeBy: date,
      retentionDays: z.int().min(0).max(200),
    })
    .exactOptional(),
  disposal: z
    .strictObject({
      how: z.enum(namesOf(disposalWords)),
      note: text(1000).exactOptional(),
      by: actor,
      at: timestamp,
      late: z.boolean(),
    })
    .exactOptional(),
  /** Deliveries of the grant that the chain has taken up. */
  deliveries: z.int().min(0).max(50),
  /** Recorded uses: all, and those outside the grant. */
  receipts: z.strictObject({
    count: z.int().min(0).max(999_999),
    outside: z.int().min(0).max(999_999),
    lastAt: timestamp.exactOptional(),
  }),
  /** Sides that reorganisations gave to other departments, oldest first. */
  successions: z
    .array(z.strictObject({ side: z.enum(namesOf(shareSideWords)), ...passedOn }))
    .max(20)
    .exactOptional(),
  openChallenges: z.int().min(0).max(99),
  openDispute: disputeId.exactOptional(),
  /** A dispute was decided for the requester: the provider may not refuse again (art 28). */
  bound: z.boolean(),
  calendars: calendarsUsed,
  updatedAt: timestamp,
  head: sha256Hex,
  nextSeq: z.int().min(1).max(999_999),
});
type ShareRecordShape = typeof shareSchema;
/** The type of {@link shareRecord} under a name, which keeps the compiler fast: see kernel/commands.ts. */
export interface ShareRecordSchema extends ShareRecordShape {}
/** A share from its request on. Its whole procedure is the chain of its events; `head` is the newest one's digest. */
export const shareRecord: ShareRecordSchema = shareSchema;
export type ShareRecord = z.output<typeof shareRecord>;

const delivery = z.strictObject({
  no: z.int().min(1).max(50),
  /** Salted digests of single values, by field. */
  fields: z.array(attestedField).max(128),
  /** Digest of a file or batch that travelled outside the ledger. */
  package: digest.exactOptional(),
  note: text(500).exactOptional(),
  /** The values themselves went into the private collections of the readers at provider and requester. */
  privately: z.boolean(),
  by: actor,
  at: timestamp,
  txId,
  /** Digest of the share's newest event when it was delivered. */
  follows: sha256Hex,
  late: z.boolean(),
});
export type Delivery = z.output<typeof delivery>;

/**
 * A grant (授权): its terms, and what was delivered under it. Its key is endorsed by provider and requester together and
 * by nobody else, so that a delivery with private values meets only their two peers.
 */
export const shareGrantRecord = recordOf('shareGrant', {
  shareId,
  datasetId,
  provider: departmentId,
  requester: departmentId,
  fields: z.array(fieldCode).min(1).max(128),
  terms: shareTerms,
  grantedBy: actor,
  grantedAt: timestamp,
  /** The delivery's clock (art 22). */
  startedOn: date,
  dueOn: date,
  limitDays: z.int().min(1).max(20),
  deliveries: z.array(delivery).max(50),
});
export type ShareGrantRecord = z.output<typeof shareGrantRecord>;

export const shareEventTypes = [
  'sharing.request',
  'sharing.consent',
  'sharing.withdraw',
  'sharing.askMissing',
  'sharing.supplement',
  'sharing.extend',
  'sharing.allowExtension',
  'sharing.grant',
  'sharing.refuse',
  'sharing.consentReply',
  'sharing.deliver',
  'sharing.confirm',
  'sharing.receipt',
  'sharing.challenge',
  'sharing.answerChallenge',
  'sharing.suspend',
  'sharing.explainMisuse',
  'sharing.orderCorrection',
  'sharing.mend',
  'sharing.resume',
  'sharing.dispute',
  'sharing.escalateDispute',
  'sharing.decideDispute',
  'sharing.proposeChange',
  'sharing.agreeChange',
  'sharing.end',
  'sharing.dispose',
  'sharing.purgeExpired',
  'sharing.succeed',
  'attestation.recordUse',
] as const;
export type ShareEventType = (typeof shareEventTypes)[number];

/** One link of a share's chain: `prev` is the SHA-256 of the canonical event before it. */
export const shareEventRecord = recordOf('shareEvent', {
  shareId,
  seq: sequence,
  type: z.enum(shareEventTypes),
  prev: sha256Hex,
  at: timestamp,
  by: actor,
  txId,
  /** The state after it. */
  state: shareState,
  /** The command as it was given, without the share's id and without anything private. */
  data: z.record(z.string(), z.unknown()),
});
export type ShareEventRecord = z.output<typeof shareEventRecord>;
