const cellPattern = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r?\n|$)/y;

/** The rows of a CSV text (RFC 4180), without empty ones; a byte order mark is passed over. */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  cellPattern.lastIndex = text.startsWith('\ufeff') ? 1 : 0;
  while (cellPattern.lastIndex < text.length || row.length > 0) {
    const [, cell = '', end = ''] = cellPattern.exec(text) ?? [];
    row.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell.trim());
    if (end === ',') continue;
    if (row.some((one) => one !== '')) rows.push(row);
    row = [];
    if (end === '') break;
  }
  return rows;
}
