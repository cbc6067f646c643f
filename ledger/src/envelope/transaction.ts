import { sha256 } from '../crypto/hash.js';
import { LedgerError } from '../errors.js';
import { identityMspId } from '../identity/serialized.js';
import { malformed, WireReader } from '../wire/reader.js';
import { NONE, WireWriter } from '../wire/writer.js';
import { decodeInvocation, decodeProposalPayload, type Invocation } from './chaincode.js';
import {
  decodeHeader,
  decodeSignatureHeader,
  encodeHeader,
  type SignatureHeader,
} from './headers.js';
import { decodeProposal, withoutTransient } from './proposal.js';
import {
  chaincodeActionOf,
  chaincodeResults,
  decodeChaincodeEvent,
  decodeResponsePayload,
  type ChaincodeEvent,
  type ChaincodeResponse,
} from './response.js';

const NO_RESPONSE: ChaincodeResponse = { status: 0, message: '', payload: NONE };

/** protos.Endorsement. */
export interface Endorsement {
  /** SerializedIdentity bytes. */
  readonly endorser: Uint8Array;
  /** Signature over response payload ‖ endorser. */
  readonly signature: Uint8Array;
}

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
  const proposal = decodeProposal(input.proposalBytes);
  const header = decodeHeader(proposal.header);
  const endorsed = new WireWriter()
    .bytes(1, input.responsePayload)
    .repeated(2, uniqueEndorsers(input.endorsements).map(writeEndorsement));
  const action = new WireWriter().bytes(1, withoutTransient(proposal.payload)).message(2, endorsed);
  const transactionAction = new WireWriter().bytes(1, header.signatureHeader).bytes(2, action);
  const transaction = new WireWriter().message(1, transactionAction);
  return new WireWriter().message(1, encodeHeader(header)).bytes(2, transaction).finish();
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
>;

/**
 * {@link parseTransaction} without signatures and endorsements: for readers of transactions that are already validated.
 * @throws LedgerError MALFORMED_BYTES
 */
export function transactionEffects(data: Uint8Array): TransactionEffects {
  const { proposalPayload, endorsed } = decodeActionPayload(soleAction(data).payload);
  const { responsePayload } = decodeEndorsedAction(endorsed, false);
  const { chaincode, results, event } = chaincodeActionOf(decodeResponsePayload(responsePayload));
  return {
    chaincode: chaincode?.name ?? '',
    args: readableInvocation(proposalPayload)?.args ?? [],
    results,
    event: event && decodeChaincodeEvent(event),
  };
}

/**
 * MSP ids of the endorsers, without duplicates, sorted; for statistics over transactions that are already validated.
 * @throws LedgerError MALFORMED_BYTES
 */
export function transactionEndorsers(data: Uint8Array): string[] {
  const { endorsed } = decodeActionPayload(soleAction(data).payload);
  const reader = new WireReader(endorsed, 'protos.ChaincodeEndorsedAction');
  const mspIds = new Set<string>();
  while (reader.next()) {
    if (reader.tag === 0x12) mspIds.add(identityMspId(endorserOf(reader.bytes())));
    else reader.skip();
  }
  return [...mspIds].sort();
}

/** The endorser's SerializedIdentity in `protos.Endorsement` bytes; the signature is skipped. */
function endorserOf(bytes: Uint8Array): Uint8Array {
  const reader = new WireReader(bytes, 'protos.Endorsement');
  let endorser = NONE;
  while (reader.next()) {
    if (reader.tag === 0x0a) endorser = reader.bytes();
    else reader.skip();
  }
  return endorser;
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
  const { responsePayload, endorsements } = decodeEndorsedAction(endorsed, true);
  return { creator, nonce, signatureHeader, proposalPayload, responsePayload, endorsements };
}

/**
 * The TxReadWriteSet bytes of `protos.Transaction`; all else is skipped. For replaying transactions that are already validated.
 * @throws LedgerError MALFORMED_BYTES
 */
export function transactionResults(data: Uint8Array): Uint8Array {
  const { endorsed } = decodeActionPayload(soleAction(data).payload);
  const { responsePayload } = decodeEndorsedAction(endorsed, false);
  return chaincodeResults(decodeResponsePayload(responsePayload));
}

function soleAction(data: Uint8Array): {
  readonly signatureHeader: Uint8Array;
  readonly payload: Uint8Array;
} {
  const actions = repeatedMessage(data, 'protos.Transaction');
  const only = actions[0];
  if (only === undefined || actions.length > 1) {
    throw malformed('protos.Transaction', 'not exactly one action', { actions: actions.length });
  }
  const reader = new WireReader(only, 'protos.TransactionAction');
  let signatureHeader = NONE;
  let payload = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        signatureHeader = reader.bytes();
        break;
      case 0x12:
        payload = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { signatureHeader, payload };
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
function decodeActionPayload(bytes: Uint8Array): {
  readonly proposalPayload: Uint8Array | undefined;
  readonly endorsed: Uint8Array;
} {
  const reader = new WireReader(bytes, 'protos.ChaincodeActionPayload');
  let proposalPayload: Uint8Array | undefined;
  let endorsed: Uint8Array | undefined;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        proposalPayload = reader.bytes();
        break;
      case 0x12:
        endorsed = reader.message(endorsed);
        break;
      default:
        reader.skip();
    }
  }
  if (endorsed === undefined) throw malformed('protos.ChaincodeActionPayload', 'no action');
  return { proposalPayload, endorsed };
}

/** Endorsements are decoded only when requested. */
function decodeEndorsedAction(
  bytes: Uint8Array,
  withEndorsements: boolean,
): Pick<TransactionAction, 'responsePayload' | 'endorsements'> {
  const reader = new WireReader(bytes, 'protos.ChaincodeEndorsedAction');
  const endorsements: Endorsement[] = [];
  let responsePayload: Uint8Array | undefined;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        responsePayload = reader.bytes();
        break;
      case 0x12:
        if (withEndorsements) endorsements.push(decodeEndorsement(reader.bytes()));
        else reader.skip();
        break;
      default:
        reader.skip();
    }
  }
  if (responsePayload === undefined) {
    throw malformed('protos.ChaincodeEndorsedAction', 'no response payload');
  }
  return { responsePayload, endorsements };
}

function writeEndorsement({ endorser, signature }: Endorsement): WireWriter {
  return new WireWriter().bytes(1, endorser).bytes(2, signature);
}

/** @throws LedgerError MALFORMED_BYTES */
function decodeEndorsement(bytes: Uint8Array): Endorsement {
  const reader = new WireReader(bytes, 'protos.Endorsement');
  let endorser = NONE;
  let signature = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        endorser = reader.bytes();
        break;
      case 0x12:
        signature = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { endorser, signature };
}

function repeatedMessage(bytes: Uint8Array, name: string): Uint8Array[] {
  const reader = new WireReader(bytes, name);
  const found: Uint8Array[] = [];
  while (reader.next()) {
    if (reader.tag === 0x0a) found.push(reader.bytes());
    else reader.skip();
  }
  return found;
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
