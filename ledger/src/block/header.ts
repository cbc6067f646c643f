import { DER, derElement, derInteger } from '../crypto/der.js';
import { sha256 } from '../crypto/hash.js';
import { bytes, message, uint64, type MessageOf } from '../wire/message.js';

export const blockHeader = message('common.BlockHeader', {
  number: uint64(1),
  /** Hash of the previous block's header; empty in block 0. */
  previousHash: bytes(2),
  dataHash: bytes(3),
});
export type BlockHeader = MessageOf<typeof blockHeader>;

/** ASN.1 DER of a header: what orderers sign and what the next block's `previousHash` covers (protoutil/blockutils.go). */
export function headerBytes(header: BlockHeader): Uint8Array {
  return derElement(
    DER.sequence,
    derInteger(bigEndian(header.number)),
    derElement(DER.octetString, header.previousHash),
    derElement(DER.octetString, header.dataHash),
  );
}

/** SHA-256 of {@link headerBytes}: the block's hash. */
export function headerHash(header: BlockHeader): Uint8Array {
  return sha256(headerBytes(header));
}

/** SHA-256 over the concatenated envelopes; Fabric builds no Merkle tree here. */
export function dataHash(envelopes: readonly Uint8Array[]): Uint8Array {
  return sha256(...envelopes);
}

/** Eight bytes, most significant first. */
function bigEndian(value: bigint): Uint8Array {
  const digits = new Uint8Array(8);
  new DataView(digits.buffer).setBigUint64(0, value);
  return digits;
}
