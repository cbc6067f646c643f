import { common } from '@hyperledger/fabric-protos';
import { NetworkError } from '../../errors.js';
import { FabricOrderer, orderersOf } from '../grpc/orderer-client.js';
import { newestBlockEnvelope } from './blocks.js';
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
  const seek = newestBlockEnvelope(session.admin, channel);
  const answers = await Promise.all(
    orderersOf(config).map((endpoint) => isGiven(new FabricOrderer(endpoint), seek)),
  );
  const members = (config.application?.organizations ?? []).map(({ mspId }) => mspId);
  // One that has fallen behind may not know yet of a department that has just joined.
  return { isOut: answers.includes(false) && !answers.includes(true), members };
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
