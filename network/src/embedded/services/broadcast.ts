import { common } from '@hyperledger/fabric-protos';
import {
  blockMetadataIndex,
  encodeBlock,
  parseBlock,
  WireWriter,
  withMetadata,
} from '@yici/ledger';
import type { ChannelLedger } from '../ports.js';
import { toError } from '../../to-error.js';
import type { DeliverOptions } from './deliver.js';
import { ordererStatus } from './order-refusal.js';

const nothing = new Uint8Array(0);

/** Orders one envelope and returns orderer.BroadcastResponse bytes (orderer/common/broadcast/broadcast.go). */
export async function broadcast(envelope: Uint8Array, ledger: ChannelLedger): Promise<Uint8Array> {
  const response = new WireWriter();
  try {
    await ledger.order(envelope);
    response.varint(1, common.Status.SUCCESS);
  } catch (error) {
    response.varint(1, ordererStatus(error)[1]).string(2, toError(error).message);
  }
  return response.finish();
}

/** An orderer does not validate: its blocks have neither codes nor the peers' commit hash. */
export const ordererDelivery: DeliverOptions = {
  resource: () => 'orderer/Deliver',
  prepare: (bytes) => {
    const block = withMetadata(parseBlock(bytes), blockMetadataIndex.transactionsFilter, nothing);
    return encodeBlock(withMetadata(block, blockMetadataIndex.commitHash, nothing));
  },
};
