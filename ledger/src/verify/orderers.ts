import { blockMetadataIndex, metadataAt, type ParsedBlock } from '../block/block.js';
import {
  blockSignatureMessage,
  decodeSignatureMetadata,
  type BlockSignature,
  type SignatureMetadata,
} from '../block/signatures.js';
import type { ChannelConfig } from '../config/channel.js';
import { encodeIdentity } from '../identity/serialized.js';
import { why } from '../validate/model.js';
import {
  verifiedSignersAsync,
  type ChannelSigner,
  type SignedItem,
  type Verify,
} from '../policy/signers.js';
import type { Report } from './findings.js';

const BLOCK_VALIDATION = '/Channel/Orderer/BlockValidation';

/**
 * Whether the orderers of the config in force vouch for a block's header: the signers satisfy its BlockValidation
 * policy (protoutil/blockutils.go BlockSignatureVerifier) and, where ordering is byzantine fault tolerant, are a quorum
 * of its consenters (common/policies/bft.go), which a policy left behind by a change of consenters may not ask for.
 * Answers whose signatures hold.
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

function readSignatures(block: ParsedBlock, report: Report): SignatureMetadata | undefined {
  try {
    return decodeSignatureMetadata(metadataAt(block, blockMetadataIndex.signatures));
  } catch (error) {
    report('SIGNATURES_MALFORMED', `the orderers' signatures cannot be read: ${why(error)}`);
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

/** Raft and the blocks before BFT name the signer by certificate, BFT by its number among the consenters. */
function signerOf(entry: BlockSignature, config: ChannelConfig): Uint8Array | undefined {
  if (entry.kind === 'creator') return entry.creator;
  if (!config.capabilities.has('V3_0')) return undefined;
  const consenter = config.consenters.find(({ id }) => id === entry.consenterId);
  if (consenter === undefined || consenter.identity.length === 0) return undefined;
  return encodeIdentity(consenter.mspId, consenter.identity);
}

/** What the signers lack, in a sentence; undefined when they suffice. */
function lackingOf(config: ChannelConfig, signers: readonly ChannelSigner[]): string | undefined {
  const policy = config.policy(BLOCK_VALIDATION);
  if (policy === undefined) return 'the config in force has no BlockValidation policy';
  const { satisfied, reason } = policy.evaluate(signers);
  if (!satisfied) return `the orderers' signatures do not suffice: ${reason}`;
  if (config.orderer?.type !== 'BFT') return undefined;
  const quorum = quorumOf(config.consenters.length);
  const signing = consentersAmong(config, signers);
  return signing < quorum
    ? `${signing} of ${config.consenters.length} consenters signed, ${quorum} must`
    : undefined;
}

function consentersAmong(config: ChannelConfig, signers: readonly ChannelSigner[]): number {
  const known = config.consenters.flatMap(({ mspId, identity }) =>
    identity.length === 0 ? [] : [text(encodeIdentity(mspId, identity))],
  );
  return signers.filter(({ bytes }) => known.includes(text(bytes))).length;
}

/** ceil((n + f + 1) / 2) with f = floor((n - 1) / 3). */
function quorumOf(consenters: number): number {
  const faulty = Math.max(0, Math.floor((consenters - 1) / 3));
  return Math.ceil((consenters + faulty + 1) / 2);
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
