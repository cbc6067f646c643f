import { createHash, createPublicKey, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { derInteger } from '@yici/ledger';
import * as der from './der.js';

/** Fabric CA's attribute extension (fabric-ca lib/attrmgr): JSON `{"attrs":{name:value}}`. */
const attributeExtension = '1.2.3.4.5.6.7.8.1';

/** Key usage bits of RFC 5280 4.2.1.3 in the order of the bit string. */
const usageBits = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
] as const;
type KeyUsage = (typeof usageBits)[number];

const serverAuth = '1.3.6.1.5.5.7.3.1';
const clientAuth = '1.3.6.1.5.5.7.3.2';

/** A root may issue end-entity certificates but no CAs (path length 0). */
export function basicConstraints(isCa: boolean): Uint8Array {
  const root = [der.boolean(true), derInteger(Buffer.of(0))];
  return extension('2.5.29.19', true, der.sequence(...(isCa ? root : [])));
}

/**
 * The host names (with their subdomains) and addresses that an authority may certify, and no others (RFC 5280
 * 4.2.1.10). Both Go and OpenSSL enforce constraints of these two kinds.
 */
export function nameConstraints(hosts: readonly string[]): Uint8Array {
  const subtrees = hosts.map((host) => {
    if (isIP(host) === 0) return der.implicit(2, Buffer.from(host, 'latin1'));
    const address = addressBytes(host);
    return der.implicit(7, Buffer.concat([address, Buffer.alloc(address.length, 0xff)]));
  });
  const permitted = der.explicit(0, ...subtrees.map((subtree) => der.sequence(subtree)));
  return extension('2.5.29.30', true, der.sequence(permitted));
}

export function keyUsage(...usages: readonly KeyUsage[]): Uint8Array {
  const bits = usages.map((usage) => usageBits.indexOf(usage));
  const last = Math.max(...bits);
  const value = bits.reduce((sum, bit) => sum | (0x80 >>> bit), 0);
  return extension('2.5.29.15', true, der.bitString(Buffer.of(value), 7 - last));
}

/** Extended key usage for TLS; a node's certificate has both. */
export type TlsSide = 'server' | 'client';

export function tlsUsage(...sides: readonly TlsSide[]): Uint8Array {
  const purposes = sides.map((side) => (side === 'server' ? serverAuth : clientAuth));
  return extension('2.5.29.37', false, der.sequence(...purposes.map(der.objectIdentifier)));
}

/** Host names and IP addresses. */
export function alternativeNames(hosts: readonly string[]): Uint8Array {
  const names = hosts.map((host) =>
    isIP(host) === 0
      ? der.implicit(2, Buffer.from(host, 'latin1'))
      : der.implicit(7, addressBytes(host)),
  );
  return extension('2.5.29.17', false, der.sequence(...names));
}

export function subjectKeyIdentifier(publicKey: KeyObject): Uint8Array {
  return extension('2.5.29.14', false, der.octetString(keyIdentifier(publicKey)));
}

export function authorityKeyIdentifier(issuerKey: KeyObject): Uint8Array {
  return extension('2.5.29.35', false, der.sequence(der.implicit(0, keyIdentifier(issuerKey))));
}

export function attributes(values: Readonly<Record<string, string>>): Uint8Array {
  return extension(
    attributeExtension,
    false,
    Buffer.from(JSON.stringify({ attrs: values }), 'utf8'),
  );
}

export function extension(oid: string, critical: boolean, value: Uint8Array): Uint8Array {
  return der.sequence(
    der.objectIdentifier(oid),
    ...(critical ? [der.boolean(true)] : []),
    der.octetString(value),
  );
}

/** SHA-256 of the uncompressed point: the SKI used by Fabric's key stores (RFC 7093 section 2 method 4). */
function keyIdentifier(publicKey: KeyObject): Uint8Array {
  // A copy of the key: Node 20 holds the key's mutex while it exports a JWK, and a garbage collection at that moment may
  // destroy the job that created the key, which takes the same mutex and deadlocks (seen once in some hundred starts).
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const { x = '', y = '' } = createPublicKey({ key: spki, type: 'spki', format: 'der' }).export({
    format: 'jwk',
  });
  return createHash('sha256')
    .update(Buffer.of(4))
    .update(Buffer.from(x, 'base64url'))
    .update(Buffer.from(y, 'base64url'))
    .digest();
}

function addressBytes(address: string): Uint8Array {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  const [head = '', tail] = address.split('::');
  const groups = (text: string) =>
    text === '' ? [] : text.split(':').map((part) => Number.parseInt(part, 16));
  const before = groups(head);
  const after = tail === undefined ? [] : groups(tail);
  const gap = Array<number>(8 - before.length - after.length).fill(0);
  return Buffer.from([...before, ...gap, ...after].flatMap((group) => [group >>> 8, group & 0xff]));
}
