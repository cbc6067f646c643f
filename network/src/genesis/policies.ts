import {
  anyOf,
  decodeSignaturePolicy,
  encodeSignaturePolicy,
  implicitMeta,
  metaRule,
  parseSignaturePolicy,
  principalKind,
  principalText,
  rolePrincipal,
  type PolicyDefinition,
  type Principal,
  type SignatureRule,
} from '@yici/ledger';

type SignaturePolicy = Parameters<typeof encodeSignaturePolicy>[0];
type Role = Parameters<typeof rolePrincipal>[1];

/** common.Policy.PolicyType. */
const policyType = { signature: 1, implicitMeta: 3 } as const;

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

/** Whether a policy of the config is one over those of sub-groups. */
export const isMetaPolicy = ({ type }: PolicyDefinition): boolean =>
  type === policyType.implicitMeta;

/** A policy as a topology writes it: the reverse of {@link policyFromRule}. What that language cannot say is told in brackets. */
export function ruleText({ type, value }: PolicyDefinition): string {
  if (!isMetaPolicy({ type, value })) {
    const { rule, principals } = decodeSignaturePolicy(value);
    return gateText(rule, principals);
  }
  const meta = implicitMeta.decode(value);
  const [name = `rule ${meta.rule}`] =
    Object.entries(metaRule).find(([, code]) => code === meta.rule) ?? [];
  return `${name.toUpperCase()} ${meta.subPolicy}`;
}

function gateText(rule: SignatureRule, principals: readonly Principal[]): string {
  if (rule.kind === 'signedBy') {
    const principal = principals[rule.index];
    const text = principal === undefined ? 'nobody' : principalText(principal);
    return principal?.classification === principalKind.role ? `'${text}'` : `[${text}]`;
  }
  const parts = rule.rules.map((inner) => gateText(inner, principals)).join(', ');
  if (rule.n === 1) return `OR(${parts})`;
  return rule.n === rule.rules.length ? `AND(${parts})` : `OutOf(${rule.n}, ${parts})`;
}

/** One signature by any of the given roles of one MSP: `OR('M.admin', 'M.peer')`. */
export function anyRole(mspId: string, ...roles: readonly Role[]): PolicyDefinition {
  return signaturePolicy(anyOf(roles.map((role) => rolePrincipal(mspId, role))));
}

export function signaturePolicy(rule: SignaturePolicy): PolicyDefinition {
  return { type: policyType.signature, value: encodeSignaturePolicy(rule) };
}
