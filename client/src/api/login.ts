import { parseCertificate, sha256 } from '@yici/ledger';
import { ClientError } from '../errors.js';
import { originOf } from '../identity/pins.js';
import type { Http } from './http.js';
import type { Hand } from './signing.js';
import { challengeAnswer, openedSession, type NetworkView, type Session } from '@yici/api';

/**
 * The text a login signs, for a gateway at an address; the audience makes it useless at every other gateway. Its first ten
 * bytes are no valid protobuf (field 11 as eight bytes, then wire type 7), so a login signature can never be valid for a
 * proposal, a payload or a block.
 */
export function loginMessage(
  scope: Pick<NetworkView, 'audience' | 'channel'> & { readonly gateway: string },
  subject: { readonly mspId: string; readonly certificateHash: string },
  { challenge, expiresAt }: { readonly challenge: string; readonly expiresAt: string },
): string {
  return [
    'Yici gateway login',
    `gateway: ${scope.gateway}`,
    `audience: ${scope.audience}`,
    `channel: ${scope.channel}`,
    `mspId: ${subject.mspId}`,
    `certificate: ${subject.certificateHash}`,
    `challenge: ${challenge}`,
    `expires: ${expiresAt}`,
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
  const { der } = parseCertificate(certificate);
  const subject = { mspId, certificateHash: Buffer.from(sha256(der)).toString('hex') };
  const message = loginMessage({ ...pins, ...pins.gateway, gateway }, subject, asked);
  if (message !== asked.message) {
    throw new ClientError('GATEWAY_ANSWER_INVALID', {
      zh: '网关要求签名的不是本网关的登录内容，未签名。请告知网关管理员。',
      en: 'The gateway asks to sign something that is no login here, or one at another gateway; not signed. Tell its administrator.',
    });
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
