import { Buffer } from 'buffer';

const { prototype }: { readonly prototype: Buffer } = Buffer;

// Node's takes any Uint8Array here, the library's only its own kind.
prototype.equals = function (this: Buffer, other: Uint8Array): boolean {
  return Buffer.compare(this, other) === 0;
};

/** What ledger uses of `node:buffer`, and the global of that name. */
export { Buffer };

export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
