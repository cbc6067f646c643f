import {
  PinnedChain,
  verifySignatureAsync,
  type AuditFinding,
  type ChannelConfig,
  type CheckedBlock,
} from '@yici/ledger';
import { ClientError } from '../errors.js';

/** Gives the channel's config blocks after a number, ascending; nothing about them is believed. */
type ConfigSource = (after: number) => Promise<readonly Uint8Array[]>;

/** Chains already verified from their pins in this process, shared by all callers. */
const followed = new Map<string, Followed>();

interface Followed {
  readonly chain: PinnedChain;
  /** Serialises the updates of the chain. */
  walk: Promise<void>;
}

/**
 * The verified part of a channel: the config in force, with members, orderers and policies, and any single block with
 * its orderers' signatures. The source of the blocks is not trusted.
 */
export class ChannelTrust {
  readonly #source: ConfigSource;
  readonly #followed: Followed;

  constructor(genesisHash: string, source: ConfigSource) {
    this.#source = source;
    const known = followed.get(genesisHash) ?? {
      chain: new PinnedChain({ genesisHash, verify: verifySignatureAsync }),
      walk: Promise.resolve(),
    };
    followed.set(genesisHash, known);
    this.#followed = known;
  }

  /** The newest known config. @throws ClientError CHAIN_UNVERIFIED */
  async config(): Promise<ChannelConfig> {
    if (this.#followed.chain.newest === undefined) await this.refresh();
    const { newest } = this.#followed.chain;
    if (newest !== undefined) return newest.config;
    throw unverified('there is no genesis block');
  }

  /** Fetches and verifies newer config blocks. @throws ClientError CHAIN_UNVERIFIED */
  refresh(): Promise<void> {
    const walk = this.#followed.walk.then(() => this.#follow());
    this.#followed.walk = walk.catch(() => undefined);
    return walk;
  }

  /**
   * Verifies a block by the signatures of the orderers in force; returns it with the previous config.
   * @throws ClientError CHAIN_UNVERIFIED when it does not belong to the channel.
   */
  async check(bytes: Uint8Array): Promise<CheckedBlock> {
    await this.config();
    const { chain } = this.#followed;
    if (!chain.knowsConfigOf(bytes)) await this.refresh();
    const checked = await chain.check(bytes);
    if (!('block' in checked)) throw unverified(textOf(checked));
    if (checked.findings.length > 0) throw unverified(textOf(checked.findings));
    return checked;
  }

  async #follow(): Promise<void> {
    const { chain } = this.#followed;
    for (const bytes of await this.#source(Number(chain.newest?.block ?? -1n))) {
      const findings = await chain.addConfig(bytes);
      if (findings.length > 0) throw unverified(textOf(findings));
    }
  }
}

const textOf = (findings: readonly AuditFinding[]): string =>
  findings.map(({ code, detail }) => `${code}: ${detail}`).join('; ');

function unverified(why: string): ClientError {
  return new ClientError('CHAIN_UNVERIFIED', {
    zh: `网关所示不是已认定的通道（${why}）。请改用其他网关；认定有误的，请重新约定。`,
    en: `What the gateway shows is not the channel that was pinned (${why}). Ask another gateway; if the pin is wrong, agree on it anew.`,
  });
}
