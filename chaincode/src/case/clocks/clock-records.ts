import { z } from 'zod';
import { caseClockKinds } from '../../kernel/clock-kinds';
import { procedureRanks, specialProcedures } from '../../kernel/codes';
import { actor } from '../../kernel/roles';
import {
  calendarVersion,
  code,
  date,
  departmentId,
  digest,
  documentRef,
  limit,
  onTheSpotMinutes,
  positiveLimit,
  text,
  timestamp,
  version,
} from '../../kernel/scalars';

/**
 * 特别程序: the case's clock stands still on the days after `from` up to and with `to`. `to` is the last day of the time
 * announced, or the day on which the procedure was ended earlier; the pause is then over whether or not anybody says so.
 */
export const pause = z.strictObject({
  no: z.int().min(1).max(20),
  procedure: z.enum(specialProcedures),
  /** The law that demands it, and its clause: without one the time counts (Zhejiang regulation art 28). */
  law: text(200),
  clause: text(100),
  rank: z.enum(procedureRanks).exactOptional(),
  limit: positiveLimit,
  /** The letter that tells the applicant how long it takes (Administrative Licensing Law art 45). */
  notice: digest,
  /** Why there is one more of the same kind. */
  grounds: digest.exactOptional(),
  startedBy: actor,
  startedAt: timestamp,
  from: date,
  to: date,
  /** The last day announced, which an early end does not change. */
  plannedTo: date,
  /** It is not in the guide of the matter's version, or takes longer than that says: a head signed it. */
  beyondGuide: z.literal(true).exactOptional(),
  /** The supervision office, which sees such a one while it runs. */
  watchedBy: departmentId.exactOptional(),
  ended: z
    .strictObject({ by: actor, at: timestamp, result: digest.exactOptional() })
    .exactOptional(),
});
export type Pause = z.output<typeof pause>;

/** 延期: asked for by one official, approved by a head who is another person, once (Administrative Licensing Law art 42). */
export const extension = z.strictObject({
  limit: positiveLimit,
  reasonCode: code(32),
  grounds: digest,
  requestedBy: actor,
  requestedAt: timestamp,
  approval: z
    .strictObject({
      by: actor,
      at: timestamp,
      /** The letter that tells the applicant the reason. */
      notice: digest,
      /** Approval by the head of the government of the same level: always where departments act jointly (art 42(2)). */
      government: documentRef.exactOptional(),
      /** Which limit it lengthens. Approvals from before this was said lengthened the promised one too. */
      of: z.literal('statutory').exactOptional(),
    })
    .exactOptional(),
});

/**
 * 超时: what became of a step whose department did not answer in time. `defaultAgree` (超时默认同意) rests on a policy document
 * of the matter version; `escalate` leaves the step open and says so.
 */
export const lapse = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('defaultAgree'),
    policyDocument: text(100),
    by: actor,
    at: timestamp,
  }),
  z.strictObject({ kind: z.literal('escalate'), by: actor, at: timestamp }),
]);

/** The owner's head went on without an escalated step's opinion, for these reasons. */
export const passing = z.strictObject({ grounds: digest, by: actor, at: timestamp });

/** Limits of a case in working days, as its matter version had them when it was accepted. */
export const caseLimits = z.strictObject({
  promised: limit.shape.value,
  statutory: limit.shape.value.exactOptional(),
  /** 即办时限 of an on-the-spot item. */
  minutes: onTheSpotMinutes.exactOptional(),
});

/** A clock that has ended, whatever ended it: when it was due, when it ended, and whether that was late. */
export const endedClock = z.strictObject({
  what: z.enum(caseClockKinds),
  /** As of a running clock: the step, or the number of a special procedure. */
  step: code(32).exactOptional(),
  /** Who had to act. */
  department: departmentId,
  startedOn: date,
  dueOn: date,
  dueAt: timestamp.exactOptional(),
  limitDays: z.int().min(0).max(999),
  endedAt: timestamp,
  late: z.boolean(),
});
export type EndedClock = z.output<typeof endedClock>;

/** A due date that moved because a calendar was declared or corrected. */
export const movedClock = z.strictObject({
  what: z.enum(caseClockKinds),
  step: code(32).exactOptional(),
  before: date,
  after: date,
});

/** 期限重算: the days off that a newer calendar brought, by whom, on what notice, and what moved. None becomes shorter. */
export const recount = z.strictObject({
  year: z.int(),
  /** The version until then; 0 where none had been declared. */
  from: calendarVersion,
  to: version,
  /** The notice on which the newer version rests. */
  notice: documentRef,
  moved: z.array(movedClock).max(100),
  by: actor,
  at: timestamp,
});
