import { everyView, keyOnly, type IndexEntry } from './index-entry.js';
import { indexKeys } from './keys.js';

/**
 * A list that can be narrowed by fields of what it lists. A thing stands in it once for each view that has it, and again
 * for each facet under the value it has there; all these keys end alike, in what orders the list and then in the record's
 * own key. Nothing but the key is stored: a page is a range of keys, and a point read of the row behind each.
 */
export interface NarrowedList<Field extends string> {
  readonly name: string;
  /** A field, or two fields whose own lists may have too little in common to look for it. */
  readonly facets: readonly (Field | `${Field}+${Field}`)[];
  /** Fields that name a department which has the thing in its view, so that its lists serve those who see all. */
  readonly departments: readonly Field[];
}

type Values<Field extends string> = Readonly<Partial<Record<Field, string | undefined>>>;

/** One thing, as its list has it. */
export interface Listed<Field extends string> {
  readonly views: readonly string[];
  /** What the list is ordered by: an instant or a day. */
  readonly order: string;
  /** The attributes of the record's key. */
  readonly id: readonly string[];
  readonly fields: Values<Field>;
}

/** Every entry of a thing in a list. */
export function listedEntries<Field extends string>(
  list: NarrowedList<Field>,
  { views, order, id, fields }: Listed<Field>,
): IndexEntry[] {
  const narrowed = list.facets.flatMap((facet) => {
    const values = valuesOf(facet, fields);
    return values === undefined ? [] : [{ name: `${list.name}.${facet}`, values, facet }];
  });
  return [...new Set([everyView, ...views])].flatMap((view) => [
    keyOnly(indexKeys.entry(list.name, view, order, ...id)),
    ...narrowed
      .filter(({ facet }) => view !== everyView || !namesDepartment(list, facet))
      .map(({ name, values }) => keyOnly(indexKeys.entry(name, view, ...values, order, ...id))),
  ]);
}

/** Where the keys begin that have all this in common: what stands in each of these ranges is what is asked for. */
export function rangesOf<Field extends string>(
  list: NarrowedList<Field>,
  view: string,
  wanted: Values<Field>,
): string[] {
  const department = list.departments.map((one) => wanted[one]).find((one) => one !== undefined);
  const narrowest = view === everyView ? (department ?? view) : view;
  const given = list.facets.filter((facet) => valuesOf(facet, wanted) !== undefined);
  const inPairs = new Set(given.filter(isPair).flatMap(fieldsOf));
  const chosen = given.filter((facet) => isPair(facet) || !inPairs.has(facet));
  if (chosen.length === 0) return [indexKeys.entries(list.name, narrowest).gte];
  return chosen.map((facet) => {
    return indexKeys.entries(`${list.name}.${facet}`, narrowest, ...(valuesOf(facet, wanted) ?? []))
      .gte;
  });
}

const isPair = (facet: string): boolean => facet.includes('+');
const fieldsOf = (facet: string): string[] => facet.split('+');

function namesDepartment(list: NarrowedList<string>, facet: string): boolean {
  return fieldsOf(facet).some((field) => list.departments.includes(field));
}

/** A facet's values in what has these fields; undefined when it lacks one. */
function valuesOf(
  facet: string,
  fields: Readonly<Record<string, string | undefined>>,
): string[] | undefined {
  const values = fieldsOf(facet).flatMap((field) => fields[field] ?? []);
  return values.length === fieldsOf(facet).length ? values : undefined;
}
