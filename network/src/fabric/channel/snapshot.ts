import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { peer } from '@hyperledger/fabric-protos';
import { signerOf } from '@yici/keys';
import { buildEnvelope, encodeIdentity, encodeSignatureHeader, WireWriter } from '@yici/ledger';
import { z } from 'zod';
import { RpcError } from '../../embedded/services/rpc-error.js';
import { NetworkError } from '../../errors.js';
import { until } from '../../retry.js';
import { callSystemChaincode, type PeerAccess } from '../grpc/system-call.js';
import { channelHeight } from './blocks.js';

/** What a peer writes last into a snapshot (core/ledger/kvledger/snapshot.go); equal at all peers for a height. */
const metadataFile = '_snapshot_signable_metadata.json';
const metadataSchema = z.object({
  channel_name: z.string(),
  last_block_number: z.int().min(0),
  last_block_hash: z.string(),
});

/** A snapshot that a peer wrote: state and transaction ids, no blocks and no private values. */
export interface Snapshot {
  readonly folder: string;
  readonly channel: string;
  readonly lastBlock: number;
  /** Hex, of that block's header: what other departments' peers have for the same number. */
  readonly lastBlockHash: string;
}

/** Reading and writing the whole state may take as long as that on a large chain. */
const writtenWithin = 3_600_000;

/**
 * Has a peer write a snapshot of its newest block and waits for it; the one that is there when the chain did not move on.
 * @param data the peer's data folder, in which it writes
 * @throws NetworkError PEER_REFUSED with the peer's message, CHANNEL_NOT_READY; RpcError when the peer does not answer
 */
export async function takeSnapshot(
  at: PeerAccess,
  channel: string,
  data: string,
): Promise<Snapshot> {
  const last = Number(await channelHeight(at, channel)) - 1;
  const all = join(data, 'snapshots', 'completed', channel);
  const written = () => {
    const numbers = existsSync(all) ? readdirSync(all).map(Number) : [];
    return numbers.sort((one, other) => one - other).find((number) => number >= last);
  };
  if (written() === undefined) {
    await asked(at, channel);
    const within = { within: writtenWithin, signal: undefined };
    const done = () => Promise.resolve(written() !== undefined);
    await until(done, within, {
      zh: `对等节点没有写完通道 ${channel} 的快照；原因见其日志。`,
      en: `The peer has not finished its snapshot of ${channel}; see its log.`,
    });
  }
  return readSnapshot(join(all, String(written())), channel);
}

async function asked({ peer: target, admin }: PeerAccess, channel: string): Promise<void> {
  const header = encodeSignatureHeader({
    creator: encodeIdentity(admin.mspId, admin.certificatePem),
    nonce: randomBytes(24),
  });
  // protos.SnapshotRequest without a number: the newest block. SignedSnapshotRequest has an envelope's two fields.
  const request = new WireWriter().message(1, header).string(2, channel).finish();
  try {
    await target.generateSnapshot(buildEnvelope(request, signerOf(admin.keyPem)(request)));
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    const { message } = error;
    const words = {
      zh: `对等节点 ${target.address} 没有写快照：${message}`,
      en: `The peer ${target.address} does not write a snapshot: ${message}`,
    };
    const details = { address: target.address, message };
    throw new NetworkError('PEER_REFUSED', words, { details, cause: error });
  }
}

/** @throws NetworkError BACKUP_DAMAGED when it is no whole snapshot, BACKUP_FOREIGN of another channel */
export function readSnapshot(folder: string, channel: string): Snapshot {
  const found = metadataOf(folder);
  if (found.channel_name !== channel) {
    const words = {
      zh: `${folder} 是通道 ${found.channel_name} 的快照，不是 ${channel} 的。`,
      en: `${folder} is a snapshot of ${found.channel_name}, not of ${channel}.`,
    };
    throw new NetworkError('BACKUP_FOREIGN', words, { details: { folder, channel } });
  }
  const { last_block_number: lastBlock, last_block_hash: lastBlockHash } = found;
  return { folder, channel, lastBlock, lastBlockHash };
}

function metadataOf(folder: string): z.output<typeof metadataSchema> {
  try {
    return metadataSchema.parse(JSON.parse(readFileSync(join(folder, metadataFile), 'utf8')));
  } catch (cause) {
    const words = {
      zh: `${folder} 不是完整的快照。`,
      en: `${folder} is no whole snapshot of a peer.`,
    };
    throw new NetworkError('BACKUP_DAMAGED', words, { details: { folder }, cause });
  }
}

/**
 * Lets a peer that is in no channel begin with a snapshot, whose files it holds to their digests itself, and waits until it has.
 * @param joined whether the peer is in the channel
 * @throws NetworkError PEER_REFUSED; as {@link callSystemChaincode}
 */
export async function joinBySnapshot(
  at: PeerAccess,
  { folder, channel }: Snapshot,
  joined: () => Promise<boolean>,
): Promise<void> {
  await callSystemChaincode(at, { chaincode: 'cscc', args: ['JoinChainBySnapshot', folder] });
  const done = async () => {
    const call = { chaincode: 'cscc', args: ['JoinBySnapshotStatus'] } as const;
    const status = await callSystemChaincode(at, call);
    return !peer.JoinBySnapshotStatus.deserializeBinary(status).getInProgress();
  };
  const reading = { zh: `对等节点仍在读取快照 ${folder}。`, en: `Still reading ${folder}.` };
  await until(done, { within: writtenWithin, signal: undefined }, reading);
  if (await joined()) return;
  const { address } = at.peer;
  const words = {
    zh: `节点 ${address} 未能以快照 ${folder} 加入 ${channel}；原因见其日志。`,
    en: `The peer ${address} could not join ${channel} by the snapshot ${folder}; its log says why.`,
  };
  throw new NetworkError('PEER_REFUSED', words, { details: { address, folder } });
}
