import type { KeyObject } from 'node:crypto';

/** The caller of a request: a member of the channel, authenticated by a signature or an API key. */
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
  /** SHA-256 of `creator` in hex: the owner of a transaction or idempotency key. */
  readonly fingerprint: string;
  /** The account's name, if the gateway stores the key. */
  readonly account?: string;
}
