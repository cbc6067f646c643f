import { createHash } from 'node:crypto';
import {
  encodeIdentity,
  isCanonicalPem,
  maxIdentityBytes,
  parseCertificate,
  type Certificate,
  type ChannelConfig,
  type IdentityVerdict,
  type LedgerError,
  type ValidatedIdentity,
} from '@yici/ledger';
import type { NumberPlace } from '../commands/number-rows.js';
import { GatewayError, type GatewayErrorCode } from '../errors.js';
import { officeOf, type Caller } from '../callers/caller.js';

const mostMembers = 2_000;

/** A caller with the expiry of its certificate. */
export interface Member {
  readonly caller: Caller;
  readonly certificate: Certificate;
}

/**
 * Who may call: the MSPs of the channel's config in force, as peers validate, and additionally the validity period. A
 * new config (an added organisation, a revoked certificate) replaces them all.
 */
export class Membership {
  readonly #now: () => Date;
  #config: ChannelConfig | undefined;
  #mspIds: readonly string[] = [];
  /** Cache of decoded callers by certificate; validity is checked with the MSP every time. */
  readonly #members = new Map<string, Member>();

  constructor(dependencies: { readonly now: () => Date }) {
    this.#now = dependencies.now;
  }

  /** The channel config in force. @throws GatewayError NOT_READY before the first */
  get config(): ChannelConfig {
    if (this.#config !== undefined) return this.#config;
    throw new GatewayError('NOT_READY', 'The channel config is not known yet.');
  }

  /** Applies the channel config in force. */
  update(config: ChannelConfig): void {
    this.#config = config;
    this.#mspIds = (config.application?.organizations.map(({ mspId }) => mspId) ?? []).sort();
    this.#members.clear();
  }

  /** Position of a department among the channel's, in the order of MSP ids; the only one before the first config. */
  placeOf(mspId: string): NumberPlace {
    const position = this.#mspIds.indexOf(mspId);
    return position < 0 ? { position: 0, count: 1 } : { position, count: this.#mspIds.length };
  }

  /**
   * The member for a certificate (PEM).
   * @throws GatewayError MSP_UNKNOWN, CERTIFICATE_MALFORMED, CERTIFICATE_FOREIGN, CERTIFICATE_EXPIRED,
   * CERTIFICATE_REVOKED, CERTIFICATE_REFUSED, or NOT_READY before the first config.
   */
  member(mspId: string, certificatePem: string): Member {
    const known = this.#members.get(certificatePem);
    if (known?.caller.mspId === mspId && this.stillValid(known.caller)) return known;
    const member = this.#judge(mspId, certificatePem);
    if (isCanonicalPem(certificatePem, member.certificate)) {
      if (this.#members.size >= mostMembers) this.#members.clear();
      this.#members.set(certificatePem, member);
    }
    return member;
  }

  /** Whether the caller of an open session is still valid. */
  stillValid(caller: Caller): boolean {
    const msp = this.#config?.msps.get(caller.mspId);
    return msp?.check(caller.creator, this.#now()).valid ?? false;
  }

  #judge(mspId: string, certificatePem: string): Member {
    const { msps } = this.config;
    if (certificatePem.length > maxIdentityBytes) throw malformed();
    const certificate = readCertificate(certificatePem);
    const msp = msps.get(mspId);
    if (msp === undefined) {
      throw new GatewayError('MSP_UNKNOWN', `The channel has no member ${mspId}.`, {
        details: { mspId },
      });
    }
    const creator = encodeIdentity(mspId, certificatePem);
    const verdict = msp.check(creator, this.#now());
    if (!verdict.valid) throw certificateError(verdict, mspId);
    return { certificate, caller: callerOf(creator, verdict.identity) };
  }
}

/** @throws GatewayError CERTIFICATE_MALFORMED */
function readCertificate(pem: string): Certificate {
  try {
    return parseCertificate(pem);
  } catch (cause) {
    throw malformed(cause as LedgerError);
  }
}

function malformed(cause?: LedgerError): GatewayError {
  const message = 'The certificate is no X.509 certificate in PEM.';
  return new GatewayError('CERTIFICATE_MALFORMED', message, cause === undefined ? {} : { cause });
}

function callerOf(creator: Uint8Array, identity: ValidatedIdentity): Caller {
  const { certificate, mspId } = identity;
  return {
    creator,
    publicKey: identity.publicKey,
    mspId,
    user: certificate.commonName,
    ...officeOf(certificate.attributes),
    admin: identity.role === 'admin',
    fingerprint: createHash('sha256').update(`${mspId}\n${identity.id}`).digest('hex'),
  };
}

const refusalCodes: Readonly<Partial<Record<string, GatewayErrorCode>>> = {
  MALFORMED: 'CERTIFICATE_MALFORMED',
  UNTRUSTED: 'CERTIFICATE_FOREIGN',
  WRONG_MSP: 'CERTIFICATE_FOREIGN',
  REVOKED: 'CERTIFICATE_REVOKED',
  EXPIRED: 'CERTIFICATE_EXPIRED',
  NOT_YET_VALID: 'CERTIFICATE_EXPIRED',
};

function certificateError(
  verdict: Extract<IdentityVerdict, { valid: false }>,
  mspId: string,
): GatewayError {
  const code = refusalCodes[verdict.reason] ?? 'CERTIFICATE_REFUSED';
  return new GatewayError(code, `${mspId} does not accept the certificate: ${verdict.detail}.`, {
    details: { mspId, reason: verdict.reason },
  });
}
