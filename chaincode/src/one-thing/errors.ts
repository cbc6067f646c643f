import { cite } from '../kernel/citation';
import { onceReform, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about one things refuse. */
export const errors = {
  ONE_THING_NOT_IN_FORCE: {
    zh: '该“一件事”版本未公布或者不在有效期内。',
    en: 'That version of the one thing is not published, or not in force on this day.',
    basis: [cite(onceReform, { article: 2, paragraph: 3 }, { article: 4, paragraph: 3 })],
  },
  ONE_THING_PARTS_WRONG: {
    zh: '只能启动前置事项已办结的后续事项（{ready}），每个事项对应一个办件编号。',
    en: 'Exactly the parts whose turn it is are opened ({ready}), each with its case number.',
    basis: [cite(onceReform, { article: 5, paragraph: 3 })],
  },
  ONE_THING_NOTHING_DUE: {
    zh: '前置事项尚未办结，后续事项暂不能启动。',
    en: 'No part has ended since the one thing was moved on last.',
    basis: [cite(onceReform, { article: 5, paragraph: 3 })],
  },
} satisfies ContractErrorMeanings;
