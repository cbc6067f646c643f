import { bytes, embedded, message, type MessageOf } from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { NONE } from '../wire/writer.js';
import {
  decodeChannelHeader,
  decodeSignatureHeader,
  header,
  type ChannelHeader,
  type HeaderBytes,
  type SignatureHeader,
} from './headers.js';

/** The unit of ordering. */
const envelopeMessage = message(
  'common.Envelope',
  {
    /** common.Payload bytes. */
    payload: bytes(1),
    /** The creator's signature over `payload`. */
    signature: bytes(2),
  },
  () => ({ payload: NONE, signature: NONE }),
);
export type Envelope = MessageOf<typeof envelopeMessage>;

const payloadMessage = message(
  'common.Payload',
  { headers: embedded(1, header), data: bytes(2) },
  () => ({ headers: undefined, data: NONE }),
);

/** An envelope with decoded headers; the type of `data` depends on `channelHeader.type`. */
export interface ParsedEnvelope extends Envelope {
  readonly channelHeader: ChannelHeader;
  readonly signatureHeader: SignatureHeader;
  /** Both headers as bytes, as hashes cover them. */
  readonly headers: HeaderBytes;
  readonly data: Uint8Array;
}

/** `common.Envelope` bytes. */
export function buildEnvelope(payload: Uint8Array, signature: Uint8Array): Uint8Array {
  return envelopeMessage.encode({ payload, signature });
}

/** `common.Payload` bytes. */
export function encodePayload(headers: HeaderBytes, data: Uint8Array): Uint8Array {
  return payloadMessage.encode({ headers, data });
}

/**
 * Decodes an envelope and its headers. Empty creator, nonce or signature are accepted: a genesis block has them.
 * @throws LedgerError MALFORMED_BYTES; `details.message` names the level that failed (common.Envelope, common.Payload,
 * common.Header, common.ChannelHeader, common.SignatureHeader).
 */
export function parseEnvelope(bytes: Uint8Array): ParsedEnvelope {
  const envelope = decodeEnvelope(bytes);
  const payload = decodePayload(envelope.payload);
  if (payload.headers === undefined) throw malformed('common.Header', 'absent');
  return {
    payload: envelope.payload,
    signature: envelope.signature,
    headers: payload.headers,
    channelHeader: decodeChannelHeader(payload.headers.channelHeader),
    signatureHeader: decodeSignatureHeader(payload.headers.signatureHeader),
    data: payload.data,
  };
}

/** Decodes the envelope only, not its payload. @throws LedgerError MALFORMED_BYTES */
export const decodeEnvelope = envelopeMessage.decode;

/** The payload and the bytes of its two headers; undefined when it has no header. @throws LedgerError MALFORMED_BYTES */
export const decodePayload = payloadMessage.decode;
