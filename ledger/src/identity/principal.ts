import { bytesTag, readFields, varintTag } from '../wire/fields.js';
import { decodeIdentity } from './serialized.js';
import { WireWriter } from '../wire/writer.js';

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

/** msp.MSPPrincipal: whom a policy requires. `principal` is the serialized role, unit or identity. */
export interface Principal {
  readonly classification: number;
  readonly principal: Uint8Array;
}

/** `OrgMSP.member` and similar roles. */
export function rolePrincipal(mspId: string, role: MspRoleName): Principal {
  const principal = new WireWriter().string(1, mspId).varint(2, mspRole[role]).finish();
  return { classification: principalKind.role, principal };
}

/**
 * Holders of this organizational unit in certificates of that MSP. `certifiers` identifies the issuing CA chain (see
 * `Msp.certifiers`); peers compare it too (msp/mspimpl.go satisfiesPrincipalInternalPreV13).
 */
export function unitPrincipal(mspId: string, unit: string, certifiers: Uint8Array): Principal {
  const principal = new WireWriter().string(1, mspId).string(2, unit).bytes(3, certifiers).finish();
  return { classification: principalKind.organizationUnit, principal };
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodePrincipal(bytes: Uint8Array): Principal {
  let classification = 0;
  let principal: Uint8Array = new Uint8Array(0);
  readFields(bytes, 'msp.MSPPrincipal', {
    [varintTag(1)]: (reader) => {
      classification = reader.int32();
    },
    [bytesTag(2)]: (reader) => {
      principal = reader.bytes();
    },
  });
  return { classification, principal };
}

export function encodePrincipal(principal: Principal): Uint8Array {
  return new WireWriter()
    .varint(1, principal.classification)
    .bytes(2, principal.principal)
    .finish();
}

interface Role {
  readonly mspId: string;
  readonly role: number;
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeRole(bytes: Uint8Array): Role {
  let mspId = '';
  let role = 0;
  readFields(bytes, 'msp.MSPRole', {
    [bytesTag(1)]: (reader) => {
      mspId = reader.string();
    },
    [varintTag(2)]: (reader) => {
      role = reader.int32();
    },
  });
  return { mspId, role };
}

function decodeUnit(bytes: Uint8Array): { mspId: string; unit: string } {
  let mspId = '';
  let unit = '';
  readFields(bytes, 'msp.OrganizationUnit', {
    [bytesTag(1)]: (reader) => {
      mspId = reader.string();
    },
    [bytesTag(2)]: (reader) => {
      unit = reader.string();
    },
  });
  return { mspId, unit };
}

/** @throws LedgerError MALFORMED_BYTES */
export function decodeCombined(bytes: Uint8Array): readonly Principal[] {
  const principals: Principal[] = [];
  readFields(bytes, 'msp.CombinedPrincipal', {
    [bytesTag(1)]: (reader) => {
      principals.push(decodePrincipal(reader.bytes()));
    },
  });
  return principals;
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
      const { mspId, unit } = decodeUnit(principal);
      return `${mspId} unit ${unit}`;
    }
    case principalKind.identity:
      return `one identity of ${decodeIdentity(principal).mspId}`;
    case principalKind.combined:
      return decodeCombined(principal).map(principalText).join(' and ');
    default:
      return `a principal of kind ${classification}`;
  }
}

function roleName(role: number): string {
  return Object.entries(mspRole).find(([, value]) => value === role)?.[0] ?? `role${role}`;
}
