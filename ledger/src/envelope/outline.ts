import { malformed } from '../wire/reader.js';
import { decodeEnvelope, decodePayload } from './envelope.js';
import { decodeChannelHeader, decodeSignatureHeader } from './headers.js';
import { newTransactionId } from './proposal.js';

/** Identification and content of a transaction. */
export interface TransactionOutline {
  /** The id in the header or, where there is none (config transactions), the id computed from creator and nonce. */
  readonly txId: string;
  /** common.HeaderType. */
  readonly type: number;
  readonly data: Uint8Array;
}

/**
 * The outline of `common.Envelope` bytes; the signature header is decoded only when the id must be computed.
 * @throws LedgerError MALFORMED_BYTES
 */
export function outlineOf(envelope: Uint8Array): TransactionOutline {
  const { headers, data } = decodePayload(decodeEnvelope(envelope).payload);
  if (headers === undefined) throw malformed('common.Header', 'absent');
  const { txId, type } = decodeChannelHeader(headers.channelHeader);
  if (txId !== '') return { txId, type, data };
  const { creator, nonce } = decodeSignatureHeader(headers.signatureHeader);
  return { txId: newTransactionId(creator, nonce), type, data };
}
