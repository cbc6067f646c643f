import type { Signer } from '../signers/signer.js';
import type { Pins } from './pins.js';

/** Who signs: a department's certificate and the hand that holds its key. */
export interface Identity {
  readonly mspId: string;
  /** PEM of the X.509 certificate. */
  readonly certificate: string;
  readonly sign: Signer;
  /** What it signs for, and at which gateway; without it nothing is signed. */
  readonly pins?: Pins | undefined;
  /** Reaches a gateway whose certificate is pinned; absent: the platform's own. */
  readonly fetch?: typeof fetch | undefined;
}
