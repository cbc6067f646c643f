import { blockMetadataIndex, metadataAt, type ParsedBlock } from '../block/block.js';
import { commitHash, commitHashOf } from '../block/commit.js';
import type { StateReader, StateUpdates } from '../state/model.js';
import { UpdateBatch } from '../state/update-batch.js';
import { validationCode, validationCodeName } from '../validate/codes.js';
import type { BlockVerdict } from '../validate/model.js';
import { readTransaction } from '../validate/transaction.js';
import type { Report } from './findings.js';

/** Compares the codes written by a peer with the recomputed ones. */
export class CodeCheck {
  #missing = false;

  /** Returns the codes in the block when there is one per transaction. Block 0 is trusted and may have none. */
  compare(block: ParsedBlock, verdict: BlockVerdict, report: Report): Uint8Array | undefined {
    if (block.number === 0n) return undefined;
    const written = metadataAt(block, blockMetadataIndex.transactionsFilter);
    const missing = written.length === 0 && block.envelopes.length > 0;
    // A run of such blocks, as delivered by an orderer, is one finding.
    if (missing && !this.#missing) report('CODES_MISSING', 'from here on no peer wrote its codes');
    this.#missing = missing;
    if (missing) return undefined;
    if (written.length !== block.envelopes.length) {
      report(
        'CODES_MALFORMED',
        `${written.length} codes for ${block.envelopes.length} transactions`,
      );
      return undefined;
    }
    compareEach(written, verdict, report);
    return written;
  }
}

function compareEach(written: Uint8Array, { transactions }: BlockVerdict, report: Report): void {
  transactions.forEach(({ code, reason }, position) => {
    const claim = written[position] ?? validationCode.NOT_VALIDATED;
    if (claim === code) return;
    const names = `written ${named(claim)}, by the rules ${named(code)}`;
    report('CODE_MISMATCH', reason === '' ? names : `${names}: ${reason}`, position);
  });
}

function named(code: number): string {
  return `${validationCodeName(code)} (${code})`;
}

/**
 * The changes of a block whose transactions do not match its header, by the codes of the peer. The peer had the
 * original transactions, so its codes are the better evidence; where the damage left keys and versions intact, later
 * blocks can still be judged.
 */
export function updatesAsWritten(
  block: ParsedBlock,
  written: Uint8Array,
  verdict: BlockVerdict,
  state: StateReader,
): StateUpdates {
  const batch = new UpdateBatch(state);
  block.envelopes.forEach((bytes, tx) => {
    if (written[tx] !== validationCode.VALID) return;
    const reading = readTransaction(bytes);
    if (reading.kind !== 'endorsed') return;
    const txId = verdict.transactions[tx]?.txId ?? '';
    batch.apply(reading.effects.rwset, { block: block.number, tx }, txId);
  });
  return batch.updates;
}

/**
 * Checks the chain of commit hashes, which makes peers comparable: it reveals a peer that wrote correct codes but
 * stored another state. Each block is compared with the hash in the previous block, so that one fault is one finding.
 */
export class CommitHashes {
  #previous: Uint8Array | undefined;

  /** `verdict` is undefined when the changes of this block are not known. */
  check(block: ParsedBlock, verdict: BlockVerdict | undefined, report: Report): void {
    const written = commitHashOf(block);
    if (written !== undefined && verdict !== undefined && this.#follows(block)) {
      const own = hashOf(block, verdict, this.#previous);
      if (!Buffer.from(own).equals(written)) {
        report('COMMIT_HASH_MISMATCH', 'the state that the peer kept is not the one that follows');
      }
    }
    this.#previous = written;
  }

  /** Fabric's chain begins at block 1; a peer that joined later has an earlier hash before its first block. */
  #follows({ number }: ParsedBlock): boolean {
    return number === 1n || (number > 1n && this.#previous !== undefined);
  }
}

function hashOf(
  block: ParsedBlock,
  { transactions, updates }: BlockVerdict,
  previous: Uint8Array | undefined,
): Uint8Array {
  const heights = new Map<string, number>();
  transactions.forEach(({ txId, code }, tx) => {
    if (code === validationCode.VALID) heights.set(txId, tx);
  });
  return commitHash({
    codes: Uint8Array.from(transactions, ({ code }) => code),
    updates,
    heightOf: (txId) => ({ block: block.number, tx: heights.get(txId) ?? 0 }),
    previous,
  });
}
