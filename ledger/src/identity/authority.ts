import { sha256 } from '../crypto/hash.js';
import { LedgerError, type Sentence } from '../errors.js';
import { parseCertificate, type Certificate } from './certificate.js';
import { canonicalDer, findChains, isEcdsaSigned, isSelfSigned, type TrustStore } from './chain.js';
import { revocationOf, type Crl } from './crl.js';
import { OID } from './oid.js';
import { toDer } from './pem.js';
import { refusal, type Refusal } from './reasons.js';
import { equal } from './x509.js';

/** A certificate's one chain, itself first, and its DER as Fabric compares it. */
interface CheckedChain {
  readonly chain: readonly Certificate[];
  readonly der: Uint8Array;
}

/** Validated roots and intermediates of one kind (identity or TLS). */
export interface Authority {
  readonly store: TrustStore;
  /** Canonical DER, as hex, of the CAs that have intermediates below them. */
  readonly inner: ReadonlySet<string>;
}

/**
 * Decodes CAs and checks them as an MSP does during setup (msp/mspimplsetup.go setupCAs, finalizeSetupCAs,
 * setupTLSCAs): CA flag, subject key identifier, exactly one chain to a root, not revoked.
 * @throws LedgerError MALFORMED_CONFIG
 */
export function readAuthority(
  roots: readonly Uint8Array[],
  intermediates: readonly Uint8Array[],
  crls: readonly Crl[],
): Authority {
  const store = { roots: readCas(roots), intermediates: readCas(intermediates) };
  [...store.roots, ...store.intermediates].forEach(refuseConstrained);
  return soundAuthority(store, crls);
}

/**
 * {@link readAuthority} for TLS CAs. Certificates below a TLS root are verified by TLS handshakes only, not here, so
 * TLS roots may be constrained to host names and addresses.
 * @throws LedgerError MALFORMED_CONFIG
 */
export function readTlsAuthority(
  roots: readonly Uint8Array[],
  intermediates: readonly Uint8Array[],
  crls: readonly Crl[],
): Authority {
  if (intermediates.length > 0) return readAuthority(roots, intermediates, crls);
  return soundAuthority({ roots: readCas(roots), intermediates: [] }, crls);
}

function soundAuthority(store: TrustStore, crls: readonly Crl[]): Authority {
  const inner = new Set<string>();
  for (const ca of [...store.roots, ...store.intermediates]) {
    const checked = singleChain(ca, store);
    if ('reason' in checked)
      throw malformedMsp({
        zh: `CA ${ca.subject} 的证书链不成立：${checked.detail}`,
        en: `CA ${ca.subject}: ${checked.detail}`,
      });
    const [, issuer] = checked.chain;
    if (issuer !== undefined) refuseRevokedCa(ca, issuer, crls);
  }
  for (const ca of store.intermediates) {
    const checked = singleChain(ca, store);
    const above = 'reason' in checked ? [] : checked.chain.slice(1);
    above.forEach((upper, index) => inner.add(hex(derUnder(upper, above[index + 1]))));
  }
  return { store, inner };
}

/** The single chain that an MSP requires; several are refused like none (msp/mspimpl.go getUniqueValidationChain). */
export function singleChain(certificate: Certificate, store: TrustStore): CheckedChain | Refusal {
  const { chains, obstacles } = findChains(certificate, store);
  const [chain, other] = chains;
  if (chain === undefined) {
    const why = obstacles[0] ?? `no CA named ${certificate.issuer}`;
    return refusal('UNTRUSTED', `${certificate.subject} has no chain to a root: ${why}`);
  }
  if (other !== undefined) {
    return refusal('AMBIGUOUS_CHAIN', `${certificate.subject} has ${chains.length} chains`);
  }
  return { chain, der: derUnder(certificate, chain[1]) };
}

