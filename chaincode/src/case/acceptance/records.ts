import { z } from 'zod';
import { noticeField, noticeItem } from '../../kernel/reason';
import { actor } from '../../kernel/roles';
import { date, digest, limit, text, timestamp } from '../../kernel/scalars';
import { namesOf, type Vocabulary } from '../../kernel/words';
import { sealedDocument } from '../result/sealed-records';

/**
 * How soon an answer at the door came, from the ledger's own times: on the spot (当场) is on the day on which the file came,
 * which is what Zhejiang regulation art 11 asks for; the five working days of the Administrative Licensing Law art 32(1)(4) are
 * the outer limit.
 */
export const promptnessWords = {
  onTheSpot: { zh: '当场', en: 'on the spot' },
  withinFiveDays: { zh: '五个工作日内', en: 'within five working days' },
  late: { zh: '逾期', en: 'late' },
} satisfies Vocabulary;
export const promptness = z.enum(namesOf(promptnessWords));
export type Promptness = z.output<typeof promptness>;

/** Why there is a second notice after the one that told all; anything else is a refusal of what is still incomplete. */
export const noticeGroundWords = {
  rulesChanged: { zh: '告知后依据或者办事指南调整', en: 'the rules or the guide changed since' },
  expiredSince: { zh: '材料在告知后失效', en: 'a material expired since' },
  contradicted: {
    zh: '告知后其他机关提供的信息与材料不符',
    en: 'what another organ has told since contradicts a material',
  },
  requestChanged: { zh: '申报部门变更申请内容', en: 'the applicant changed what it asks for' },
  shownBySupplement: {
    zh: '补正材料反映出此前无法发现的问题',
    en: 'the supplement shows what nobody could see before',
  },
} satisfies Vocabulary;

/** A fact that was not there at the first notice, and under which ground it falls; without one there is no second notice. */
export const newFact = z.strictObject({
  ground: z.enum(namesOf(noticeGroundWords)),
  note: text(500),
  document: digest,
});

export const noticeRecord = z.strictObject({
  items: z.array(noticeItem).max(64),
  /** Fields of the form that must be put right: the applicant files the form again. */
  fields: z.array(noticeField).min(1).max(128).exactOptional(),
  /** Of a second notice; facts from before there were grounds have none. */
  newFact: newFact.extend({ ground: newFact.shape.ground.exactOptional() }).exactOptional(),
  at: timestamp,
  /** Absent in notices from before it was recorded. */
  promptness: promptness.exactOptional(),
  /** Who gave it; of a second notice the head, whose signature is the consent. */
  by: actor.exactOptional(),
  limit,
  dueOn: date,
  answeredAt: timestamp.exactOptional(),
});

/** Who refused at the door, when, and with which voucher. */
export const refusalAct = z.strictObject({
  by: actor,
  at: timestamp,
  promptness,
  voucher: sealedDocument,
});
