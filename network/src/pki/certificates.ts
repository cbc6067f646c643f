import { createPublicKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import { openPrivateKey, type PrivateKey } from '@yici/keys';
import { certificateRequest, createSigner, derInteger, encodePem } from '@yici/ledger';
import * as der from './der.js';
import * as extensions from './extensions.js';

const day = 86_400_000;
/** AlgorithmIdentifier of every signature of an authority. */
export const ecdsaWithSha256 = der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2'));

/** Node OUs: the role of an identity (Fabric msp/mspimplsetup.go). */
export type NodeOu = 'client' | 'peer' | 'orderer' | 'admin';

/** A certificate authority in memory. */
export interface Authority {
  readonly subject: Subject;
  readonly certificatePem: string;
  /** A function, because the key may be protected by a passphrase that is needed only when something is issued. */
  readonly key: () => KeyObject;
}

/** A key and its certificate, in file format. */
export interface Issued {
  readonly certificatePem: string;
  /** PKCS#8; of a key in a token its PKCS#11 URI. */
  readonly keyPem: string;
}

/** Validity of a certificate: from five minutes before `from`, for `days`. */
export interface Validity {
  readonly from: Date;
  readonly days: number;
}

export interface Subject {
  readonly commonName: string;
  readonly organization: string;
  readonly nodeOu?: NodeOu;
  /** An additional organizational unit: a user's role, which private collections check. */
  readonly unit?: string;
}

/**
 * Issues a self-signed ECDSA P-256 root that may certify end entities only (no CAs) and, for TLS, only certain hosts.
 * `hosts` absent: a root for identities, whose certificates contain no host names.
 */
export function issueRoot(subject: Subject, validity: Validity, hosts?: readonly string[]): Issued {
  const privateKey = newKey();
  const publicKey = createPublicKey(privateKey);
  const certificatePem = certify({
    subject,
    issuer: subject,
    publicKey,
    signingKey: privateKey,
    validity,
    extensions: [
      extensions.basicConstraints(true),
      ...(hosts === undefined ? [] : [extensions.nameConstraints(hosts)]),
      extensions.keyUsage('digitalSignature', 'keyCertSign', 'cRLSign'),
      extensions.subjectKeyIdentifier(publicKey),
    ],
  });
  return { certificatePem, keyPem: exportKey(privateKey) };
}

/**
 * Issues an enrolment certificate: one node OU, attributes, no extended key usage, as Fabric's tools do. Uses an
 * existing key if one is given.
 */
export function issueSigning(
  authority: Authority,
  subject: Subject,
  attributes: Readonly<Record<string, string>>,
  validity: Validity,
  key?: PrivateKey,
): Issued {
  return issue(authority, subject, validity, signingExtensions(attributes), key);
}

export const signingExtensions = (
  attributes: Readonly<Record<string, string>>,
): readonly Uint8Array[] => [
  extensions.keyUsage('digitalSignature'),
  ...(Object.keys(attributes).length === 0 ? [] : [extensions.attributes(attributes)]),
];

/** Certifies somebody else's key as {@link issueSigning} does an own one; the certificate as PEM. */
export function certifySigning(
  authority: Authority,
  subject: Subject,
  attributes: Readonly<Record<string, string>>,
  validity: Validity,
  publicKey: KeyObject,
): string {
  return certifyBy(authority, subject, validity, signingExtensions(attributes), publicKey);
}

/**
 * Issues a TLS certificate for the given host names and addresses; default: for both server and client. Uses an existing key
 * if one is given.
 */
export function issueTls(
  authority: Authority,
  subject: Subject,
  hosts: readonly string[],
  validity: Validity,
  sides: readonly extensions.TlsSide[] = ['server', 'client'],
  key?: PrivateKey,
): Issued {
  return issue(authority, subject, validity, tlsExtensions(hosts, sides), key);
}

export const tlsExtensions = (
  hosts: readonly string[],
  sides: readonly extensions.TlsSide[],
): readonly Uint8Array[] => [
  extensions.keyUsage('digitalSignature', 'keyEncipherment'),
  extensions.tlsUsage(...sides),
  ...(hosts.length === 0 ? [] : [extensions.alternativeNames(hosts)]),
];

/** A request for a certificate (PKCS#10, RFC 2986) with the extensions that it is to have, as PEM. */
export function requestFor(
  subject: Subject,
  key: PrivateKey,
  wanted: readonly Uint8Array[],
): string {
  const extensionRequest = der.sequence(
    der.objectIdentifier('1.2.840.113549.1.9.14'),
    der.set(der.sequence(...wanted)),
  );
  const asked = { subject: distinguishedName(subject), attributes: [extensionRequest] };
  return certificateRequest(asked, key);
}

function issue(
  authority: Authority,
  subject: Subject,
  validity: Validity,
  specific: readonly Uint8Array[],
  key = openPrivateKey(exportKey(newKey())),
): Issued {
  const certificatePem = certifyBy(authority, subject, validity, specific, key.publicKey);
  return { certificatePem, keyPem: key.text };
}

function certifyBy(
  authority: Authority,
  subject: Subject,
  validity: Validity,
  specific: readonly Uint8Array[],
  publicKey: KeyObject,
): string {
  const signingKey = authority.key();
  return certify({
    subject,
    issuer: authority.subject,
    publicKey,
    signingKey,
    validity,
    extensions: [
      extensions.basicConstraints(false),
      ...specific,
      extensions.subjectKeyIdentifier(publicKey),
      extensions.authorityKeyIdentifier(createPublicKey(signingKey)),
    ],
  });
}

interface Certificate {
  readonly subject: Subject;
  readonly issuer: Subject;
  readonly publicKey: KeyObject;
  readonly signingKey: KeyObject;
  readonly validity: Validity;
  readonly extensions: readonly Uint8Array[];
}

/**
 * RFC 5280 4.1. Signed with a low S: Fabric normalises certificates with a high one before it compares identities
 * (msp/cert.go), so such a certificate would have two byte forms.
 */
function certify(certificate: Certificate): string {
  const from = Math.floor(certificate.validity.from.getTime() / 60_000) * 60_000 - 300_000;
  const body = der.sequence(
    der.explicit(0, derInteger(Buffer.of(2))),
    derInteger(serialNumber()),
    ecdsaWithSha256,
    distinguishedName(certificate.issuer),
    der.sequence(
      der.time(new Date(from)),
      der.time(new Date(from + certificate.validity.days * day)),
    ),
    distinguishedName(certificate.subject),
    certificate.publicKey.export({ type: 'spki', format: 'der' }),
    der.explicit(3, der.sequence(...certificate.extensions)),
  );
  const signature = createSigner(certificate.signingKey)(body);
  return encodePem('CERTIFICATE', der.sequence(body, ecdsaWithSha256, der.bitString(signature)));
}

function distinguishedName({ commonName, organization, nodeOu, unit }: Subject): Uint8Array {
  const attribute = (oid: string, value: Uint8Array) =>
    der.set(der.sequence(der.objectIdentifier(oid), value));
  return der.sequence(
    attribute('2.5.4.6', der.printableString('CN')),
    attribute('2.5.4.10', der.utf8String(organization)),
    ...[nodeOu, unit].flatMap((name) =>
      name === undefined ? [] : [attribute('2.5.4.11', der.utf8String(name))],
    ),
    attribute('2.5.4.3', der.utf8String(commonName)),
  );
}

export function newKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

export function exportKey(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** 126 random bits, never zero: positive as required (RFC 5280 4.1.2.2). */
function serialNumber(): Uint8Array {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40;
  return bytes;
}
