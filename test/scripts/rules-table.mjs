#!/usr/bin/env node
// Writes the tables of docs/rules.md and docs/rules.zh-CN.md from test/support/rules (build first). A test checks both.
import { chineseCells, englishCells, ruleRows } from '../dist/support/rules/table.js';
import { replaceTable } from './replace-table.mjs';

await replaceTable('docs/rules.md', '# ', ruleRows.map(englishCells));
await replaceTable('docs/rules.zh-CN.md', '# ', ruleRows.map(chineseCells));
