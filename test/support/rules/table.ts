import type { Citation, ContractErrorCode, ContractErrorMeaning } from '@yici/domain/model';
import { citationsOf, citationWords, contractErrors } from '@yici/domain/model';
import { contractStatus } from '@yici/gateway/testing';
import { articleWords } from './article-words.js';
import { catalogueRows } from './catalogue-rows.js';
import { dutyRows } from './duty-rows.js';
import { filingRows } from './filing-rows.js';
import { handlingRows } from './handling-rows.js';
import { promiseAndTimeRows } from './promise-and-time-rows.js';
import { reformRows } from './reform-rows.js';
import { resultRows } from './result-rows.js';
import type { RuleRow } from './row.js';
import { shareUseRows } from './share-use-rows.js';
import { sharingRows } from './sharing-rows.js';
import { valuesRows } from './values-rows.js';

/** All rules. `docs/rules.md` and `docs/rules.zh-CN.md` are generated from it and checked against it. */
export const ruleRows: readonly RuleRow[] = [
  ...filingRows,
  ...handlingRows,
  ...resultRows,
  ...promiseAndTimeRows,
  ...dutyRows,
  ...reformRows,
  ...catalogueRows,
  ...sharingRows,
  ...shareUseRows,
  ...valuesRows,
];

/** The measure in which every refusal counts, split by its code. */
export const everyRefusal = 'refused-by-rule';

/** What a refusal with that code cites. */
export function basisOf(code: ContractErrorCode): readonly Citation[] {
  const meaning: ContractErrorMeaning = contractErrors[code];
  return citationsOf(meaning.basis);
}

const codesOf = ({ codes }: RuleRow): string =>
  codes.map((code) => `\`${code}\` (${contractStatus(code)})`).join(', ');

const figuresOf = ({ figures }: RuleRow): string =>
  [...figures, everyRefusal].map((id) => `\`${id}\``).join(', ');

/** The cells of a row of docs/rules.md, in the order of its columns. */
export function englishCells(row: RuleRow): string[] {
  const tests = Object.entries(row.tests).map(
    ([file, titles]) => `\`${file}.test.ts\`: ${titles.map((title) => `“${title}”`).join(', ')}`,
  );
  return [
    row.id,
    `${row.en}.`,
    row.basis === undefined ? 'a rule of this system' : citationWords(row.basis).en,
    articleWords(row.basis),
    row.functions.map((name) => `\`${name}\``).join(', '),
    tests.join('; '),
    codesOf(row),
    figuresOf(row),
  ];
}

/** The cells of a row of docs/rules.zh-CN.md: without functions and tests, which are for developers. */
export function chineseCells(row: RuleRow): string[] {
  return [
    row.id,
    `${row.zh}。`,
    row.basis === undefined ? '本系统规则' : citationWords(row.basis).zh,
    articleWords(row.basis),
    codesOf(row),
    figuresOf(row),
  ];
}
