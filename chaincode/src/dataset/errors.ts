import { cite } from '../kernel/citation';
import { sharing, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about data sets refuse. */
export const errors = {
  SHARE_CLASS_REFUSED: {
    zh: '政务数据目录项“{datasetId}”不予共享[：{reason}]。',
    en: 'The data set {datasetId} is classed as not shared[: {reason}].',
    basis: [cite(sharing, { article: 14, item: 3 })],
  },
  DATASET_UNKNOWN: {
    zh: '政务数据目录项“{datasetId}”尚未登记。',
    en: 'The data set {datasetId} is not registered.',
    acts: ['dataset.register'],
  },
  SHARE_TERMS_MISSING: {
    zh: '有条件共享须列明条件，不予共享须列明依据；本目录项为{shareClass}，尚缺：{missing}。',
    en: 'A conditional class needs its conditions and a refusing class its legal basis; this one is {shareClass}, missing: {missing}.',
    basis: [cite(sharing, { article: 15, paragraph: 2 })],
  },
  FIELD_UNKNOWN: {
    zh: '政务数据目录项“{datasetId}”没有字段：{codes}。',
    en: 'The data set {datasetId} has no such field: {codes}.',
  },
} satisfies ContractErrorMeanings;
