/**
 * What ledger, domain and client use of `node:crypto`, for the browser: the bundler puts this module in its place. Names and
 * answers are Node's. Hashes and certificates are checked at once, by @noble; transactions' and blocks' signatures, of
 * which there are many, by WebCrypto where it has the algorithm.
 */
import { DER } from '@noble/curves/abstract/der.js';
import { sm3 } from 'sm-crypto-v2';
import { digests, isOnCurve, isSigned, type DigestName } from './signatures.js';
import { readPublicKey, type PublicKeyParts } from './spki.js';
import { ConsoleError } from '../errors.js';

/** A public key; private keys are WebCrypto's and never come here. */
export class KeyObject {
  readonly type: 'public' | 'private' = 'public';
  readonly parts: PublicKeyParts;
  readonly spki: Uint8Array;
  #imported: Promise<CryptoKey> | undefined;

  constructor(spki: Uint8Array) {
    this.spki = spki;
    this.parts = readPublicKey(spki);
    if (this.parts.kind === 'ec' && !isOnCurve(this.parts.curve, this.parts.point)) {
      throw new ConsoleError('KEY_MALFORMED', 'a public key that is not on its curve');
    }
  }

  get asymmetricKeyType(): PublicKeyParts['kind'] {
    return this.parts.kind;
  }

  get asymmetricKeyDetails(): { readonly namedCurve?: string } {
    return this.parts.kind === 'ec' ? { namedCurve: this.parts.curve } : {};
  }

  equals(other: KeyObject): boolean {
    return Buffer.from(this.spki).equals(other.spki);
  }

  /** The key as WebCrypto takes it; read once. */
  imported(): Promise<CryptoKey> {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
    return (this.#imported ??= crypto.subtle.importKey(
      ...(['spki', this.spki.slice(), algorithm, false, ['verify']] as const),
    ));
  }
}

export function createPublicKey({ key }: { readonly key: Uint8Array }): KeyObject {
  return new KeyObject(Uint8Array.from(key));
}

/** A page holds no private key's text: its keys are WebCrypto's and cannot be taken out. */
export function createPrivateKey(): never {
  throw new ConsoleError('NOT_IN_A_BROWSER', 'private keys in text are not read here');
}

export function sign(): never {
  throw new ConsoleError('NOT_IN_A_BROWSER', 'a browser signs by WebCrypto alone');
}

type Answer = (error: Error | null, valid: boolean) => void;

export function verify(
  digest: DigestName | null,
  message: Uint8Array,
  key: KeyObject,
  signature: Uint8Array,
  answer?: Answer,
): boolean | undefined {
  if (answer === undefined) return isSigned(key.parts, digest, message, signature);
  const { parts } = key;
  if (parts.kind !== 'ec' || parts.curve !== 'prime256v1' || digest !== 'sha256') {
    answer(null, isSigned(parts, digest, message, signature));
    return undefined;
  }
  verifyLater(key, message, signature).then(
    (valid) => answer(null, valid),
    () => answer(null, isSigned(parts, digest, message, signature)),
  );
  return undefined;
}

async function verifyLater(
  key: KeyObject,
  message: Uint8Array,
  signature: Uint8Array,
): Promise<boolean> {
  const plain = plainSignature(signature);
  if (plain === undefined) return false;
  const algorithm = { name: 'ECDSA', hash: 'SHA-256' };
  return crypto.subtle.verify(algorithm, await key.imported(), plain, message.slice());
}

/** r and s of a P-256 signature side by side, 32 bytes each, from their DER; undefined when it is none. */
function plainSignature(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  try {
    const { r, s } = DER.toSig(der);
    const digits = [r, s].map((number) => number.toString(16).padStart(64, '0'));
    return Uint8Array.from(Buffer.from(digits.join(''), 'hex'));
  } catch {
    return undefined;
  }
}

type Encoding = 'hex' | 'utf8' | 'buffer';

function bytesOf(data: string | Uint8Array, encoding?: Encoding): Uint8Array {
  return typeof data === 'string' ? Buffer.from(data, encoding === 'hex' ? 'hex' : 'utf8') : data;
}

const hashing = (name: string, bytes: Uint8Array): Uint8Array => {
  if (name === 'sm3') return Uint8Array.from(Buffer.from(sm3(bytes), 'hex'));
  const digest = Object.entries(digests).find(([known]) => known === name)?.[1];
  if (digest === undefined) throw new ConsoleError('NOT_IN_A_BROWSER', `no hash ${name}`);
  return digest(bytes);
};

/** As `crypto.hash(name, data, 'buffer')`. */
export function hash(name: string, data: string | Uint8Array): Buffer {
  return Buffer.from(hashing(name, bytesOf(data)));
}

class Hash {
  readonly #name: string;
  readonly #pieces: Uint8Array[] = [];

  constructor(name: string) {
    this.#name = name;
  }

  update(data: string | Uint8Array, encoding?: Encoding): this {
    this.#pieces.push(bytesOf(data, encoding));
    return this;
  }

  digest(): Buffer;
  digest(encoding: 'hex'): string;
  digest(encoding?: 'hex'): Buffer | string {
    const bytes = hash(this.#name, Buffer.concat(this.#pieces));
    return encoding === undefined ? bytes : bytes.toString(encoding);
  }
}

export function createHash(name: string): Hash {
  return new Hash(name);
}

export function randomUUID(): string {
  return crypto.randomUUID();
}

export function randomBytes(length: number): Buffer {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(length)));
}
