import type { KeyObject } from 'node:crypto';
import { sha256 } from '../crypto/hash.js';
import { keyAlgorithm } from '../crypto/keys.js';
import { LedgerError } from '../errors.js';
import type { Principal } from './principal.js';
import {
  certifiersIdentifier,
  hex,
  issuingChains,
  isInner,
  malformedMsp,
  readAuthority,
  readTlsAuthority,
  readCertificate,
  refuseForeignRoots,
  singleChain,
  type Authority,
} from './authority.js';
import { isCanonicalPem, parseCertificate, type Certificate } from './certificate.js';
import { parseCrl, revocationOf, type Crl } from './crl.js';
import type { MspDefinition } from './msp-definition.js';
import { satisfies, type PrincipalSubject } from './principals.js';
import { refusal, refusalError, type Refusal } from './reasons.js';
import { decodeIdentity, encodeIdentity, maxIdentityBytes } from './serialized.js';
import { compileUnits, hasRole, judgeUnits, type NodeRole, type UnitRules } from './units.js';

/** Cached identities per MSP; a new channel config creates new MSPs and thereby drops the cache. */
const CACHE_SIZE = 4096;

interface MspOptions {
  /** Whether Ed25519 identities are allowed: they are with the V3_0 channel capability. Default true. */
  readonly allowEd25519?: boolean;
}

/** An identity that is valid for its MSP. */
export interface ValidatedIdentity {
  readonly mspId: string;
  readonly certificate: Certificate;
  readonly publicKey: KeyObject;
  /** Role given by its node OU; undefined when the MSP does not use node OUs. */
  readonly role: NodeRole | undefined;
  /** Hex SHA-256 of the certificate with its signature in low-S form: independent of the serialization. */
  readonly id: string;
  /** Leaf first, root last. */
  readonly chain: readonly Certificate[];
  satisfies(principal: Principal): boolean;
}

/** A valid identity, or the reason why it is invalid. */
export type IdentityVerdict =
  | { readonly valid: true; readonly identity: ValidatedIdentity }
  | ({ readonly valid: false } & Refusal);

/**
 * One organization's membership service provider for X.509, with the rules of Fabric 2 and 3 (msp/mspimpl*.go,
 * MSPv1_4_3 and MSPv3_0).
 */
export class Msp {
  readonly mspId: string;
  readonly definition: MspDefinition;
  readonly #authority: Authority;
  readonly #crls: readonly Crl[];
  readonly #units: UnitRules;
  #admins: ReadonlySet<string> = new Set();
  readonly #allowEd25519: boolean;
  readonly #cache = new Map<number, Remembered>();

  /** @throws LedgerError MALFORMED_CONFIG when a Fabric node would refuse the definition. */
  constructor(definition: MspDefinition, options: MspOptions = {}) {
    refuseUnsupported(definition);
    this.mspId = definition.mspId;
    this.definition = definition;
    this.#allowEd25519 = options.allowEd25519 ?? true;
    this.#crls = (definition.revocationList ?? []).map(parseCrl);
    this.#authority = readAuthority(
      definition.rootCerts,
      definition.intermediateCerts ?? [],
      this.#crls,
    );
    refuseForeignRoots(this.#authority);
    readTlsAuthority(
      definition.tlsRootCerts ?? [],
      definition.tlsIntermediateCerts ?? [],
      this.#crls,
    );
    this.#units = compileUnits(definition, this.#authority);
    this.#admins = this.#readAdmins(definition.admins ?? []);
  }

  /** Identifiers of the CA chains that can issue identities of this MSP, for {@link unitPrincipal}. */
  get certifiers(): readonly Uint8Array[] {
    return issuingChains(this.#authority).map(certifiersIdentifier);
  }

  /**
   * Validates SerializedIdentity bytes. Without `at`, expiry is ignored, as peers do for committed transactions; with
   * it, the certificate and its chain must be valid at that time.
   * @throws LedgerError IDENTITY_REFUSED, `details.reason` one of `identityReasons`.
   */
  validate(identityBytes: Uint8Array, at?: Date): ValidatedIdentity {
    const verdict = this.check(identityBytes, at);
    if (!verdict.valid) throw refusalError(this.mspId, verdict);
    return verdict.identity;
  }

  /** {@link validate}, but returns the refusal instead of throwing it. */
  check(identityBytes: Uint8Array, at?: Date): IdentityVerdict {
    const verdict = this.#remembered(identityBytes);
    if (!verdict.valid || at === undefined) return verdict;
    const late = outsideValidity(verdict.identity.chain, at);
    return late === undefined ? verdict : { valid: false, ...late };
  }

  #remembered(identityBytes: Uint8Array): IdentityVerdict {
    const key = fingerprint(identityBytes);
    const known = this.#cache.get(key);
    if (known !== undefined && Buffer.compare(known.bytes, identityBytes) === 0) {
      return known.verdict;
    }
    const verdict = this.#judgeBytes(identityBytes);
    if (verdict.valid && isPlain(identityBytes, verdict.identity)) {
      if (this.#cache.size >= CACHE_SIZE) this.#forgetOldest();
      // A copy, because the input is a view of a larger block or message.
      this.#cache.set(key, { bytes: Uint8Array.from(identityBytes), verdict });
    }
    return verdict;
  }

  #forgetOldest(): void {
    for (const key of this.#cache.keys()) {
      this.#cache.delete(key);
      return;
    }
  }

