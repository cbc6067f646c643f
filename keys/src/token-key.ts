import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { encodeSignature, toLowS, type Signer } from '@yici/ledger';
import type { Handle, Template } from 'pkcs11js';
import { KeyError } from './errors.js';
import { binding, isForOneThread, type Module } from './module.js';
import { Token, type Place, type Session, type Work } from './token.js';
import { parseTokenUri, tokenUriText, type TokenUri } from './uri.js';

/** A key that signs as Fabric does, wherever it lies. */
export interface PrivateKey {
  /** What a key's file holds: PEM, or the PKCS#11 URI of a key in a token. */
  readonly text: string;
  readonly publicKey: KeyObject;
  readonly sign: (message: Uint8Array) => Uint8Array;
  /** The same for a process that others wait for: a token's answer, which may take long, does not hold up its thread. */
  readonly signAside: Signer;
}

/** CKA_EC_PARAMS in hex: the curves that Fabric signs with in a token, and SM2, which is told apart. */
const p256 = '06082a8648ce3d030107';
const curves = new Map([
  [p256, { name: 'prime256v1', jwk: 'P-256', bytes: 32 }],
  ['06052b81040022', { name: 'secp384r1', jwk: 'P-384', bytes: 48 }],
] as const);
const sm2 = '06082a811ccf5501822d';

/**
 * The key that a URI names. The token is asked at once: whatever is wrong is said before anything is to be signed.
 * @throws KeyError any of its codes
 */
export function openTokenKey(text: string): PrivateKey {
  const uri = parseTokenUri(text);
  const token = Token.at(uri);
  const { publicKey, curve } = publicHalf(token, uri);
  onlyKey(token, uri, 'private');
  const begin = (place: Place, module: Module, { handle, keys }: Session) => {
    const key = keys.get(text) ?? onlyKey(token, uri, 'private', place);
    keys.set(text, key);
    module.C_SignInit(handle, { mechanism: binding().CKM_ECDSA }, key);
  };
  const sign = (message: Uint8Array) => {
    const plain = token.use((module, session) => {
      begin('here', module, session);
      return module.C_Sign(session.handle, digestOf(message), Buffer.alloc(2 * 48));
    });
    return inDer(plain, curve.name);
  };
  const signAside = async (message: Uint8Array) => {
    const plain = await token.aside((module, session) => {
      begin('aside', module, session);
      return module.C_SignAsync(session.handle, digestOf(message), Buffer.alloc(2 * 48));
    });
    return inDer(plain, curve.name);
  };
  return {
    text: text.trim(),
    publicKey,
    sign,
    signAside: isForOneThread(uri.module) ? sign : signAside,
  };
}

/** SHA-256 whatever the curve, as Fabric signs. */
const digestOf = (message: Uint8Array): Buffer => createHash('sha256').update(message).digest();

/** A token gives r and s, one after the other. */
function inDer(plain: Buffer, curve: Parameters<typeof toLowS>[1]): Uint8Array {
  const half = plain.length / 2;
  return toLowS(encodeSignature(plain.subarray(0, half), plain.subarray(half)), curve);
}

/**
 * Makes a P-256 pair in a token, where the private key stays: sensitive and not extractable. CKA_ID is the SHA-256 of the public
 * point, by which a Fabric node finds the key of its certificate.
 * @param text URI of the token; its `object` and `id` are not looked at
 * @param label CKA_LABEL of the two halves
 */
export function makeTokenKey(text: string, label: string): PrivateKey {
  const { module, token: name, pinFile } = parseTokenUri(text);
  const token = Token.at({ module, token: name, pinFile });
  const id = token.use((pkcs11, { handle }) => {
    const { publicKey, privateKey } = pkcs11.C_GenerateKeyPair(
      handle,
      { mechanism: binding().CKM_EC_KEY_PAIR_GEN },
      publicTemplate(label),
      privateTemplate(label),
    );
    const { CKA_EC_POINT, CKA_ID } = binding();
    const [found] = pkcs11.C_GetAttributeValue(handle, publicKey, [{ type: CKA_EC_POINT }]);
    const made = createHash('sha256').update(pointIn(found?.value)).digest();
    for (const half of [publicKey, privateKey])
      pkcs11.C_SetAttributeValue(handle, half, [{ type: CKA_ID, value: made }]);
    return made;
  });
  return openTokenKey(tokenUriText({ module, token: name, object: label, id, pinFile }));
}

function publicTemplate(label: string): Template {
  const c = binding();
  return [
    { type: c.CKA_TOKEN, value: true },
    { type: c.CKA_VERIFY, value: true },
    { type: c.CKA_EC_PARAMS, value: Buffer.from(p256, 'hex') },
    { type: c.CKA_LABEL, value: label },
  ];
}

