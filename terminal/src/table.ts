import type { Words } from '@yici/domain/model';
import type { Say, Text } from './say.js';
import { clip, displayWidth, padTo, printable } from './text.js';

/** A column's title, what it has of a row, and the width in columns beyond which that is cut with an ellipsis. */
export type Column<Row> = readonly [
  title: Text,
  value: (row: Row, say: Say) => Cell,
  limit?: { readonly max: number },
];

type Cell = Text | number | false | null | undefined;

/** A label with its value. */
export type Field = readonly [label: Text, value: Cell];

function textOf(value: Cell, say: Say): string {
  if (typeof value === 'number') return String(value);
  return value === undefined || value === null || value === false ? '' : say(value);
}

const none: Words = { zh: '（无）', en: '(none)' };

/** The lines of a table, aligned for any mix of Chinese and English; an empty table says so. */
export function renderTable<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  say: Say,
): string[] {
  if (rows.length === 0) return [say(none)];
  const cells = rows.map((row) => columns.map((column) => cell(column, row, say)));
  const titles = columns.map(([title]) => say(title));
  const widths = titles.map((title, index) =>
    Math.max(displayWidth(title), ...cells.map((line) => displayWidth(line[index] ?? ''))),
  );
  const rule = widths.map((width) => '─'.repeat(width));
  return [titles, rule, ...cells].map((line) => joinCells(line, widths));
}

function cell<Row>([, value, limit]: Column<Row>, row: Row, say: Say): string {
  const text = printable(textOf(value(row, say), say));
  if (text === '') return '-';
  return limit === undefined ? text : clip(text, limit.max);
}

function joinCells(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((text, index) => padTo(text, widths[index] ?? 0))
    .join('  ')
    .trimEnd();
}

/** Lines of label and aligned value; entries without a value are left out. */
export function renderFields(fields: readonly Field[], say: Say): string[] {
  const present = fields.flatMap(([label, value]) => {
    const text = textOf(value, say);
    return text === '' ? [] : [[say(label), text] as const];
  });
  const width = Math.max(0, ...present.map(([label]) => displayWidth(label)));
  return present.map(([label, text]) => `  ${padTo(label, width)}  ${printable(text)}`);
}
