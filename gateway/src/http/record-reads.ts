import {
  padded,
  queries,
  type QueryName,
  type RecordKind,
  type RecordOf,
} from '@yici/domain/model';
import { viewOf, type Viewer } from '../access/access.js';
import { listNarrowed } from '../index-store/lists.js';
import type { RecordList, Values } from '../index-store/narrowed.js';
import type { Page, PageRequest } from '../store/page.js';
import type { AppDependencies } from './context.js';
import { pointRead } from './point-read.js';

/** Handlers of reads that show records of the ledger as they are. */

/** What the path names, in the order in which it does. */
type Params = Readonly<Record<string, string | number>>;
const keyOf = (params: Params): string[] => Object.values(params).map(String);

/** The first attribute of a key, where it is asked for. */
export const given = (attribute: string | undefined): string[] =>
  attribute === undefined ? [] : [attribute];

interface RecordContext {
  readonly deps: AppDependencies;
  readonly read: { readonly ledger: QueryName };
  readonly params: Params;
  readonly query: { readonly source: 'index' | 'ledger' };
}

/** Answers with the record of a kind that the path names, under the key that the contract has it under. */
export const recordOf =
  (kind: RecordKind) =>
  ({ deps, read: { ledger: query }, params, query: { source } }: RecordContext) =>
    pointRead(deps, source, {
      ...{ kind, attributes: keyOf(params) },
      ask: () => deps.ledger.query(query, queries[query].input.parse(params)),
    });

/** Answers with a version of a record: the one that the path names, else the published or the newest one. */
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

interface ListContext {
  readonly deps: AppDependencies;
  readonly viewer: Viewer;
  readonly params: Params;
  readonly query: PageRequest;
}

/** Answers with all records of a kind, or with those that are parts of what the path names, in the order of their keys. */
export const recordsOf =
  <K extends RecordKind>(kind: K, assertSees: (context: ListContext) => void = () => undefined) =>
  (context: ListContext): Promise<Page<RecordOf<K>>> => {
    assertSees(context);
    const { deps, params, query } = context;
    return deps.index.records(kind, keyOf(params), query);
  };

export const nothing: Page<never> = { items: [], next: null };

/** Answers with what a viewer sees of a list: the list has to have every filter that is offered. */
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
    // The compiler does not see that what is left of a page's request is the filter.
    const wanted = filter as unknown as Values<Field>;
    return listNarrowed(deps.index, list, view, wanted, { limit, cursor });
  };
