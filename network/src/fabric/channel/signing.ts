import { setTimeout as delay } from 'node:timers/promises';
import type { Text } from '@yici/terminal';
import {
  claimedConfigs,
  parseBlock,
  parseConfigBlock,
  parseEnvelope,
  signingConsenters,
  type ChannelConfig,
  type Consenter,
  type ParsedBlock,
  type SigningIdentity,
} from '@yici/ledger';
import { FabricOrderer, orderersOf, type OrdererEndpoint } from '../grpc/orderer-client.js';
import { asMember, channelHeight, newestBlockEnvelope, blocksEnvelope } from './blocks.js';
import type { AdminSession } from './department.js';
import { metadataTransaction } from './ready.js';

/** How long an orderer has run before its signature is missed: at first it fetches blocks, and the others may choose a leader. */
const settledAfter = 60_000;

interface Asked {
  readonly endpoint: OrdererEndpoint;
  /** Who reads the blocks. */
  readonly reader: SigningIdentity;
  readonly channel: string;
  /** When the orderer's process began. */
  readonly since: Date;
}

/**
 * Whether a BFT consenter takes its blocks from the others without signing them: its own copy of a block holds its own signature
 * unless it fetched the block. Nothing is said of an orderer whose two newest blocks came before it had settled.
 * @param within milliseconds for each block
 * @throws NetworkError ORDERER_REFUSED, ORDERER_UNAVAILABLE
 */
export async function isSilent(
  { endpoint, reader, channel, since }: Asked,
  within: number,
): Promise<boolean> {
  const orderer = new FabricOrderer(endpoint);
  const read = async (seek: Promise<Uint8Array>) =>
    parseBlock(await orderer.block(await seek, within));
  const numbered = (number: bigint) => read(blocksEnvelope(reader, channel, number));
  const newest = await read(newestBlockEnvelope(reader, channel));
  const [inForce] = claimedConfigs(newest);
  if (inForce === undefined || newest.number < 2n) return false;
  const [before, config] = await Promise.all([numbered(newest.number - 1n), numbered(inForce)]);
  const known = { config: parseConfigBlock(config), mspId: endpoint.mspId };
  const settled = since.getTime() + settledAfter;
  return [newest, before].every((block) => timeOf(block) > settled && !isSignedBy(block, known));
}

function isSignedBy(
  block: ParsedBlock,
  { config, mspId }: { readonly config: ChannelConfig; readonly mspId: string },
): boolean {
  const own = config.consenters.filter((each) => each.mspId === mspId).map(({ id }) => id);
  return signingConsenters(block, config).some((id) => own.includes(id));
}

/** When the newest of a block's transactions was made, in milliseconds, by its client's clock. */
function timeOf({ envelopes }: ParsedBlock): number {
  const seconds = envelopes.map((bytes) =>
    Number(parseEnvelope(bytes).channelHeader.timestamp?.seconds ?? 0n),
  );
  return Math.max(0, ...seconds) * 1_000;
}

/** How long blocks are made after a change to see who signs them; each takes one transaction that writes nothing. */
const afterChange = 25_000;
const betweenBlocks = 1_000;
/** One that is slower is asked again with the next block. */
const answersWithin = 5_000;

export interface Look {
  readonly progress: (text: Text) => void;
  /** Whether nobody waits for those that do not sign yet, by their numbers; by default only when there are none. */
  readonly isEnough?: (silent: readonly number[]) => boolean;
  /** Milliseconds to look for, from the first block on; shorter where nothing has just changed for which anybody needs time. */
  readonly lookFor?: number;
}

/**
 * Whether each BFT consenter signs blocks under the config in force: a transaction that writes nothing makes a block, and each
 * consenter is asked for its own copy, which holds its own signature unless it only took the block from others. Answers with
 * the numbers of those that did not sign.
 */
export async function silentConsenters(
  session: AdminSession,
  config: ChannelConfig,
  chaincode: string,
  { progress, isEnough = (silent) => silent.length === 0, lookFor = afterChange }: Look,
): Promise<number[]> {
  const endpoints = new Map(orderersOf(config).map((each) => [each.address, each]));
  const signs = async ({ id, host, port }: Consenter, from: bigint) => {
    const endpoint = endpoints.get(`${host}:${port}`);
    return endpoint !== undefined && (await ownCopySigned(endpoint, session, config, { id, from }));
  };
  let open = [...config.consenters];
  let until = Infinity;
  for (;;) {
    const from = await channelHeight(session, config.channelId);
    await session.client.submit({ chaincode, args: [Buffer.from(metadataTransaction)] });
    until = Math.min(until, performance.now() + lookFor);
    const signed = await Promise.all(open.map((each) => signs(each, from)));
    if (signed.includes(true))
      progress(signedText(config, (open = open.filter((_, no) => !signed[no]))));
    const silent = open.map(({ id }) => id);
    if (isEnough(silent) || performance.now() > until) return silent;
    await delay(betweenBlocks);
  }
}

function signedText({ consenters }: ChannelConfig, open: readonly Consenter[]): Text {
  const done = consenters.length - open.length;
  const names = open.map(({ id, mspId }) => `${id} (${mspId})`);
  return {
    zh: `${consenters.length} 个排序节点中 ${done} 个已签署区块${names.length > 0 ? `；未签署：${names.join('、')}` : ''}`,
    en: `${done} of ${consenters.length} consenters sign blocks${names.length > 0 ? `; not yet: ${names.join(', ')}` : ''}`,
  };
}

async function ownCopySigned(
  endpoint: FabricOrderer['endpoint'],
  { admin }: AdminSession,
  config: ChannelConfig,
  { id, from }: { readonly id: number; readonly from: bigint },
): Promise<boolean> {
  try {
    const seek = await newestBlockEnvelope(asMember(admin), config.channelId);
    const block = parseBlock(await new FabricOrderer(endpoint).block(seek, answersWithin));
    return block.number >= from && signingConsenters(block, config).includes(id);
  } catch (error) {
    // Of an orderer that does not answer, or delivers something else, the answer is that it does not sign.
    if (error instanceof Error) return false;
    throw error;
  }
}
