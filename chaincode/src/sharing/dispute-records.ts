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
  status: z.enum(['open', 'answered']),
  answer: z
    .strictObject({
      outcome: z.enum(['corrected', 'confirmed']),
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
export const disputeStages = ['negotiation', 'coordination', 'government'] as const;
export type DisputeStage = (typeof disputeStages)[number];
export const disputeSubjects = [
  'refusal',
  'lateReply',
  'conditions',
  'delivery',
  'quality',
  'suspension',
  'stop',
] as const;

/** What a dispute can end with: provide the data, let the use go on, end the use, or leave things as they are. */
export const disputeOrders = ['provide', 'resume', 'end', 'none'] as const;
export type DisputeOrder = (typeof disputeOrders)[number];

const outcome = z.strictObject({
  stage: z.enum(disputeStages),
  order: z.enum(disputeOrders),
  note: text(2000),
  document: digest.exactOptional(),
  by: actor,
  at: timestamp,
  on: date,
});

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
  subject: z.enum(disputeSubjects),
  claim: text(2000),
  status: z.enum(['open', 'decided']),
  stage: z.enum(disputeStages),
  /** Every stage entered, with its day. */
  stages: z
    .array(
      z.strictObject({
        stage: z.enum(disputeStages),
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
  /** What was agreed, coordinated or decided, in order. */
  outcomes: z.array(outcome).max(3),
});
export type DisputeRecord = z.output<typeof disputeRecord>;
