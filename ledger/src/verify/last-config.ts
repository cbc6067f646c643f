import { blockMetadataIndex, metadataAt, type ParsedBlock } from '../block/block.js';
import {
  decodeLastConfig,
  decodeOrdererMetadata,
  decodeSignatureMetadata,
} from '../block/signatures.js';
import { messageOf } from '../validate/model.js';
import type { Report } from './findings.js';

/**
 * The numbers that a block gives for the newest config block: the one that its orderers signed, and the one in the
 * LAST_CONFIG slot, which older orderers wrote. Absent ones are left out.
 * @throws LedgerError MALFORMED_BYTES
 */
function lastConfigsOf(block: ParsedBlock): readonly bigint[] {
  const signed = decodeSignatureMetadata(metadataAt(block, blockMetadataIndex.signatures)).value;
  const slot = metadataAt(block, blockMetadataIndex.lastConfig);
  const claims = [
    signed.length === 0 ? undefined : decodeOrdererMetadata(signed).lastConfig,
    slot.length === 0 ? undefined : decodeLastConfig(decodeSignatureMetadata(slot).value),
  ];
  return claims.filter((claim) => claim !== undefined);
}

/** {@link lastConfigsOf}; empty for a malformed block. */
export function claimedConfigs(block: ParsedBlock): readonly bigint[] {
  try {
    return lastConfigsOf(block);
  } catch {
    return [];
  }
}

/** A block must name the config block in force after it; this reveals a fork of the config. */
export function checkLastConfig(block: ParsedBlock, inForce: bigint, report: Report): void {
  try {
    for (const claim of lastConfigsOf(block)) {
      if (claim !== inForce) {
        report(
          'LAST_CONFIG_MISMATCH',
          `it names block ${claim} as the newest config, not ${inForce}`,
        );
      }
    }
  } catch (error) {
    report('LAST_CONFIG_MISMATCH', `its newest config cannot be read: ${messageOf(error)}`);
  }
}
