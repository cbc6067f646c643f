import { blockMetadataIndex, metadataAt, type ParsedBlock } from '../block/block.js';
import {
  blockSignatureMessage,
  decodeSignatureMetadata,
  type BlockSignature,
  type SignatureMetadata,
} from '../block/signatures.js';
import { quorumSize } from '../change/quorum.js';
import type { ChannelConfig } from '../config/channel.js';
import type { Consenter } from '../config/values.js';
import { encodeIdentity } from '../identity/serialized.js';
import { messageOf } from '../validate/model.js';
import {
  verifiedSigners,
  verifiedSignersAsync,
  type ChannelSigner,
  type SignedItem,
  type Verify,
} from '../policy/signers.js';
import type { Report } from './findings.js';

const BLOCK_VALIDATION = '/Channel/Orderer/BlockValidation';

/**
 * Checks that the orderers of the config in force signed a block header: the signers satisfy its BlockValidation policy
 * (protoutil/blockutils.go BlockSignatureVerifier) and, with BFT ordering, form a quorum of its consenters
 * (common/policies/bft.go); a policy that was not updated after a change of consenters may require fewer. Returns the
 * valid signers.
 */
export async function checkOrderers(
  block: ParsedBlock,
  config: ChannelConfig,
  verify: Verify,
  report: Report,
): Promise<readonly ChannelSigner[]> {
  const metadata = readSignatures(block, report);
  if (metadata === undefined) return [];
  const items = signedItems(block, metadata, config);
  const signers = await verifiedSignersAsync(config, items, verify);
  const lacking = lackingOf(config, signers);
  if (lacking !== undefined) report('SIGNATURES_INSUFFICIENT', lacking);
  return signers;
}

/** Numbers of the BFT consenters whose valid signature a block carries. @throws LedgerError MALFORMED_BYTES */
export function signingConsenters(block: ParsedBlock, config: ChannelConfig): readonly number[] {
  const metadata = decodeSignatureMetadata(metadataAt(block, blockMetadataIndex.signatures));
  const signers = verifiedSigners(config, signedItems(block, metadata, config));
  return consentersAmong(config, signers).map(({ id }) => id);
}

function readSignatures(block: ParsedBlock, report: Report): SignatureMetadata | undefined {
  try {
    return decodeSignatureMetadata(metadataAt(block, blockMetadataIndex.signatures));
  } catch (error) {
    report('SIGNATURES_MALFORMED', `the orderers' signatures cannot be read: ${messageOf(error)}`);
    return undefined;
  }
}

function signedItems(
  block: ParsedBlock,
  { value, signatures }: SignatureMetadata,
  config: ChannelConfig,
): readonly SignedItem[] {
  return signatures.flatMap((entry) => {
    const identity = signerOf(entry, config);
    if (identity === undefined) return [];
    const message = blockSignatureMessage(value, entry.header, block);
    return [{ identity, message, signature: entry.signature }];
  });
}

/** Raft, and blocks before BFT, identify the signer by certificate, BFT by the consenter number. */
function signerOf(entry: BlockSignature, config: ChannelConfig): Uint8Array | undefined {
  if (entry.kind === 'creator') return entry.creator;
  if (!config.capabilities.has('V3_0')) return undefined;
  const consenter = config.consenters.find(({ id }) => id === entry.consenterId);
  if (consenter === undefined || consenter.identity.length === 0) return undefined;
  return encodeIdentity(consenter.mspId, consenter.identity);
}

/** What is missing, in a sentence; undefined when the signers suffice. */
function lackingOf(config: ChannelConfig, signers: readonly ChannelSigner[]): string | undefined {
  const policy = config.policy(BLOCK_VALIDATION);
  if (policy === undefined) return 'the config in force has no BlockValidation policy';
  const { satisfied, reason } = policy.evaluate(signers);
  if (!satisfied) return `the orderers' signatures do not suffice: ${reason}`;
  if (config.orderer?.type !== 'BFT') return undefined;
  const quorum = quorumSize(config.consenters.length);
  const signing = consentersAmong(config, signers).length;
  return signing < quorum
    ? `${signing} of ${config.consenters.length} consenters signed, ${quorum} must`
    : undefined;
}

function consentersAmong(
  { consenters }: ChannelConfig,
  signers: readonly ChannelSigner[],
): readonly Consenter[] {
  const signed = new Set(signers.map(({ bytes }) => text(bytes)));
  return consenters.filter(
    ({ mspId, identity }) =>
      identity.length > 0 && signed.has(text(encodeIdentity(mspId, identity))),
  );
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
