import type { ContractErrorCode, ContractErrorMeaning } from '@yici/chaincode/model';
import { contractErrors, laws } from '@yici/chaincode/model';
import { contractStatus } from '@yici/gateway/testing';
import { catalogueRows } from './catalogue-rows.js';
import { dutyRows } from './duty-rows.js';
import { filingRows } from './filing-rows.js';
import { handlingRows } from './handling-rows.js';
import type { Basis, RuleRow } from './row.js';
import { sharingRows } from './sharing-rows.js';
import { valuesRows } from './values-rows.js';

/** Every rule there is. `docs/rules.md` is written from it and held against it. */
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

/** The row's cells in the page's order. */
export function cellsOf(row: RuleRow): string[] {
  const basis = (row.basis ?? []).map(citation).map(({ law, article }) => `${law} art ${article}`);
  const tests = Object.entries(row.tests).map(
    ([file, titles]) => `\`${file}.test.ts\`: ${titles.map((title) => `“${title}”`).join(', ')}`,
  );
  return [
    row.id,
    `${row.zh}。${row.en}.`,
    basis.length === 0 ? '本系统规则 a rule of this system' : basis.join('; '),
    row.functions.map((name) => `\`${name}\``).join(', '),
    tests.join('; '),
    row.codes.map((code) => `\`${code}\` (${contractStatus(code)})`).join(', '),
    [...row.figures, everyRefusal].map((id) => `\`${id}\``).join(', '),
  ];
}
