import { addressOf, reads } from '@yici/api';
import { shareValues, type ShareValues } from '@yici/domain/model';
import { ask } from './ask.js';
import { checkProposal } from './check.js';
import type { Http } from './http.js';
import type { Hand } from './signing.js';

/**
 * The values of a share, read from the department's own peer, which requires the reader's signature. For a custodial
 * account the gateway signs.
 * @throws ClientError GATEWAY_REFUSED, PROPOSAL_NOT_AS_ASKED
 */
export async function readValues(
  http: Http,
  hand: Pick<Hand, 'identity' | 'pins'> | undefined,
  shareId: string,
): Promise<ShareValues> {
  const path = addressOf(reads['shares.values'], { shareId });
  if (hand === undefined) return http.call(shareValues, path, { method: 'POST', body: {} });
  const { sign } = await ask(http, 'shares.values', { shareId });
  const bytes = Buffer.from(sign.bytes, 'base64');
  const { identity, pins } = hand;
  checkProposal(bytes, { network: pins, command: 'sharing.values', input: { shareId }, identity });
  const signature = Buffer.from(await identity.sign(bytes)).toString('base64');
  const body = { proposal: sign.bytes, signature };
  return http.call(shareValues, path, { method: 'POST', body });
}
