import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Words } from '@yici/domain/model';
import { deliverResponse, seekEnvelope, type SigningIdentity } from '@yici/ledger';
import { GatewayError } from '../errors.js';
import { departmentOut } from './admission.js';
import { toGatewayError } from './failures.js';
import type { PeerGateway } from './port.js';

/** common.Status.SUCCESS: the stream is complete. */
const success = 200;
/** common.Status.FORBIDDEN: the channel's configuration has no reader like who asks. */
const forbidden = 403;
/** common.Status.NOT_FOUND: of a channel that the peer has, a block from before the snapshot that it began with. */
const notFound = 404;

export interface BlockSource {
  /** Raw common.Block from `from` on (to `to`, or for ever), until the signal aborts. Fails with GatewayError PEER_…. */
  blocks(from: number, to: number | undefined, signal?: AbortSignal): AsyncIterable<Uint8Array>;
}

/** @throws GatewayError PEER_UNAVAILABLE when the source ends without it */
export async function oneBlock(
  source: BlockSource,
  number: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  for await (const block of source.blocks(number, number, signal)) return block;
  throw new GatewayError('PEER_UNAVAILABLE', `The peer gave no block ${String(number)}.`);
}

/** Blocks of a channel from a peer's Deliver service, requested under the gateway's own identity. */
export function deliverSource(
  peer: Pick<PeerGateway, 'deliver'>,
  channel: string,
  identity: SigningIdentity,
  now: () => Date,
): BlockSource {
  return {
    async *blocks(from, to, signal) {
      const range = {
        channel,
        from: BigInt(from),
        ...(to === undefined ? {} : { to: BigInt(to) }),
      };
      const envelope = await seekEnvelope(range, identity, now(), randomBytes(24));
      try {
        for await (const message of peer.deliver(envelope, 'full', signal)) {
          const { block, status } = deliverResponse.decode(message);
          if (block !== undefined) yield block;
          else if (status === success) return;
          else throw ended(status, from);
        }
      } catch (error) {
        throw toGatewayError(error);
      }
    },
  };
}

/**
 * Blocks from `<number>.block` files, as `yici-network blocks export` writes them, as far as they go; the later ones from the peer,
 * which began with a snapshot and has no older ones. Whoever reads them holds them to the chain of their hashes.
 */
export function withOlderBlocks(folder: string | undefined, peer: BlockSource): BlockSource {
  if (folder === undefined) return peer;
  return {
    async *blocks(from, to = Infinity, signal) {
      let next = from;
      for (; next <= to; next += 1) {
        signal?.throwIfAborted();
        const block = await fileIn(folder, next);
        if (block === undefined) break;
        yield block;
      }
      if (next <= to) yield* peer.blocks(next, to === Infinity ? undefined : to, signal);
    },
  };
}

async function fileIn(folder: string, number: number): Promise<Uint8Array | undefined> {
  try {
    return await readFile(join(folder, `${String(number)}.block`));
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
    const message = `Block ${String(number)} in ${folder} cannot be read.`;
    throw new GatewayError('BLOCK_UNREADABLE', message, { cause });
  }
}

function ended(status: number, from: number): GatewayError {
  const sentence = `The peer ended the block stream with status ${String(status)}.`;
  if (status === forbidden) return departmentOut(sentence);
  return new GatewayError('PEER_REFUSED', status === notFound ? beforeSnapshot(from) : sentence);
}

const beforeSnapshot = (number: number): Words => ({
  zh: `节点没有区块 ${number}：它是从快照开始的。由另一部门导出区块（yici-network blocks export），在网关配置的 engine.olderBlocks 指明其目录。`,
  en: `The peer does not have block ${number}: it began with a snapshot. Have another department export the blocks (yici-network blocks export), and name their folder under engine.olderBlocks of the gateway's configuration.`,
});
