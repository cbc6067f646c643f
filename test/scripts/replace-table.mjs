import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../../network/scripts/prepare.mjs';

/** Replaces the rows of the first table after a heading of a page; the table's header stays. */
export async function replaceTable(page, heading, rows) {
  const path = join(root, page);
  const text = readFileSync(path, 'utf8');
  const start = text.indexOf('\n|', text.indexOf(heading)) + 1;
  const [table] = /^(?:\|.*\n)*/.exec(text.slice(start));
  if (table === '') throw new Error(`${page} has no table after "${heading}"`);
  const lines = [...table.split('\n').slice(0, 2), ...rows.map((row) => `| ${row.join(' | ')} |`)];
  const whole = text.slice(0, start) + lines.join('\n') + '\n' + text.slice(start + table.length);
  writeFileSync(path, await format(whole, { ...(await resolveConfig(path)), filepath: path }));
}