function privateTemplate(label: string): Template {
  const c = binding();
  return [
    { type: c.CKA_TOKEN, value: true },
    { type: c.CKA_PRIVATE, value: true },
    { type: c.CKA_SIGN, value: true },
    { type: c.CKA_SENSITIVE, value: true },
    { type: c.CKA_EXTRACTABLE, value: false },
    { type: c.CKA_LABEL, value: label },
  ];
}

function publicHalf(token: Token, uri: TokenUri) {
  const { CKA_EC_PARAMS, CKA_EC_POINT } = binding();
  const [params, point] = token.use((module, { handle }) =>
    module.C_GetAttributeValue(handle, onlyKey(token, uri, 'public'), [
      { type: CKA_EC_PARAMS },
      { type: CKA_EC_POINT },
    ]),
  );
  const found = bytesOf(params?.value).toString('hex');
  const curve = [...curves].find(([oid]) => oid === found)?.[1];
  if (curve === undefined) throw unsupported(uri, found === sm2);
  const raw = pointIn(point?.value).subarray(1);
  const [x, y] = [raw.subarray(0, curve.bytes), raw.subarray(curve.bytes)];
  const coordinates = { x: x.toString('base64url'), y: y.toString('base64url') };
  const key = { kty: 'EC', crv: curve.jwk, ...coordinates };
  return { curve, publicKey: createPublicKey({ format: 'jwk', key }) };
}

/** The uncompressed point: by the standard in a DER octet string, two bytes longer; bare in some tokens. */
function pointIn(value: unknown): Buffer {
  const bytes = bytesOf(value);
  const isBare = [...curves.values()].some((curve) => bytes.length === 1 + 2 * curve.bytes);
  return isBare ? bytes : bytes.subarray(2);
}

const bytesOf = (value: unknown): Buffer => (Buffer.isBuffer(value) ? value : Buffer.alloc(0));

/** @throws KeyError TOKEN_KEY_MISSING unless exactly one has the label and id, TOKEN_KEY_UNSUPPORTED for another kind of key */
function onlyKey(
  token: Token,
  uri: TokenUri,
  half: 'private' | 'public',
  place: Place = 'here',
): Handle {
  const c = binding();
  const template = [
    { type: c.CKA_CLASS, value: half === 'private' ? c.CKO_PRIVATE_KEY : c.CKO_PUBLIC_KEY },
    ...(uri.object === undefined ? [] : [{ type: c.CKA_LABEL, value: uri.object }]),
    ...(uri.id === undefined ? [] : [{ type: c.CKA_ID, value: uri.id }]),
  ];
  const found = token.find(template, place);
  const [key] = found;
  if (key === undefined || found.length > 1) throw notOne(uri, half, found.length);
  const kindOf: Work<Template> = (module, { handle }) =>
    module.C_GetAttributeValue(handle, key, [{ type: c.CKA_KEY_TYPE }]);
  const [kind] = token.use(kindOf, place);
  // A number in the machine's own order, of which one byte is not zero.
  if (!bytesOf(kind?.value).includes(c.CKK_EC)) throw unsupported(uri, false);
  return key;
}

function notOne(uri: TokenUri, half: 'private' | 'public', found: number): KeyError {
  const key = uri.object ?? uri.id?.toString('hex') ?? '';
  const [zh, en] = half === 'private' ? ['私钥', 'private key'] : ['公钥', 'public key'];
  const words =
    found === 0
      ? {
          zh: `令牌“${uri.token}”中没有${zh}“${key}”。请核对 URI 中的 object 和 id；公钥与私钥须一并存放在令牌中。`,
          en: `The token "${uri.token}" has no ${en} "${key}": check the URI's object and id; both halves of a pair must be in the token.`,
        }
      : {
          zh: `令牌“${uri.token}”中有多个${zh}符合“${key}”。请在 URI 中写明 id。`,
          en: `The token "${uri.token}" has more than one ${en} "${key}": name it by its id in the URI.`,
        };
  return new KeyError('TOKEN_KEY_MISSING', words, { details: { token: uri.token, key } });
}

function unsupported({ token, object = '' }: TokenUri, isSm2: boolean): KeyError {
  const words = isSm2
    ? {
        zh: `令牌“${token}”中的密钥“${object}”是商用密码（SM2）密钥：Fabric 不能以其签名。请在令牌中另建 P-256 密钥；SM2 应用签名的密钥仍在文件中（--app-key）。`,
        en: `The key "${object}" in the token "${token}" is an SM2 key, with which Fabric cannot sign: make one of P-256 in the token; a key for SM2 application signatures stays in its file.`,
      }
    : {
        zh: `令牌“${token}”中的密钥“${object}”不是 P-256 或者 P-384 密钥，Fabric 不能以其签名。请在令牌中另建 P-256 密钥。`,
        en: `The key "${object}" in the token "${token}" is none of P-256 or P-384, with which Fabric signs: make one of P-256 in the token.`,
      };
  return new KeyError('TOKEN_KEY_UNSUPPORTED', words, { details: { token, key: object } });
}
