import type { Signer } from '@yici/ledger';
import type { Caller } from '../callers/caller.js';
import type { AccountFile } from './account-files.js';
import { hashApiKey } from './api-keys.js';
import { accountSigner } from './account-signer.js';

/** Where the accounts lie; `changed` differs once one was made, replaced or taken away. */
interface AccountSource {
  read(): readonly AccountFile[];
  /** Time of the last change, in nanoseconds. */
  changed(): bigint;
}

interface AccountDependencies {
  readonly source: AccountSource;
  /** The key that encrypts the accounts' keys. */
  readonly key: Uint8Array;
  /** Validates an account's certificate against the channel's MSPs, each time again: it may have been revoked. */
  readonly callerOf: (mspId: string, certificatePem: string) => Caller;
  /** Records the set of accounts in the journal, if it is not recorded yet; unrecorded accounts cannot authenticate. */
  readonly note: (files: readonly AccountFile[]) => Promise<void>;
}

interface Account {
  readonly file: AccountFile;
  readonly print: string;
  readonly signer: ReturnType<typeof accountSigner>;
}

/** A more recent change may be followed by another one with the same timestamp; in nanoseconds. */
const settled = 100_000_000n;

/**
 * Custodial service accounts. Decrypted keys are kept in memory only. Removed permissions (an API key rotated or
 * revoked) take effect at the next request; added ones once {@link noted} has recorded them.
 */
export class CustodialAccounts {
  readonly #accounts = new Map<string, Account>();
  readonly #byApiKey = new Map<string, string>();
  readonly #deps: AccountDependencies;
  #seen = -1n;
  #files: readonly AccountFile[] = [];
  #print = '';
  /** The last recorded fingerprint of the accounts; undefined before the first time. */
  #noted: string | undefined;
  /** Fingerprints of the recorded accounts. */
  #letIn: ReadonlySet<string> = new Set();
  #noting: Promise<void> | undefined;

  /** @throws GatewayError KEY_STORE_UNREADABLE when a key cannot be decrypted; what a key in a token cannot be opened with */
  constructor(dependencies: AccountDependencies) {
    this.#deps = dependencies;
    this.#refresh();
    for (const { signer } of this.#accounts.values()) signer.check();
  }

  /**
   * Resolves once every change on disk so far is recorded in the journal.
   * @throws GatewayError KEY_STORE_UNREADABLE, and errors of the journal
   */
  async noted(): Promise<void> {
    this.#refresh();
    while (this.#noted !== this.#print) {
      this.#noting ??= this.#note().finally(() => (this.#noting = undefined));
      await this.#noting;
    }
  }

  /**
   * The account of an API key; undefined when no recorded account has it.
   * @throws GatewayError CERTIFICATE_… when the account's certificate is no longer valid.
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
    this.#letIn = new Set(files.map(fingerprintOf));
  }

  #refresh(): void {
    const { source, key } = this.#deps;
    const changed = source.changed();
    if (changed === this.#seen) return;
    const files = source.read();
    const opened = files.map((file) => ({
      ...{ file, print: fingerprintOf(file) },
      signer: accountSigner(key, file),
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

  /** The signer of a custodial caller; undefined for others. */
  signer(caller: Caller): Signer | undefined {
    return caller.account === undefined
      ? undefined
      : this.#accounts.get(caller.account)?.signer.sign;
  }

  get certificates(): readonly { readonly name: string; readonly certificatePem: string }[] {
    return this.#files.map(({ account, certificatePem }) => ({ name: account, certificatePem }));
  }
}

/** Fingerprint of an account's credentials; re-encrypting its key does not change it. */
const fingerprintOf = ({ account, mspId, certificatePem, apiKeyHash }: AccountFile): string =>
  JSON.stringify([account, mspId, certificatePem, apiKeyHash]);
