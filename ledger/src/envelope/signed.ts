import type { Signer } from '../crypto/keys.js';
import { buildEnvelope, encodePayload } from './envelope.js';
import { encodeChannelHeader, encodeSignatureHeader, type ChannelHeaderInput } from './headers.js';

/** Who signs: a member of the channel, or its orderer. */
export interface SigningIdentity {
  /** msp.SerializedIdentity bytes. */
  readonly creator: Uint8Array;
  readonly sign: Signer;
  /** {@link tlsCertHash} of the client certificate of its connections, checked by peers that request one. */
  readonly tlsCertHash?: Uint8Array;
}

/** Bytes of a signed `common.Envelope`; `nonce` is 24 random bytes. */
export async function signedEnvelope(
  { creator, sign, tlsCertHash }: SigningIdentity,
  header: ChannelHeaderInput,
  data: Uint8Array,
  nonce: Uint8Array,
): Promise<Uint8Array> {
  const channelHeader = encodeChannelHeader({ ...header, ...(tlsCertHash && { tlsCertHash }) });
  const signatureHeader = encodeSignatureHeader({ creator, nonce });
  const payload = encodePayload({ channelHeader, signatureHeader }, data);
  return buildEnvelope(payload, await sign(payload));
}
