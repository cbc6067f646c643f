#!/usr/bin/env node
// Writes the tables of the contracts, the gateway and the verifier of docs/errors.md and docs/errors.zh-CN.md from the code (build first). A test
// checks both.
import { createRequire } from 'node:module';
import { gatewayErrorWords } from '@yici/gateway/testing';
import { auditVerdict } from '@yici/ledger';
import { auditFindingWords } from '@yici/ledger/testing';
import { replaceTable } from './replace-table.mjs';

const { citationsOf, citationWords, contractErrorCodes, contractErrors, meaningWords } =
  createRequire(import.meta.url)('@yici/domain/model');

/** A code's sentences, what to do, and what it rests on. */
const ruleRows = (language) =>
  contractErrorCodes.map((code) => {
    const { sentences, next } = meaningWords(code, language);
    const basis = citationWords(citationsOf(contractErrors[code].basis))[language];
    return [`\`${code}\``, sentences.join('<br>'), next, basis];
  });
const gatewayRows = (language) =>
  Object.entries(gatewayErrorWords).map(([code, { what, next }]) => [
    `\`${code}\``,
    what[language],
    next[language],
  ]);

const findingRows = (language) =>
  Object.entries(auditFindingWords).map(([code, words]) => {
    const verdict = auditVerdict([{ code }]);
    return [`\`${code}\``, words[language], verdict === 'VERIFIED' ? '-' : verdict];
  });

for (const [page, language] of [
  ['docs/errors.md', 'en'],
  ['docs/errors.zh-CN.md', 'zh'],
]) {
  await replaceTable(page, '## chaincode', ruleRows(language));
  await replaceTable(page, '## gateway', gatewayRows(language));
  await replaceTable(page, '## audit', findingRows(language));
}
