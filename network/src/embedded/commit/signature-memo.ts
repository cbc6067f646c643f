import type { KeyObject } from 'node:crypto';
import { verifySignatureAsync, type Verify } from '@yici/ledger';

interface Check {
  readonly key: KeyObject;
  readonly message: Uint8Array;
  /** Settled as soon as it is known, so that the validator need not wait a turn for it. */
  result: boolean | Promise<boolean>;
}

/** More than the waiting envelopes of a full queue need; beyond it a check is simply done twice. */
const MAX_CHECKS = 100_000;

/**
 * Signature checks on the thread pool, each done once: what the orderer asked while an envelope was waiting, the
 * validator finds answered. A check is known by key, message and signature, all compared in full.
 */
export class SignatureMemo {
  readonly #checks = new Map<string, Check>();

  readonly verify: Verify = (key, message, signature) => {
    const found = this.#checks.get(idOf(signature));
    if (found !== undefined && isSame(found, key, message)) return found.result;
    return verifySignatureAsync(key, message, signature);
  };

  /** {@link verify} that also remembers. */
  readonly start: Verify = (key, message, signature) => {
    const id = idOf(signature);
    const found = this.#checks.get(id);
    if (found !== undefined && isSame(found, key, message)) return found.result;
    const result = verifySignatureAsync(key, message, signature);
    if (found !== undefined || this.#checks.size >= MAX_CHECKS) return result;
    const check: Check = { key, message, result };
    this.#checks.set(id, check);
    return result.then((valid) => (check.result = valid));
  };

  /** Drops what was remembered of these signatures, once their block is written. */
  forget(signatures: readonly Uint8Array[]): void {
    for (const signature of signatures) this.#checks.delete(idOf(signature));
  }
}

function idOf(signature: Uint8Array): string {
  const { buffer, byteOffset, length } = signature;
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

function isSame(check: Check, key: KeyObject, message: Uint8Array): boolean {
  return (
    (check.key === key || check.key.equals(key)) && Buffer.compare(check.message, message) === 0
  );
}
