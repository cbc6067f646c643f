import type { z } from 'zod';
import { found, type Caller, type Member, type Outcome, type Rule } from './caller';
import type {
  CommandInput,
  CommandName,
  Queries,
  QueryInput,
  QueryName,
  QueryOutput,
} from './commands';
import type { RecordKind, RecordOf } from './records';
import type { PageRequest, RecordKey, RecordPage, RecordStore } from './store';

/** What a transaction has beside its command, its caller and the records. */
export interface Surroundings {
  readonly channel: string;
  /**
   * What was sent with a command in the transient map, which only endorsing peers see and no block contains. Undefined when
   * nothing was sent.
   * @throws ContractError VALIDATION_FAILED, which names paths and never a value
   */
  readonly confided: <T>(schema: z.ZodType<T>) => T | undefined;
}

/** How a command is handled: loads what its rule looks at, and applies the rule. */
export interface CommandHandler<N extends CommandName> {
  readonly run: (
    command: CommandInput<N>,
    member: Member,
    store: RecordStore,
    surroundings: Surroundings,
  ) => Promise<Outcome>;
  /**
   * Records that are read whatever the rule decides; they are fetched in one message together with the caller's department.
   */
  readonly reads?: (command: CommandInput<N>, caller: Caller) => readonly RecordKey[];
}

/** Loads what a rule looks at, and applies it. */
export function applied<N extends CommandName, State>(
  rule: Rule<N, State>,
  load: (store: RecordStore, command: CommandInput<N>, member: Member) => Promise<State>,
): CommandHandler<N> {
  return {
    run: async (command, member, store) =>
      rule(await load(store, command, member), command, member),
  };
}

/** How a command of a department that is not registered yet is handled. */
interface UnregisteredHandler<N extends CommandName> {
  readonly runUnregistered: (
    command: CommandInput<N>,
    caller: Caller,
    store: RecordStore,
  ) => Promise<Outcome>;
}

/** Whom an answer concerns, and the ids it was asked by. */
export interface Concern {
  readonly ids: Readonly<Record<string, string>>;
  readonly departments: readonly string[];
  /** The lead authority reads how data are shared and used (Order 809 art 29). */
  readonly leads?: true;
}

interface Answering<N extends QueryName> {
  readonly answer: (
    query: QueryInput<N>,
    store: RecordStore,
    caller: Caller,
  ) => Promise<QueryOutput<N>>;
}
interface Concerning<N extends QueryName> {
  readonly concern: (
    query: QueryInput<N>,
    answer: QueryOutput<N>,
    store: RecordStore,
  ) => Promise<Concern> | Concern;
}

/** How a query is answered and, where the answer is for the departments concerned, which they are. */
export type QueryHandler<N extends QueryName> = Answering<N> &
  (Queries[N] extends { readonly audience: 'concerned' } ? Concerning<N> : unknown);

type Of<Name extends string, Contract extends string> = Extract<Name, `${Contract}.${string}`>;

/** The handlers of all commands of these contracts. */
export type CommandHandlers<Contract extends string> = {
  readonly [N in Of<CommandName, Contract>]: CommandHandler<N> | UnregisteredHandler<N>;
};
/** The handlers of all queries of these contracts. */
export type QueryHandlers<Contract extends string> = {
  readonly [N in Of<QueryName, Contract>]: QueryHandler<N>;
};

type Ids<F extends string> = Readonly<Record<F, string>>;
type One<K extends RecordKind, F extends string> = (
  query: Ids<F>,
  store: RecordStore,
) => Promise<RecordOf<K>>;
type Pages<K extends RecordKind, F extends string> = (
  query: Partial<Ids<F>> & PageRequest,
  store: RecordStore,
) => Promise<RecordPage<RecordOf<K>>>;

/** Answers with one record, by the fields of the query that are its key. @throws ContractError NOT_FOUND */
export function one<K extends RecordKind, const F extends string>(
  kind: K,
  ...fields: readonly F[]
): One<K, NoInfer<F>> {
  return async (query, store) => {
    const ids = Object.fromEntries(fields.map((field) => [field, query[field]]));
    return found(await store.get(kind, ...fields.map((field) => query[field])), ids);
  };
}

/** Answers with a page of records, those whose key begins with these fields; all where the query leaves them out. */
export function pages<K extends RecordKind, const F extends string = never>(
  kind: K,
  ...fields: readonly F[]
): Pages<K, NoInfer<F>> {
  return (query, store) => {
    const page: PageRequest = query;
    const { pageSize, bookmark } = page;
    return store.list(
      kind,
      fields.flatMap((field) => query[field] ?? []),
      {
        ...(pageSize === undefined ? {} : { pageSize }),
        ...(bookmark === undefined ? {} : { bookmark }),
      },
    );
  };
}

/** The departments that a case concerns; none when there is no such case. */
export async function partiesOfCase(
  store: RecordStore,
  caseNo: string,
): Promise<readonly string[]> {
  return (await store.get('case', caseNo))?.parties ?? [];
}
