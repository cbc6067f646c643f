import { decodeSignatureHeader, encodeSignatureHeader } from '../envelope/headers.js';
import { WireReader } from '../wire/reader.js';
import { NONE, concat, WireWriter } from '../wire/writer.js';
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
  return new WireWriter().bytes(1, value).repeated(2, signatures.map(encodeSignature)).finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeSignatureMetadata(bytes: Uint8Array): SignatureMetadata {
  const reader = new WireReader(bytes, 'common.Metadata');
  const signatures: BlockSignature[] = [];
  let value = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        value = reader.bytes();
        break;
      case 0x12:
        signatures.push(decodeSignature(reader.bytes()));
        break;
      default:
        reader.skip();
    }
  }
  return { value, signatures };
}

/** `common.OrdererBlockMetadata` bytes. */
export function encodeOrdererMetadata(metadata: OrdererBlockMetadata): Uint8Array {
  const { lastConfig } = metadata;
  return new WireWriter()
    .message(1, lastConfig === undefined ? undefined : encodeLastConfig(lastConfig))
    .bytes(2, metadata.consenterMetadata)
    .finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeOrdererMetadata(bytes: Uint8Array): OrdererBlockMetadata {
  const reader = new WireReader(bytes, 'common.OrdererBlockMetadata');
  let lastConfig: Uint8Array | undefined;
  let consenterMetadata = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        lastConfig = reader.message(lastConfig);
        break;
      case 0x12:
        consenterMetadata = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return {
    lastConfig: lastConfig === undefined ? undefined : decodeLastConfig(lastConfig),
    consenterMetadata,
  };
}

/** `common.LastConfig` bytes. */
export function encodeLastConfig(index: bigint): Uint8Array {
  return new WireWriter().varint(1, index).finish();
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeLastConfig(bytes: Uint8Array): bigint {
  const reader = new WireReader(bytes, 'common.LastConfig');
  let index = 0n;
  while (reader.next()) {
    if (reader.tag === 0x08) index = reader.uint64();
    else reader.skip();
  }
  return index;
}

function encodeSignature(entry: Pick<BlockSignature, 'kind' | 'header' | 'signature'>): Uint8Array {
  const writer = new WireWriter();
  if (entry.kind === 'creator') writer.bytes(1, entry.header);
  writer.bytes(2, entry.signature);
  if (entry.kind === 'consenter') writer.bytes(3, entry.header);
  return writer.finish();
}

/** As in Fabric, a signature is a consenter's when it has an identifier header and no signature header. */
function decodeSignature(bytes: Uint8Array): BlockSignature {
  const reader = new WireReader(bytes, 'common.MetadataSignature');
  let signatureHeader = NONE;
  let signature = NONE;
  let identifierHeader = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        signatureHeader = reader.bytes();
        break;
      case 0x12:
        signature = reader.bytes();
        break;
      case 0x1a:
        identifierHeader = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  if (signatureHeader.length === 0 && identifierHeader.length > 0) {
    const identifier = decodeIdentifierHeader(identifierHeader);
    return { kind: 'consenter', header: identifierHeader, ...identifier, signature };
  }
  const creator = decodeSignatureHeader(signatureHeader);
  return { kind: 'creator', header: signatureHeader, ...creator, signature };
}

function decodeIdentifierHeader(
  bytes: Uint8Array,
): Pick<ConsenterSignature, 'consenterId' | 'nonce'> {
  const reader = new WireReader(bytes, 'common.IdentifierHeader');
  let consenterId = 0;
  let nonce = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x08:
        consenterId = reader.uint32();
        break;
      case 0x12:
        nonce = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return { consenterId, nonce };
}
