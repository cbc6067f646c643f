import { ClientError } from '../../errors.js';

const cellPattern = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r?\n|$)/y;

/** The rows of a CSV text (RFC 4180), without empty ones. @throws ClientError USAGE for quotes that do not match */
export function csvRows(text: string): string[][] {
  const rows: string[][] = [[]];
  cellPattern.lastIndex = 0;
  for (let end = '\n'; end !== '';) {
    const found = cellPattern.exec(text);
    if (found === null) {
      const message = {
        zh: `CSV 第 ${rows.length} 行引号有误。`,
        en: `Wrong quotes in row ${rows.length} of the CSV.`,
      };
      throw new ClientError('USAGE', message);
    }
    const [, cell = ''] = found;
    [, , end = ''] = found;
    rows.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell.trim());
    if (end.endsWith('\n')) rows.push([]);
  }
  return rows.filter((row) => row.some((cell) => cell !== ''));
}
