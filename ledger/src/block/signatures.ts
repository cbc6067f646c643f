import { decodeSignatureHeader, encodeSignatureHeader } from '../envelope/headers.js';
import { bytes, embedded, list, message, uint32, uint64, type MessageOf } from '../wire/message.js';
import { NONE, concat } from '../wire/writer.js';
import { headerBytes, type BlockHeader } from './header.js';

/** An orderer's signature that names its signer by certificate (Raft, and before the first BFT block). */
interface CreatorSignature {
  readonly kind: 'creator';
  /** SignatureHeader bytes, as signed. */
  readonly header: Uint8Array;
  /** SerializedIdentity bytes. */
  readonly creator: Uint8Array;
  readonly nonce: Uint8Array;
  readonly signature: Uint8Array;
}

/** An orderer's signature that names its signer by the consenter's number in the channel config (BFT). */
interface ConsenterSignature {
  readonly kind: 'consenter';
  /** IdentifierHeader bytes, as signed. */
  readonly header: Uint8Array;
  readonly consenterId: number;
  readonly nonce: Uint8Array;
  readonly signature: Uint8Array;
}

export type BlockSignature = CreatorSignature | ConsenterSignature;

/** common.Metadata of the SIGNATURES slot. */
export interface SignatureMetadata {
  /** OrdererBlockMetadata bytes; part of what every signature covers. */
  readonly value: Uint8Array;
  readonly signatures: readonly BlockSignature[];
}

/** common.OrdererBlockMetadata. */
interface OrdererBlockMetadata {
  /** Number of the newest config block; undefined when the message lacks it. */
  readonly lastConfig: bigint | undefined;
  /** `common.Metadata` bytes of the consensus protocol (Raft or SmartBFT). */
  readonly consenterMetadata: Uint8Array;
}

const metadataSignature = message('common.MetadataSignature', {
  signatureHeader: bytes(1),
  signature: bytes(2),
  identifierHeader: bytes(3),
});
const metadataMessage = message('common.Metadata', {
  value: bytes(1),
  signatures: list(2, metadataSignature),
});
const identifierHeader = message('common.IdentifierHeader', {
  consenterId: uint32(1),
  nonce: bytes(2),
});
const lastConfigMessage = message('common.LastConfig', { index: uint64(1) });
const ordererMetadata = message('common.OrdererBlockMetadata', {
  lastConfig: embedded(1, lastConfigMessage),
  consenterMetadata: bytes(2),
});

/**
 * What an orderer signs: metadata value ‖ its signature or identifier header ‖ block header in DER
 * (protoutil/blockutils.go BlockSignatureVerifier).
 */
export function blockSignatureMessage(
  value: Uint8Array,
  signerHeader: Uint8Array,
  header: BlockHeader,
): Uint8Array {
  return concat([value, signerHeader, headerBytes(header)]);
}

/** SignatureHeader bytes for a block signature by certificate. */
export function creatorHeader(creator: Uint8Array, nonce: Uint8Array): Uint8Array {
  return encodeSignatureHeader({ creator, nonce });
}

/** `common.Metadata` bytes of the SIGNATURES slot. */
export function encodeSignatureMetadata(
  value: Uint8Array,
  signatures: readonly Pick<BlockSignature, 'kind' | 'header' | 'signature'>[],
): Uint8Array {
  return metadataMessage.encode({
    value,
    signatures: signatures.map(({ kind, header, signature }) => ({
      signature,
      signatureHeader: kind === 'creator' ? header : NONE,
      identifierHeader: kind === 'consenter' ? header : NONE,
    })),
  });
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeSignatureMetadata(bytes: Uint8Array): SignatureMetadata {
  const { value, signatures } = metadataMessage.decode(bytes);
  return { value, signatures: signatures.map(blockSignature) };
}

/** As in Fabric, a signature is a consenter's when it has an identifier header and no signature header. */
function blockSignature(entry: MessageOf<typeof metadataSignature>): BlockSignature {
  const { signatureHeader: creator, identifierHeader: consenter, signature } = entry;
  if (creator.length === 0 && consenter.length > 0) {
    const identifier = identifierHeader.decode(consenter);
    return { kind: 'consenter', header: consenter, ...identifier, signature };
  }
  return { kind: 'creator', header: creator, ...decodeSignatureHeader(creator), signature };
}

/** `common.OrdererBlockMetadata` bytes. */
export function encodeOrdererMetadata(metadata: OrdererBlockMetadata): Uint8Array {
  const { lastConfig: index, consenterMetadata } = metadata;
  const lastConfig = index === undefined ? undefined : { index };
  return ordererMetadata.encode({ lastConfig, consenterMetadata });
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeOrdererMetadata(bytes: Uint8Array): OrdererBlockMetadata {
  const { lastConfig, consenterMetadata } = ordererMetadata.decode(bytes);
  return { lastConfig: lastConfig?.index, consenterMetadata };
}

/** `common.LastConfig` bytes. */
export function encodeLastConfig(index: bigint): Uint8Array {
  return lastConfigMessage.encode({ index });
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeLastConfig(bytes: Uint8Array): bigint {
  return lastConfigMessage.decode(bytes).index;
}
