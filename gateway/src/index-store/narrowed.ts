import { keyKinds, type RecordKind, type RecordOf } from '@yici/domain/model';
import { GatewayError } from '../errors.js';
import { keyOf } from '../store/state-store.js';
import { everyView, keyOnly, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';

/**
 * A list that can be filtered by fields of its items. An item has one key per view, and one more per facet with its
 * value there; all keys of an item have the same suffix: the sort order and the record's key. Only the key is stored: a
 * page is a range of keys and a point read for each row.
 */
export interface NarrowedList<Field extends string> {
  readonly name: string;
  /** Key prefix for a view, like {@link Facet.head}. */
  readonly head: (view: string) => string;
  readonly facets: readonly Facet<Field>[];
  /** Fields that name a department whose view contains the item, so that its lists can be used for viewers of all. */
  readonly departments: readonly Field[];
}

/** A field, or two fields whose own lists may have too little in common to look for it. */
interface Facet<Field extends string> {
  readonly name: string;
  readonly head: (view: string) => string;
  readonly fields: readonly Field[];
  /** Whether one of the fields names a department: see {@link NarrowedList.departments}. */
  readonly ofDepartment: boolean;
}

export function narrowedList<Field extends string>(
  name: string,
  facets: readonly (readonly Field[])[],
  departments: readonly Field[] = [],
): NarrowedList<Field> {
  return {
    name,
    head: headsOf(name),
    departments,
    facets: facets.map((fields) => {
      const ofDepartment = fields.some((field) => departments.includes(field));
      const own = `${name}.${fields.join('+')}`;
      return { name: own, head: headsOf(own), fields, ofDepartment };
    }),
  };
}

/** Key prefixes of an index by view, cached: there are only as many as departments. */
function headsOf(name: string): (view: string) => string {
  const heads = new Map<string, string>();
  return (view) => {
    const known = heads.get(view);
    if (known !== undefined) return known;
    const head = indexKeys.entries(name, view).gte;
    if (heads.size >= mostViews) heads.clear();
    heads.set(view, head);
    return head;
  };
}
const mostViews = 1_000;

export type Values<Field extends string> = Readonly<Partial<Record<Field, string | undefined>>>;

/** One thing, as its list has it. */
interface Listed<Field extends string> {
  readonly views: readonly string[];
  /** The sort order: an instant or a day. */
  readonly order: string;
  readonly id: readonly string[];
  readonly fields: Values<Field>;
}

export interface RecordList<
  K extends RecordKind,
  Field extends string,
> extends NarrowedList<Field> {
  readonly kind: K;
  readonly entries: (record: RecordOf<K>) => IndexEntry[];
}

interface RecordListOptions<K extends RecordKind, Field extends string> {
  readonly name: string;
  readonly facets: readonly (readonly Field[])[];
  readonly departments?: readonly NoInfer<Field>[];
  /** Where a record is in the list, and its values of the facets. */
  readonly place: (record: RecordOf<K>) => Omit<Listed<NoInfer<Field>>, 'id'>;
}

export function recordList<K extends RecordKind, const Field extends string>(
  kind: K,
  { name, facets, departments, place }: RecordListOptions<K, Field>,
): RecordList<K, Field> {
  const list = narrowedList(name, facets, departments);
  const { attributes } = keyKinds[kind];
  return {
    ...{ ...list, kind },
    entries: (record) => listedEntries(list, { ...place(record), id: attributes(record) }),
  };
}

export function listedEntries<Field extends string>(
  list: NarrowedList<Field>,
  { views, order, id, fields }: Listed<Field>,
): IndexEntry[] {
  // The part after the view is the same for all of them.
  const end = keyOf(order, ...id);
  const entries: IndexEntry[] = [];
  const all = [...new Set(views)];
  for (const view of [everyView, ...all]) {
    entries.push(keyOnly(list.head(view) + end));
  }
  for (const facet of list.facets) {
    const values = valuesOf(facet, fields);
    if (values === undefined) continue;
    const ending = keyOf(...values, end);
    if (!facet.ofDepartment) entries.push(keyOnly(facet.head(everyView) + ending));
    for (const view of all) entries.push(keyOnly(facet.head(view) + ending));
  }
  return entries;
}

/** The key prefixes for these filters: the result is the intersection of their ranges. */
export function rangesOf<Field extends string>(
  list: NarrowedList<Field>,
  view: string,
  wanted: Values<Field>,
): string[] {
  const department = list.departments.map((one) => wanted[one]).find((one) => one !== undefined);
  const narrowest = view === everyView ? (department ?? view) : view;
  assertOffered(list, wanted);
  const given = list.facets.flatMap((facet) => {
    const values = valuesOf(facet, wanted);
    return values === undefined ? [] : [{ ...facet, values }];
  });
  const inPairs = new Set(given.flatMap(({ fields }) => (fields.length > 1 ? fields : [])));
  const chosen = given.filter(
    ({ fields }) => fields.length > 1 || !fields.every((field) => inPairs.has(field)),
  );
  if (chosen.length === 0) return [indexKeys.entries(list.name, narrowest).gte];
  return chosen.map(({ name, values }) => indexKeys.entries(name, narrowest, ...values).gte);
}

/** A filter that the API offers and the list lacks is a mistake of ours: it must not be passed over. */
function assertOffered<Field extends string>(
  { name, facets }: NarrowedList<Field>,
  wanted: Values<Field>,
): void {
  const known: readonly string[] = facets.flatMap(({ fields }) => fields);
  for (const [field, value] of Object.entries(wanted)) {
    if (value === undefined || known.includes(field)) continue;
    throw new GatewayError('INTERNAL', `The list ${name} cannot be narrowed by ${field}.`);
  }
}

/** A facet's values in what has these fields; undefined when it lacks one. */
function valuesOf<Field extends string>(
  { fields }: Facet<Field>,
  of: Values<Field>,
): string[] | undefined {
  const values = fields.map((field) => of[field]);
  return values.every((value) => value !== undefined) ? values : undefined;
}
