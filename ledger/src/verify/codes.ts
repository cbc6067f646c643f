import { blockMetadataIndex, metadataAt, type ParsedBlock } from '../block/block.js';
import { commitHash, commitHashOf } from '../block/commit.js';
import type { StateReader, StateUpdates } from '../state/model.js';
import { UpdateBatch } from '../state/update-batch.js';
import { validationCode, validationCodeName } from '../validate/codes.js';
import type { BlockVerdict } from '../validate/model.js';
import { readTransaction } from '../validate/transaction.js';
import type { Report } from './findings.js';

/** Compares the codes that a peer wrote with those that the rules give. */
export class CodeWitness {
  #missing = false;

  /** Answers the codes in the block when there is one a transaction. Block 0 is taken at its word and may have none. */
  compare(block: ParsedBlock, verdict: BlockVerdict, report: Report): Uint8Array | undefined {
    if (block.number === 0n) return undefined;
    const written = metadataAt(block, blockMetadataIndex.transactionsFilter);
    const missing = written.length === 0 && block.envelopes.length > 0;
    // A run of such blocks, as an orderer hands them out, is one finding.
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
 * What a peer changed by a block whose transactions are not what the header says: the peer had the true ones, so its
 * codes are the better witness, and where the damage left keys and versions alone later blocks can still be judged.
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
 * The chain of commit hashes, by which peers can be compared: a peer that wrote the right codes and then kept another
 * state shows here. Each block is held against the hash in the block before it, so that one fault is one finding.
 */
export class CommitHashes {
  #previous: Uint8Array | undefined;

  /** `verdict` is undefined when this block's changes are not known. */
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

  /** Fabric's chain begins at block 1; a peer that began later has a hash before its first one. */
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
