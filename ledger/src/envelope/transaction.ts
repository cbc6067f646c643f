import { sha256 } from '../crypto/hash.js';
import { LedgerError } from '../errors.js';
import { identityMspId } from '../identity/serialized.js';
import {
  bytes,
  bytesIfAny,
  bytesList,
  encoded,
  list,
  message,
  type MessageOf,
} from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { NONE } from '../wire/writer.js';
import { decodeInvocation, decodeProposalPayload, type Invocation } from './chaincode.js';
import { encodePayload } from './envelope.js';
import { decodeHeader, decodeSignatureHeader, type SignatureHeader } from './headers.js';
import { decodeProposal, withoutTransient } from './proposal.js';
import {
  chaincodeActionOf,
  chaincodeResults,
  decodeChaincodeEvent,
  decodeResponsePayload,
  type ChaincodeEvent,
  type ChaincodeResponse,
  type ResponsePayload,
} from './response.js';

const NO_RESPONSE: ChaincodeResponse = { status: 0, message: '', payload: NONE };

const endorsement = message(
  'protos.Endorsement',
  {
    /** SerializedIdentity bytes. */
    endorser: bytes(1),
    /** Signature over response payload ‖ endorser. */
    signature: bytes(2),
  },
  () => ({ endorser: NONE, signature: NONE }),
);
export type Endorsement = MessageOf<typeof endorsement>;

const transaction = message('protos.Transaction', { actions: bytesList(1) }, () => ({
  actions: [],
}));
const transactionAction = message(
  'protos.TransactionAction',
  {
    signatureHeader: bytes(1),
    payload: bytes(2),
  },
  () => ({ signatureHeader: NONE, payload: NONE }),
);
const actionPayload = message(
  'protos.ChaincodeActionPayload',
  {
    proposalPayload: bytesIfAny(1),
    endorsed: encoded(2),
  },
  () => ({ proposalPayload: undefined, endorsed: undefined }),
);
const endorsedAction = message(
  'protos.ChaincodeEndorsedAction',
  {
    responsePayload: bytesIfAny(1),
    endorsements: list(2, endorsement),
  },
  () => ({ responsePayload: undefined, endorsements: [] }),
);

// Parts of the same messages, for readers of transactions that are already validated.
const responseOnly = message('protos.ChaincodeEndorsedAction', { responsePayload: bytesIfAny(1) });
const endorserOnly = message('protos.Endorsement', { endorser: bytes(1) }, () => ({
  endorser: NONE,
}));
const endorsersOnly = message('protos.ChaincodeEndorsedAction', {
  endorsements: list(2, endorserOnly),
});

/** The single action of an endorser transaction; its parts are still encoded. */
export interface TransactionAction extends SignatureHeader {
  /** The action's own signature header as bytes. */
  readonly signatureHeader: Uint8Array;
  /** ChaincodeProposalPayload bytes without transient data; undefined when absent. */
  readonly proposalPayload: Uint8Array | undefined;
  /** ProposalResponsePayload bytes. */
  readonly responsePayload: Uint8Array;
  readonly endorsements: readonly Endorsement[];
}

/** An endorser transaction, decoded completely. */
export interface ParsedTransaction extends TransactionAction {
  /** The chaincode that the endorsers name as executed; '' when they name none. */
  readonly chaincode: string;
  readonly chaincodeVersion: string;
  /** The client's invocation; undefined when its bytes cannot be decoded, which peers accept at commit. */
  readonly invocation: Invocation | undefined;
  /** Arguments of `invocation`; empty when it is undefined. */
  readonly args: readonly Uint8Array[];
  readonly proposalHash: Uint8Array;
  /** TxReadWriteSet bytes. */
  readonly results: Uint8Array;
  readonly event: ChaincodeEvent | undefined;
  readonly response: ChaincodeResponse;
}

interface TransactionInput {
  readonly proposalBytes: Uint8Array;
  readonly responsePayload: Uint8Array;
  readonly endorsements: readonly Endorsement[];
}

/**
 * `common.Payload` bytes of an endorser transaction, for the client to sign (protoutil/txutils.go CreateSignedTx). Of
 * each endorser the first endorsement is taken.
 * @throws LedgerError MALFORMED_BYTES when the proposal cannot be decoded.
 */
export function buildTransactionPayload(input: TransactionInput): Uint8Array {
  const { header, payload } = decodeProposal(input.proposalBytes);
  const headers = decodeHeader(header);
  const endorsed = endorsedAction.encode({
    responsePayload: input.responsePayload,
    endorsements: uniqueEndorsers(input.endorsements),
  });
  const action = transactionAction.encode({
    signatureHeader: headers.signatureHeader,
    payload: actionPayload.encode({ proposalPayload: withoutTransient(payload), endorsed }),
  });
  return encodePayload(headers, transaction.encode({ actions: [action] }));
}

/**
 * Decodes `protos.Transaction` bytes completely.
 * @throws LedgerError MALFORMED_BYTES; `details.message` names the level, from which a validator derives the code.
 */
export function parseTransaction(data: Uint8Array): ParsedTransaction {
  const action = decodeTransactionAction(data);
  const responsePayload = decodeResponsePayload(action.responsePayload);
  const chaincodeAction = chaincodeActionOf(responsePayload);
  const invocation = readableInvocation(action.proposalPayload);
  // Field by field: this runs for every committed transaction, and a spread costs as much as the decoding.
  return {
    creator: action.creator,
    nonce: action.nonce,
    signatureHeader: action.signatureHeader,
    proposalPayload: action.proposalPayload,
    responsePayload: action.responsePayload,
    endorsements: action.endorsements,
    chaincode: chaincodeAction.chaincode?.name ?? '',
    chaincodeVersion: chaincodeAction.chaincode?.version ?? '',
    invocation,
    args: invocation?.args ?? [],
    proposalHash: responsePayload.proposalHash,
    results: chaincodeAction.results,
    event: chaincodeAction.event && decodeChaincodeEvent(chaincodeAction.event),
    response: chaincodeAction.response ?? NO_RESPONSE,
  };
}

