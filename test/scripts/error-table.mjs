#!/usr/bin/env node
// Writes the contracts' table in docs/errors.md anew from the code (build first). A test holds the page against it.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../../network/scripts/prepare.mjs';

const { contractErrors } = createRequire(import.meta.url)('@yici/chaincode/model');
const page = join(root, 'docs/errors.md');
const heading = '## chaincode: what the contracts refuse';

const rows = Object.entries(contractErrors).map(
  ([code, { zh, en, article }]) => `| \`${code}\` | ${zh} ${en} | ${article ?? ''} |`,
);
const text = readFileSync(page, 'utf8');
const start = text.indexOf('|', text.indexOf(heading));
const [header] = /^.*\n.*\n/.exec(text.slice(start)) ?? [];
const length = /^(?:\|.*\n)*/.exec(text.slice(start))[0].length;
if (header === undefined) throw new Error(`${page} has no table there`);
const whole = text.slice(0, start) + header + rows.join('\n') + '\n' + text.slice(start + length);
writeFileSync(page, await format(whole, { ...(await resolveConfig(page)), filepath: page }));
