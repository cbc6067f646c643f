import {
  claimedConfigs,
  parseBlock,
  parseConfigBlock,
  parseEnvelope,
  signingConsenters,
  type ChannelConfig,
  type ParsedBlock,
} from '@yici/ledger';
import { FabricOrderer, type OrdererEndpoint } from '../grpc/orderer-client.js';
import { newestBlockEnvelope, numberedBlockEnvelope, type Member } from './blocks.js';

/** How long an orderer has run before its signature is missed: at first it fetches blocks, and the others may choose a leader. */
const settledAfter = 60_000;

interface Asked {
  readonly endpoint: OrdererEndpoint;
  /** Who reads the blocks. */
  readonly reader: Member;
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
  const numbered = (number: bigint) => read(numberedBlockEnvelope(reader, channel, number));
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
