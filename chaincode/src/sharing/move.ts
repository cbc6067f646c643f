import { eventOf, found, type Rule } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import type { ShareAndGrant } from './chain';
import type { PrivateDelivery } from './inputs';
import { collectionsAt, privateKey, readersAt, requireMatching, writesOf } from './private';
import type { ShareGrantRecord } from './records';
import { implicitCollection } from './values-collections';

export interface MoveState extends ShareAndGrant {
  /** What the implicit collection of the caller's department still holds. */
  readonly held: readonly PrivateDelivery[];
}

/**
 * A department takes the values of a share out of its implicit collection, which every reader of the channel is shown, and
 * puts them into the collections of the readers. Each must be that of the digest on the ledger; the implicit collection is
 * purged of them in the same transaction. Its own peers endorse it, which alone have the values.
 * @throws ContractError NOT_FOUND, NOT_A_PARTY, NOTHING_TO_MOVE, DELIVERY_MISMATCH
 */
export const moveValues: Rule<'sharing.moveValues', MoveState, ShareGrantRecord> = (
  state,
  { shareId },
  member,
) => {
  const share = found(state.share, { shareId });
  const grant = found(state.grant, { shareId, part: 'grant' });
  const { mspId } = member;
  if (readersAt(share, grant, mspId) === undefined) {
    throw new ContractError('NOT_A_PARTY', { shareId, mspId });
  }
  if (state.held.length === 0) throw new ContractError('NOTHING_TO_MOVE', { shareId });
  const collections = collectionsAt(share, grant, mspId);
  const writes = state.held.flatMap(({ no, values }) => {
    requireMatching(grant.deliveries.find((one) => one.no === no)?.fields ?? [], values);
    const from = { collection: implicitCollection(mspId), key: privateKey(shareId, no) };
    return [...writesOf(collections, { shareId, no, values }), { ...from, value: undefined }];
  });
  return {
    main: grant,
    also: [],
    event: {
      ...eventOf('sharing.moveValues', member, nowFor(member).at),
      shareId,
      datasetId: share.datasetId,
      parties: share.parties,
    },
    privately: writes,
    onlyPrivately: true,
  };
};
