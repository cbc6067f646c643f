import { randomBytes } from 'node:crypto';
import { buildProposal, type SigningIdentity } from '@yici/ledger';
import { evaluateResult, proposalRequest } from './messages.js';
import type { PeerGateway, Target } from './port.js';

/** What a query under the gateway's own identity needs, which also determines what it may read of the channel. */
export interface QuerySources {
  readonly peer: Pick<PeerGateway, 'evaluate'>;
  readonly identity: SigningIdentity;
  readonly now: () => Date;
}

/** Evaluates a function of a chaincode (`args`: its name and arguments), at a peer of these organizations; the payload that it returned. */
export async function evaluated(
  { peer, identity, now }: QuerySources,
  { channel, chaincode }: Target,
  args: readonly string[],
  organizations: readonly string[] = [],
): Promise<Uint8Array> {
  const { bytes, transactionId } = buildProposal({
    channel,
    chaincode,
    args: args.map((arg) => Buffer.from(arg, 'utf8')),
    creator: identity.creator,
    nonce: randomBytes(24),
    timestamp: now(),
  });
  const signature = await identity.sign(bytes);
  const call = { channel, txId: transactionId, proposal: bytes, signature };
  return evaluateResult(await peer.evaluate(proposalRequest(call, organizations)));
}
