import type { Signer } from '../signers/signer.js';

/** Who signs: a department's certificate and the hand that holds its key. */
export interface Identity {
  readonly mspId: string;
  /** PEM of the X.509 certificate. */
  readonly certificate: string;
  readonly sign: Signer;
}
