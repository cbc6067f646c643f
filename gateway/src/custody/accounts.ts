import { createSigner, type Signer } from '@yici/ledger';
import type { Caller } from '../callers/caller.js';
import type { AccountFile } from './account-files.js';
import { hashApiKey } from './api-keys.js';
import { openKey } from './key-vault.js';

/** Where the accounts lie; `changed` differs once one was made, replaced or taken away. */
interface AccountSource {
  read(): readonly AccountFile[];
  /** Nanoseconds of the last change. */
  changed(): bigint;
}

interface AccountDependencies {
  readonly source: AccountSource;
  /** What seals the accounts' keys. */
  readonly key: Uint8Array;
  /** Proves an account's certificate against the channel's MSPs, each time anew: it may have been revoked meanwhile. */
  readonly callerOf: (mspId: string, certificatePem: string) => Caller;
  /** Notes which accounts there are, if that is not known yet; nobody is let in by what could not be noted. */
  readonly note: (files: readonly AccountFile[]) => Promise<void>;
}

interface Account {
  readonly file: AccountFile;
  readonly print: string;
  readonly sign: Signer;
}

/** A change this young may not be the last one under its time, in nanoseconds. */
const settled = 100_000_000n;

/**
 * Service accounts whose keys this gateway keeps. Opened keys live in memory only. What a change on disk takes away (an API
 * key rotated or revoked) counts from the next request on; what it gives, once {@link noted} has noted it.
 */
export class CustodialAccounts {
  readonly #accounts = new Map<string, Account>();
  readonly #byApiKey = new Map<string, string>();
  readonly #deps: AccountDependencies;
  #seen = -1n;
  #files: readonly AccountFile[] = [];
  #print = '';
  /** The print that was noted last; undefined before the first time. */
  #noted: string | undefined;
  /** The prints of the accounts in it. */
  #letIn: ReadonlySet<string> = new Set();
  #noting: Promise<void> | undefined;

  /** @throws GatewayError KEY_STORE_UNREADABLE when a key cannot be opened. */
  constructor(dependencies: AccountDependencies) {
    this.#deps = dependencies;
    this.#refresh();
  }

  /**
   * Resolves once every change on disk so far is noted.
   * @throws GatewayError KEY_STORE_UNREADABLE, and whatever keeps it from being noted
   */
  async noted(): Promise<void> {
    this.#refresh();
    while (this.#noted !== this.#print) {
      this.#noting ??= this.#note().finally(() => (this.#noting = undefined));
      await this.#noting;
    }
  }

  /**
   * The account of an API key; undefined when no account has it, or none that was noted.
   * @throws GatewayError CERTIFICATE_… when the account's certificate is no longer good.
   */
  authenticate(apiKey: string): Caller | undefined {
    this.#refresh();
    const name = this.#byApiKey.get(hashApiKey(apiKey));
    const account = name === undefined ? undefined : this.#accounts.get(name);
    if (account === undefined || !this.#letIn.has(account.print)) return undefined;
    const { mspId, certificatePem } = account.file;
    return { ...this.#deps.callerOf(mspId, certificatePem), account: account.file.account };
  }

  async #note(): Promise<void> {
    const [files, print] = [this.#files, this.#print];
    await this.#deps.note(files);
    this.#noted = print;
    this.#letIn = new Set(files.map(printOf));
  }

  #refresh(): void {
    const { source, key } = this.#deps;
    const changed = source.changed();
    if (changed === this.#seen) return;
    const files = source.read();
    const opened = files.map((file) => ({
      ...{ file, print: printOf(file) },
      sign: createSigner(openKey(key, file, file.key)),
    }));
    this.#files = files;
    this.#print = opened.map(({ print }) => print).join('\n');
    this.#accounts.clear();
    this.#byApiKey.clear();
    for (const account of opened) {
      const { account: name, apiKeyHash } = account.file;
      this.#accounts.set(name, account);
      if (apiKeyHash !== null) this.#byApiKey.set(apiKeyHash, name);
    }
    const age = BigInt(Date.now()) * 1_000_000n - changed;
    this.#seen = age > settled ? changed : -1n;
  }

  /** How a custodial caller signs; undefined for any other. */
  signer(caller: Caller): Signer | undefined {
    return caller.account === undefined ? undefined : this.#accounts.get(caller.account)?.sign;
  }

  get names(): readonly string[] {
    return [...this.#accounts.keys()];
  }
}

/** What lets somebody in, and as whom: the sealed form of a key may change without that. */
const printOf = ({ account, mspId, certificatePem, apiKeyHash }: AccountFile): string =>
  JSON.stringify([account, mspId, certificatePem, apiKeyHash]);
