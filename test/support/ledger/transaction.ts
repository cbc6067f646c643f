import { randomBytes } from 'node:crypto';
import {
  buildBlock,
  buildEnvelope,
  buildResponsePayload,
  buildTransactionPayload,
  encodeChannelHeader,
  encodePayload,
  encodeSignatureHeader,
  encodeTxRwSet,
  endorsementMessage,
  headerType,
  newTransactionId,
  proposalHash,
  WireWriter,
  type KvRead,
  type NamespaceRwSet,
  type ParsedBlock,
  type TxRwSet,
} from '@yici/ledger';
import {
  encodeHeader,
  encodeHeaderExtension,
  encodeInvocation,
  encodeProposalPayload,
} from '@yici/ledger/testing';
import { CHANNEL } from './channel.js';

export const CHAINCODE = 'matters';

/** Whoever can sign: SerializedIdentity bytes and the key to them. */
export interface Signatory {
  readonly identity: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** A transaction as it would come out of the gateway, every part of which a test may spoil. */
export interface TransactionInput {
  readonly creator: Signatory;
  readonly endorsers: readonly Signatory[];
  readonly rwset?: TxRwSet;
  /** TxReadWriteSet bytes instead of `rwset`. */
  readonly results?: Uint8Array;
  readonly channel?: string;
  /** The chaincode that is asked. */
  readonly chaincode?: string;
  /** The chaincode that the endorsers say answered. */
  readonly answeredBy?: { readonly name: string; readonly version: string };
  readonly events?: Uint8Array;
  readonly nonce?: Uint8Array;
  /** Signs the envelope instead of the creator. */
  readonly signedBy?: Signatory;
  /** Endorsement signatures over something else. */
  readonly forgedEndorsements?: boolean;
  /** ChaincodeHeaderExtension bytes instead of those that name the chaincode. */
  readonly headerExtension?: Uint8Array;
  /** ChaincodeAction bytes instead of what the fields above make; undefined leaves it out. */
  readonly action?: { readonly bytes: Uint8Array | undefined };
}

export interface TestTransaction {
  readonly txId: string;
  readonly payload: Uint8Array;
  /** `common.Envelope` bytes. */
  readonly envelope: Uint8Array;
}

export function transaction(input: TransactionInput): TestTransaction {
  const { proposalBytes, txId } = proposal(input);
  const responsePayload = response(input, proposalBytes);
  const endorsements = input.endorsers.map((endorser) => ({
    endorser: endorser.identity,
    signature: endorser.sign(
      input.forgedEndorsements === true
        ? Buffer.from('something else')
        : endorsementMessage(responsePayload, endorser.identity),
    ),
  }));
  const payload = buildTransactionPayload({ proposalBytes, responsePayload, endorsements });
  const signer = input.signedBy ?? input.creator;
  return { txId, payload, envelope: buildEnvelope(payload, signer.sign(payload)) };
}

function proposal(input: TransactionInput): { proposalBytes: Uint8Array; txId: string } {
  const chaincode = input.chaincode ?? CHAINCODE;
  const nonce = input.nonce ?? randomBytes(24);
  const creator = input.creator.identity;
  const txId = newTransactionId(creator, nonce);
  const header = encodeHeader({
    channelHeader: encodeChannelHeader({
      type: headerType.endorserTransaction,
      channelId: input.channel ?? CHANNEL,
      txId,
      extension: input.headerExtension ?? encodeHeaderExtension(chaincode),
    }),
    signatureHeader: encodeSignatureHeader({ creator, nonce }),
  });
  const invocation = { chaincode, args: [Buffer.from('case:submit')], isInit: false };
  const payload = encodeProposalPayload({
    input: encodeInvocation(invocation),
    transient: new Map(),
  });
  return { proposalBytes: new WireWriter().bytes(1, header).bytes(2, payload).finish(), txId };
}

function response(input: TransactionInput, proposalBytes: Uint8Array): Uint8Array {
  if (input.action !== undefined) {
    const hash = proposalHash(proposalBytes);
    return new WireWriter().bytes(1, hash).bytes(2, input.action.bytes).finish();
  }
  return buildResponsePayload({
    proposalBytes,
    results: input.results ?? encodeTxRwSet(input.rwset ?? []),
    events: input.events,
    response: { status: 200, message: '', payload: new Uint8Array(0) },
    chaincode: input.answeredBy ?? { name: input.chaincode ?? CHAINCODE, version: '1.0' },
  });
}

/** An envelope of any type with headers made to order. */
export interface RawInput {
  readonly creator: Signatory;
  readonly type: number;
  readonly data: Uint8Array;
  readonly channel?: string;
  readonly epoch?: bigint;
  readonly txId?: string;
  readonly nonce?: Uint8Array;
  readonly creatorBytes?: Uint8Array;
  readonly extension?: Uint8Array;
}

export function rawEnvelope(input: RawInput): Uint8Array {
  const nonce = input.nonce ?? randomBytes(24);
  const creator = input.creatorBytes ?? input.creator.identity;
  const headers = {
    channelHeader: encodeChannelHeader({
      type: input.type,
      channelId: input.channel ?? CHANNEL,
      txId: input.txId ?? newTransactionId(creator, nonce),
      epoch: input.epoch ?? 0n,
      ...(input.extension && { extension: input.extension }),
    }),
    signatureHeader: encodeSignatureHeader({ creator, nonce }),
  };
  const payload = encodePayload(headers, input.data);
  return buildEnvelope(payload, input.creator.sign(payload));
}

/** A CONFIG envelope over `common.ConfigEnvelope` bytes, as an orderer signs it. */
export function configEnvelope(orderer: Signatory, data: Uint8Array): Uint8Array {
  return rawEnvelope({ creator: orderer, type: headerType.config, data });
}

export function block(number: bigint, ...envelopes: readonly Uint8Array[]): ParsedBlock {
  return buildBlock({ number, previousHash: new Uint8Array(32), envelopes });
}

/** One namespace's part of a read-write set. */
export function namespace(
  input: Partial<NamespaceRwSet> & { readonly name?: string },
): NamespaceRwSet {
  const { name = CHAINCODE, ...parts } = input;
  return {
    namespace: name,
    reads: [],
    rangeQueries: [],
    writes: [],
    metadataWrites: [],
    collections: [],
    ...parts,
  };
}

export function write(key: string, value = 'x'): NamespaceRwSet['writes'][number] {
  return { key, isDelete: false, value: Buffer.from(value) };
}

export function remove(key: string): NamespaceRwSet['writes'][number] {
  return { key, isDelete: true, value: new Uint8Array(0) };
}

/** A read at a height, or of an absent key. */
export function read(key: string, block?: bigint, tx = 0): KvRead {
  return block === undefined ? { key } : { key, version: { block, tx } };
}
