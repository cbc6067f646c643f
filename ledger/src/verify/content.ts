import type { ParsedBlock } from '../block/block.js';
import { dataHash } from '../block/header.js';
import { buildEnvelope, decodeEnvelope } from '../envelope/envelope.js';
import { headerType } from '../envelope/headers.js';
import { identityOf } from '../validate/syntax.js';
import type { Report } from './findings.js';

/** Whether the block carries a channel config: a single transaction, as orderers write it (protoutil IsConfigBlock). */
export function isConfigBlock({ envelopes }: ParsedBlock): boolean {
  const [first, ...others] = envelopes;
  return first !== undefined && others.length === 0 && identityOf(first).type === headerType.config;
}

/**
 * Checks a block's transactions against its header: the data hash, and that no other split into envelopes gives the
 * same hash. Returns whether they match.
 */
export function checkContent(block: ParsedBlock, report: Report): boolean {
  checkForm(block, report);
  if (Buffer.from(dataHash(block.envelopes)).equals(block.dataHash)) return true;
  report('DATA_HASH_MISMATCH', 'the transactions do not have the hash that the header gives');
  return false;
}

/**
 * The data hash covers the envelopes without their lengths, so joining two of them would not change it. Each must
 * therefore be exactly the encoding of its fields (protoutil/blockutils.go VerifyTransactionsAreWellFormed).
 */
function checkForm(block: ParsedBlock, report: Report): void {
  if (block.envelopes.length === 0) report('DATA_MALFORMED', 'the block holds no transaction');
  if (isConfigBlock(block)) return;
  block.envelopes.forEach((bytes, position) => {
    if (!isWellFormed(bytes)) {
      report('DATA_MALFORMED', 'the envelope is not in its only form', position);
    }
  });
}

function isWellFormed(bytes: Uint8Array): boolean {
  try {
    const { payload, signature } = decodeEnvelope(bytes);
    if (payload.length === 0 || signature.length === 0) return false;
    return Buffer.from(buildEnvelope(payload, signature)).equals(bytes);
  } catch {
    return false;
  }
}
