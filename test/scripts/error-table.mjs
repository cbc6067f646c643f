#!/usr/bin/env node
// Writes the contracts' tables of docs/errors.md and docs/errors.zh-CN.md from the code (build first). A test checks both.
import { createRequire } from 'node:module';
import { chineseCitation } from '../dist/support/rules/chinese-citation.js';
import { replaceTable } from './replace-table.mjs';

const { contractErrors } = createRequire(import.meta.url)('@yici/domain/model');
const errors = Object.entries(contractErrors);
const heading = '## chaincode';

await replaceTable(
  'docs/errors.md',
  heading,
  errors.map(([code, { en, article = '' }]) => [`\`${code}\``, en, article]),
);
await replaceTable(
  'docs/errors.zh-CN.md',
  heading,
  errors.map(([code, { zh, article }]) => [
    `\`${code}\``,
    zh,
    article === undefined ? '' : chineseCitation(article),
  ]),
);
