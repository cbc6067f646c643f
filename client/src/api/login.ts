import { X509Certificate, createHash } from 'node:crypto';
import { ClientError } from '../errors.js';
import type { Identity } from '../identity/identity.js';
import { originOf } from '../identity/pins.js';
import type { Http } from './http.js';
import type { Hand } from './signing.js';
import { challengeAnswer, openedSession, type NetworkView, type Session } from '@yici/api';

/**
 * The text a caller signs to log in. It begins with words, so that it cannot be read as a transaction, and names the address
 * that the caller used, so that the signature is of no use at another gateway.
 */
export function loginMessage(
  network: Pick<NetworkView, 'audience' | 'channel'> & { readonly gateway: string },
  identity: Pick<Identity, 'mspId' | 'certificate'>,
  challenge: { readonly challenge: string; readonly expiresAt: string },
): string {
  const der = new X509Certificate(identity.certificate).raw;
  return [
    'Yici gateway login',
    `gateway: ${network.gateway}`,
    `audience: ${network.audience}`,
    `channel: ${network.channel}`,
    `mspId: ${identity.mspId}`,
    `certificate: ${createHash('sha256').update(der).digest('hex')}`,
    `challenge: ${challenge.challenge}`,
    `expires: ${challenge.expiresAt}`,
  ].join('\n');
}

/**
 * Opens a session with a signed challenge and stores its token in `http`.
 * @throws ClientError GATEWAY_ANSWER_INVALID when the gateway asks to sign any other text.
 */
export async function openSession(
  http: Http,
  { identity, pins }: Pick<Hand, 'identity' | 'pins'>,
): Promise<Session> {
  const { mspId, certificate } = identity;
  const gateway = originOf(http.baseUrl);
  const asked = await http.call(challengeAnswer, '/v1/sessions/challenge', {
    method: 'POST',
    body: { certificate, mspId, gateway },
  });
  const message = loginMessage({ ...pins, ...pins.gateway, gateway }, identity, asked);
  if (message !== asked.message) {
    throw new ClientError(
      'GATEWAY_ANSWER_INVALID',
      'The gateway asks to sign something that is no login here, or one at another gateway; not signed. Tell its administrator.',
    );
  }
  const signature = Buffer.from(await identity.sign(new TextEncoder().encode(message)));
  const opened = await http.call(openedSession, '/v1/sessions', {
    method: 'POST',
    body: {
      challenge: asked.challenge,
      certificate,
      mspId,
      signature: signature.toString('base64'),
    },
  });
  http.token = opened.token;
  return opened.session;
}
