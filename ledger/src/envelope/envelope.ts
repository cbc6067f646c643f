import { malformed, WireReader } from '../wire/reader.js';
import { NONE, WireWriter } from '../wire/writer.js';
import {
  decodeChannelHeader,
  decodeHeader,
  decodeSignatureHeader,
  encodeHeader,
  type ChannelHeader,
  type HeaderBytes,
  type SignatureHeader,
} from './headers.js';

/** common.Envelope: the unit of ordering. */
export interface Envelope {
  /** common.Payload bytes. */
  readonly payload: Uint8Array;
  /** The creator's signature over `payload`. */
  readonly signature: Uint8Array;
}

/** common.Payload; the header is undefined when absent. */
interface Payload {
  readonly headers: HeaderBytes | undefined;
  readonly data: Uint8Array;
}

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
  return new WireWriter().bytes(1, payload).bytes(2, signature).finish();
}

/** `common.Payload` bytes. */
export function encodePayload(headers: HeaderBytes, data: Uint8Array): Uint8Array {
  return new WireWriter().message(1, encodeHeader(headers)).bytes(2, data).finish();
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
export function decodeEnvelope(bytes: Uint8Array): Envelope {
  const reader = new WireReader(bytes, 'common.Envelope');
  let payload = NONE;
  let signature = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        payload = reader.bytes();
        break;
      case 0x12:
        signature = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { payload, signature };
}

/** The payload and the bytes of its two headers. @throws LedgerError MALFORMED_BYTES */
export function decodePayload(bytes: Uint8Array): Payload {
  const reader = new WireReader(bytes, 'common.Payload');
  let header: Uint8Array | undefined;
  let data = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        header = reader.message(header);
        break;
      case 0x12:
        data = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { headers: header && decodeHeader(header), data };
}
