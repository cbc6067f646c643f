/** What something is called, in both languages; English is what this project calls it, Chinese the term of the law. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A language that {@link Words} have. */
export type Language = keyof Words;

/** A closed list with the words of its members: the list is {@link namesOf} it. */
export type Vocabulary = Readonly<Record<string, Words>>;

/** The members of a closed list, in order, for `z.enum`. */
export function namesOf<T extends Readonly<Record<string, unknown>>>(
  table: T,
): [keyof T & string, ...(keyof T & string)[]] {
  return Object.keys(table) as [keyof T & string];
}

/** The code that a standard gives each member, for what an export writes. */
export function codesOf<K extends string>(
  table: Readonly<Record<K, { readonly code: string }>>,
): Readonly<Record<K, string>> {
  const codes = namesOf(table).map((name) => [name, table[name].code]);
  return Object.fromEntries(codes) as Readonly<Record<K, string>>;
}
