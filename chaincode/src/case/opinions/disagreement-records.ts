import { z } from 'zod';
import { actor } from '../../kernel/roles';
import { date, departmentId, digest, text, timestamp } from '../../kernel/scalars';
import { namesOf, type Vocabulary } from '../../kernel/words';

/** What the government decides about a disagreement: the owner may grant in spite of it, or it stands. */
export const disagreementRulingWords = {
  lifted: { zh: '可以办理', en: 'may be granted in spite of it' },
  upheld: { zh: '维持不同意意见', en: 'the disagreement stands' },
} satisfies Vocabulary;
export const disagreementRuling = z.enum(namesOf(disagreementRulingWords));

const turn = z.strictObject({
  department: departmentId,
  startedOn: date,
  dueOn: date,
  limitDays: z.int().min(1),
});

/** The way on from a step's disagreement: its department changes its mind, a meeting, and the government's decision. */
export const disagreement = z.strictObject({
  since: timestamp,
  /** 协调会: its written record and who was there. */
  meeting: z
    .strictObject({
      document: digest,
      attended: z.array(departmentId).min(2).max(40),
      by: actor,
      at: timestamp,
    })
    .exactOptional(),
  /** After the meeting the department stays with its opinion. */
  maintained: z.strictObject({ document: digest, by: actor, at: timestamp }).exactOptional(),
  /** The department agrees after all. */
  revised: z.strictObject({ document: digest, by: actor, at: timestamp }).exactOptional(),
  ruling: z
    .strictObject({
      outcome: disagreementRuling,
      document: digest,
      /** Where the owner registered it: the organ that decided, and the number of its document. */
      organ: text(200).exactOptional(),
      number: text(100).exactOptional(),
      by: actor,
      at: timestamp,
    })
    .exactOptional(),
  /** Whose turn it is, and by when; absent once it is settled. */
  waitsFor: turn.exactOptional(),
});
export type Disagreement = z.output<typeof disagreement>;
export type Turn = z.output<typeof turn>;
