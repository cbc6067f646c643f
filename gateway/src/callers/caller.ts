import type { KeyObject } from 'node:crypto';

/** Who makes a request: a member of the channel with a certificate that was proved by a signature or an API key. */
export interface Caller {
  /** Serialized identity (msp.SerializedIdentity), the creator of this caller's transactions. */
  readonly creator: Uint8Array;
  readonly publicKey: KeyObject;
  readonly mspId: string;
  /** Common name of the certificate, e.g. `hrss.clerk1`. */
  readonly user: string;
  /** The certificate's `yici.role`. */
  readonly role: string | null;
  /** By node OU. */
  readonly admin: boolean;
  /** SHA-256 of `creator` in hex: who owns a transaction or an idempotency key. */
  readonly fingerprint: string;
  /** Present when the gateway keeps the key: the account's name. */
  readonly account?: string;
}
