import type { Signer } from '@yici/ledger';
import type { Pins } from './pins.js';

/** A signing identity: a department's certificate and the signer with its key. */
export interface Identity {
  readonly mspId: string;
  /** PEM of the X.509 certificate. */
  readonly certificate: string;
  readonly sign: Signer;
  /** The channel and gateways that it signs for; without it nothing is signed. */
  readonly pins?: Pins | undefined;
  /** A fetch for gateways with a pinned certificate; absent: the platform's own. */
  readonly fetch?: typeof fetch | undefined;
}
