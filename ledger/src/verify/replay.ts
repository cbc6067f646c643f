import type { ParsedBlock } from '../block/block.js';
import { parseConfigBlock } from '../config/block.js';
import type { ChannelConfig } from '../config/channel.js';
import { parseEnvelope } from '../envelope/envelope.js';
import { LedgerError } from '../errors.js';
import type { Verify } from '../policy/signers.js';
import { MemoryState } from '../state/memory.js';
import { validateBlock } from '../validate/block.js';
import { validationCodeName } from '../validate/codes.js';
import type { BlockVerdict } from '../validate/model.js';
import { ClockWatch, type ClockRemark } from './clock-watch.js';
import { CodeCheck, CommitHashes, updatesAsWritten } from './codes.js';
import { isConfigBlock } from './content.js';
import type { Report } from './findings.js';
import { claimedConfigs } from './last-config.js';

/** A channel config and the block that brought it. */
export interface ConfigInForce {
  readonly config: ChannelConfig;
  readonly block: bigint;
}

/** Where an act stands. */
interface ActPlace {
  readonly block: bigint;
  readonly tx: number;
}

/** The channel after the blocks so far: config, state, transaction ids. */
export class Replay {
  readonly #verify: Verify;
  readonly #state = new MemoryState();
  readonly #witness = new CodeCheck();
  readonly #commitHashes = new CommitHashes();
  readonly #codes = new Map<string, number>();
  #inForce: ConfigInForce | undefined;
  readonly #clocks = new ClockWatch<ActPlace>();
  #broken = false;
  #uncheckedSaid = false;

  constructor(verify: Verify) {
    this.#verify = verify;
  }

  /** The config by which the next block is judged; undefined when it is not known. */
  get inForce(): ConfigInForce | undefined {
    return this.#inForce;
  }

  /** The number of transactions for each recomputed code. */
  get codes(): ReadonlyMap<string, number> {
    return this.#codes;
  }

  /** A block is missing or unusable: from here on the state is unknown, and the config may have changed. */
  break(): void {
    this.#broken = true;
  }

  /** After a gap a block may show that the config changed in it; the known config is then dropped. */
  reconsider(block: ParsedBlock): void {
    const known = this.#inForce;
    if (!this.#broken || known === undefined) return;
    const overtaken = isConfigBlock(block)
      ? sequenceOf(block) !== known.config.sequence + 1n
      : claimedConfigs(block).some((claim) => claim > known.block && claim < block.number);
    if (overtaken) this.#inForce = undefined;
  }

  /**
   * Judges a block's transactions; `intact` tells whether they match the header. Returns outliers of time in this block
   * or in those just before it.
   */
  async add(block: ParsedBlock, intact: boolean, report: Report): Promise<ClockRemark<ActPlace>[]> {
    const verdict = this.#isJudgeable(block, report) ? await this.#judge(block, report) : undefined;
    if (verdict === undefined) return [];
    this.#count(verdict);
    if (verdict.halt !== undefined) {
      report('CONFIG_REFUSED', verdict.halt.reason, verdict.halt.position);
    }
    const written = this.#witness.compare(block, verdict, report);
    const known = intact && verdict.halt === undefined && !this.#broken;
    this.#commitHashes.check(block, known ? verdict : undefined, report);
    this.#apply(block, verdict, intact ? undefined : written);
    return this.#timesOf(block, verdict);
  }

  /** Times of valid acts only; an invalid act proves nothing by its time. */
  #timesOf(block: ParsedBlock, { transactions }: BlockVerdict): ClockRemark<ActPlace>[] {
    return block.envelopes.flatMap((bytes, tx) => {
      if (transactions[tx]?.rwset === undefined) return [];
      const { timestamp } = parseEnvelope(bytes).channelHeader;
      if (timestamp === undefined) return [];
      const act = { block: block.number, tx };
      return this.#clocks.add({ act, seconds: Number(timestamp.seconds) });
    });
  }

  /** Config blocks need no state: they are judged even after a gap. */
  #isJudgeable(block: ParsedBlock, report: Report): boolean {
    const configKnown = block.number === 0n || this.#inForce !== undefined;
    if (configKnown && (!this.#broken || isConfigBlock(block))) return true;
    if (!this.#uncheckedSaid) {
      this.#uncheckedSaid = true;
      const detail =
        'from here on codes are not recomputed: config or state before it is not known';
      report('CODES_UNCHECKED', detail);
    }
    return false;
  }

  async #judge(block: ParsedBlock, report: Report): Promise<BlockVerdict | undefined> {
    try {
      const config = this.#inForce?.config ?? parseConfigBlock(block);
      return await validateBlock(block, { config, state: this.#state, verify: this.#verify });
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      report(block.number === 0n ? 'CONFIG_MALFORMED' : 'CONFIG_UNSUPPORTED', error.message);
      this.#inForce = undefined;
      return undefined;
    }
  }

  #count({ transactions }: BlockVerdict): void {
    for (const { code } of transactions) {
      const name = validationCodeName(code);
      this.#codes.set(name, (this.#codes.get(name) ?? 0) + 1);
    }
  }

  #apply(block: ParsedBlock, verdict: BlockVerdict, damaged: Uint8Array | undefined): void {
    const updates =
      damaged === undefined
        ? verdict.updates
        : updatesAsWritten(block, damaged, verdict, this.#state);
    this.#state.apply(
      updates,
      verdict.transactions.map(({ txId }) => txId),
    );
    if (verdict.config !== undefined) {
      this.#inForce = { config: verdict.config, block: block.number };
    }
  }
}

function sequenceOf(block: ParsedBlock): bigint | undefined {
  try {
    return parseConfigBlock(block).sequence;
  } catch {
    return undefined;
  }
}
