import type { KeyObject } from 'node:crypto';
import type { SignedMessage } from '@yici/ledger';

/** One signature to verify. */
export interface SignatureCheck {
  readonly key: KeyObject;
  readonly message: SignedMessage;
  readonly signature: Uint8Array;
}

/** Checks in the form sent to a worker thread: one transferable buffer instead of a copy per block. */
export interface CheckBatch {
  /** Message and signature of each check. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** For each check: length of the message, length of the signature, index of its key in `keys`. */
  readonly table: Uint32Array;
  readonly keys: readonly KeyObject[];
}

/** Message of a worker that is ready for batches. */
export const READY = 'ready';

const COLUMNS = 3;

export function packChecks(checks: readonly SignatureCheck[]): CheckBatch {
  const places = new Map<KeyObject, number>();
  const table = new Uint32Array(checks.length * COLUMNS);
  let total = 0;
  for (const [index, { key, message, signature }] of checks.entries()) {
    const length = partsOf(message).reduce((sum, part) => sum + part.length, 0);
    let place = places.get(key);
    if (place === undefined) places.set(key, (place = places.size));
    table.set([length, signature.length, place], index * COLUMNS);
    total += length + signature.length;
  }
  return { bytes: joined(checks, total), table, keys: [...places.keys()] };
}

function joined(checks: readonly SignatureCheck[], total: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const { message, signature } of checks) {
    for (const part of [...partsOf(message), signature]) {
      bytes.set(part, at);
      at += part.length;
    }
  }
  return bytes;
}

/** The checks that were packed, in their order. */
export function* unpackChecks({ bytes, table, keys }: CheckBatch): Generator<SignatureCheck> {
  let at = 0;
  for (let row = 0; row < table.length; row += COLUMNS) {
    const [messageLength = 0, signatureLength = 0, place = 0] = table.subarray(row, row + COLUMNS);
    const key = keys[place];
    if (key === undefined) throw new RangeError(`a batch of checks lacks key ${place}`);
    const end = at + messageLength;
    const message = bytes.subarray(at, end);
    at = end + signatureLength;
    yield { key, message, signature: bytes.subarray(end, at) };
  }
}

export function partsOf(message: SignedMessage): readonly Uint8Array[] {
  return message instanceof Uint8Array ? [message] : message;
}
