import { reads, type Read, type ReadName } from '@yici/api';
import { z } from 'zod';
import { shapeOf } from './shapes.js';

/** A list of the API that needs no record to be asked for. */
export interface Register {
  readonly name: ReadName;
  /** The part of its path after the version, e.g. `duty-overlaps` or `inbox/done`. */
  readonly collection: string;
  readonly read: Read;
  readonly item: z.ZodType;
  /** The fields that together name one of it, where one has a page of its own. */
  readonly key: readonly string[];
  /** Reads one by its key; without it, one is looked for in the list. */
  readonly get: ReadName | undefined;
  /** Which acts are open on one, or on the whole that it is a part of. */
  readonly acts: ReadName | undefined;
  /** Lists that belong to one, e.g. its versions. */
  readonly parts: readonly Part[];
  /** What else is answered about one, e.g. whether it is valid now. */
  readonly further: readonly ReadName[];
}

/** A list under a record. */
export interface Part {
  readonly name: ReadName;
  readonly read: Read;
  readonly item: z.ZodType;
}

const names = Object.keys(reads) as ReadName[];
const readOf = (name: ReadName): Read => reads[name];
/** What the path of a read names. */
export const paramsOf = (name: ReadName): readonly string[] =>
  Object.keys(readOf(name).params.shape);

/** What a page of a list has, where the read is one. */
function itemOf(read: Read): z.ZodType | undefined {
  const { items } = shapeOf(read.answer);
  return 'cursor' in read.query.shape && items instanceof z.ZodArray
    ? (items.element as z.ZodType)
    : undefined;
}

/** `/v1/duties/{department}/{code}` of `/v1/duties/{department}/{code}/versions`, and what follows it. */
const parted = /^\/v1\/([\w-]+)((?:\/\{\w+\})+)(?:\/([\w-]+))?$/;
const partsOf = (path: string) => {
  const [, collection, place = '', rest] = parted.exec(path) ?? [];
  return { collection, place, rest };
};

function registerOf(name: ReadName): Register | undefined {
  const read = readOf(name);
  const item = itemOf(read);
  const isAlone = Object.keys(read.params.shape).length === 0;
  // What anybody may ask is for those who have not entered, and often not switched on.
  if (item === undefined || !isAlone || read.concerns === 'anybody') return undefined;
  const collection = read.path.slice('/v1/'.length);
  const own = names.filter((one) => partsOf(readOf(one).path).collection === collection);
  const of = (rest: string | undefined) =>
    own.find((one) => partsOf(readOf(one).path).rest === rest && itemOf(readOf(one)) === undefined);
  const [get, acts] = [of(undefined), of('acts')];
  const named = get ?? acts;
  const key = named === undefined ? [] : paramsOf(named);
  const fields = Object.keys(shapeOf(item));
  return {
    ...{ name, collection, read, item, get },
    acts: acts ?? names.find((one) => one.endsWith('.acts') && paramsOf(one).join() === key[0]),
    key: key.every((field) => fields.includes(field)) ? key : [],
    parts: own.flatMap((one) => partOf(one, key)),
    further: own.filter((one) => one !== get && one !== acts && isFurther(readOf(one), key)),
  };
}

/** One answer in JSON about the record itself; what only a signature opens has its own place. */
function isFurther(read: Read, key: readonly string[]): boolean {
  const params = Object.keys(read.params.shape);
  const isWhole = itemOf(read) === undefined && read.produces === undefined;
  return isWhole && params.join() === key.join() && read.concerns !== 'readers';
}

function partOf(name: ReadName, key: readonly string[]): readonly Part[] {
  const read = readOf(name);
  const item = itemOf(read);
  const params = Object.keys(read.params.shape);
  return item === undefined || params.join() !== key.join() ? [] : [{ name, read, item }];
}

/** Every list that stands by itself, in the order of the API. */
export const registers: readonly Register[] = names.flatMap((name) => registerOf(name) ?? []);

export const registerNamed = (collection: string): Register | undefined =>
  registers.find((one) => one.collection === collection);

/** The list whose records have the pages that the rows of a list lead to. */
export const registerOfList = (list: Register | Part): Register | undefined =>
  'collection' in list
    ? list
    : registers.find(
        ({ item, key }) => item === list.item && key.length > paramsOf(list.name).length,
      );

/** Fields that name a record wherever they stand, such as `shareId`: those by which one register alone is read. */
const named = new Map(
  registers.flatMap(({ key: [field = '', ...others], collection }) =>
    others.length === 0 && /(Id|No|Code)$/.test(field) ? [[field, collection] as const] : [],
  ),
);

/** Pages of their own, for what has more than a generic one. */
const ownPages: Readonly<Record<string, string>> = {
  ...{ cases: '/cases', blocks: '/ledger', drafts: '/drafts', signoffs: '/signoffs' },
};

/** The address of a record's page. */
export function addressOfRecord(collection: string, key: readonly string[]): string {
  const folder = ownPages[collection] ?? `/records/${collection}`;
  return [folder, ...key.map(encodeURIComponent)].join('/');
}

/** Where the value of a field leads: to the record that it names. */
export function leadsTo(field: string, value: string): string | undefined {
  const collection = named.get(field);
  return collection === undefined || value === ''
    ? undefined
    : addressOfRecord(collection, [value]);
}

/** The key of a row, where it has one. */
export function keyOfRow(
  { key }: Register,
  row: Readonly<Record<string, unknown>>,
): readonly string[] | undefined {
  const values = key.map((field) => row[field]);
  const has = values.every((one) => typeof one === 'string' || typeof one === 'number');
  return has && values.length > 0 ? values.map(String) : undefined;
}
