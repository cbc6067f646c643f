import { LedgerError } from '../errors.js';
import { decodeCombined, decodeRole, mspRole, principalKind, type Principal } from './principal.js';
import { WireReader } from '../wire/reader.js';
import { NONE } from '../wire/writer.js';
import type { NodeRole } from './units.js';
import { equal } from './x509.js';

/** The view of a valid identity that principals are compared with. */
export interface PrincipalSubject {
  readonly mspId: string;
  readonly isAdmin: boolean;
  readonly units: readonly string[];
  readonly certifiers: Uint8Array;
  hasRole(role: NodeRole): boolean;
  /** Whether a serialized identity of the same MSP has the same certificate. */
  isIdentity(serialized: Uint8Array): boolean;
}

/**
 * Whether a valid identity satisfies a principal (msp/mspimpl.go satisfiesPrincipalInternalV142): member, admin, client, peer
 * or orderer of its MSP, a unit, one identity, or all parts of a combined principal. Malformed principals are not satisfied.
 */
export function satisfies(subject: PrincipalSubject, principal: Principal): boolean {
  try {
    return check(subject, principal);
  } catch (error) {
    if (error instanceof LedgerError) return false;
    throw error;
  }
}

function check(subject: PrincipalSubject, { classification, principal }: Principal): boolean {
  switch (classification) {
    case principalKind.role:
      return checkRole(subject, principal);
    case principalKind.organizationUnit:
      return checkUnit(subject, principal);
    case principalKind.identity:
      return subject.isIdentity(principal);
    case principalKind.anonymity:
      return !wantsAnonymity(principal);
    case principalKind.combined: {
      const parts = decodeCombined(principal);
      return parts.length > 0 && parts.every((part) => check(subject, part));
    }
    default:
      return false;
  }
}

function checkRole(subject: PrincipalSubject, bytes: Uint8Array): boolean {
  const { mspId, role } = decodeRole(bytes);
  if (mspId !== subject.mspId) return false;
  switch (role) {
    case mspRole.member:
      return true;
    case mspRole.admin:
      return subject.isAdmin || subject.hasRole('admin');
    case mspRole.client:
      return subject.hasRole('client');
    case mspRole.peer:
      return subject.hasRole('peer');
    case mspRole.orderer:
      return subject.hasRole('orderer');
    default:
      return false;
  }
}

function checkUnit(subject: PrincipalSubject, bytes: Uint8Array): boolean {
  const reader = new WireReader(bytes, 'msp.OrganizationUnit');
  let mspId = '';
  let unit = '';
  let certifiers = NONE;
  while (reader.next()) {
    switch (reader.tag) {
      case 0x0a:
        mspId = reader.string();
        break;
      case 0x12:
        unit = reader.string();
        break;
      case 0x1a:
        certifiers = reader.bytes();
        break;
      default:
        reader.skip();
    }
  }
  return (
    mspId === subject.mspId && subject.units.includes(unit) && equal(certifiers, subject.certifiers)
  );
}

function wantsAnonymity(bytes: Uint8Array): boolean {
  const reader = new WireReader(bytes, 'msp.MSPIdentityAnonymity');
  let type = 0;
  while (reader.next()) {
    if (reader.tag === 0x08) type = reader.int32();
    else reader.skip();
  }
  return type !== 0;
}
