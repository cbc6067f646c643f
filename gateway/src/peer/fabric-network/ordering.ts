import { parseConfigBlock } from '@yici/ledger';
import { GatewayError } from '../../errors.js';
import { evaluated, type QuerySources } from '../own-queries.js';

/**
 * Refuses SmartBFT: envelopes are sent to one orderer, which is enough for Raft, whereas under SmartBFT a single
 * faulty orderer could drop them (Fabric's ordering service documentation). Asks the peer once.
 * @throws GatewayError ORDERING_UNSUPPORTED
 */
export function bftRefusal(channel: string, sources: QuerySources): () => Promise<void> {
  let ordering: Promise<string | undefined> | undefined;
  return async () => {
    ordering ??= orderingOf(channel, sources).catch((error: unknown) => {
      ordering = undefined;
      throw error;
    });
    if ((await ordering) !== 'BFT') return;
    throw new GatewayError(
      'ORDERING_UNSUPPORTED',
      `The channel ${channel} is ordered by SmartBFT; use the engine fabric, whose peers send to all orderers.`,
    );
  };
}

async function orderingOf(channel: string, sources: QuerySources): Promise<string | undefined> {
  const target = { channel, chaincode: 'cscc' };
  const block = await evaluated(sources, target, ['GetConfigBlock', channel]);
  return parseConfigBlock(block).orderer?.type;
}
