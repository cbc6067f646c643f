import type { z } from 'zod';
import { queries } from '../commands';
import { queryHandlers } from '../handlers';
import { canonicalJson } from '../kernel/canonical';
import type { Caller, Member } from '../kernel/caller';
import type { QueryInput, QueryName, QueryOutput } from '../kernel/commands';
import { ContractError } from '../kernel/errors';
import type { Concern } from '../kernel/handler';
import type { DepartmentFunction } from '../kernel/roles';
import type { RecordStore } from '../kernel/store';
import { answered, memberOf } from './command';
import type { Environment } from './environment';
import { parseInput } from './input';

/** A query's handler seen by name, so that a name picks the types of what it takes. */
type Handlers = {
  readonly [N in QueryName]: {
    readonly answer: (
      query: QueryInput<N>,
      store: RecordStore,
      caller: Caller,
    ) => Promise<QueryOutput<N>>;
    readonly concern?: (
      query: QueryInput<N>,
      answer: QueryOutput<N>,
      store: RecordStore,
    ) => Promise<Concern> | Concern;
  };
};
const handlers: Handlers = queryHandlers;
const inputs: Readonly<Record<QueryName, { readonly input: z.ZodType<QueryInput<QueryName>> }>> =
  queries;

/**
 * A read: parse, ask, answer in canonical JSON.
 * @throws ContractError VALIDATION_FAILED; ROLE_REFUSED for a certificate without a role; IDENTITY_UNUSABLE,
 * TIME_OUT_OF_RANGE, NOT_FOUND, DEPARTMENT_UNKNOWN
 */
export function runQuery(environment: Environment, name: QueryName, text: string): Promise<string> {
  return answered(async () => {
    const answer = await answerTo(environment, name, parseInput(inputs[name].input, text));
    return canonicalJson(answer);
  });
}

async function answerTo<N extends QueryName>(
  { caller, store }: Environment,
  name: N,
  input: QueryInput<N>,
): Promise<QueryOutput<N>> {
  const answer = await handlers[name].answer(input, store, caller);
  await requireConcerned(store, caller, name, input, answer);
  return answer;
}

/**
 * Refuses what does not concern the caller's department, in the words for what does not exist: that it is there says
 * something. A supervisor of the supervision office sees all; a gateway asks for its users, and shows each what is theirs.
 * @throws ContractError NOT_FOUND, DEPARTMENT_UNKNOWN
 */
async function requireConcerned<N extends QueryName>(
  store: RecordStore,
  caller: Caller,
  name: N,
  input: QueryInput<N>,
  answer: QueryOutput<N>,
): Promise<void> {
  const { concern } = handlers[name];
  if (concern === undefined || caller.role === 'gateway') return;
  const member = await memberOf(store, caller);
  if (caller.role === 'supervisor' && (await holds(member, 'supervision', store))) return;
  const { ids, departments, leads } = await concern(input, answer, store);
  if (departments.includes(member.department)) return;
  if (leads === true && (await holds(member, 'leadAuthority', store))) return;
  throw new ContractError('NOT_FOUND', ids);
}

async function holds(
  { department }: Member,
  name: DepartmentFunction,
  store: RecordStore,
): Promise<boolean> {
  return (await store.get('functionHolder', name))?.department === department;
}
