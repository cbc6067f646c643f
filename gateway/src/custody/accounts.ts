import { createSigner, type Signer } from '@yici/ledger';
import type { Caller } from '../sessions/caller.js';
import type { AccountFile } from './account-files.js';
import { hashApiKey } from './api-keys.js';
import { openKey } from './key-vault.js';

/** Proves an account's certificate against the channel's MSPs, each time anew: it may have been revoked meanwhile. */
export type CallerOfCertificate = (mspId: string, certificatePem: string) => Caller;

interface Account {
  readonly file: AccountFile;
  readonly sign: Signer;
}

/** Where the accounts lie; `changed` differs once one was made, replaced or taken away. */
export interface AccountSource {
  read(): readonly AccountFile[];
  /** Nanoseconds of the last change. */
  changed(): bigint;
}

/** A change this young may not be the last one under its time, in nanoseconds. */
const settled = 100_000_000n;

/**
 * Service accounts whose keys this gateway keeps. Opened keys live in memory only. A change on disk (an API key rotated or
 * revoked) counts from the next request on.
 */
export class CustodialAccounts {
  readonly #accounts = new Map<string, Account>();
  readonly #byApiKey = new Map<string, string>();
  readonly #source: AccountSource;
  readonly #key: Uint8Array;
  #seen = -1n;
  readonly #callerOf: CallerOfCertificate;

  /** @throws GatewayError KEY_STORE_UNREADABLE when a key cannot be opened. */
  constructor(source: AccountSource, key: Uint8Array, callerOf: CallerOfCertificate) {
    this.#callerOf = callerOf;
    this.#source = source;
    this.#key = key;
    this.#refresh();
  }

  /**
   * The account of an API key; undefined when no account has it.
   * @throws GatewayError CERTIFICATE_… when the account's certificate is no longer good.
   */
  authenticate(apiKey: string): Caller | undefined {
    this.#refresh();
    const name = this.#byApiKey.get(hashApiKey(apiKey));
    const account = name === undefined ? undefined : this.#accounts.get(name);
    if (account === undefined) return undefined;
    const { mspId, certificatePem } = account.file;
    return { ...this.#callerOf(mspId, certificatePem), account: account.file.account };
  }

  #refresh(): void {
    const changed = this.#source.changed();
    if (changed === this.#seen) return;
    const files = this.#source.read();
    const opened = files.map((file) => ({
      file,
      sign: createSigner(openKey(this.#key, file, file.key)),
    }));
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
