import { malformed } from '../wire/reader.js';
import { decodeEnvelope, decodePayload } from './envelope.js';
import { decodeChannelHeader, decodeSignatureHeader } from './headers.js';
import { newTransactionId } from './proposal.js';

/** What a transaction is known by, and what it holds. */
export interface TransactionOutline {
  /** The one in its header or, when it has none as a config transaction, the one that its creator and nonce make. */
  readonly txId: string;
  /** common.HeaderType. */
  readonly type: number;
  readonly data: Uint8Array;
}

/**
 * The outline of `common.Envelope` bytes; the signature header is not read where the id is known without it.
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
