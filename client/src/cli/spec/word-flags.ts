import { cardRulingWords, decisionWords, stepAnswerWords, type Words } from '@yici/domain/model';

/** A flag that sets a field to a fixed word, as `--agree` sets `answer`. */
export interface WordFlag {
  readonly flag: string;
  readonly field: string;
  readonly word: string;
  readonly note: Words;
}

export const answers: readonly WordFlag[] = [
  { flag: 'agree', field: 'answer', word: 'agree', note: stepAnswerWords.agree },
  {
    flag: 'disagree',
    field: 'answer',
    word: 'disagree',
    note: { zh: '不同意（须说明理由：--reason）', en: 'disagree, needs --reason' },
  },
  {
    flag: 'forward',
    field: 'answer',
    word: 'forward',
    note: {
      zh: '转报上级，待上级答复（须有 --organ、--document）',
      en: 'put to an organ above, needs --organ and --document',
    },
  },
];

export const outcomes: readonly WordFlag[] = [
  { flag: 'grant', field: 'outcome', word: 'granted', note: decisionWords.granted },
  {
    flag: 'refuse',
    field: 'outcome',
    word: 'refused',
    note: {
      zh: '不予批准（须说明理由和后续处理途径：--reason、--remedy）',
      en: 'refuse, needs --reason and --remedy',
    },
  },
];

export const rulings: readonly WordFlag[] = [
  { flag: 'uphold', field: 'outcome', word: 'upheld', note: cardRulingWords.upheld },
  { flag: 'cancel', field: 'outcome', word: 'cancelled', note: cardRulingWords.cancelled },
  {
    flag: 'exempt',
    field: 'outcome',
    word: 'exempted',
    note: { zh: '容错免责（须有五项条件：--condition）', en: 'exempt, needs five --condition' },
  },
];
