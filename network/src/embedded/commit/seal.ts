import {
  blockMetadataIndex,
  blockSignatureMessage,
  creatorHeader,
  encodeLastConfig,
  encodeOrdererMetadata,
  encodeSignatureMetadata,
  withMetadata,
  WireWriter,
  type ParsedBlock,
} from '@yici/ledger';

/** Signs SHA-256 of a message; ECDSA signatures in DER with low S. */
type Sign = (message: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** Identity of the embedded network's only orderer. */
export interface OrdererIdentity {
  /** SerializedIdentity bytes. */
  readonly identity: Uint8Array;
  readonly sign: Sign;
}

/**
 * The block with its LAST_CONFIG and the orderer's signature over header and last config, as written by a Raft orderer
 * (orderer/common/multichannel/blockwriter.go). Neither covers the validation codes.
 */
export async function sealBlock(
  block: ParsedBlock,
  orderer: OrdererIdentity,
  lastConfig: bigint,
  nonce: Uint8Array,
): Promise<ParsedBlock> {
  const value = encodeOrdererMetadata({ lastConfig, consenterMetadata: new Uint8Array(0) });
  const header = creatorHeader(orderer.identity, nonce);
  const signature = await orderer.sign(blockSignatureMessage(value, header, block));
  const signatures = encodeSignatureMetadata(value, [{ kind: 'creator', header, signature }]);
  const lastConfigBytes = new WireWriter().bytes(1, encodeLastConfig(lastConfig)).finish();
  return withMetadata(
    withMetadata(block, blockMetadataIndex.lastConfig, lastConfigBytes),
    blockMetadataIndex.signatures,
    signatures,
  );
}
