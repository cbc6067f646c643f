import { parseCertificate } from './certificate.js';
import { decodeIdentity } from './serialized.js';
import { bytes, int32, list, message, string, type MessageOf } from '../wire/message.js';

/** msp.MSPPrincipal.Classification. */
export const principalKind = {
  role: 0,
  organizationUnit: 1,
  identity: 2,
  anonymity: 3,
  combined: 4,
} as const;

/** msp.MSPRole.MSPRoleType. */
export const mspRole = { member: 0, admin: 1, client: 2, peer: 3, orderer: 4 } as const;

export type MspRoleName = keyof typeof mspRole;

/** Whom a policy requires. */
export const principalMessage = message('msp.MSPPrincipal', {
  classification: int32(1),
  /** The serialized role, unit or identity. */
  principal: bytes(2),
});
export type Principal = MessageOf<typeof principalMessage>;

const roleMessage = message('msp.MSPRole', { mspId: string(1), role: int32(2) });

/** The holders of an organizational unit. */
export const unitMessage = message('msp.OrganizationUnit', {
  mspId: string(1),
  unit: string(2),
  certifiers: bytes(3),
});

const combinedMessage = message('msp.CombinedPrincipal', { principals: list(1, principalMessage) });

/** `OrgMSP.member` and similar roles. */
export function rolePrincipal(mspId: string, role: MspRoleName): Principal {
  const principal = roleMessage.encode({ mspId, role: mspRole[role] });
  return { classification: principalKind.role, principal };
}

/**
 * Holders of this organizational unit in certificates of that MSP. `certifiers` identifies the issuing CA chain (see
 * `Msp.certifiers`); peers compare it too (msp/mspimpl.go satisfiesPrincipalInternalPreV13).
 */
export function unitPrincipal(mspId: string, unit: string, certifiers: Uint8Array): Principal {
  const principal = unitMessage.encode({ mspId, unit, certifiers });
  return { classification: principalKind.organizationUnit, principal };
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeRole(bytes: Uint8Array): MessageOf<typeof roleMessage> {
  return roleMessage.decode(bytes);
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeCombined(bytes: Uint8Array): readonly Principal[] {
  return combinedMessage.decode(bytes).principals;
}

/** MSP ids that a principal names. @throws LedgerError MALFORMED_BYTES */
export function mspsOf({ classification, principal }: Principal): readonly string[] {
  switch (classification) {
    case principalKind.role:
      return [decodeRole(principal).mspId];
    case principalKind.organizationUnit:
      return [unitMessage.decode(principal).mspId];
    case principalKind.identity:
      return [decodeIdentity(principal).mspId];
    case principalKind.combined:
      return decodeCombined(principal).flatMap(mspsOf);
    default:
      return [];
  }
}

/** The principal in policy language where it can be expressed there. Never throws. */
export function principalText(principal: Principal): string {
  try {
    return textOf(principal);
  } catch {
    return 'an unreadable principal';
  }
}

function textOf({ classification, principal }: Principal): string {
  switch (classification) {
    case principalKind.role: {
      const { mspId, role } = decodeRole(principal);
      return `${mspId}.${roleName(role)}`;
    }
    case principalKind.organizationUnit: {
      const { mspId, unit } = unitMessage.decode(principal);
      return `${mspId} unit ${unit}`;
    }
    case principalKind.identity: {
      const { mspId, certificate } = decodeIdentity(principal);
      return `${mspId} ${parseCertificate(certificate).commonName}`;
    }
    case principalKind.combined:
      return decodeCombined(principal).map(principalText).join(' and ');
    default:
      return `a principal of kind ${classification}`;
  }
}

function roleName(role: number): string {
  return Object.entries(mspRole).find(([, value]) => value === role)?.[0] ?? `role${role}`;
}
