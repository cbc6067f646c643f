import { malformedDer } from '../crypto/der.js';

/** Object identifiers used in certificates and CRLs (RFC 5280, RFC 5758, RFC 8410, RFC 8017). */
export const OID = {
  organizationalUnit: '2.5.4.11',
  commonName: '2.5.4.3',
  subjectKeyId: '2.5.29.14',
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  basicConstraints: '2.5.29.19',
  nameConstraints: '2.5.29.30',
  crlNumber: '2.5.29.20',
  crlReason: '2.5.29.21',
  crlDistribution: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyId: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  anyExtendedKeyUsage: '2.5.29.37.0',
  serverAuth: '1.3.6.1.5.5.7.3.1',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  /** Fabric CA's attributes: JSON `{"attrs":{name: text}}` (fabric-ca lib/attrmgr). */
  fabricAttributes: '1.2.3.4.5.6.7.8.1',
} as const;

/** How a certificate or CRL is signed: the hash for node:crypto, null when the algorithm hashes by itself. */
interface SignatureAlgorithm {
  readonly hash: 'sha256' | 'sha384' | 'sha512' | null;
  readonly keyType: 'ec' | 'rsa' | 'ed25519';
}

/** SHA-1 and MD5 are left out on purpose: Go refuses them too. */
export const signatureAlgorithms: ReadonlyMap<string, SignatureAlgorithm> = new Map([
  ['1.2.840.10045.4.3.2', { hash: 'sha256', keyType: 'ec' }],
  ['1.2.840.10045.4.3.3', { hash: 'sha384', keyType: 'ec' }],
  ['1.2.840.10045.4.3.4', { hash: 'sha512', keyType: 'ec' }],
  ['1.3.101.112', { hash: null, keyType: 'ed25519' }],
  ['1.2.840.113549.1.1.11', { hash: 'sha256', keyType: 'rsa' }],
  ['1.2.840.113549.1.1.12', { hash: 'sha384', keyType: 'rsa' }],
  ['1.2.840.113549.1.1.13', { hash: 'sha512', keyType: 'rsa' }],
]);

/** Dotted text of an OBJECT IDENTIFIER. @throws LedgerError MALFORMED_BYTES */
export function oidText(content: Uint8Array): string {
  const arcs: bigint[] = [];
  let arc = 0n;
  for (const byte of content) {
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const last = content.at(-1);
  const [first, ...rest] = arcs;
  if (first === undefined || last === undefined || last >= 0x80)
    throw malformedDer('bad object id');
  const root = first < 40n ? 0n : first < 80n ? 1n : 2n;
  return [root, first - root * 40n, ...rest].join('.');
}
