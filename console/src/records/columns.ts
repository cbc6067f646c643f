import { isLine, shapeOf } from './shapes.js';

/** One column of a list: the fields that lead to it, and its schema. */
export interface Column {
  readonly path: readonly string[];
  readonly schema: unknown;
}

/** What nobody looks for in a list: what a record is made of, and not what it says. */
const inside = /^(v|kind|head|prev|hash|mspId|seq)$|digest|sm3|txId|salt|hash$/i;
const ofMatter = ['taskCode', 'matterVersion'];
const most = 8;

/**
 * The columns of a list: what names a row first, then its name, then what else of it is one line, as many as can be read. A record
 * with its contents in `content` has its name there. What none of `rows` has is no column.
 */
export function columnsOf(
  item: unknown,
  key: readonly string[],
  rows: readonly unknown[] = [],
): readonly Column[] {
  const shape = shapeOf(item);
  const ofContent = shapeOf(shape['content']);
  const named = [
    ...key.map((field) => [field]),
    ...['name', 'matterName', 'title'].flatMap((field) => (field in shape ? [[field]] : [])),
    ...['name', 'title'].flatMap((field) => (field in ofContent ? [['content', field]] : [])),
  ];
  // A matter that is named needs no code beside its name.
  const told = [...named.map(([first]) => first), ...('matterName' in shape ? ofMatter : [])];
  const others = Object.keys(shape).filter((field) => !inside.test(field) && !told.includes(field));
  const all = [...named, ...others.map((field) => [field])].map((path) => ({
    path,
    schema: path.reduce<unknown>((schema, field) => shapeOf(schema)[field], item),
  }));
  const isFilled = ({ path }: Column) =>
    rows.length === 0 || rows.some((row) => (valueAt(row, path) ?? '') !== '');
  return all.filter((column) => isLine(column.schema) && isFilled(column)).slice(0, most);
}

export const valueAt = (row: unknown, path: readonly string[]): unknown =>
  path.reduce<unknown>(
    (value, field) =>
      typeof value === 'object' && value !== null
        ? (Reflect.get(value, field) as unknown)
        : undefined,
    row,
  );
