/** One 数据项: its name in the standard, and its value as text. */
export type Item = readonly [name: string, value: string];
/** An item that may be absent: a field unknown to the ledger is left out, never invented. */
export type MaybeItem = readonly [name: string, value: string | undefined];

/** Rows of one kind inside a data set. */
interface Rows {
  readonly name: string;
  readonly rows: readonly (readonly Item[])[];
}

/** One 数据集 of the standard, or the extension after them. */
export interface DataSet {
  readonly name: string;
  /** Number of the table in GB/T 39046-2020; absent for the extension. */
  readonly table?: number;
  readonly items: readonly Item[];
  readonly lists: readonly Rows[];
}

/** The items that have a value, in the order of the standard's table. */
export function present(items: readonly MaybeItem[]): Item[] {
  return items.flatMap(([name, value]): Item[] => (value === undefined ? [] : [[name, value]]));
}

/** An instant in the standard's format `YYYYMMDDThhmmss`, in Asia/Shanghai (UTC+8 all year). */
export function momentText(timestamp: string | undefined): string | undefined {
  if (timestamp === undefined) return undefined;
  const shifted = new Date(Date.parse(timestamp) + 8 * 60 * 60 * 1000).toISOString();
  return shifted.slice(0, 19).replaceAll(/[-:]/g, '');
}

/** A day, `YYYYMMDD`. */
export function dayText(date: string | undefined): string | undefined {
  return date?.replaceAll('-', '');
}
