import { sha256 } from '../crypto/hash.js';
import { bytes, message, type MessageOf } from '../wire/message.js';
import { NONE } from '../wire/writer.js';
import { malformed } from '../wire/reader.js';
import {
  decodeHeaderExtension,
  decodeInvocation,
  decodeProposalPayload,
  encodeHeaderExtension,
  encodeInvocation,
  encodeProposalPayload,
  type Invocation,
} from './chaincode.js';
import {
  decodeChannelHeader,
  decodeHeader,
  decodeSignatureHeader,
  encodeChannelHeader,
  encodeHeader,
  encodeSignatureHeader,
  headerType,
  timestampFromDate,
  type ChannelHeader,
  type HeaderBytes,
  type SignatureHeader,
} from './headers.js';

const proposalMessage = message('protos.Proposal', { header: bytes(1), payload: bytes(2) }, () => ({
  header: NONE,
  payload: NONE,
}));

const NO_TRANSIENT: ReadonlyMap<string, Uint8Array> = new Map();

/** The content of a proposal. */
export interface ProposalInput {
  readonly channel: string;
  readonly chaincode: string;
  /** UTF-8 bytes; the function name is the first argument. */
  readonly args: readonly Uint8Array[];
  /** SerializedIdentity bytes. */
  readonly creator: Uint8Array;
  /** 24 random bytes. */
  readonly nonce: Uint8Array;
  readonly timestamp: Date;
  readonly transient?: ReadonlyMap<string, Uint8Array>;
  readonly isInit?: boolean;
}

/** A proposal's bytes, to be signed as they are. */
interface BuiltProposal {
  readonly transactionId: string;
  /** `protos.Proposal` bytes. */
  readonly bytes: Uint8Array;
}

export interface ParsedProposal extends Invocation, SignatureHeader {
  readonly channel: string;
  readonly transactionId: string;
  readonly channelHeader: ChannelHeader;
  readonly transient: ReadonlyMap<string, Uint8Array>;
  readonly headers: HeaderBytes;
}

export interface ParsedSignedProposal {
  readonly proposal: ParsedProposal;
  /** The bytes that `signature` covers. */
  readonly proposalBytes: Uint8Array;
  readonly signature: Uint8Array;
}

/** The transaction id: hex of SHA-256(nonce ‖ creator) (protoutil/proputils.go ComputeTxID). */
export function newTransactionId(creator: Uint8Array, nonce: Uint8Array): string {
  return Buffer.from(sha256(nonce, creator)).toString('hex');
}

/** Builds `protos.Proposal` as Fabric's clients do (protoutil/proputils.go). */
export function buildProposal(input: ProposalInput): BuiltProposal {
  const transactionId = newTransactionId(input.creator, input.nonce);
  const header = encodeHeader({
    channelHeader: encodeChannelHeader({
      type: headerType.endorserTransaction,
      channelId: input.channel,
      txId: transactionId,
      timestamp: timestampFromDate(input.timestamp),
      extension: encodeHeaderExtension(input.chaincode),
    }),
    signatureHeader: encodeSignatureHeader(input),
  });
  const payload = encodeProposalPayload({
    input: encodeInvocation({ ...input, isInit: input.isInit ?? false }),
    transient: input.transient ?? NO_TRANSIENT,
  });
  return { transactionId, bytes: proposalMessage.encode({ header, payload }) };
}

/**
 * Decodes a proposal completely, as a peer does before it endorses (core/endorser/msgvalidation.go UnpackProposal). The
 * chaincode is the one in the channel header, as for the peer. Transaction id and creator are not checked here.
 * @throws LedgerError MALFORMED_BYTES
 */
export function parseProposal(bytes: Uint8Array): ParsedProposal {
  const parts = decodeProposal(bytes);
  const headers = decodeHeader(parts.header);
  const channelHeader = decodeChannelHeader(headers.channelHeader);
  const { creator, nonce } = decodeSignatureHeader(headers.signatureHeader);
  const chaincode = decodeHeaderExtension(channelHeader.extension)?.name ?? '';
  if (chaincode === '') throw malformed('protos.ChaincodeHeaderExtension', 'no chaincode name');
  const { input, transient } = decodeProposalPayload(parts.payload);
  const { args, isInit } = decodeInvocation(input);
  return {
    channel: channelHeader.channelId,
    transactionId: channelHeader.txId,
    channelHeader,
    headers,
    chaincode,
    args,
    isInit,
    creator,
    nonce,
    transient,
  };
}

const signedProposal = message('protos.SignedProposal', {
  proposalBytes: bytes(1),
  signature: bytes(2),
});

/** @throws LedgerError MALFORMED_BYTES, also when the proposal or the signature is absent. */
export function parseSignedProposal(bytes: Uint8Array): ParsedSignedProposal {
  const { proposalBytes, signature } = signedProposal.decode(bytes);
  if (proposalBytes.length === 0) throw malformed('protos.SignedProposal', 'no proposal');
  if (signature.length === 0) throw malformed('protos.SignedProposal', 'no signature');
  return { proposal: parseProposal(proposalBytes), proposalBytes, signature };
}

/**
 * SHA-256 over channel header ‖ signature header ‖ payload without its transient data, which endorsers put into their
 * response (protoutil/txutils.go GetProposalHash1). 32 bytes.
 * @throws LedgerError MALFORMED_BYTES
 */
export function proposalHash(proposalBytes: Uint8Array): Uint8Array {
  const parts = decodeProposal(proposalBytes);
  const headers = decodeHeader(parts.header);
  return sha256(headers.channelHeader, headers.signatureHeader, withoutTransient(parts.payload));
}

/** The payload without transient data, as a transaction contains it (protoutil/txutils.go GetBytesProposalPayloadForTx). */
export function withoutTransient(proposalPayload: Uint8Array): Uint8Array {
  const { input } = decodeProposalPayload(proposalPayload);
  return encodeProposalPayload({ input, transient: NO_TRANSIENT });
}

/** `protos.Proposal` with its parts still encoded. @throws LedgerError MALFORMED_BYTES when a part is absent. */
export function decodeProposal(bytes: Uint8Array): MessageOf<typeof proposalMessage> {
  const proposal = proposalMessage.decode(bytes);
  if (proposal.header.length === 0) throw malformed('protos.Proposal', 'no header');
  if (proposal.payload.length === 0) throw malformed('protos.Proposal', 'no payload');
  return proposal;
}
