#!/usr/bin/env node
// Writes the contracts' tables of docs/errors.md and docs/errors.zh-CN.md from the code (build first). A test checks both.
import { createRequire } from 'node:module';
import { replaceTable } from './replace-table.mjs';

const { citationsOf, citationWords, contractErrors } = createRequire(import.meta.url)('@yici/domain/model');
const rows = (language) =>
  Object.entries(contractErrors).map(([code, { basis, ...sentence }]) => [
    `\`${code}\``,
    sentence[language],
    citationWords(citationsOf(basis))[language],
  ]);

await replaceTable('docs/errors.md', '## chaincode', rows('en'));
await replaceTable('docs/errors.zh-CN.md', '## chaincode', rows('zh'));
