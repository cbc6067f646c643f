import { cite } from '../kernel/citation';
import { sharing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about data sets refuse. */
export const errors = {
  SHARE_CLASS_REFUSED: {
    zh: '该数据集不予共享。',
    en: 'The data set is classed as not shared.',
    basis: [cite(sharing, { article: 14, item: 3 })],
  },
  DATASET_UNKNOWN: { zh: '数据集尚未登记。', en: 'The data set is not registered.' },
  SHARE_TERMS_MISSING: {
    zh: '有条件共享须列明条件，不予共享须列明依据。',
    en: 'A conditional class needs its conditions and a refusing class its legal basis.',
    basis: [cite(sharing, { article: 15, paragraph: 2 })],
  },
  FIELD_UNKNOWN: { zh: '数据集没有该字段。', en: 'The data set has no such field.' },
} satisfies ContractErrorMeanings;
