import type { ContractErrorCode, ContractErrorMeaning } from '@yici/domain/model';
import { contractErrors, laws } from '@yici/domain/model';
import { contractStatus } from '@yici/gateway/testing';
import { catalogueRows } from './catalogue-rows.js';
import { chineseCitation } from './chinese-citation.js';
import { dutyRows } from './duty-rows.js';
import { filingRows } from './filing-rows.js';
import { handlingRows } from './handling-rows.js';
import type { Basis, RuleRow } from './row.js';
import { sharingRows } from './sharing-rows.js';
import { valuesRows } from './values-rows.js';

/** All rules. `docs/rules.md` and `docs/rules.zh-CN.md` are generated from it and checked against it. */
export const ruleRows: readonly RuleRow[] = [
  ...filingRows,
  ...handlingRows,
  ...dutyRows,
  ...catalogueRows,
  ...sharingRows,
  ...valuesRows,
];

/** The measure in which every refusal counts, split by its code. */
export const everyRefusal = 'refused-by-rule';

const known: Readonly<Record<string, string>> = laws;

/** The law's full name and its article, as the refusals cite it. */
export function citation(basis: Basis): { readonly law: string; readonly article: string } {
  const [name = '', ...rest] = basis.split(' ');
  return { law: known[name] ?? '', article: rest.join(' ') };
}

/** What a refusal with that code cites. */
export function articleOf(code: ContractErrorCode): string | undefined {
  const meaning: ContractErrorMeaning = contractErrors[code];
  return meaning.article;
}

const citationsOf = (row: RuleRow): string =>
  (row.basis ?? [])
    .map(citation)
    .map(({ law, article }) => (article === '' ? law : `${law} art ${article}`))
    .join('; ');

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
    citationsOf(row) || 'a rule of this system',
    row.functions.map((name) => `\`${name}\``).join(', '),
    tests.join('; '),
    codesOf(row),
    figuresOf(row),
  ];
}

/** The cells of a row of docs/rules.zh-CN.md: without functions and tests, which are for developers. */
export function chineseCells(row: RuleRow): string[] {
  const basis = citationsOf(row);
  return [
    row.id,
    `${row.zh}。`,
    basis === '' ? '本系统规则' : chineseCitation(basis),
    codesOf(row),
    figuresOf(row),
  ];
}
