import 'reflect-metadata';
import { createPublicKey, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { encodeIdentity, encodePem } from '@yici/ledger';
import type { MspDefinition } from '@yici/ledger/testing';
import { text } from './bytes.js';

x509.cryptoProvider.set(webcrypto);

const DAY = 86_400_000;
export const NOW = new Date('2026-03-01T00:00:00Z');
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };

export interface Issued {
  readonly pem: string;
  readonly certificate: x509.X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
}

export interface IssueOptions {
  readonly subject: string;
  readonly issuer?: Issued;
  readonly ca?: boolean;
  readonly pathLength?: number;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly extensions?: x509.Extension[];
  readonly keyUsages?: x509.KeyUsageFlags;
  readonly withoutSki?: boolean;
  readonly keys?: webcrypto.CryptoKeyPair;
  readonly algorithm?: 'P-256' | 'P-384' | 'Ed25519' | 'RSA';
}

let serial = 0x4000;

/** Issues a certificate; without an issuer it signs itself. */
export async function issue(options: IssueOptions): Promise<Issued> {
  const keys = options.keys ?? (await newKeys(options.algorithm ?? 'P-256'));
  const issuer = options.issuer;
  serial += 1;
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial.toString(16).padStart(8, '0'),
    subject: options.subject,
    issuer: issuer?.certificate.subject ?? options.subject,
    ...validityOf(options),
    publicKey: keys.publicKey,
    signingKey: issuer?.keys.privateKey ?? keys.privateKey,
    signingAlgorithm: signingAlgorithm((issuer?.keys ?? keys).privateKey),
    extensions: await extensionsOf(options, keys),
  });
  return { pem: `${certificate.toString('pem')}\n`, certificate, keys };
}

function validityOf(options: IssueOptions) {
  return {
    notBefore: options.notBefore ?? new Date(NOW.getTime() - 30 * DAY),
    notAfter: options.notAfter ?? new Date(NOW.getTime() + 300 * DAY),
  };
}

async function extensionsOf(
  options: IssueOptions,
  keys: webcrypto.CryptoKeyPair,
): Promise<x509.Extension[]> {
  const { keyCertSign, digitalSignature } = x509.KeyUsageFlags;
  const usages = options.keyUsages ?? (options.ca === true ? keyCertSign : digitalSignature);
  const extensions: x509.Extension[] = [
    new x509.BasicConstraintsExtension(options.ca ?? false, options.pathLength, true),
    new x509.KeyUsagesExtension(usages, true),
    ...(options.extensions ?? []),
  ];
  if (options.withoutSki !== true) {
    extensions.push(await x509.SubjectKeyIdentifierExtension.create(keys.publicKey));
  }
  return extensions;
}

export function newKeys(algorithm: 'P-256' | 'P-384' | 'Ed25519' | 'RSA') {
  if (algorithm === 'Ed25519') return generate({ name: 'Ed25519' });
  if (algorithm === 'RSA') {
    return generate({
      name: 'RSASSA-PKCS1-v1_5',
      modulusLength: 2048,
      publicExponent: Uint8Array.of(1, 0, 1),
      hash: 'SHA-256',
    });
  }
  return generate({ ...ECDSA, namedCurve: algorithm });
}

async function generate(
  algorithm: webcrypto.EcKeyGenParams | webcrypto.RsaHashedKeyGenParams | webcrypto.Algorithm,
): Promise<webcrypto.CryptoKeyPair> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  if (!('privateKey' in keys)) throw new TypeError('a key pair was asked for');
  return keys;
}

function signingAlgorithm(key: webcrypto.CryptoKey): webcrypto.EcdsaParams | webcrypto.Algorithm {
  return key.algorithm.name === 'ECDSA' ? { name: 'ECDSA', hash: 'SHA-256' } : key.algorithm;
}

/** A CRL of this CA over these certificates, in PEM. */
export async function revoke(
  ca: Issued,
  revoked: readonly Issued[],
  options: { readonly withoutAki?: boolean; readonly signer?: Issued } = {},
): Promise<Uint8Array> {
  const aki = await x509.AuthorityKeyIdentifierExtension.create(ca.keys.publicKey);
  const crl = await x509.X509CrlGenerator.create({
    issuer: ca.certificate.subject,
    thisUpdate: NOW,
    nextUpdate: new Date(NOW.getTime() + DAY),
    signingKey: (options.signer ?? ca).keys.privateKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    entries: revoked.map(({ certificate }) => ({
      serialNumber: certificate.serialNumber,
      revocationDate: NOW,
    })),
    extensions: options.withoutAki === true ? [] : [aki],
  });
  return text(encodePem('X509 CRL', new Uint8Array(crl.rawData)));
}

/** The four node OUs under their usual names, bound to no CA. */
export const NODE_OUS = {
  enable: true,
  client: { identifier: 'client' },
  peer: { identifier: 'peer' },
  admin: { identifier: 'admin' },
  orderer: { identifier: 'orderer' },
} as const;

/** An MSP of one root with node OUs. */
export function definitionOf(root: Issued, more: Partial<MspDefinition> = {}): MspDefinition {
  return { mspId: 'HrssMSP', rootCerts: [text(root.pem)], nodeOus: NODE_OUS, ...more };
}

export function identityOf(issued: Issued, mspId = 'HrssMSP'): Uint8Array {
  return encodeIdentity(mspId, issued.pem);
}

/** Fabric CA's extension with these attributes (fabric-ca lib/attrmgr). */
export function fabricAttributes(value: string): x509.Extension {
  return new x509.Extension('1.2.3.4.5.6.7.8.1', false, text(value));
}

export async function publicKeyOf(issued: Issued) {
  const spki = await webcrypto.subtle.exportKey('spki', issued.keys.publicKey);
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' });
}

export { x509 };
