import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { decodeIdentity, endorsementMessage, parseEnvelope, parseTransaction } from '@yici/ledger';

/** One signature of a transaction, ready to be verified with nothing but node:crypto. */
export interface Check {
  readonly key: KeyObject;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/** Parsed keys by serialized identity: parsing certificates is no part of any limit. */
export class KeyRing {
  readonly #keys = new Map<string, KeyObject>();

  /** Every signature that a committing peer verifies in an endorser transaction: its creator's and its endorsers'. */
  checksOf(envelope: Uint8Array): readonly Check[] {
    const { signatureHeader, payload, signature, data } = parseEnvelope(envelope);
    const { responsePayload, endorsements } = parseTransaction(data);
    return [
      { key: this.#keyOf(signatureHeader.creator), message: payload, signature },
      ...endorsements.map((one) => ({
        key: this.#keyOf(one.endorser),
        message: endorsementMessage(responsePayload, one.endorser),
        signature: one.signature,
      })),
    ];
  }

  #keyOf(identity: Uint8Array): KeyObject {
    const id = Buffer.from(identity).toString('latin1');
    const known = this.#keys.get(id);
    if (known !== undefined) return known;
    const key = createPublicKey(Buffer.from(decodeIdentity(identity).certificate));
    this.#keys.set(id, key);
    return key;
  }
}

/** Verifies on this thread. Throws when one does not hold: then there was nothing to measure. */
export function verifyAll(checks: readonly Check[]): void {
  for (const { key, message, signature } of checks) {
    if (!verify('sha256', message, key, signature)) throw new RangeError('a signature is wrong');
  }
}

export function signTimes(key: KeyObject, message: Uint8Array, times: number): void {
  for (let index = 0; index < times; index++) sign('sha256', message, key);
}
