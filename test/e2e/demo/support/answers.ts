import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;
const jsonSchema = z.record(z.string(), z.unknown());

const answers = z.object({
  content: z.record(z.string(), z.object({ schema: jsonSchema.optional() })).optional(),
});
const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ responses: z.record(z.string(), answers) })),
  ),
  components: z.object({ schemas: jsonSchema }),
});

/** Asks a path; gives the JSON of an answer of 200, undefined for what is not this caller's to see. */
export type Ask = (path: string) => Promise<unknown>;

/** What one description says of reads, held against what is answered. */
export class Answers {
  /** Paths that were answered at least once. */
  readonly answered = new Set<string>();
  /** What does not match, in words. */
  readonly wrong: string[] = [];
  readonly #schemas: ReadonlyMap<string, z.ZodType>;
  /** Values of path parameters, seen in the lists: by the collection, then whole items. */
  readonly #items = new Map<string, Json[]>();

  constructor(description: unknown) {
    const { paths, components } = documentSchema.parse(description);
    this.#schemas = new Map(
      Object.entries(paths).flatMap(([path, { get }]) => {
        const schema = get?.responses['200']?.content?.['application/json']?.schema;
        return schema === undefined ? [] : [[path, compiled(schema, components.schemas)] as const];
      }),
    );
  }

  get paths(): string[] {
    return [...this.#schemas.keys()];
  }

  /** Every list to its end, then every single thing that the lists named. */
  async check(ask: Ask): Promise<void> {
    const lists = this.paths.filter((path) => !path.includes('{'));
    for (const path of lists) await this.#list(path, path, ask);
    for (const path of this.paths.filter((one) => one.includes('{'))) {
      for (const filled of this.#filled(path)) await this.#list(path, filled, ask);
    }
  }

  async #list(path: string, first: string, ask: Ask): Promise<void> {
    let next: string | null = first;
    while (next !== null) {
      const body = await ask(next);
      if (body === undefined) return;
      this.answered.add(path);
      this.#judge(path, next, body);
      const page: Page = pageSchema.safeParse(body).data ?? { items: [], next: null };
      this.#items.set(path, [...(this.#items.get(path) ?? []), ...page.items]);
      next = page.next === null ? null : `${first}?cursor=${encodeURIComponent(page.next)}`;
    }
  }

  #judge(path: string, asked: string, body: unknown): void {
    const judged = this.#schemas.get(path)?.safeParse(body);
    if (judged?.success !== false) return;
    const places = judged.error.issues
      .slice(0, 3)
      .map(({ path: at, message }) => `/${at.join('/')}: ${message}`);
    this.wrong.push(`GET ${asked}: ${places.join('; ')}`);
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

const pageSchema = z.object({
  items: z.array(jsonSchema),
  next: z.string().nullable().default(null),
});
type Page = z.output<typeof pageSchema>;

/** OpenAPI's references are not where JSON Schema has them. */
function compiled(schema: Json, components: Json): z.ZodType {
  const text = JSON.stringify({ ...schema, $defs: components });
  return z.fromJSONSchema(
    z
      .record(z.string(), z.json())
      .parse(JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'))),
  );
}
