import type { ConcernedQuery } from '../audiences';
import { queryAudiences } from '../audiences';
import type { QueryInput, QueryName, QueryOutput } from '../kernel/commands';
import { queries } from '../commands';
import type { YiciContext } from '../context';
import type { Caller, Member } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import type { DepartmentFunction } from '../kernel/roles';
import type { RecordStore } from '../kernel/store';

/** Whom an answer concerns, and the id it was asked by. */
interface Concern {
  readonly ids: Readonly<Record<string, string>>;
  readonly departments: readonly string[];
  /** The lead authority reads how data are shared and used (Order 809 art 29). */
  readonly leads?: true;
}

type Concerns = {
  readonly [N in ConcernedQuery]: (
    input: QueryInput<N>,
    answer: QueryOutput<N>,
    store: RecordStore,
  ) => Promise<Concern> | Concern;
};

const ofShare = async ({ shareId }: { readonly shareId: string }, store: RecordStore) => ({
  ids: { shareId },
  departments: (await store.get('share', shareId))?.parties ?? [],
  leads: true as const,
});

const partiesOf = async (caseNo: string, store: RecordStore): Promise<readonly string[]> =>
  (await store.get('case', caseNo))?.parties ?? [];

async function ofAttestation(
  { attestationId }: { readonly attestationId: string },
  store: RecordStore,
): Promise<Concern> {
  const record = await store.get('attestation', attestationId);
  const ids = { attestationId };
  if (record === undefined) return { ids, departments: [] };
  const { issuer, requester, caseNo } = record;
  return { ids, departments: [issuer, requester, ...(await partiesOf(caseNo, store))] };
}

const ofCase = async ({ caseNo }: { readonly caseNo: string }, store: RecordStore) => ({
  ids: { caseNo },
  departments: await partiesOf(caseNo, store),
});

const concerns: Concerns = {
  'case.get': ({ caseNo }, { parties }) => ({ ids: { caseNo }, departments: parties }),
  'case.events': (input, _answer, store) => ofCase(input, store),
  'oneThing.case': ({ no }, { parties }) => ({ ids: { no }, departments: parties }),
  'attestation.get': (input, _answer, store) => ofAttestation(input, store),
  'attestation.verify': (input, _answer, store) => ofAttestation(input, store),
  'attestation.uses': async (input, _answer, store) => ({
    ...(await ofAttestation(input, store)),
    leads: true,
  }),
  'attestation.list': (input, _answer, store) => ofCase(input, store),
  'dutyRuling.get': async ({ rulingId }, { office, caseNo }, store) => ({
    ids: { rulingId },
    departments: [office, ...(await partiesOf(caseNo, store))],
  }),
  'card.get': ({ cardId }, { parties }) => ({ ids: { cardId }, departments: parties }),
  'order.get': ({ orderId }, { department, issuedBy }) => ({
    ids: { orderId },
    departments: [department, issuedBy.department],
  }),
  'evaluation.get': ({ caseNo }, { parties }) => ({ ids: { caseNo }, departments: parties }),
  'sharing.get': (input, _answer, store) => ofShare(input, store),
  'sharing.grantOf': (input, _answer, store) => ofShare(input, store),
  'sharing.events': (input, _answer, store) => ofShare(input, store),
  'sharing.receipts': (input, _answer, store) => ofShare(input, store),
};

/** Who asks. @throws ContractError ROLE_REFUSED for a certificate without a role, IDENTITY_UNUSABLE, TIME_OUT_OF_RANGE */
export function asker(context: YiciContext, name: QueryName): Caller {
  const { caller } = context;
  const allowed = queries[name].roles;
  if (allowed.includes(caller.role)) return caller;
  throw new ContractError('ROLE_REFUSED', { query: name, role: caller.role, allowed });
}

/**
 * Refuses what does not concern the caller's department, in the words for what does not exist: that it is there says
 * something. A supervisor of the supervision office sees all; a gateway asks for its users, and shows each what is theirs.
 * @throws ContractError NOT_FOUND, DEPARTMENT_UNKNOWN
 */
export async function requireConcerned<N extends QueryName>(
  context: YiciContext,
  caller: Caller,
  name: N,
  input: QueryInput<N>,
  answer: QueryOutput<N>,
): Promise<void> {
  if (queryAudiences[name] !== 'concerned' || caller.role === 'gateway') return;
  const { store } = context;
  const member = await context.memberOf(caller);
  if (caller.role === 'supervisor' && (await holds(member, 'supervision', store))) return;
  const concernOf = Reflect.get(concerns, name) as (
    input: QueryInput<N>,
    answer: QueryOutput<N>,
    store: RecordStore,
  ) => Promise<Concern> | Concern;
  const { ids, departments, leads } = await concernOf(input, answer, store);
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
