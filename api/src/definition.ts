import { queries, type Audience, type Queries, type QueryName } from '@yici/domain/model';
import { z } from 'zod';
import { pageOf, pageQuery, sourceQuery, type PageSchema } from './shapes.js';

export type Shape = Readonly<Record<string, z.ZodType>>;
const none = z.strictObject({});
type None = typeof none.shape;

/** A thing that a path or query can name, whose parties the gateway knows. */
export const subjects = { case: 'caseNo', share: 'shareId', oneThingCase: 'no' } as const;
export type Subject = keyof typeof subjects;

/**
 * What the journal of reads notes of a read by a supervisor. `about`: the thing that the request names and its parties; every
 * department where it names none. Else fields of each record that is shown: the first of `record` that it has is its id,
 * `departments` are those it concerns.
 */
export type Journal<Field extends string = string> =
  | 'nothing'
  | { readonly about: Subject }
  | { readonly record: readonly Field[]; readonly departments: readonly Field[] };

/** One read of the API. Everything that serves it, describes it or asks for it derives from this. */
export interface Read<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  A extends z.ZodType = z.ZodType,
> {
  /** OpenAPI style. */
  readonly path: string;
  readonly summary: { readonly zh: string; readonly en: string };
  readonly params: z.ZodObject<P, z.core.$strict>;
  /** What else it can be asked; anything else is refused. */
  readonly query: z.ZodObject<Q, z.core.$strict>;
  /** The answer as JSON; of a file, what it shows of records. */
  readonly answer: A;
  /** Whom it concerns (docs/adr/0017). */
  readonly concerns: Audience;
  readonly journal: Journal;
  /** The contract's query that answers it, where the caller may ask the ledger itself. */
  readonly ledger?: QueryName;
  /** Media types of an answer that is a file or a stream, and what it is; else JSON. */
  readonly produces?: { readonly types: readonly string[]; readonly what: string };
  /** Media types that the answer can have beside JSON. */
  readonly alsoProduces?: readonly string[];
}

/** A read that is answered page by page. */
export interface ListRead<
  P extends Shape = Shape,
  Q extends Shape = Shape,
  I extends z.ZodType = z.ZodType,
> extends Read<P, Q & typeof pageQuery, PageSchema<I>> {
  readonly item: I;
}

/** A read of one record that the ledger has as it is. */
export interface RecordRead<
  P extends Shape = Shape,
  A extends z.ZodType = z.ZodType,
  L extends QueryName = QueryName,
> extends Read<P, typeof sourceQuery, A> {
  readonly ledger: L;
}

/** What a page has, or the answer itself. */
type Shown<Answer> = Answer extends { readonly items: readonly (infer Item)[] } ? Item : Answer;

/** Who may see more than others do has what is seen noted; what all see alike needs no word. */
type Noted<C extends Audience, Answer> = C extends 'anybody' | 'members' | 'caller'
  ? { readonly journal?: Journal<keyof Shown<Answer> & string> }
  : { readonly journal: Journal<keyof Shown<Answer> & string> };

interface Asked<P, Q> {
  readonly path: string;
  readonly summary: Read['summary'];
  readonly params?: P;
  readonly query?: Q;
}

interface Answered<A, C> extends Pick<Read, 'produces' | 'alsoProduces'> {
  readonly answer: A;
  readonly concerns: C;
}

export function read<
  A extends z.ZodType,
  C extends Audience,
  P extends Shape = None,
  Q extends Shape = None,
>(given: Asked<P, Q> & Answered<A, C> & Noted<C, z.output<A>>): Read<P, Q, A> {
  const { journal = 'nothing' } = given;
  const { params, query, ...rest }: Asked<P, Q> & Answered<A, C> = given;
  return { ...rest, journal, params: strict<P>(params), query: strict<Q>(query) };
}

export function list<
  I extends z.ZodType,
  C extends Audience,
  P extends Shape = None,
  Q extends Shape = None,
>(
  given: Asked<P, Q> & Noted<C, z.output<I>> & { readonly item: I; readonly concerns: C },
): ListRead<P, Q, I> {
  const { params, query, journal = 'nothing', ...rest } = given;
  const asked = z.strictObject({ ...pageQuery, ...strict<Q>(query).shape });
  return { ...rest, journal, params: strict<P>(params), query: asked, answer: pageOf(given.item) };
}

export function record<A extends z.ZodType, L extends QueryName, P extends Shape>(
  given: Omit<Asked<P, never>, 'query'> &
    Noted<Queries[L]['audience'], z.output<A>> & { readonly answer: A; readonly ledger: L },
): RecordRead<P, A, L> {
  const { params, journal = 'nothing', ...rest } = given;
  const asked = { params: strict<P>(params), query: z.strictObject(sourceQuery) };
  return { ...rest, ...asked, journal, concerns: queries[given.ledger].audience };
}

/** Absent fields are none: the type of what is left out says so too. */
const strict = <S extends Shape>(shape: S | undefined) =>
  z.strictObject(shape ?? (none.shape as S));
