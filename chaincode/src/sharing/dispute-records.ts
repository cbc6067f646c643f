import { z } from 'zod';
import { actor } from '../kernel/roles';
import {
  calendarsUsed,
  challengeId,
  date,
  departmentId,
  digest,
  disputeId,
  fieldCode,
  recordOf,
  shareId,
  text,
  timestamp,
} from '../kernel/scalars';
import { namesOf, type Vocabulary } from '../kernel/words';

/** How far a challenge is. */
export const challengeStatusWords = {
  open: { zh: '待答复', en: 'open' },
  answered: { zh: '已答复', en: 'answered' },
} satisfies Vocabulary;

export const challengeOutcomeWords = {
  corrected: { zh: '已更正', en: 'corrected' },
  confirmed: { zh: '核对无误', en: 'confirmed' },
} satisfies Vocabulary;
export const challengeOutcome = z.enum(namesOf(challengeOutcomeWords));

/** 校核申请: the requester doubts data it was given; the provider answers within ten working days (Order 809 art 26). */
export const challengeRecord = recordOf('challenge', {
  shareId,
  challengeId,
  datasetId: z.string().max(64),
  provider: departmentId,
  requester: departmentId,
  fields: z.array(fieldCode).min(1).max(128),
  finding: text(1000),
  document: digest.exactOptional(),
  openedBy: actor,
  openedAt: timestamp,
  startedOn: date,
  dueOn: date,
  limitDays: z.int().min(1).max(10),
  status: z.enum(namesOf(challengeStatusWords)),
  answer: z
    .strictObject({
      outcome: challengeOutcome,
      note: text(1000),
      document: digest.exactOptional(),
      by: actor,
      at: timestamp,
      late: z.boolean(),
    })
    .exactOptional(),
  calendars: calendarsUsed,
});
export type ChallengeRecord = z.output<typeof challengeRecord>;

/** The ladder of Order 809 art 28: negotiate, then the lead authority coordinates, then the government decides. */
export const disputeStageWords = {
  negotiation: { zh: '协商', en: 'negotiation' },
  coordination: { zh: '协调处理', en: 'coordination' },
  government: { zh: '政府决定', en: 'decision of the government' },
} satisfies Vocabulary;
const disputeStage = z.enum(namesOf(disputeStageWords));
export type DisputeStage = z.output<typeof disputeStage>;

/** What a dispute can be about. */
export const disputeSubjectWords = {
  refusal: { zh: '不同意共享', en: 'refusal' },
  lateReply: { zh: '逾期答复', en: 'late reply' },
  conditions: { zh: '共享条件', en: 'conditions' },
  delivery: { zh: '数据提供', en: 'delivery' },
  quality: { zh: '数据质量', en: 'quality' },
  suspension: { zh: '暂停共享', en: 'suspension' },
  stop: { zh: '停止共享', en: 'stop' },
} satisfies Vocabulary;
export const disputeSubject = z.enum(namesOf(disputeSubjectWords));

/** What a dispute can end with. */
export const disputeOrderWords = {
  provide: { zh: '应当共享', en: 'provide the data' },
  resume: { zh: '恢复共享', en: 'resume the use' },
  end: { zh: '终止使用', en: 'end the use' },
  none: { zh: '维持现状', en: 'leave things as they are' },
} satisfies Vocabulary;
export const disputeOrder = z.enum(namesOf(disputeOrderWords));
export type DisputeOrder = z.output<typeof disputeOrder>;

const outcome = z.strictObject({
  stage: disputeStage,
  order: disputeOrder,
  note: text(2000),
  document: digest.exactOptional(),
  by: actor,
  at: timestamp,
  on: date,
});
export type DisputeOutcome = z.output<typeof outcome>;

export const disputeStatusWords = {
  open: { zh: '处理中', en: 'open' },
  decided: { zh: '已达成一致或者已决定', en: 'agreed or decided' },
} satisfies Vocabulary;

/** 共享争议 about one share. */
export const disputeRecord = recordOf('dispute', {
  shareId,
  disputeId,
  provider: departmentId,
  requester: departmentId,
  lead: departmentId,
  /** Who coordinates, once it was taken beyond negotiation: across levels or places the common superior lead authority. */
  coordinator: departmentId.exactOptional(),
  /** The government's office, if there was one when it was taken there. */
  government: departmentId.exactOptional(),
  subject: disputeSubject,
  claim: text(2000),
  status: z.enum(namesOf(disputeStatusWords)),
  stage: disputeStage,
  /** Every stage entered, with its day. */
  stages: z
    .array(
      z.strictObject({
        stage: disputeStage,
        note: text(2000),
        by: actor,
        at: timestamp,
        on: date,
      }),
    )
    .min(1)
    .max(3),
  /** In negotiation: what one side offers. It is agreed when the other says the same. */
  offer: outcome.exactOptional(),
  /**
   * In coordination: what the coordinator proposes, and the last word of each side on it. A side agrees by saying the same.
   * Absent in disputes that were coordinated before sides were asked.
   */
  proposal: z.strictObject({ ...outcome.shape, answers: z.array(outcome).max(2) }).exactOptional(),
  /** What was agreed, proposed without agreement, or decided, in order. */
  outcomes: z.array(outcome).max(3),
});
export type DisputeRecord = z.output<typeof disputeRecord>;

/** Its sides, and whoever settles it or did. */
export function concernedByDispute(dispute: DisputeRecord): string[] {
  const { provider, requester, lead, coordinator = lead, government = lead } = dispute;
  return [...new Set([provider, requester, lead, coordinator, government])];
}
