import { createHash, randomBytes } from 'node:crypto';

/** What the ledger stores of a document or field: the digest of a random salt and the content, never the content. */
export interface SaltedDigest {
  readonly digestAlg: 'sha256';
  /** SHA-256(salt || content), lower-case hexadecimal. */
  readonly digest: string;
  /** SM3(salt || content) (GB/T 32905), of documents. */
  readonly sm3?: string;
}

export interface Sealed {
  readonly sealed: SaltedDigest;
  /** 32 random bytes, needed to disclose the content later; without them the digest cannot be matched to a content. */
  readonly salt: Uint8Array;
}

const saltBytes = 32;

export const newSalt = (): Uint8Array => randomBytes(saltBytes);

/** Computes the digest of a content with a new salt. Text is a field's value, in UTF-8; bytes are a document. */
export function seal(content: Uint8Array | string, salt: Uint8Array = newSalt()): Sealed {
  const digest = digestOf('sha256', content, salt);
  const sm3 = typeof content === 'string' ? {} : { sm3: digestOf('sm3', content, salt) };
  return { sealed: { digestAlg: 'sha256', digest, ...sm3 }, salt };
}

/** Whether a digest belongs to this content and salt. */
export function unseals(digest: string, content: Uint8Array | string, salt: Uint8Array): boolean {
  return digestOf('sha256', content, salt) === digest;
}

function digestOf(
  algorithm: 'sha256' | 'sm3',
  content: Uint8Array | string,
  salt: Uint8Array,
): string {
  const hash = createHash(algorithm).update(salt);
  return (typeof content === 'string' ? hash.update(content, 'utf8') : hash.update(content)).digest(
    'hex',
  );
}
