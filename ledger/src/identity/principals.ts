import { LedgerError } from '../errors.js';
import {
  decodeCombined,
  decodeRole,
  mspRole,
  principalKind,
  unitMessage,
  type Principal,
} from './principal.js';
import { int32, message } from '../wire/message.js';
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
      return anonymity.decode(principal).type === 0;
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
  const { mspId, unit, certifiers } = unitMessage.decode(bytes);
  return (
    mspId === subject.mspId && subject.units.includes(unit) && equal(certifiers, subject.certifiers)
  );
}

const anonymity = message('msp.MSPIdentityAnonymity', { type: int32(1) });
