import { parseBlock, type ParsedBlock } from '../block/block.js';
import { headerHash } from '../block/header.js';
import { verifySignature } from '../crypto/keys.js';
import { parseConfigBlock } from '../config/block.js';
import type { ChannelConfig } from '../config/channel.js';
import { LedgerError } from '../errors.js';
import type { Verify } from '../policy/signers.js';
import { MemoryState } from '../state/memory.js';
import { validateBlock } from '../validate/block.js';
import { messageOf } from '../validate/model.js';
import { checkContent, isConfigBlock } from './content.js';
import type { AuditFinding, Report } from './findings.js';
import { checkLastConfig, claimedConfigs } from './last-config.js';
import { checkOrderers } from './orderers.js';
import type { ConfigInForce } from './replay.js';

interface PinnedChainOptions {
  /** SHA-256 of the genesis block's header, 64 hex digits, from somewhere else than the blocks. */
  readonly genesisHash: string;
  /** Verifies signatures; the default is synchronous on this thread. */
  readonly verify?: Verify | undefined;
}

/** A single block that was checked without findings. */
export interface CheckedBlock {
  readonly block: ParsedBlock;
  /** The config in force before it. */
  readonly config: ChannelConfig;
  /** MSP ids of the orderers with valid signatures, without duplicates, sorted. */
  readonly orderers: readonly string[];
  readonly findings: readonly AuditFinding[];
}

/**
 * Verifies a channel's config blocks from the pin alone, each authorised by the previous one and signed by its
 * orderers, and with them whether a single block belongs to the channel. Unlike a {@link ChainVerifier} it needs no
 * blocks in between and therefore has no state: validation codes are not computed here.
 */
export class PinnedChain {
  readonly #pin: string;
  readonly #verify: Verify;
  readonly #configs: ConfigInForce[] = [];

  constructor({ genesisHash, verify = verifySignature }: PinnedChainOptions) {
    this.#pin = genesisHash.toLowerCase();
    this.#verify = verify;
  }

  /** The newest known config; undefined before the genesis block. */
  get newest(): ConfigInForce | undefined {
    return this.#configs.at(-1);
  }

  /** Whether the config that a block names as its newest is known; false for a malformed block. */
  knowsConfigOf(bytes: Uint8Array): boolean {
    const block = readable(bytes, () => undefined);
    if (block === undefined) return false;
    const newest = this.newest?.block ?? -1n;
    return claimedConfigs(block).every((claim) => claim <= newest || claim === block.number);
  }

  /** Takes the next config block, starting with the genesis block; known ones are skipped. */
  async addConfig(bytes: Uint8Array): Promise<readonly AuditFinding[]> {
    const { findings, note } = notes();
    const block = readable(bytes, note(undefined));
    if (block === undefined) return findings;
    const { newest } = this;
    if (newest !== undefined && block.number <= newest.block) return findings;
    const report = note(block.number);
    const config =
      newest === undefined
        ? this.#genesis(block, report)
        : await this.#successor(block, newest.config, report);
    if (config !== undefined && findings.length === 0) {
      this.#configs.push({ config, block: block.number });
    }
    return findings;
  }

  /** Checks a block's hash, the signatures of its orderers and the config it names. */
  async check(bytes: Uint8Array): Promise<CheckedBlock | readonly AuditFinding[]> {
    const { findings, note } = notes();
    const block = readable(bytes, note(undefined));
    if (block === undefined) return findings;
    const report = note(block.number);
    const before = this.#configs.filter((known) => known.block < block.number).at(-1);
    if (before === undefined) {
      report('SIGNATURES_UNCHECKED', 'the config before it is not known');
      return findings;
    }
    const orderers = await this.#vouchers(block, before.config, report);
    checkLastConfig(block, isConfigBlock(block) ? block.number : before.block, report);
    return { block, config: before.config, orderers, findings };
  }

  #genesis(block: ParsedBlock, report: Report): ChannelConfig | undefined {
    const hash = Buffer.from(headerHash(block)).toString('hex');
    if (block.number !== 0n || hash !== this.#pin) {
      report('GENESIS_MISMATCH', `the genesis hash is ${hash}, the pin ${this.#pin}`);
      return undefined;
    }
    return checkContent(block, report) ? parsedConfig(block, report) : undefined;
  }

  /** The config that results from the update in the block, when it is authorised. */
  async #successor(
    block: ParsedBlock,
    config: ChannelConfig,
    report: Report,
  ): Promise<ChannelConfig | undefined> {
    await this.#vouchers(block, config, report);
    if (!isConfigBlock(block)) {
      report('CONFIG_MALFORMED', 'it is no config block');
      return undefined;
    }
    // A config transaction is judged by the previous config only, without state.
    const state = new MemoryState();
    const verdict = await validateBlock(block, { config, state, verify: this.#verify });
    if (verdict.config === undefined) {
      report('CONFIG_REFUSED', verdict.halt?.reason ?? verdict.transactions[0]?.reason ?? '');
    }
    return verdict.config;
  }

  async #vouchers(block: ParsedBlock, config: ChannelConfig, report: Report): Promise<string[]> {
    checkContent(block, report);
    const signers = await checkOrderers(block, config, this.#verify, report);
    return [...new Set(signers.map(({ identity }) => identity.mspId))].sort();
  }
}

function notes() {
  const findings: AuditFinding[] = [];
  const note =
    (block: bigint | undefined): Report =>
    (code, detail, tx) => {
      findings.push({ code, block, tx, detail });
    };
  return { findings, note };
}

function readable(bytes: Uint8Array, report: Report): ParsedBlock | undefined {
  try {
    return parseBlock(bytes);
  } catch (error) {
    report('BLOCK_MALFORMED', messageOf(error));
    return undefined;
  }
}

function parsedConfig(block: ParsedBlock, report: Report): ChannelConfig | undefined {
  try {
    return parseConfigBlock(block);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    report('CONFIG_MALFORMED', error.message);
    return undefined;
  }
}
