import type { CommandInput, DepartmentFunction, ShareValues } from '../model';
import { ContractError, ladderFunctions, privateDelivery } from '../model';
import type { Ladder, Member, RequestShareState, ShareAndGrant } from '../rules';
import { found, privateKey } from '../rules';
import type { RecordStore } from '../store';
import { loadHolders } from './load';
import { loadEntriesOfSource } from './load-topics';

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
 * The values of a share's deliveries that this department's own collection still holds.
 * @throws ContractError NOT_FOUND, NOT_A_PARTY, STORED_RECORD_INVALID
 */
export async function privateDeliveries(
  store: RecordStore,
  shareId: string,
  mspId: string,
): Promise<ShareValues['deliveries']> {
  const share = found(await store.get('share', shareId), { shareId });
  if (mspId !== share.providerMsp && mspId !== share.requesterMsp) {
    throw new ContractError('NOT_A_PARTY', { shareId, mspId });
  }
  const grant = await store.get('shareGrant', shareId);
  const deliveries: ShareValues['deliveries'] = [];
  for (const { no, at, privately } of grant?.deliveries ?? []) {
    const text = privately ? await store.getPrivately(mspId, privateKey(shareId, no)) : undefined;
    if (text !== undefined) deliveries.push({ no, at, values: readPrivate(text) });
  }
  return deliveries;
}

function readPrivate(text: string) {
  const parsed = privateDelivery.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data.values;
  throw new ContractError('STORED_RECORD_INVALID', { kind: 'shareValues' });
}
