import { parseBlock, type ParsedBlock } from '../block/block.js';
import { headerHash } from '../block/header.js';
import { verifySignature } from '../crypto/keys.js';
import type { Verify } from '../policy/signers.js';
import { messageOf } from '../validate/model.js';
import { checkContent, isConfigBlock } from './content.js';
import { auditVerdict, type AuditFinding, type AuditVerdict, type Report } from './findings.js';
import { checkLastConfig } from './last-config.js';
import { checkOrderers } from './orderers.js';
import { Replay } from './replay.js';

interface ChainVerifierOptions {
  /** The pin: SHA-256 of the genesis block's header, 64 hex digits, from somewhere else than the blocks. */
  readonly genesisHash: string;
  /** Verifies signatures; the default is synchronous on this thread. */
  readonly verify?: Verify | undefined;
}

/** The result of verifying a chain. */
export interface AuditReport {
  readonly verdict: AuditVerdict;
  /** One more than the highest block number. */
  readonly height: bigint;
  /** Number of transactions seen. */
  readonly transactions: number;
  /** Number of transactions for each recomputed code; the total is lower where codes could not be recomputed. */
  readonly codes: ReadonlyMap<string, number>;
  readonly findings: readonly AuditFinding[];
}

/** Whether the text has the form of a pin: 64 hex digits. */
export function isGenesisPin(text: string): boolean {
  return /^[0-9a-fA-F]{64}$/.test(text);
}

/**
 * Verifies a channel from its blocks and a pinned genesis hash; the source of the blocks is not trusted. Checked for each
 * block: its number, the hash of the previous header, the hash of its transactions, the signatures of the orderers in force,
 * the newest config it names, and the validation code of each transaction, which is recomputed from all previous blocks. Acts
 * with outlying times are remarked on. A fault is recorded as a finding and verification continues, also after malformed input.
 */
export class ChainVerifier {
  readonly #pin: string;
  readonly #verify: Verify;
  readonly #replay: Replay;
  readonly #findings: AuditFinding[] = [];
  #next = 0n;
  #transactions = 0;
  /** Hash of the previous header; undefined at the start and after a gap. */
  #previous: Uint8Array | undefined;
  #unsignedSaid = false;

  constructor({ genesisHash, verify = verifySignature }: ChainVerifierOptions) {
    this.#pin = genesisHash.toLowerCase();
    this.#verify = verify;
    this.#replay = new Replay(verify);
    if (!isGenesisPin(genesisHash)) {
      this.#note(undefined)('PIN_MALFORMED', 'a genesis hash has 64 hex digits');
    }
  }

  /** The number of the next block without a gap. */
  get height(): bigint {
    return this.#next;
  }

  /**
   * Takes the next block, `common.Block` bytes, in ascending order; returns its findings. Await each call before the
   * next one. Never rejects because of the content of the bytes.
   */
  async add(number: bigint, bytes: Uint8Array): Promise<readonly AuditFinding[]> {
    const before = this.#findings.length;
    const report = this.#note(number);
    if (this.#takesPlace(number, report)) {
      const block = readBlock(number, bytes, report);
      if (block === undefined) this.#leaveGap();
      else await this.#check(block, report);
    }
    return this.#findings.slice(before);
  }

  /** Records that the next block exists but could not be read, and why. */
  addUnreadable(number: bigint, detail: string): void {
    const report = this.#note(number);
    if (!this.#takesPlace(number, report)) return;
    report('INPUT_UNREADABLE', detail);
    this.#leaveGap();
  }

  /** All results so far. Without any block the chain is incomplete. */
  report(): AuditReport {
    const none: AuditFinding[] =
      this.#next === 0n
        ? [{ code: 'BLOCK_MISSING', block: 0n, tx: undefined, detail: 'there is no block' }]
        : [];
    const findings = [...this.#findings, ...none];
    return {
      verdict: auditVerdict(findings),
      height: this.#next,
      transactions: this.#transactions,
      codes: this.#replay.codes,
      findings,
    };
  }

  /** Numbers must ascend; a gap is reported as missing blocks. */
  #takesPlace(number: bigint, report: Report): boolean {
    if (number < this.#next) {
      report('BLOCK_OUT_OF_ORDER', `block ${this.#next - 1n} came before it`);
      return false;
    }
    if (number > this.#next) {
      this.#note(this.#next)('BLOCK_MISSING', missingText(this.#next, number - 1n));
      this.#leaveGap();
    }
    this.#next = number + 1n;
    return true;
  }

  #leaveGap(): void {
    this.#previous = undefined;
    this.#replay.break();
  }

  async #check(block: ParsedBlock, report: Report): Promise<void> {
    this.#transactions += block.envelopes.length;
    this.#checkLink(block, report);
    const intact = checkContent(block, report);
    this.#replay.reconsider(block);
    await this.#checkVouchers(block, report);
    for (const { act, how, seconds } of await this.#replay.add(block, intact, report)) {
      const detail =
        how === 'lags'
          ? `its time is ${seconds} s behind that of the acts before it`
          : `its time is ${seconds} s ahead of that of the acts after it`;
      this.#note(act.block)(how === 'lags' ? 'TIME_LAGS' : 'TIME_LEADS', detail, act.tx);
    }
  }

  /** The header must refer to the previous one; the first one must match the pin. */
  #checkLink(block: ParsedBlock, report: Report): void {
    const hash = headerHash(block);
    if (block.number === 0n) {
      if (Buffer.from(hash).toString('hex') !== this.#pin && isGenesisPin(this.#pin)) {
        report('GENESIS_MISMATCH', `the genesis hash is ${Buffer.from(hash).toString('hex')}`);
      }
    } else if (this.#previous && !Buffer.from(this.#previous).equals(block.previousHash)) {
      report('PREVIOUS_HASH_MISMATCH', 'it does not follow the block before it');
    }
    this.#previous = hash;
  }

  /** Block 0 has no orderers yet: the pin authenticates it. */
  async #checkVouchers(block: ParsedBlock, report: Report): Promise<void> {
    if (block.number === 0n) return;
    const { inForce } = this.#replay;
    if (inForce === undefined) {
      if (!this.#unsignedSaid) {
        const detail = 'from here on orderer signatures are not checked: the config is not known';
        report('SIGNATURES_UNCHECKED', detail);
      }
      this.#unsignedSaid = true;
      return;
    }
    await checkOrderers(block, inForce.config, this.#verify, report);
    checkLastConfig(block, isConfigBlock(block) ? block.number : inForce.block, report);
  }

  #note(block: bigint | undefined): Report {
    return (code, detail, tx) => {
      this.#findings.push({ code, block, tx, detail });
    };
  }
}

/** The decoded block, when it is valid and has the expected number. */
function readBlock(number: bigint, bytes: Uint8Array, report: Report): ParsedBlock | undefined {
  try {
    const block = parseBlock(bytes);
    if (block.number === number) return block;
    report('NUMBER_MISMATCH', `its header says that it is block ${block.number}`);
  } catch (error) {
    report('BLOCK_MALFORMED', messageOf(error));
  }
  return undefined;
}

function missingText(first: bigint, last: bigint): string {
  return first === last ? 'it is missing' : `blocks ${first} to ${last} are missing`;
}