/** SHA-256 over the CAs of a chain: the certifiers identifier that organizational units are compared with. */
export function certifiersIdentifier(issuers: readonly Certificate[]): Uint8Array {
  return sha256(...issuers.map((issuer, index) => derUnder(issuer, issuers[index + 1])));
}

/** The chains of the CAs that may issue identities: those without intermediates below them. */
export function issuingChains(authority: Authority): (readonly Certificate[])[] {
  const { roots, intermediates } = authority.store;
  return [...roots, ...intermediates].flatMap((ca) => {
    const checked = singleChain(ca, authority.store);
    if ('reason' in checked || isInner(ca, checked.chain[1], authority)) return [];
    return [checked.chain];
  });
}

/** Whether a CA has intermediates below it and therefore may not issue identities. */
export function isInner(
  ca: Certificate,
  issuer: Certificate | undefined,
  inner: Authority,
): boolean {
  return inner.inner.has(hex(derUnder(ca, issuer)));
}

export function malformedMsp({ zh, en }: Sentence, cause?: unknown): LedgerError {
  return new LedgerError('MALFORMED_CONFIG', { zh: `MSP：${zh}`, en: `MSP: ${en}` }, { cause });
}

/**
 * Identity roots with an ECDSA signature must be self-signed: Fabric normalises their signature to low S
 * (msp/mspimpl.go sanitizeCert) and needs the issuer's key for that. @throws LedgerError MALFORMED_CONFIG
 */
export function refuseForeignRoots(authority: Authority): void {
  for (const root of authority.store.roots) {
    if (isEcdsaSigned(root) && !isSelfSigned(root)) {
      throw malformedMsp({
        zh: `根证书 ${root.subject} 不是自签名，或者不得签发`,
        en: `root ${root.subject} is not signed by itself, or may not sign`,
      });
    }
  }
}

/** A root is its own issuer. */
function derUnder(certificate: Certificate, issuer: Certificate | undefined): Uint8Array {
  return canonicalDer(certificate, issuer ?? certificate);
}

/** Duplicate CAs are dropped, as in Go's certificate pool: they must not produce a second chain. */
function readCas(pems: readonly Uint8Array[]): Certificate[] {
  const cas = new Map(pems.map(readCa).map((ca) => [hex(ca.der), ca]));
  return [...cas.values()];
}

function readCa(pem: Uint8Array): Certificate {
  const ca = readCertificate(pem);
  if (!ca.isCA)
    throw malformedMsp({ zh: `${ca.subject} 不是 CA`, en: `${ca.subject} is not a CA` });
  if (ca.ski === undefined)
    throw malformedMsp({
      zh: `CA ${ca.subject} 没有主体密钥标识`,
      en: `CA ${ca.subject} has no subject key identifier`,
    });
  return ca;
}

function refuseConstrained(ca: Certificate): void {
  if (!ca.x509.extensions.has(OID.nameConstraints)) return;
  throw malformedMsp({
    zh: `不支持带名称约束的 CA：${ca.subject}`,
    en: `CA ${ca.subject} has name constraints, which are not supported`,
  });
}

/**
 * A certificate of a definition; one of `known` is not decoded again.
 * @throws LedgerError MALFORMED_CONFIG
 */
export function readCertificate(pem: Uint8Array, known: readonly Certificate[] = []): Certificate {
  try {
    const der = toDer(pem);
    return known.find((one) => equal(one.der, der)) ?? parseCertificate(der);
  } catch (cause) {
    throw malformedMsp({ zh: '有证书无法读取', en: 'a certificate cannot be read' }, cause);
  }
}

function refuseRevokedCa(ca: Certificate, issuer: Certificate, crls: readonly Crl[]): void {
  const state = revocationOf(ca, issuer, crls);
  if (state !== 'good')
    throw malformedMsp({
      zh: `CA ${ca.subject} 被吊销列表标为 ${state}`,
      en: `CA ${ca.subject} is ${state} by a revocation list`,
    });
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
