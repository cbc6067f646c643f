import { randomInt } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import { decodeIdentity, type ChannelConfig, type SigningIdentity } from '@yici/ledger';
import { NetworkError } from '../../errors.js';
import { FabricOrderer, orderersOf, type OrdererEndpoint } from '../grpc/orderer-client.js';
import { asMember, newestBlockEnvelope } from './blocks.js';
import { configAt } from './definition.js';
import type { AdminSession } from './department.js';

/** What a department knows of who belongs to the channel. */
export interface Membership {
  /** Whether the channel admits the department no more. */
  readonly isOut: boolean;
  /** MSP ids, as the department's own peer has the channel's config; empty where that admits it no more. */
  readonly members: readonly string[];
}

/** How long an orderer is waited for, in milliseconds. */
const answersWithin = 2_000;

/**
 * Asks the own peer for the members, and the orderers whether they give this department blocks. A peer does not learn by itself
 * that its department is out: the block that says so is the first that it is not given.
 */
export async function membershipOf(session: AdminSession, channel: string): Promise<Membership> {
  const config = await configAt(session, channel).catch((error: unknown) => {
    if (error instanceof NetworkError && error.code === 'ACCESS_DENIED') return undefined;
    throw error;
  });
  if (config === undefined) return { isOut: true, members: [] };
  const isOut = await isShutOut(asMember(session.admin), config, othersOrderers(config, session));
  const members = (config.application?.organizations ?? []).map(({ mspId }) => mspId);
  return { isOut, members };
}

/**
 * Whether the orderers give a member's department no blocks any more, as one asks again and again: one of them by chance, and all
 * where that one refuses.
 */
export async function isRefusedBlocks(
  reader: SigningIdentity,
  config: ChannelConfig,
): Promise<boolean> {
  const orderers = othersOrderers(config, decodeIdentity(reader.creator));
  const at = randomInt(Math.max(1, orderers.length));
  const refuse = (some: readonly OrdererEndpoint[]) => isShutOut(reader, config, some);
  return (await refuse(orderers.slice(at, at + 1))) && (await refuse(orderers));
}

/** The orderers to ask: its own may have been out before it got the block that says so. All where there are no others. */
function othersOrderers(
  config: ChannelConfig,
  { mspId }: { readonly mspId: string },
): OrdererEndpoint[] {
  const all = orderersOf(config);
  const others = all.filter((each) => each.mspId !== mspId);
  return others.length === 0 ? all : others;
}

/** Whether orderers give a member no blocks: some refuse them, and none gives any. */
async function isShutOut(
  reader: SigningIdentity,
  { channelId }: ChannelConfig,
  orderers: readonly OrdererEndpoint[],
): Promise<boolean> {
  const seek = await newestBlockEnvelope(reader, channelId);
  const answers = await Promise.all(orderers.map((each) => isGiven(new FabricOrderer(each), seek)));
  // One that has fallen behind may not know yet of a department that has just joined.
  return answers.includes(false) && !answers.includes(true);
}

/** Whether an orderer gives blocks; undefined when it says neither. */
async function isGiven(orderer: FabricOrderer, seek: Uint8Array): Promise<boolean | undefined> {
  try {
    await orderer.block(seek, answersWithin);
    return true;
  } catch (error) {
    if (!(error instanceof NetworkError)) throw error;
    return error.details['status'] === common.Status.FORBIDDEN ? false : undefined;
  }
}
