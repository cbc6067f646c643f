import {
  anyOf,
  encodeSignaturePolicy,
  implicitMeta,
  metaRule,
  parseSignaturePolicy,
  policyType,
  rolePrincipal,
  type PolicyDefinition,
} from '@yici/ledger';

type SignaturePolicy = Parameters<typeof encodeSignaturePolicy>[0];
type Role = Parameters<typeof rolePrincipal>[1];

const metaPattern = /^(ANY|ALL|MAJORITY) ([A-Za-z]+)$/;

/** Whether a rule of the topology is an implicit meta policy (`MAJORITY Endorsement`) rather than a signature policy. */
export function isMetaRule(rule: string): boolean {
  return metaPattern.test(rule);
}

/** A policy from a rule of the topology: implicit meta, or in Fabric's signature policy language. */
export function policyFromRule(rule: string): PolicyDefinition {
  const [, meta = '', subPolicy = ''] = metaPattern.exec(rule) ?? [];
  const [, code] = Object.entries(metaRule).find(([name]) => name === meta.toLowerCase()) ?? [];
  if (code === undefined) return signaturePolicy(parseSignaturePolicy(rule));
  const value = implicitMeta.encode({ subPolicy, rule: code });
  return { type: policyType.implicitMeta, value };
}

/** One signature by any of the given roles of one MSP: `OR('M.admin', 'M.peer')`. */
export function anyRole(mspId: string, ...roles: readonly Role[]): PolicyDefinition {
  return signaturePolicy(anyOf(roles.map((role) => rolePrincipal(mspId, role))));
}

function signaturePolicy(rule: SignaturePolicy): PolicyDefinition {
  return { type: policyType.signature, value: encodeSignaturePolicy(rule) };
}