  #judgeBytes(identityBytes: Uint8Array): IdentityVerdict {
    const found = this.#certificateOf(identityBytes);
    if ('reason' in found) return { valid: false, ...found };
    const identity = this.#judge(found);
    return 'reason' in identity ? { valid: false, ...identity } : { valid: true, identity };
  }

  #certificateOf(identityBytes: Uint8Array): Certificate | Refusal {
    try {
      const { mspId, certificate } = decodeIdentity(identityBytes);
      if (mspId !== this.mspId) return refusal('WRONG_MSP', `identity of ${mspId}`);
      return parseCertificate(Buffer.from(certificate).toString('latin1'));
    } catch (error) {
      if (error instanceof LedgerError) return refusal('MALFORMED', error.message);
      throw error;
    }
  }

  #judge(certificate: Certificate): ValidatedIdentity | Refusal {
    const algorithm = keyAlgorithm(certificate.publicKey);
    if (algorithm === undefined || (algorithm.kind === 'ed25519' && !this.#allowEd25519)) {
      return refusal('UNSUPPORTED_KEY', `key of ${certificate.subject} is not supported`);
    }
    if (certificate.isCA) return refusal('CA_CERTIFICATE', `${certificate.subject} is a CA`);
    const checked = singleChain(certificate, this.#authority.store);
    if ('reason' in checked) return checked;
    const { chain, der } = checked;
    const refused = this.#judgeIssuer(certificate, chain);
    if (refused !== undefined) return refused;
    const units = certificate.organizationalUnits;
    const certifiers = certifiersIdentifier(chain.slice(1));
    const role = judgeUnits(this.#units, { units, certifiers });
    if (typeof role === 'object') return role;
    return this.#identity({ certificate, chain, der, role, certifiers });
  }

  #judgeIssuer(certificate: Certificate, chain: readonly Certificate[]): Refusal | undefined {
    const [, issuer, above] = chain;
    if (issuer === undefined) return refusal('UNTRUSTED', `${certificate.subject} is a root`);
    if (isInner(issuer, above, this.#authority)) {
      return refusal('ISSUER_NOT_LEAF', `${issuer.subject} has intermediates below it`);
    }
    switch (revocationOf(certificate, issuer, this.#crls)) {
      case 'good':
        return undefined;
      case 'revoked':
        return refusal('REVOKED', `${certificate.subject} (${certificate.serial}) is revoked`);
      case 'unusable':
        return refusal('CRL_UNUSABLE', 'a revocation list has no authority key identifier');
    }
  }

  #identity(parts: IdentityParts): ValidatedIdentity {
    const { certificate, chain, role } = parts;
    const id = hex(sha256(parts.der));
    const subject: PrincipalSubject = {
      mspId: this.mspId,
      isAdmin: this.#admins.has(id),
      units: certificate.organizationalUnits,
      certifiers: parts.certifiers,
      hasRole: (asked) => hasRole(this.#units, asked, certificate.organizationalUnits),
      isIdentity: (serialized) => {
        const other = this.check(serialized);
        return other.valid && other.identity.id === id;
      },
    };
    return {
      mspId: this.mspId,
      certificate,
      publicKey: certificate.publicKey,
      role,
      id,
      chain,
      satisfies: (principal) => satisfies(subject, principal),
    };
  }

  /** Named administrators (msp/mspimplsetup.go setupAdminsV142, postSetupV142). */
  #readAdmins(admins: readonly Uint8Array[]): ReadonlySet<string> {
    const adminUnit = this.#units.roles?.has('admin') ?? false;
    if (admins.length === 0 && !adminUnit) {
      throw malformedMsp({
        zh: '没有单位标明管理员，须列出管理员',
        en: 'administrators must be named when no unit marks them',
      });
    }
    return new Set(admins.map((pem) => this.#readAdmin(readCertificate(pem))));
  }

  #readAdmin(admin: Certificate): string {
    if (this.#units.roles === undefined) {
      const judged = this.#judge(admin);
      if ('reason' in judged)
        throw malformedMsp({
          zh: `管理员证书无效：${judged.detail}`,
          en: `administrator: ${judged.detail}`,
        });
      return judged.id;
    }
    const checked = singleChain(admin, this.#authority.store);
    if ('reason' in checked)
      throw malformedMsp({
        zh: `管理员证书无效：${checked.detail}`,
        en: `administrator: ${checked.detail}`,
      });
    if (!this.#isClientOrAdmin(admin.organizationalUnits)) {
      throw malformedMsp({
        zh: `管理员 ${admin.subject} 既不是 client 也不是 admin`,
        en: `administrator ${admin.subject} is neither client nor admin`,
      });
    }
    return hex(sha256(checked.der));
  }

  #isClientOrAdmin(units: readonly string[]): boolean {
    return hasRole(this.#units, 'client', units) || hasRole(this.#units, 'admin', units);
  }
}

/**
 * Only certificates that the department issued are cached, and only in canonical form, so that callers cannot fill the
 * cache with variants.
 */
function isPlain(identityBytes: Uint8Array, { mspId, certificate }: ValidatedIdentity): boolean {
  if (identityBytes.length > maxIdentityBytes) return false;
  const pem = Buffer.from(decodeIdentity(identityBytes).certificate).toString('latin1');
  const plain = isCanonicalPem(pem, certificate) && encodeIdentity(mspId, pem);
  return plain !== false && Buffer.compare(plain, identityBytes) === 0;
}

interface Remembered {
  readonly bytes: Uint8Array;
  readonly verdict: IdentityVerdict;
}

/**
 * A cheap cache key: a 32-bit hash over 32 bytes at the end of the PEM, which belong to the signature. Hashing the whole
 * identity, about a kilobyte, for every lookup would cost more. Identities with the same key replace each other in the cache.
 */
function fingerprint(identityBytes: Uint8Array): number {
  const start = Math.max(0, identityBytes.length - 64);
  const end = Math.min(identityBytes.length, start + 32);
  let number = 0;
  for (let at = start; at < end; at += 1) number = Math.imul(number, 31) + (identityBytes[at] ?? 0);
  return number | 0;
}

interface IdentityParts {
  readonly certificate: Certificate;
  readonly chain: readonly Certificate[];
  readonly der: Uint8Array;
  readonly role: NodeRole | undefined;
  readonly certifiers: Uint8Array;
}

/** Creates an MSP. @throws LedgerError MALFORMED_CONFIG when a Fabric node would refuse the definition. */
export function createMsp(definition: MspDefinition, options?: MspOptions): Msp {
  return new Msp(definition, options);
}

function refuseUnsupported(definition: MspDefinition): void {
  if (definition.mspId === '') throw malformedMsp({ zh: '没有 MSP 标识', en: 'no MSP id' });
  if (definition.rootCerts.length === 0) throw malformedMsp({ zh: '没有根 CA', en: 'no root CA' });
  const { crypto } = definition;
  if (crypto === undefined) return;
  if (!['', 'SHA2'].includes(crypto.signatureHashFamily)) {
    throw malformedMsp({
      zh: `不支持散列族 ${crypto.signatureHashFamily}`,
      en: `hash family ${crypto.signatureHashFamily} is not supported`,
    });
  }
  if (!['', 'SHA256'].includes(crypto.identityIdentifierHashFunction)) {
    throw malformedMsp({
      zh: `不支持散列 ${crypto.identityIdentifierHashFunction}`,
      en: `hash ${crypto.identityIdentifierHashFunction} is not supported`,
    });
  }
}

function outsideValidity(chain: readonly Certificate[], at: Date): Refusal | undefined {
  const time = at.getTime();
  for (const { subject, notBefore, notAfter } of chain) {
    if (time < notBefore.getTime()) {
      return refusal('NOT_YET_VALID', `${subject} is valid from ${notBefore.toISOString()}`);
    }
    if (time > notAfter.getTime()) {
      return refusal('EXPIRED', `${subject} expired at ${notAfter.toISOString()}`);
    }
  }
  return undefined;
}
