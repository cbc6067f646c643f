import type { DataSet, Item } from './data-sets.js';

const standard = 'GB/T 39046-2020';

/** Data sets as JSON: the standard's names are the keys, in the order of its tables. Ends with a line feed. */
export function toJson(sets: readonly DataSet[]): string {
  const body = Object.fromEntries(
    sets.map(({ name, items, lists }) => [
      name,
      {
        ...Object.fromEntries(items),
        ...Object.fromEntries(
          lists.map((list) => [list.name, list.rows.map((row) => Object.fromEntries(row))]),
        ),
      },
    ]),
  );
  return `${JSON.stringify({ 标准: standard, ...body }, null, 2)}\n`;
}

/**
 * Data sets as XML 1.0 in UTF-8. The standard's names are in attributes, because some, such as 发证/盖章单位, are no valid
 * XML names. Ends with a line feed.
 */
export function toXml(sets: readonly DataSet[]): string {
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<办件 标准="${standard}">`,
    ...sets.flatMap(setLines),
    '</办件>',
  ];
  return `${lines.join('\n')}\n`;
}

function setLines({ name, table, items, lists }: DataSet): string[] {
  const number = table === undefined ? '' : ` 表="${table.toString()}"`;
  return [
    `  <数据集 名称="${escaped(name)}"${number}>`,
    ...items.map((item) => `    ${itemLine(item)}`),
    ...lists.flatMap((list) => [
      `    <列表 名称="${escaped(list.name)}">`,
      ...list.rows.flatMap((row) => [
        '      <行>',
        ...row.map((item) => `        ${itemLine(item)}`),
        '      </行>',
      ]),
      '    </列表>',
    ]),
    '  </数据集>',
  ];
}

function itemLine([name, value]: Item): string {
  return `<数据项 名称="${escaped(name)}">${escaped(value)}</数据项>`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/**
 * Escapes the characters of XML 1.0 section 2.4, and line ends, which a parser would otherwise normalise (2.11, 3.3.3).
 * Characters not allowed in a document (section 2.2, Char) become U+FFFD.
 */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"\t\n\r]/g, (character) => entities[character] ?? character);
}
