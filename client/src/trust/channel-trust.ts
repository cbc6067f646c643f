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

/** Chains that were followed from their pins in this process: what is verified once is so for every caller. */
const followed = new Map<string, Followed>();

interface Followed {
  readonly chain: PinnedChain;
  /** One walk after the other. */
  walk: Promise<void>;
}

/**
 * A channel as far as its pin vouches for it: the config in force, which names members, orderers and policies, and any
 * single block with its orderers' signatures. Whoever brings the blocks is trusted with nothing.
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

  /** The newest config that is known. @throws ClientError CHAIN_UNVERIFIED */
  async config(): Promise<ChannelConfig> {
    if (this.#followed.chain.newest === undefined) await this.refresh();
    const { newest } = this.#followed.chain;
    if (newest !== undefined) return newest.config;
    throw unverified('there is no genesis block');
  }

  /** Takes up config blocks that came since. @throws ClientError CHAIN_UNVERIFIED */
  refresh(): Promise<void> {
    const walk = this.#followed.walk.then(() => this.#follow());
    this.#followed.walk = walk.catch(() => undefined);
    return walk;
  }

  /**
   * A block that the orderers in force signed, with the config before it.
   * @throws ClientError CHAIN_UNVERIFIED when it is not the channel's.
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
  return new ClientError(
    'CHAIN_UNVERIFIED',
    `What the gateway shows is not the channel that was pinned (${why}). Ask another gateway; if the pin is wrong, agree on it anew.`,
  );
}
