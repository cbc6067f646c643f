import { setTimeout as delay } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { GatewayError } from '@hyperledger/fabric-gateway';

const tooEarly = new Set<number>([status.UNAVAILABLE, status.FAILED_PRECONDITION]);

/**
 * Real peers learn of each other, and of a new chaincode at each other's, by gossip, and real orderers elect a leader
 * first: a try can be too early.
 */
export async function whenKnown<Result>(attempt: () => Promise<Result>): Promise<Result> {
  const deadline = performance.now() + 60_000;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      const early = error instanceof GatewayError && tooEarly.has(error.code);
      if (!early || performance.now() > deadline) {
        throw error;
      }
    }
    await delay(200);
  }
}
