import { lenient, reads, type Read } from '@yici/api';
import { z } from 'zod';

/** What was answered to a request of one user's. */
export interface Answered {
  readonly status: number;
  /** Its media type. */
  readonly type: string;
  /** Of JSON; undefined for everything else. */
  readonly json: unknown;
}
export type Ask = (address: string) => Promise<Answered>;

type Json = Readonly<Record<string, unknown>>;
const jsonSchema = z.record(z.string(), z.unknown());
const pageSchema = z.object({
  items: z.array(jsonSchema),
  next: z.string().nullable().default(null),
});

/** Every read of the API asked for as its definition says, and what is answered held against it, strictly. */
export class EveryRead {
  /** Those that were answered at least once, by their names. */
  readonly answered = new Set<string>();
  /** Those that had at least one record to show. */
  readonly shown = new Set<string>();
  /** What does not match, in words. */
  readonly wrong: string[] = [];
  /** What the lists showed, by their paths: values of other paths' places. */
  readonly #items = new Map<string, Json[]>();

  /** Every list to its end, then every single thing that the lists named; what is narrowed, too. */
  async check(ask: Ask): Promise<void> {
    const all = Object.entries<Read>(reads);
    const named = all.filter(([, { path }]) => path.includes('{'));
    for (const [name, read] of all.filter((one) => !named.includes(one))) {
      await this.#check(name, read, read.path, ask);
    }
    for (const [name, read] of named) {
      for (const address of this.#filled(read.path)) await this.#check(name, read, address, ask);
    }
  }

  async #check(name: string, read: Read, address: string, ask: Ask): Promise<void> {
    if (read.produces?.types.includes('text/event-stream') === true) return;
    const items = await this.#all(name, read, address, ask);
    if (items === undefined) return;
    this.#items.set(read.path, [...(this.#items.get(read.path) ?? []), ...items]);
    if (items.length === 0) return;
    this.shown.add(name);
    if (!('item' in read) || this.#narrowed.has(name)) return;
    this.#narrowed.add(name);
    await this.#narrow(name, read, { address, all: items.length, ask });
  }
  /** Lists whose filters were tried. */
  readonly #narrowed = new Set<string>();

  /** No filter leaves a list as it is. */
  async #narrow(
    name: string,
    read: Read,
    { address, all, ask }: { readonly address: string; readonly all: number; readonly ask: Ask },
  ): Promise<void> {
    for (const [field, schema] of Object.entries(read.query.shape)) {
      const values = valuesOf(name, field, schema);
      const counts: number[] = [];
      for (const value of values) {
        const narrowed = `${address}?${field}=${encodeURIComponent(value)}`;
        counts.push((await this.#all(name, read, narrowed, ask))?.length ?? all);
      }
      if (values.length === 0 || counts.some((count) => count < all)) continue;
      this.wrong.push(`${name} is not narrowed by ${field}: ${counts.join()} of ${all}`);
    }
  }

  /** All that one address shows; undefined when it is not this caller's to see. */
  async #all(name: string, read: Read, address: string, ask: Ask): Promise<Json[] | undefined> {
    const all: Json[] = [];
    let next: string | null = '';
    while (next !== null) {
      const cursor = next === '' ? '' : `cursor=${encodeURIComponent(next)}`;
      const asked =
        cursor === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${cursor}`;
      const { status, type, json } = await ask(asked);
      if (status === 403 || status === 404) return undefined;
      if (status !== 200) this.wrong.push(`GET ${asked}: ${status} ${JSON.stringify(json)}`);
      if (status !== 200) return undefined;
      this.answered.add(name);
      this.#judge(read, asked, { type, json });
      const page: z.output<typeof pageSchema> = pageSchema.safeParse(json).data ?? {
        items: [jsonSchema.catch({}).parse(json)],
        next: null,
      };
      all.push(...page.items);
      next = page.next;
    }
    return all;
  }

  #judge(
    { answer, produces }: Read,
    asked: string,
    { type, json }: Omit<Answered, 'status'>,
  ): void {
    if (produces !== undefined) {
      const any = produces.types.includes('application/octet-stream');
      if (!any && !produces.types.includes(type)) this.wrong.push(`GET ${asked} is ${type}`);
      return;
    }
    const { error } = answer.safeParse(json);
    if (error !== undefined) this.wrong.push(`GET ${asked}: ${placesIn(error)}`);
    // A newer gateway may say more anywhere: that is refused here, and kept by whoever reads as clients do.
    const newer = withMore(json);
    if (answer.safeParse(newer).success) this.wrong.push(`GET ${asked} may say anything`);
    const read = lenient(answer).safeParse(newer);
    if (!read.success) this.wrong.push(`GET ${asked}, newer: ${placesIn(read.error)}`);
    else if (JSON.stringify(sorted(read.data)) !== JSON.stringify(sorted(newer))) {
      this.wrong.push(`GET ${asked}, newer: something is lost`);
    }
  }

  /** The path for every item of the list that it is about: `/v1/cases/{caseNo}/events` for every case. */
  #filled(path: string): string[] {
    const first = path.slice(0, path.indexOf('/{'));
    const collection = otherLists[first] ?? first;
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const paths = (this.#items.get(collection) ?? []).flatMap((item) => {
      const values = names.map((name) => item[name] ?? item[otherNames[name] ?? '']);
      if (values.some((value) => value === undefined)) return [];
      return path.replace(/\{(\w+)\}/g, (_, name: string) =>
        encodeURIComponent(String(values[names.indexOf(name)])),
      );
    });
    return [...new Set(paths)].slice(0, most);
  }
}

/** So that a long history does not make this long. */
const most = 25;

/** What a path's parameter is called in the items of its list, where it is not its own name. */
const otherNames: Readonly<Record<string, string>> = { measure: 'id', id: 'txId' };
/** Where the things are listed that have no list of their own. */
const otherLists: Readonly<Record<string, string>> = {
  '/v1/transactions': '/v1/blocks/{number}',
};

/** Values of a filter that cannot all leave a list as it is: each word that it takes, or what nothing has. */
function valuesOf(name: string, field: string, schema: z.ZodType): readonly string[] {
  if (['limit', 'cursor', 'sort'].includes(field) || schema instanceof z.ZodDefault) return [];
  const known = nowhere[`${name} ${field}`] ?? nowhere[field];
  if (known !== undefined) return [known];
  const words = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).enum;
  if (words === undefined) return ['nobody'];
  return words.length > 1 ? words.map(String) : [];
}

/** Of the right shape, and never there. */
const nowhere: Readonly<Record<string, string>> = {
  caseNo: 'LEASE0001-20200101-9999',
  rulingId: 'LEASE0001-20200101-9999-R1',
  taskCode: 'NOBODY',
  code: 'NOBODY',
  dueFrom: '2199-12-31',
  dueTo: '2020-01-01',
  digest: '0'.repeat(64),
  'journal.list from': '99999999',
};

const placesIn = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 3)
    .map(({ path, message }) => `/${path.join('/')}: ${message}`)
    .join('; ');

/** The same with a field more in every object; what maps names to objects has no field more. */
function withMore(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withMore);
  if (typeof value !== 'object' || value === null) return value;
  const inner: [string, unknown][] = Object.entries(value).map(([name, one]) => [
    name,
    name === 'chains' ? one : withMore(one),
  ]);
  return { ...Object.fromEntries<unknown>(inner), ofANewerGateway: 'text' };
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, one]) => [name, sorted(one)]));
}
