import { z } from 'zod';
import { movedBy } from '../kernel/departures';
import { actor, signatoryWords } from '../kernel/roles';
import {
  calendarsUsed,
  date,
  departmentId,
  documentRef,
  dutyCode,
  localText,
  recordOf,
  stepId,
  taskCode,
  text,
  timestamp,
  topicCode,
  version,
} from '../kernel/scalars';
import { keyKind, padded } from '../kernel/keys';
import { namesOf, type Vocabulary } from '../kernel/words';

/** How far the review of a matter is. */
export const reviewStatusWords = {
  open: { zh: '待复核', en: 'open' },
  closed: { zh: '已复核', en: 'closed' },
} satisfies Vocabulary;

/** What a 三定 clause says: who may do what, by which document. */
export const dutyContent = z.strictObject({
  department: departmentId,
  code: dutyCode,
  title: localText(200),
  clause: text(2000),
  document: documentRef,
  /** What the duty is about. Two departments with one topic are an overlap the Establishment Office rules on. */
  topic: topicCode.exactOptional(),
  /**
   * The matters, or single steps of their flows, that fall under the clause: it is cited for nothing else. Clauses from
   * before this was asked for name none.
   */
  covers: z
    .array(z.strictObject({ taskCode, stepId: stepId.exactOptional() }))
    .min(1)
    .max(200)
    .exactOptional(),
  effectiveFrom: date,
});

const dutyFields = {
  v: z.literal(1),
  ...dutyContent.shape,
  version,
  registeredBy: actor,
  registeredAt: timestamp,
  /** Published matters that rested on the version before, and how many of them were marked with the change. */
  linked: z.strictObject({ found: z.int().min(0), marked: z.int().min(0) }).exactOptional(),
  /** The Establishment Office has found that the clause stands in the document; without it the version is not cited. */
  confirmation: z.strictObject({ by: actor, at: timestamp }).exactOptional(),
  /** The newest version that was confirmed: it counts until a later one is. */
  confirmedVersion: version.exactOptional(),
  /** Whose it was before, oldest first, and the reorganisations that gave it to another. */
  succeeds: z
    .array(z.strictObject({ department: departmentId, ...movedBy }))
    .max(20)
    .exactOptional(),
  /** A reorganisation gave it to another department: here it is kept as it was, and cited no more. */
  moved: z.strictObject({ to: departmentId, ...movedBy }).exactOptional(),
};

/** A duty (职责条目): one clause of a department's 三定 document. A new registration of the code is its next version. */
export const dutyRecord = z.strictObject({ kind: z.literal('duty'), ...dutyFields });
export type DutyRecord = z.output<typeof dutyRecord>;

/** One version of a duty, kept for good. */
export const dutyVersionRecord = z.strictObject({ kind: z.literal('dutyVersion'), ...dutyFields });
export type DutyVersionRecord = z.output<typeof dutyVersionRecord>;

/**
 * The published matter that rests on a duty, written when it is published and read by range when the duty changes.
 * `review` is the duty version an open review is about.
 */
export const matterOfDutyRecord = recordOf('matterOfDuty', {
  department: departmentId,
  code: dutyCode,
  taskCode,
  matterVersion: version,
  /** The office that signs a review beside the owner. */
  cosigner: departmentId,
  /** The duty version the matter was last found to agree with. */
  dutyVersion: version,
  review: version.exactOptional(),
  /** The matter rests on the duty no more. */
  endedAt: timestamp.exactOptional(),
});
export type MatterOfDutyRecord = z.output<typeof matterOfDutyRecord>;

/** How a review ended; `overtaken`: the duty changed again and the next review kept the clock. */
export const reviewOutcomeWords = {
  confirmed: { zh: '复核确认', en: 'confirmed' },
  superseded: { zh: '已修订', en: 'superseded' },
  retired: { zh: '已停用', en: 'retired' },
  overtaken: { zh: '职责再次变更', en: 'overtaken' },
} satisfies Vocabulary;

/**
 * The review (复核) of a published matter whose duty changed. While it is open the matter counts as NEEDS_REVIEW; it
 * stays in force. Its ten working days are a rule of this system.
 */
