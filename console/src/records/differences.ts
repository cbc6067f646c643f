/** One place in which two versions differ; what one of them has not got is undefined. */
export interface Difference {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** What tells the entries of a list apart, so that one that was moved is no other one. */
const names = ['code', 'id', 'stepId', 'number', 'law'] as const;

/** Where two versions differ, in the order of the later one: fields by their names, entries of lists by their codes. */
export function differencesBetween(
  before: unknown,
  after: unknown,
  path: readonly string[] = [],
): readonly Difference[] {
  if (!isHolder(before) || !isHolder(after) || isPair(before) || isPair(after))
    return same(before, after) ? [] : [{ path, before, after }];
  const [were, are] = [entriesOf(before), entriesOf(after)];
  return [...new Set([...are.keys(), ...were.keys()])].flatMap((name) =>
    differencesBetween(were.get(name), are.get(name), [...path, name]),
  );
}

const isHolder = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A name in two languages is one thing. */
const isPair = (value: object): boolean => Object.keys(value).sort().join() === 'en,zh';

function entriesOf(value: object): ReadonlyMap<string, unknown> {
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const entries = value.map((one: unknown, at) => [nameOf(one) ?? String(at), one] as const);
  return new Map(entries);
}

function nameOf(entry: unknown): string | undefined {
  if (typeof entry === 'string') return entry;
  if (!isHolder(entry)) return undefined;
  const fields = new Map<string, unknown>(Object.entries(entry));
  const found = names.map((name) => fields.get(name)).find((one) => typeof one === 'string');
  return typeof found === 'string' ? found : undefined;
}

/** Records come with their fields in the order of the ledger's canonical JSON. */
const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);
