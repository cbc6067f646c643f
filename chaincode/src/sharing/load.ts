import type { CommandInput } from '../kernel/commands';
import { found, type Caller, type Member } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import { ladderFunctions, type DepartmentFunction } from '../kernel/roles';
import type { Concern } from '../kernel/handler';
import type { RecordStore } from '../kernel/store';
import type { ShareAndGrant } from './chain';
import type { Ladder } from './dispute-ladder';
import { privateDelivery, type PrivateDelivery, type ShareValues } from './inputs';
import { collectionOfReader, isOfBefore, privateKey } from './private';
import type { ShareGrantRecord } from './records';
import type { RequestShareState } from './request';
import { implicitCollection } from './values-collections';
import { loadHolders } from '../department/load';
import { loadEntriesOfSource } from '../dataset/load';

/** A share and its grant, if there are any. */
export async function loadShare(
  store: RecordStore,
  { shareId }: { readonly shareId: string },
): Promise<ShareAndGrant> {
  return {
    share: await store.get('share', shareId),
    grant: await store.get('shareGrant', shareId),
  };
}

export async function loadRequest(
  store: RecordStore,
  { shareId, datasetId }: CommandInput<'sharing.request'>,
  member: Member,
): Promise<RequestShareState> {
  const dataset = await store.get('dataset', datasetId);
  return {
    existing: await store.get('share', shareId),
    dataset,
    requester: await store.get('department', member.department),
    provider:
      dataset === undefined ? undefined : await store.get('department', dataset.sourceDepartment),
    leadAuthority: await store.get('functionHolder', 'leadAuthority'),
    ofSource: await loadEntriesOfSource(store, dataset),
  };
}

interface OfDispute {
  readonly shareId: string;
  readonly disputeId: string;
}

export async function loadDispute(
  store: RecordStore,
  _loaded: ShareAndGrant,
  { shareId, disputeId }: OfDispute,
) {
  return { dispute: await store.get('dispute', shareId, disputeId) };
}

/** A dispute, with whom it can be taken to. */
export async function loadLadder(store: RecordStore, loaded: ShareAndGrant, ids: OfDispute) {
  const { dispute } = await loadDispute(store, loaded, ids);
  const department = async (id: string | undefined) =>
    id === undefined ? undefined : store.get('department', id);
  const ladder: Ladder = {
    provider: await department(dispute?.provider),
    requester: await department(dispute?.requester),
    coordinator: await department(dispute?.coordinator ?? dispute?.lead),
    leads: await holders(store, ladderFunctions.leads),
    governments: await holders(store, ladderFunctions.governments),
  };
  return { dispute, ladder };
}

async function holders(store: RecordStore, names: readonly DepartmentFunction[]) {
  return [...(await loadHolders(store, names, '')).values()];
}

/**
 * The values of a share's deliveries that the collection of the caller's department and role still holds.
 * @throws ContractError NOT_FOUND, NOT_A_PARTY, ROLE_REFUSED, STORED_RECORD_INVALID
 */
export async function privateDeliveries(
  store: RecordStore,
  shareId: string,
  caller: Caller,
): Promise<ShareValues['deliveries']> {
  const share = found(await store.get('share', shareId), { shareId });
  const grant = found(await store.get('shareGrant', shareId), { shareId, part: 'grant' });
  const held = await heldIn(store, grant, collectionOfReader(share, grant, caller));
  return held.map(({ at, no, values }) => ({ no, at, values }));
}

/** What the implicit collection of a department still holds of a share's values, where any may be left there. */
export async function loadHeldBefore(
  store: RecordStore,
  { grant }: ShareAndGrant,
  mspId: string,
): Promise<PrivateDelivery[]> {
  if (grant === undefined || !isOfBefore(grant)) return [];
  return heldIn(store, grant, implicitCollection(mspId));
}

async function heldIn(store: RecordStore, grant: ShareGrantRecord, collection: string) {
  const held: (PrivateDelivery & { readonly at: string })[] = [];
  for (const { no, at, privately } of grant.deliveries) {
    if (!privately) continue;
    const text = await store.getPrivately(collection, privateKey(grant.shareId, no));
    if (text !== undefined) held.push({ ...readPrivate(text), no, at });
  }
  return held;
}

function readPrivate(text: string): PrivateDelivery {
  const parsed = privateDelivery.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new ContractError('STORED_RECORD_INVALID', { kind: 'shareValues' });
}

/** The departments that a share concerns, and the lead authority. */
export async function ofShare(
  { shareId }: { readonly shareId: string },
  _answer: unknown,
  store: RecordStore,
): Promise<Concern> {
  const share = await store.get('share', shareId);
  return { ids: { shareId }, departments: share?.parties ?? [], leads: true };
}
