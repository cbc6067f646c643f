import { cite } from '../kernel/citation';
import { onceReform, type ContractErrorMeanings } from '../kernel/laws';

/** What the rules about one things refuse. */
export const errors = {
  ONE_THING_NOT_IN_FORCE: {
    zh: '该“一件事”版本未公布或者不在有效期内。',
    en: 'That version of the one thing is not published, or not in force on this day.',
    basis: [cite(onceReform, 2, 4)],
  },
  ONE_THING_PARTS_WRONG: {
    zh: '须正好启动轮到办理的事项，各配一个办件编号。',
    en: 'Exactly the parts whose turn it is are opened, each with its case number.',
    basis: [cite(onceReform, { article: 5, paragraph: 3 })],
  },
  ONE_THING_NOTHING_DUE: {
    zh: '前序事项尚无新的办理结果，无可推进。',
    en: 'No part has ended since the one thing was moved on last.',
    basis: [cite(onceReform, { article: 5, paragraph: 3 })],
  },
} satisfies ContractErrorMeanings;
