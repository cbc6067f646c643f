import type { PolicyDefinition } from '../config/tree.js';
import { principalKind, principalText, type Principal } from '../identity/principal.js';
import { implicitMeta, metaRule } from '../policy/implicit-meta.js';
import { decodeSignaturePolicy, type SignatureRule } from '../policy/signature-policy.js';

/** common.Policy.PolicyType. */
export const policyType = { signature: 1, implicitMeta: 3 } as const;

/** Whether a policy of the config is one over those of sub-groups. */
export const isMetaPolicy = ({ type }: PolicyDefinition): boolean =>
  type === policyType.implicitMeta;

/** A policy as a topology writes it. What that language cannot say is told in brackets. */
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