/** The effects of an endorser transaction, without signatures. */
export type TransactionEffects = Pick<
  ParsedTransaction,
  'chaincode' | 'args' | 'results' | 'event'
> & {
  /** ChaincodeEndorsedAction bytes: see {@link endorsersIn}. */
  readonly endorsed: Uint8Array;
};

/**
 * {@link parseTransaction} without signatures and endorsements: for readers of transactions that are already validated.
 * @throws LedgerError MALFORMED_BYTES
 */
export function transactionEffects(data: Uint8Array): TransactionEffects {
  const payload = decodeActionPayload(soleAction(data).payload);
  const { chaincode, results, event } = chaincodeActionOf(endorsedResponse(payload));
  return {
    chaincode: chaincode?.name ?? '',
    args: readableInvocation(payload.proposalPayload)?.args ?? [],
    results,
    event: event && decodeChaincodeEvent(event),
    endorsed: payload.endorsed,
  };
}

/**
 * MSP ids of the endorsers, without duplicates, sorted; for statistics over transactions that are already validated.
 * @throws LedgerError MALFORMED_BYTES
 */
export function endorsersIn({ endorsed }: Pick<TransactionEffects, 'endorsed'>): string[] {
  const { endorsements } = endorsersOnly.decode(endorsed);
  return [...new Set(endorsements.map(({ endorser }) => identityMspId(endorser)))].sort();
}

/**
 * Decodes `protos.Transaction` as far as a committing peer does before it checks signatures: exactly one action
 * (core/common/validation/msgvalidation.go).
 * @throws LedgerError MALFORMED_BYTES
 */
export function decodeTransactionAction(data: Uint8Array): TransactionAction {
  const { signatureHeader, payload } = soleAction(data);
  const { creator, nonce } = decodeSignatureHeader(signatureHeader);
  const { proposalPayload, endorsed } = decodeActionPayload(payload);
  const { responsePayload: response, endorsements } = endorsedAction.decode(endorsed);
  const responsePayload = present(response);
  return { creator, nonce, signatureHeader, proposalPayload, responsePayload, endorsements };
}

/**
 * The TxReadWriteSet bytes of `protos.Transaction`; all else is skipped. For replaying transactions that are already validated.
 * @throws LedgerError MALFORMED_BYTES
 */
export function transactionResults(data: Uint8Array): Uint8Array {
  return chaincodeResults(endorsedResponse(decodeActionPayload(soleAction(data).payload)));
}

/** The contract's answer in `protos.Transaction`; all else is skipped. @throws LedgerError MALFORMED_BYTES */
export function transactionResponse(data: Uint8Array): ChaincodeResponse {
  const endorsed = endorsedResponse(decodeActionPayload(soleAction(data).payload));
  return chaincodeActionOf(endorsed).response ?? NO_RESPONSE;
}

function endorsedResponse({ endorsed }: ActionPayload): ResponsePayload {
  return decodeResponsePayload(present(responseOnly.decode(endorsed).responsePayload));
}

function soleAction(data: Uint8Array): MessageOf<typeof transactionAction> {
  const { actions } = transaction.decode(data);
  const [only] = actions;
  if (only === undefined || actions.length > 1) {
    throw malformed('protos.Transaction', 'not exactly one action', { actions: actions.length });
  }
  return transactionAction.decode(only);
}

/**
 * The expected `proposalHash` of a transaction, from the outer channel header and the action (protoutil/txutils.go
 * GetProposalHash2); undefined when a part is absent.
 */
export function transactionProposalHash(
  channelHeader: Uint8Array,
  action: Pick<TransactionAction, 'signatureHeader' | 'proposalPayload'>,
): Uint8Array | undefined {
  if (action.proposalPayload === undefined) return undefined;
  return sha256(channelHeader, action.signatureHeader, action.proposalPayload);
}

/** The proposal's payload and the ChaincodeEndorsedAction bytes. */
interface ActionPayload {
  readonly proposalPayload: Uint8Array | undefined;
  readonly endorsed: Uint8Array;
}

function decodeActionPayload(bytes: Uint8Array): ActionPayload {
  const { proposalPayload, endorsed } = actionPayload.decode(bytes);
  if (endorsed === undefined) throw malformed('protos.ChaincodeActionPayload', 'no action');
  return { proposalPayload, endorsed };
}

function present(responsePayload: Uint8Array | undefined): Uint8Array {
  if (responsePayload === undefined) {
    throw malformed('protos.ChaincodeEndorsedAction', 'no response payload');
  }
  return responsePayload;
}

function readableInvocation(proposalPayload: Uint8Array | undefined): Invocation | undefined {
  if (proposalPayload === undefined) return undefined;
  try {
    return decodeInvocation(decodeProposalPayload(proposalPayload).input);
  } catch (error) {
    if (error instanceof LedgerError) return undefined;
    throw error;
  }
}

function uniqueEndorsers(endorsements: readonly Endorsement[]): Endorsement[] {
  const seen = new Set<string>();
  return endorsements.filter(({ endorser }) => {
    const key = Buffer.from(endorser).toString('latin1');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
