import 'reflect-metadata';
import './webcrypto-globals.js';
import { createPrivateKey, KeyObject, webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import { createSigner, encodeIdentity } from '@yici/ledger';
import type { MspDefinition, NodeOus } from '@yici/ledger/testing';

x509.cryptoProvider.set(webcrypto);

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;
const CREATED = new Date('2026-01-05T00:00:00Z');

export type NodeOu = 'client' | 'peer' | 'admin' | 'orderer';

/** Somebody with a certificate and the key to it. */
export interface Person {
  readonly mspId: string;
  /** SerializedIdentity bytes. */
  readonly identity: Uint8Array;
  readonly certificate: x509.X509Certificate;
  readonly pem: string;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** An organisation with its own root CA and node OUs, as departments have. */
export interface TestOrganization {
  readonly mspId: string;
  readonly definition: MspDefinition;
  issue(name: string, ou: NodeOu, validity?: { readonly notAfter: Date }): Promise<Person>;
  /** A DER revocation list over these people. */
  revoke(...people: readonly Person[]): Promise<Uint8Array>;
}

export async function createOrganization(mspId: string): Promise<TestOrganization> {
  const keys = await newKeys();
  const issuer = `CN=ca,O=${mspId}`;
  const root = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: '01',
    name: issuer,
    notBefore: new Date(CREATED.getTime() - DAY),
    notAfter: new Date(CREATED.getTime() + 3650 * DAY),
    signingAlgorithm: EC,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 1, true),
      new x509.KeyUsagesExtension(
        x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign,
        true,
      ),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const rootPem = pemBytes(root.toString('pem'));
  let serial = 16;
  return {
    mspId,
    definition: { mspId, rootCerts: [rootPem], nodeOus: nodeOus(rootPem) },
    issue: async (name, ou, validity) => {
      const own = await newKeys();
      serial += 1;
      const certificate = await x509.X509CertificateGenerator.create({
        serialNumber: serial.toString(16),
        subject: `CN=${name},OU=${ou},O=${mspId}`,
        issuer,
        notBefore: CREATED,
        notAfter: validity?.notAfter ?? new Date(CREATED.getTime() + 365 * DAY),
        signingAlgorithm: EC,
        publicKey: own.publicKey,
        signingKey: keys.privateKey,
        extensions: [
          new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
          await x509.SubjectKeyIdentifierExtension.create(own.publicKey),
          await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
        ],
      });
      const pem = certificate.toString('pem');
      return {
        mspId,
        certificate,
        pem,
        identity: encodeIdentity(mspId, pem),
        sign: createSigner(KeyObject.from(own.privateKey)),
      };
    },
    revoke: (...people) => {
      const pems = people.map(({ pem }) => pem);
      return revocationList(root.toString('pem'), keys.privateKey, pems);
    },
  };
}

/** A DER list of the certificates (PEM) that an authority revokes. */
export async function revocationList(
  authorityPem: string,
  key: webcrypto.CryptoKey,
  revoked: readonly string[],
): Promise<Uint8Array> {
  const authority = new x509.X509Certificate(authorityPem);
  const crl = await x509.X509CrlGenerator.create({
    issuer: authority.subject,
    thisUpdate: CREATED,
    nextUpdate: new Date(CREATED.getTime() + 365 * DAY),
    signingAlgorithm: EC,
    signingKey: key,
    entries: revoked.map((pem) => ({
      serialNumber: new x509.X509Certificate(pem).serialNumber,
      revocationDate: CREATED,
    })),
    // Fabric silently passes over a list that does not name its authority by that authority's own key identifier.
    extensions: [new x509.AuthorityKeyIdentifierExtension(keyIdentifier(authority))],
  });
  return new Uint8Array(crl.rawData);
}

function keyIdentifier(authority: x509.X509Certificate): string {
  const extension = authority.getExtension(x509.SubjectKeyIdentifierExtension);
  if (extension === null) throw new RangeError('the authority has no key identifier');
  return extension.keyId;
}

/** What authorities of department folders sign with, for {@link revocationList}. */
export function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, EC, false, ['sign']);
}

function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
}

function nodeOus(certificate: Uint8Array): NodeOus {
  const unit = (identifier: string): { identifier: string; certificate: Uint8Array } => ({
    identifier,
    certificate,
  });
  return {
    enable: true,
    client: unit('client'),
    peer: unit('peer'),
    admin: unit('admin'),
    orderer: unit('orderer'),
  };
}

function pemBytes(pem: string): Uint8Array {
  return new TextEncoder().encode(pem.endsWith('\n') ? pem : `${pem}\n`);
}