export const reviewRecord = recordOf('review', {
  taskCode,
  version,
  owner: departmentId,
  cosigner: departmentId,
  dutyCode,
  dutyVersion: version,
  /** The version the matter rested on until then. */
  previousDutyVersion: version,
  /** Who registered the changed duty: that official reviews nothing of it. */
  changedBy: actor,
  openedAt: timestamp,
  /** The day the clock counts from: that of the first change not reviewed yet. */
  startedOn: date,
  dueOn: date,
  limitDays: z.int().min(1).max(200),
  calendars: calendarsUsed,
  status: z.enum(namesOf(reviewStatusWords)),
  signatures: z
    .array(
      z.strictObject({
        as: z.enum(namesOf(signatoryWords)),
        by: actor,
        at: timestamp,
        note: text(500).exactOptional(),
      }),
    )
    .max(2),
  outcome: z.enum(namesOf(reviewOutcomeWords)).exactOptional(),
  closedAt: timestamp.exactOptional(),
  /** Closed after its due day. */
  late: z.boolean().exactOptional(),
});
export type ReviewRecord = z.output<typeof reviewRecord>;

/** A department's claim of a topic by one of its duties; `withdrawn` once a later version drops the topic. */
export const dutyOfTopicRecord = recordOf('dutyOfTopic', {
  topic: topicCode,
  department: departmentId,
  code: dutyCode,
  version,
  withdrawn: z.boolean(),
});
export type DutyOfTopicRecord = z.output<typeof dutyOfTopicRecord>;

const claim = z.strictObject({ department: departmentId, code: dutyCode, version });

/** `assigned`: one department keeps the topic; `shared`: all keep it, one leads; `distinct`: the duties differ. */
export const overlapRulingWords = {
  assigned: { zh: '由一个部门承担', en: 'assigned to one' },
  shared: { zh: '共同承担', en: 'shared' },
  distinct: { zh: '各自不同', en: 'distinct' },
} satisfies Vocabulary;
export const overlapRuling = z.enum(namesOf(overlapRulingWords));

export const overlapStatusWords = {
  open: { zh: '待协调决定', en: 'open' },
  ruled: { zh: '已决定', en: 'decided' },
  withdrawn: { zh: '已消除', en: 'withdrawn' },
} satisfies Vocabulary;

/** A topic that several departments claim (职责交叉), from the day it was found to the government's decision. */
export const dutyOverlapRecord = recordOf('dutyOverlap', {
  topic: topicCode,
  /** Overlaps of one topic are numbered from 1; a claim after a ruling opens the next. */
  round: version,
  status: z.enum(namesOf(overlapStatusWords)),
  claims: z.array(claim).min(1).max(64),
  foundAt: timestamp,
  foundBy: actor,
  /** The Establishment Office's opinion (协调意见). Chains from before it was asked for have decisions without one. */
  proposal: z
    .strictObject({
      kind: overlapRuling,
      lead: departmentId.exactOptional(),
      text: text(2000),
      document: documentRef,
      by: actor,
      at: timestamp,
    })
    .exactOptional(),
  ruling: z
    .strictObject({
      kind: overlapRuling,
      /** The organ whose decision the Establishment Office registered; absent where the government signed itself. */
      organ: text(200).exactOptional(),
      /** Who keeps or leads the topic; absent when the duties are distinct. */
      lead: departmentId.exactOptional(),
      /** Departments that may claim the topic from now on. */
      departments: z.array(departmentId).min(1).max(64),
      text: text(2000),
      document: documentRef,
      by: actor,
    })
    .exactOptional(),
  closedAt: timestamp.exactOptional(),
});
export type DutyOverlapRecord = z.output<typeof dutyOverlapRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  duty: keyKind('duty', dutyRecord, (r) => [r.department, r.code]),
  dutyVersion: keyKind('dutyVersion', dutyVersionRecord, (r) => [
    r.department,
    r.code,
    padded(r.version),
  ]),
  matterOfDuty: keyKind('matterOfDuty', matterOfDutyRecord, (r) => [
    r.department,
    r.code,
    r.taskCode,
  ]),
  review: keyKind('review', reviewRecord, (r) => [
    r.taskCode,
    padded(r.version),
    padded(r.dutyVersion),
  ]),
  dutyOfTopic: keyKind('dutyOfTopic', dutyOfTopicRecord, (r) => [r.topic, r.department, r.code]),
  dutyOverlap: keyKind('dutyOverlap', dutyOverlapRecord, (r) => [r.topic, padded(r.round)]),
};
