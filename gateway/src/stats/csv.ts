/** What a cell can hold. */
type Cell = string | number | boolean | null;

/** Makes spreadsheets read UTF-8. */
const byteOrderMark = '\uFEFF';
/** Characters by which a spreadsheet recognises a formula (OWASP, CSV injection). */
const formula = /^[=+\-@\t\r]/;

/** A table as CSV (RFC 4180) for spreadsheets; a text that looks like a formula gets an apostrophe. */
export function csvOf(titles: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const lines = [titles, ...rows].map((row) => row.map(cellText).join(','));
  return `${byteOrderMark}${lines.join('\r\n')}\r\n`;
}

function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
