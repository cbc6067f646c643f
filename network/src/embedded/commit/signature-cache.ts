import type { KeyObject } from 'node:crypto';
import type { SignedMessage, Verify } from '@yici/ledger';
import { partsOf } from './check-batch.js';
import { SignatureChecks } from './signature-checks.js';

interface Check {
  readonly key: KeyObject;
  readonly message: SignedMessage;
  /** Replaced by the value once known, so that the validator does not wait for a microtask. */
  result: boolean | Promise<boolean>;
}

/** More than the envelopes of a full queue need; beyond it a check is done twice. */
const MAX_CHECKS = 100_000;

/**
 * Cache of signature checks on other threads: checks started while an envelope waits are reused by the validator. An
 * entry is identified by key, message and signature, compared in full.
 */
export class SignatureCache {
  readonly #checks = new Map<string, Check>();
  readonly #elsewhere = new SignatureChecks();

  readonly verify: Verify = (key, message, signature) => {
    const found = this.#checks.get(idOf(signature));
    if (found !== undefined && isSame(found, key, message)) return found.result;
    return this.#elsewhere.check(key, message, signature);
  };

  /** {@link verify} with caching. */
  readonly start: Verify = (key, message, signature) => {
    const id = idOf(signature);
    const found = this.#checks.get(id);
    if (found !== undefined && isSame(found, key, message)) return found.result;
    const result = this.#elsewhere.check(key, message, signature);
    if (found !== undefined || this.#checks.size >= MAX_CHECKS) return result;
    const check: Check = { key, message, result };
    this.#checks.set(id, check);
    return result.then((valid) => (check.result = valid));
  };

  /** Drops the cached results of these signatures, once their block is written. */
  forget(signatures: readonly Uint8Array[]): void {
    for (const signature of signatures) this.#checks.delete(idOf(signature));
  }

  async close(): Promise<void> {
    await this.#elsewhere.close();
  }
}

function idOf(signature: Uint8Array): string {
  const { buffer, byteOffset, length } = signature;
  return Buffer.from(buffer, byteOffset, length).toString('latin1');
}

function isSame(check: Check, key: KeyObject, message: SignedMessage): boolean {
  if (check.key !== key && !check.key.equals(key)) return false;
  const parts = partsOf(message);
  const known = partsOf(check.message);
  return (
    parts.length === known.length && parts.every((part, index) => sameBytes(part, known[index]))
  );
}

/** Views of the same memory need no comparison: the orderer's copy of an envelope does not change. */
function sameBytes(one: Uint8Array, other: Uint8Array | undefined): boolean {
  if (other?.length !== one.length) return false;
  if (one.buffer === other.buffer && one.byteOffset === other.byteOffset) return true;
  return Buffer.compare(one, other) === 0;
}
