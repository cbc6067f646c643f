import { clip, displayWidth, padTo, printable } from './text.js';

export interface Column<Row> {
  readonly title: string;
  readonly value: (row: Row) => string | number | null | undefined;
  /** Maximum width in columns; longer values are cut with an ellipsis. */
  readonly max?: number;
}

/** The lines of a table, aligned for any mix of Chinese and English; an empty table says so. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  if (rows.length === 0) return ['（无 none）'];
  const cells = rows.map((row) => columns.map((column) => cell(column, row)));
  const titles = columns.map((column) => column.title);
  const widths = titles.map((title, index) =>
    Math.max(displayWidth(title), ...cells.map((line) => displayWidth(line[index] ?? ''))),
  );
  const rule = widths.map((width) => '─'.repeat(width));
  return [titles, rule, ...cells].map((line) => joinCells(line, widths));
}

function cell<Row>(column: Column<Row>, row: Row): string {
  const text = printable(String(column.value(row) ?? '-'));
  return column.max === undefined ? text : clip(text, column.max);
}

function joinCells(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((text, index) => padTo(text, widths[index] ?? 0))
    .join('  ')
    .trimEnd();
}

/** Lines of label and aligned value; entries without a value are left out. */
export function renderFields(
  entries: readonly (readonly [label: string, value: string | number | null | undefined])[],
  indent = '  ',
): string[] {
  const present = entries.filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const width = Math.max(0, ...present.map(([label]) => displayWidth(label)));
  return present.map(
    ([label, value]) => `${indent}${padTo(label, width)}  ${printable(String(value))}`,
  );
}
