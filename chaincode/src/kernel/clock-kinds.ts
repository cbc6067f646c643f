import { namesOf, type Vocabulary } from './words';

/** The clocks of a case, each with who must act by it: see caseClocks. No hand-over and no ruling stops another clock. */
export const caseClockWords = {
  reply: { zh: '受理告知', en: 'reply at the door' },
  supplement: { zh: '补正', en: 'supplement' },
  tolerated: { zh: '补交容缺材料', en: 'tolerated materials' },
  opinion: { zh: '会办意见', en: 'opinion' },
  above: { zh: '上级答复', en: 'answer from above' },
  disagreement: { zh: '协调会办不同意见', en: 'settle a disagreement' },
  finish: { zh: '承诺办结', en: 'finish as promised' },
  statutory: { zh: '法定办结', en: 'finish by law' },
  procedure: { zh: '特别程序', en: 'special procedure' },
  deliver: { zh: '送达', en: 'deliver' },
  inspect: { zh: '核查承诺', en: 'inspect the commitment' },
  correct: { zh: '限期改正', en: 'put right' },
  transfer: { zh: '答复移交', en: 'answer a hand-over' },
  ruling: { zh: '职责分工协调', en: 'coordination of a duty' },
} satisfies Vocabulary;
export const caseClockKinds = namesOf(caseClockWords);
export type CaseClockKind = keyof typeof caseClockWords;

/** What a card can be about: a clock of a case, or one of data sharing, of a matter's review or of the data catalogue. */
export const cardClockWords = {
  ...caseClockWords,
  answerChallenge: { zh: '答复校核', en: 'answer a challenge' },
  mend: { zh: '整改', en: 'mend the use of data' },
  dispose: { zh: '处置数据', en: 'dispose of the data' },
  review: { zh: '事项复核', en: 'review a matter' },
  update: { zh: '更新政务数据目录', en: 'update a catalogue entry' },
  entryReview: { zh: '审核政务数据目录', en: 'review a catalogue entry' },
} satisfies Vocabulary;
export const cardClockKinds = namesOf(cardClockWords);
export type CardClockKind = keyof typeof cardClockWords;

/** The clocks outside a case; a share's reply and delivery have names that a case's clocks have too. */
export const otherClockKinds = [
  'reply',
  'deliver',
  'answerChallenge',
  'mend',
  'dispose',
  'review',
  'ruling',
  'update',
  'entryReview',
] as const satisfies readonly CardClockKind[];
export type OtherClockKind = (typeof otherClockKinds)[number];

/** Yellow: a limit is about to end; red: it has ended. */
export const cardColourWords = {
  yellow: { zh: '黄牌', en: 'yellow card' },
  red: { zh: '红牌', en: 'red card' },
} satisfies Vocabulary;
export const cardColours = namesOf(cardColourWords);
export type CardColour = keyof typeof cardColourWords;
