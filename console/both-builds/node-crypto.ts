/**
 * The page's `node:crypto`, and what suites need beside it to make what is judged: keys that sign at once. No page has these.
 */
import { DER } from '@noble/curves/abstract/der.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { KeyObject as PublicKey } from '../src/platform/node-crypto.js';
import { curves, digests, type DigestName } from '../src/platform/signatures.js';
import { ConsoleError } from '../src/errors.js';

export * from '../src/platform/node-crypto.js';

/** Texts of the private keys that {@link webcrypto} made: a CryptoKey gives its own only later. */
const made = new WeakMap<CryptoKey, { readonly spki: Uint8Array; readonly pkcs8: Uint8Array }>();

/** The browser's, noting the keys that it makes. */
export const webcrypto = new Proxy(crypto, {
  get: (whole, name) => (name === 'subtle' ? subtle : bound(whole, name)),
});

const subtle: SubtleCrypto = new Proxy(crypto.subtle, {
  get: (whole, name) => (name === 'generateKey' ? generate : bound(whole, name)),
});

function bound(whole: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(whole, name);
  return typeof value === 'function' ? value.bind(whole) : value;
}

async function generate(...asked: Parameters<SubtleCrypto['generateKey']>) {
  const keys = await crypto.subtle.generateKey(...asked);
  if ('privateKey' in keys) {
    const [spki, pkcs8] = await Promise.all([
      crypto.subtle.exportKey('spki', keys.publicKey),
      crypto.subtle.exportKey('pkcs8', keys.privateKey),
    ]);
    made.set(keys.privateKey, { spki: new Uint8Array(spki), pkcs8: new Uint8Array(pkcs8) });
  }
  return keys;
}

/** Also a private key. */
export class KeyObject extends PublicKey {
  override readonly type: 'public' | 'private' = 'private';
  readonly secret: Uint8Array;

  constructor(spki: Uint8Array, secret: Uint8Array) {
    super(spki);
    this.secret = secret;
  }

  static from(key: CryptoKey): KeyObject {
    const texts = made.get(key);
    if (texts === undefined) throw new ConsoleError('NOT_IN_A_BROWSER', 'a key from elsewhere');
    return new KeyObject(texts.spki, secretIn(texts.pkcs8));
  }
}

/** The number of a key on P-256 (RFC 5958, RFC 5915): PrivateKeyInfo { version, algorithm, ECPrivateKey { version, number } }. */
function secretIn(pkcs8: Uint8Array): Uint8Array {
  const whole = DER._tlv.decode(0x30, pkcs8).v;
  const algorithm = DER._tlv.decode(0x30, DER._tlv.decode(0x02, whole).l);
  const key = DER._tlv.decode(0x30, DER._tlv.decode(0x04, algorithm.l).v).v;
  return DER._tlv.decode(0x04, DER._tlv.decode(0x02, key).l).v;
}

/** SubjectPublicKeyInfo up to the point (RFC 5480, RFC 8410). */
const spkiHeads = {
  'P-256': '3059301306072a8648ce3d020106082a8648ce3d030107034200',
  'P-384': '3076301006072a8648ce3d020106052b81040022036200',
  ed25519: '302a300506032b6570032100',
} as const;

const named = { 'P-256': curves.prime256v1, 'P-384': curves.secp384r1 } as const;

interface KeyPair {
  readonly publicKey: PublicKey;
  readonly privateKey: KeyObject;
}

export function generateKeyPairSync(
  kind: 'ec' | 'ed25519',
  { namedCurve = 'P-256' }: { readonly namedCurve?: keyof typeof named } = {},
): KeyPair {
  const isPlain = kind === 'ed25519';
  const { secretKey, publicKey } = isPlain ? ed25519.keygen() : named[namedCurve].keygen();
  const point = isPlain ? publicKey : named[namedCurve].getPublicKey(secretKey, false);
  const head = Buffer.from(spkiHeads[isPlain ? kind : namedCurve], 'hex');
  const spki = Uint8Array.from(Buffer.concat([head, point]));
  return { publicKey: new PublicKey(spki), privateKey: new KeyObject(spki, secretKey) };
}

/** As OpenSSL does: DER, any s. */
export function sign(
  digest: DigestName | null,
  message: Uint8Array,
  { parts, secret }: KeyObject,
): Buffer {
  if (parts.kind === 'ed25519') return Buffer.from(ed25519.sign(message, secret));
  if (parts.kind !== 'ec' || digest === null)
    throw new ConsoleError('NOT_IN_A_BROWSER', `no signature by ${parts.kind}`);
  const options = { prehash: false, lowS: false, format: 'der' } as const;
  return Buffer.from(curves[parts.curve].sign(digests[digest](message), secret, options));
}

/** OpenSSL's reading, with which a suite compares ours: no browser has it. */
export function X509Certificate(): never {
  throw new ConsoleError('NOT_IN_A_BROWSER', 'OpenSSL');
}
