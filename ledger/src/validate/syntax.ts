import { newTransactionId } from '../envelope/proposal.js';
import { decodeEnvelope, decodePayload, type Envelope } from '../envelope/envelope.js';
import {
  decodeChannelHeader,
  decodeSignatureHeader,
  headerType,
  type ChannelHeader,
  type HeaderBytes,
  type SignatureHeader,
} from '../envelope/headers.js';
import { outlineOf } from '../envelope/outline.js';
import {
  decodeTransactionAction,
  transactionProposalHash,
  type TransactionAction,
} from '../envelope/transaction.js';
import { decodeResponsePayload, type ResponsePayload } from '../envelope/response.js';
import { attempt, finding, isFinding, type Finding } from './model.js';

/** An envelope with valid headers. */
export interface Submission extends Envelope {
  readonly headers: HeaderBytes;
  readonly channelHeader: ChannelHeader;
  readonly signatureHeader: SignatureHeader;
  readonly data: Uint8Array;
}

/** The action of an endorser transaction, matched to its proposal. */
export interface EndorsedAction extends TransactionAction {
  readonly response: ResponsePayload;
}

/** Header types that a committing peer accepts; anything else is a bad header (msgvalidation.go). */
const TYPES: readonly number[] = [
  headerType.endorserTransaction,
  headerType.configUpdate,
  headerType.config,
];

/** Decodes an envelope down to its headers, with the steps and codes of core/common/validation/msgvalidation.go. */
export function readSubmission(bytes: Uint8Array): Submission | Finding {
  const envelope = attempt('INVALID_OTHER_REASON', () => decodeEnvelope(bytes));
  if (isFinding(envelope)) return envelope;
  const payload = attempt('BAD_PAYLOAD', () => decodePayload(envelope.payload));
  if (isFinding(payload)) return payload;
  const { headers, data } = payload;
  if (headers === undefined) return finding('BAD_COMMON_HEADER', 'it has no header');
  const read = attempt('BAD_COMMON_HEADER', () => ({
    channelHeader: decodeChannelHeader(headers.channelHeader),
    signatureHeader: decodeSignatureHeader(headers.signatureHeader),
  }));
  if (isFinding(read)) return read;
  const { channelHeader, signatureHeader } = read;
  return checkHeaders(read) ?? { ...envelope, headers, channelHeader, signatureHeader, data };
}

function checkHeaders({
  channelHeader: { type, epoch },
  signatureHeader: { creator, nonce },
}: Pick<Submission, 'channelHeader' | 'signatureHeader'>): Finding | undefined {
  if (!TYPES.includes(type)) return finding('BAD_COMMON_HEADER', `type ${type} is not for a block`);
  if (epoch !== 0n) return finding('BAD_COMMON_HEADER', `epoch ${epoch.toString()} is not 0`);
  if (nonce.length === 0) return finding('BAD_COMMON_HEADER', 'it has no nonce');
  if (creator.length === 0) return finding('BAD_COMMON_HEADER', 'it names no creator');
  return undefined;
}

/** The transaction id must be computed from nonce and creator, otherwise duplicates could be missed. */
export function checkTransactionId({
  channelHeader: { txId },
  signatureHeader: { nonce, creator },
}: Submission): Finding | undefined {
  const expected = newTransactionId(creator, nonce);
  if (txId === expected) return undefined;
  return finding('BAD_PROPOSAL_TXID', `transaction id ${txId} is not ${expected}`);
}

/** The single action of an endorser transaction; it must match the proposal in its own headers. */
export function readAction(submission: Submission): EndorsedAction | Finding {
  return attempt('INVALID_ENDORSER_TRANSACTION', () => {
    const action = decodeTransactionAction(submission.data);
    if (action.nonce.length === 0 || action.creator.length === 0) {
      return finding('INVALID_ENDORSER_TRANSACTION', 'its action has no nonce or no creator');
    }
    const response = decodeResponsePayload(action.responsePayload);
    const hash = expectedHash(submission, action);
    if (hash === undefined || !Buffer.from(hash).equals(response.proposalHash)) {
      return finding(
        'INVALID_ENDORSER_TRANSACTION',
        'what was endorsed is not the answer to this proposal: the hashes differ',
      );
    }
    return { ...action, response };
  });
}

function expectedHash(submission: Submission, action: TransactionAction): Uint8Array | undefined {
  // Go does not distinguish an empty field from an absent one; both are refused.
  if (action.proposalPayload?.length === 0 || action.signatureHeader.length === 0) return undefined;
  return transactionProposalHash(submission.headers.channelHeader, action);
}

/** A transaction's id and type for the index, decoded leniently because invalid transactions are indexed too. */
export function identityOf(bytes: Uint8Array): { txId: string; type: number } {
  try {
    const { txId, type } = outlineOf(bytes);
    return { txId, type };
  } catch {
    return { txId: '', type: -1 };
  }
}
