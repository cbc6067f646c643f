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

/** Service accounts whose keys this gateway keeps. Opened keys live in memory only. */
export class CustodialAccounts {
  readonly #accounts = new Map<string, Account>();
  readonly #byApiKey = new Map<string, string>();
  readonly #callerOf: CallerOfCertificate;

  /** @throws GatewayError KEY_STORE_UNREADABLE when a key cannot be opened. */
  constructor(files: readonly AccountFile[], key: Uint8Array, callerOf: CallerOfCertificate) {
    this.#callerOf = callerOf;
    for (const file of files) {
      this.#accounts.set(file.account, { file, sign: createSigner(openKey(key, file, file.key)) });
      this.#byApiKey.set(file.apiKeyHash, file.account);
    }
  }

  /**
   * The account of an API key; undefined when no account has it.
   * @throws GatewayError CERTIFICATE_… when the account's certificate is no longer good.
   */
  authenticate(apiKey: string): Caller | undefined {
    const name = this.#byApiKey.get(hashApiKey(apiKey));
    const account = name === undefined ? undefined : this.#accounts.get(name);
    if (account === undefined) return undefined;
    const { mspId, certificatePem } = account.file;
    return { ...this.#callerOf(mspId, certificatePem), account: account.file.account };
  }

  /** How a custodial caller signs; undefined for any other. */
  signer(caller: Caller): Signer | undefined {
    return caller.account === undefined ? undefined : this.#accounts.get(caller.account)?.sign;
  }

  get names(): readonly string[] {
    return [...this.#accounts.keys()];
  }
}
