import {
  keyKinds,
  padded,
  queries,
  type QueryName,
  type RecordKind,
  type RecordOf,
} from '@yici/domain/model';
import type { z } from 'zod';
import { viewOf, type Viewer } from '../../access/access.js';
import { ContractError, recordNotFound } from '../../errors.js';
import { listNarrowed } from '../../index-store/lists.js';
import type { RecordList, Values } from '../../index-store/narrowed.js';
import type { IndexReader } from '../../index-store/reader.js';
import type { Page, PageRequest } from '../../store/page.js';
import type { AppDependencies } from '../context.js';
import { JsonText } from './read-route.js';

/** Handlers of reads whose answers are records of the ledger. */

/** Path parameters, in the order of the path. */
type Params = Readonly<Record<string, string | number>>;
const keyOf = (params: Params): string[] => Object.values(params).map(String);

/** The first attribute of a key, if the query gives it. */
export const given = (attribute: string | undefined): string[] =>
  attribute === undefined ? [] : [attribute];

interface RecordContext {
  readonly deps: AppDependencies;
  readonly read: { readonly ledger: QueryName };
  readonly params: Params;
  readonly query: { readonly source: 'index' | 'ledger' };
}

/** A record by its key in the index, and the query for it at the peer. */
interface PointRead {
  readonly kind: RecordKind;
  readonly attributes: readonly string[];
  readonly ask: () => Promise<string>;
}

/**
 * One record's JSON from the source that the caller chose.
 * @throws GatewayError RECORD_NOT_FOUND
 */
export async function pointRead(
  { index }: AppDependencies,
  source: 'index' | 'ledger',
  { kind, attributes, ask }: PointRead,
): Promise<JsonText> {
  const text = source === 'index' ? index.recordText(kind, ...attributes) : await found(ask);
  if (text === undefined) throw recordNotFound(kind, attributes);
  return new JsonText(text);
}

async function found(ask: () => Promise<string>): Promise<string | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ContractError && error.code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

/** Answers with one record; the path parameters are its key, or it follows from them. */
export const recordOf =
  (kind: RecordKind, keyFrom: typeof keyOf = keyOf) =>
  ({ deps, read: { ledger: query }, params, query: { source } }: RecordContext) =>
    pointRead(deps, source, {
      ...{ kind, attributes: keyFrom(params) },
      ask: () => deps.ledger.query(query, queries[query].input.parse(params)),
    });

/** As {@link recordOf}, if the viewer may see the record that is shown, whether from the index or from the ledger. */
export const seenRecordOf =
  <K extends RecordKind>(
    kind: K,
    sees: (viewer: Viewer, record: RecordOf<K>, index: IndexReader) => boolean,
    keyFrom: typeof keyOf = keyOf,
  ) =>
  async (context: RecordContext & { readonly viewer: Viewer }): Promise<JsonText> => {
    const { deps, viewer, params } = context;
    const found = await recordOf(kind, keyFrom)(context);
    const schema: z.ZodType<RecordOf<K>> = keyKinds[kind].schema;
    if (sees(viewer, schema.parse(JSON.parse(found.text)), deps.index)) return found;
    throw recordNotFound(kind, keyOf(params));
  };

/** Answers with a version of a record: the one in the path, else the published one, else the newest. */
export const versionOf =
  (kind: 'matter' | 'oneThing', headKind: 'matterHead' | 'oneThingHead') =>
  ({ deps, read: { ledger: query }, params, query: { source } }: RecordContext) => {
    const [code = '', given] = keyOf(params);
    const head = given === undefined ? deps.index.record(headKind, code) : undefined;
    const version = Number(given ?? head?.published ?? head?.latest ?? 0);
    const input = version === 0 ? params : { ...params, version };
    return pointRead(deps, source, {
      ...{ kind, attributes: [code, padded(version)] },
      ask: () => deps.ledger.query(query, queries[query].input.parse(input)),
    });
  };

export interface ListContext {
  readonly deps: AppDependencies;
  readonly viewer: Viewer;
  readonly params: Params;
  readonly query: PageRequest;
}

/** Answers with the records of a kind in key order; path parameters, if any, are the start of their keys. */
export const recordsOf =
  <K extends RecordKind>(kind: K, assertSees: (context: ListContext) => void = () => undefined) =>
  (context: ListContext): Promise<Page<RecordOf<K>>> => {
    assertSees(context);
    const { deps, params, query } = context;
    return deps.index.records(kind, keyOf(params), query);
  };

/**
 * A page of what is found for each record of a kind (a head, a link), from the start of its key; records for which
 * nothing is found are left out.
 */
export async function joined<K extends RecordKind, T>(
  { index }: AppDependencies,
  kind: K,
  key: readonly string[],
  request: PageRequest,
  find: (record: RecordOf<K>) => T | undefined,
): Promise<Page<T>> {
  const found = (one: RecordOf<K>) => find(one) !== undefined;
  const { items, next } = await index.records(kind, key, request, found);
  return { items: items.map(find).filter((one) => one !== undefined), next };
}

export const nothing: Page<never> = { items: [], next: null };

/** Answers with the part of a list that the viewer may see; the list must have every filter of the query. */
export const seenOf =
  <K extends RecordKind, Field extends string>(
    list: RecordList<K, Field>,
    viewFor: (viewer: Viewer) => string | undefined = viewOf,
  ) =>
  ({
    deps,
    viewer,
    query: { limit, cursor, ...filter },
  }: Omit<ListContext, 'query' | 'params'> & { readonly query: PageRequest & Values<Field> }):
    Promise<Page<RecordOf<K>>> | Page<never> => {
    const view = viewFor(viewer);
    if (view === undefined) return nothing;
    // The compiler cannot derive that the rest of the query is the filter.
    const wanted = filter as unknown as Values<Field>;
    return listNarrowed(deps.index, list, view, wanted, { limit, cursor });
  };
