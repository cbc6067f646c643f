#!/usr/bin/env node
// Writes the table in docs/rules.md anew from test/support/rules (build first). A test holds the page against it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../../network/scripts/prepare.mjs';
import { cellsOf, ruleRows } from '../dist/support/rules/table.js';

const page = join(root, 'docs/rules.md');
const text = readFileSync(page, 'utf8');
const start = text.indexOf('\n| ') + 1;
const [table] = /^(?:\|.*\n)*/.exec(text.slice(start)) ?? [''];
const [header, line] = table.split('\n');
const rows = ruleRows.map((row) => `| ${cellsOf(row).join(' | ')} |`);
const whole =
  text.slice(0, start) + [header, line, ...rows, ''].join('\n') + text.slice(start + table.length);
writeFileSync(page, await format(whole, { ...(await resolveConfig(page)), filepath: page }));
