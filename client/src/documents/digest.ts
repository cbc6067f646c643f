import { createHash, randomBytes } from 'node:crypto';

/** What of a document or a field comes to the ledger: the digest of a random salt and the content, never the content. */
export interface SaltedDigest {
  readonly digestAlg: 'sha256';
  /** SHA-256(salt || content), lower-case hexadecimal. */
  readonly digest: string;
}

export interface Sealed {
  readonly sealed: SaltedDigest;
  /** 32 random bytes. Whoever shows the content later needs them; deleting them makes the digest say nothing. */
  readonly salt: Uint8Array;
}

const saltBytes = 32;

/** Makes the digest of a content with a fresh salt. Text is taken as UTF-8. */
export function seal(
  content: Uint8Array | string,
  salt: Uint8Array = randomBytes(saltBytes),
): Sealed {
  return { sealed: { digestAlg: 'sha256', digest: digestOf(content, salt) }, salt };
}

/** Whether a digest is that of this content under this salt. */
export function unseals(digest: string, content: Uint8Array | string, salt: Uint8Array): boolean {
  return digestOf(content, salt) === digest;
}

function digestOf(content: Uint8Array | string, salt: Uint8Array): string {
  const hash = createHash('sha256').update(salt);
  return (typeof content === 'string' ? hash.update(content, 'utf8') : hash.update(content)).digest(
    'hex',
  );
}
