import { verify, type KeyObject } from 'node:crypto';
import { DER, derElement } from '../crypto/der.js';
import { keyAlgorithm } from '../crypto/keys.js';
import { toLowS } from '../crypto/signature.js';
import type { Certificate } from './certificate.js';
import { constrainsHostsOnly } from './name-constraints.js';
import { OID, signatureAlgorithms } from './oid.js';
import { equal, type SignedDer } from './x509.js';

/** Limit of signature checks per search, as in Go: bounds the cost of cross-signed CAs. */
const MAX_SIGNATURE_CHECKS = 100;

/** Critical extensions that are understood; any other critical extension makes a certificate unusable. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.subjectKeyId,
  OID.keyUsage,
  OID.subjectAltName,
  OID.basicConstraints,
  OID.crlDistribution,
  OID.certificatePolicies,
  OID.authorityKeyId,
  OID.extendedKeyUsage,
  OID.authorityInfoAccess,
]);

/** Name constraints apply to certificates further down; authority.ts decides which CAs may have them. */
function isUnderstood(id: string, value: Uint8Array): boolean {
  return UNDERSTOOD.has(id) || (id === OID.nameConstraints && constrainsHostsOnly(value));
}

/** Root and intermediate certificates that chains may use. */
export interface TrustStore {
  readonly roots: readonly Certificate[];
  readonly intermediates: readonly Certificate[];
}

/** The chains found, the certificate itself first and a root last, and why candidates were passed over. */
interface ChainSearch {
  readonly chains: readonly (readonly Certificate[])[];
  readonly obstacles: readonly string[];
}

/**
 * Every chain from a certificate to a root, verified as of one second after the start of the certificate's validity,
 * because an MSP ignores expiry (msp/mspimplvalidate.go getValidityOptsForCert). Rules of Go's x509.Certificate.Verify
 * with its default usage, server authentication: byte-equal names, CA flag, path lengths, critical extensions.
 */
export function findChains(certificate: Certificate, store: TrustStore): ChainSearch {
  const at = new Date(certificate.notBefore.getTime() + 1000);
  const search = new Search(store, at);
  return { chains: search.run(certificate), obstacles: search.obstacles };
}

class Search {
  readonly obstacles: string[] = [];
  readonly #store: TrustStore;
  readonly #at: Date;
  #checks = 0;

  constructor(store: TrustStore, at: Date) {
    this.#store = store;
    this.#at = at;
  }

  run(certificate: Certificate): (readonly Certificate[])[] {
    if (!this.#usable(certificate, [])) return [];
    const chains = this.#isRoot(certificate) ? [[certificate]] : this.#extend([certificate]);
    return chains.filter((chain) => this.#serves(chain));
  }

  #isRoot(certificate: Certificate): boolean {
    return this.#store.roots.some((root) => equal(root.x509.tbs, certificate.x509.tbs));
  }

  #extend(chain: readonly Certificate[]): (readonly Certificate[])[] {
    const child = chain.at(-1);
    if (child === undefined) return [];
    const roots = this.#parents(child, chain, this.#store.roots);
    const intermediates = this.#parents(child, chain, this.#store.intermediates);
    return [
      ...roots.map((root) => [...chain, root]),
      ...intermediates.flatMap((parent) => this.#extend([...chain, parent])),
    ];
  }

  #parents(
    child: Certificate,
    chain: readonly Certificate[],
    candidates: readonly Certificate[],
  ): Certificate[] {
    return candidates.filter(
      (parent) =>
        equal(child.x509.issuer, parent.x509.subject) &&
        !chain.some((link) => isSameCa(link, parent)) &&
        this.#signed(child, parent) &&
        this.#usable(parent, chain),
    );
  }

  #signed(child: Certificate, parent: Certificate): boolean {
    if (!mayIssue(parent)) return this.#pass(`${parent.subject} may not sign certificates`);
    this.#checks += 1;
    if (this.#checks > MAX_SIGNATURE_CHECKS) return this.#pass('too many candidates for issuer');
    return (
      signedBy(child.x509, parent.publicKey) ||
      this.#pass(`not signed by the key of ${parent.subject}`)
    );
  }

  #usable(certificate: Certificate, below: readonly Certificate[]): boolean {
    const { notBefore, notAfter, usage } = certificate;
    if (this.#at < notBefore || this.#at > notAfter) {
      return this.#pass(`${certificate.subject} was not in force when the certificate began`);
    }
    if (usage.maxPathLength !== undefined && below.length - 1 > usage.maxPathLength) {
      return this.#pass(`${certificate.subject} allows no more intermediates`);
    }
    for (const [id, { critical, value }] of certificate.x509.extensions) {
      if (critical && !isUnderstood(id, value))
        return this.#pass(`critical extension ${id} is unknown`);
    }
    return true;
  }

  #serves(chain: readonly Certificate[]): boolean {
    const hindered = chain.find(({ usage }) => !servesAuthentication(usage.extendedKeyUsages));
    return (
      hindered === undefined ||
      this.#pass(`extended key usage of ${hindered.subject} excludes server authentication`)
    );
  }

  #pass(obstacle: string): false {
    this.obstacles.push(obstacle);
    return false;
  }
}

/** Whether the certificate or CRL was signed with the key; SHA-1 and unknown algorithms give false. */
export function signedBy(signed: SignedDer, key: KeyObject): boolean {
  const algorithm = signatureAlgorithms.get(signed.algorithmId);
  if (algorithm === undefined || algorithm.keyType !== key.asymmetricKeyType) return false;
  try {
    return verify(algorithm.hash, signed.tbs, key, signed.signature);
  } catch {
    return false;
  }
}

/**
 * The certificate's DER with its ECDSA signature normalised to low S: the bytes that Fabric compares and hashes
 * (msp/cert.go sanitizeECDSASignedCert).
 */
export function canonicalDer(certificate: Certificate, issuer: Certificate): Uint8Array {
  const { x509, der } = certificate;
  const issuerKey = keyAlgorithm(issuer.publicKey);
  if (!isEcdsaSigned(certificate)) return der;
  if (issuerKey?.kind !== 'ecdsa') return der;
  const signature = toLowS(x509.signature, issuerKey.curve);
  if (signature === x509.signature) return der;
  const bits = derElement(DER.bitString, Uint8Array.of(0), signature);
  return derElement(DER.sequence, x509.tbs, x509.algorithm, bits);
}

export function isEcdsaSigned(certificate: Certificate): boolean {
  return signatureAlgorithms.get(certificate.x509.algorithmId)?.keyType === 'ec';
}

/** Whether a CA certificate is self-signed and its key may sign certificates. */
export function isSelfSigned(ca: Certificate): boolean {
  return mayIssue(ca) && signedBy(ca.x509, ca.publicKey);
}

function mayIssue({ isCA, usage, x509 }: Certificate): boolean {
  if (usage.hasBasicConstraints ? !isCA : x509.version === 3) return false;
  return usage.certSign;
}

function isSameCa(left: Certificate, right: Certificate): boolean {
  return (
    equal(left.x509.subject, right.x509.subject) &&
    equal(left.x509.publicKeyInfo, right.x509.publicKeyInfo)
  );
}

function servesAuthentication(usages: readonly string[]): boolean {
  return (
    usages.length === 0 ||
    usages.includes(OID.serverAuth) ||
    usages.includes(OID.anyExtendedKeyUsage)
  );
}
