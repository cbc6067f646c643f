import { contractErrors } from '../errors';
import type { ContractErrorCode } from '../kernel/errors';
import type { ContractErrorMeaning } from '../kernel/laws';
import { filled } from '../kernel/template';
import type { Language, Words } from '../kernel/words';
import { detailWords } from './detail-words';
import { commandWords, nextActs } from './refusal-words';
import { listed } from './value-words';
import { fieldWord, wordOf } from './vocabularies';

/** What a code means apart from any refusal: its sentences, one for each cause, and what to do; slots by their names. */
export interface MeaningWords {
  readonly sentences: readonly string[];
  readonly next: string;
}

/** For documents: a code's sentences with `〔…〕` where a refusal fills in its details. */
export function meaningWords(code: ContractErrorCode, language: Language): MeaningWords {
  const meaning: ContractErrorMeaning = contractErrors[code];
  const { acts = [], causes = {}, next } = meaning;
  const said = listed(
    acts.map((act) => commandWords(act, language)),
    language,
  );
  const fill = (template: string) =>
    filled(template, (name) => (name === 'acts' ? said : slotWords(name, language)), '');
  const followed = next ?? (acts.length > 0 ? nextActs : undefined);
  return {
    sentences: [meaning, ...Object.values(causes)].map((words) => fill(words[language])),
    next: followed === undefined ? '' : fill(followed[language]),
  };
}

const special: Readonly<Record<string, Words>> = {
  record: { zh: '所办的记录', en: 'the record' },
  materials: { zh: '材料名称', en: 'materials' },
  notOf: { zh: '经办部门', en: 'whose it is' },
  notOneOf: { zh: '经办人员', en: 'who made it' },
  today: { zh: '办理日期', en: 'today' },
};

function slotWords(path: string, language: Language): string {
  const name = path.split('.').at(-1) ?? '';
  const word = wordOf(special, name) ?? wordOf(detailWords, name) ?? fieldWord(name);
  const shown = word?.[language] ?? name;
  return language === 'zh' ? `〔${shown}〕` : `‹${shown}›`;
}
