import { decoding } from '../wire/decoding.js';
import { int32, message, string, type MessageOf } from '../wire/message.js';
import type { Policy } from './model.js';

/** common.ImplicitMetaPolicy.Rule. */
export const metaRule = { any: 0, all: 1, majority: 2 } as const;

/** How many of the sub-groups' policies of one name must hold. */
export const implicitMeta = message('common.ImplicitMetaPolicy', {
  subPolicy: string(1),
  rule: int32(2),
});
type ImplicitMetaPolicy = MessageOf<typeof implicitMeta>;

/** @throws LedgerError MALFORMED_POLICY */
export function decodeImplicitMeta(bytes: Uint8Array): ImplicitMetaPolicy {
  return decoding('MALFORMED_POLICY', { zh: '汇总策略', en: 'implicit meta policy' }, () =>
    implicitMeta.decode(bytes),
  );
}

/**
 * A policy over the policies of the sub-groups (common/policies/implicitmeta.go). A sub-group without that policy
 * counts as not satisfied; without sub-groups the policy is satisfied.
 */
export function implicitMetaPolicy(
  definition: ImplicitMetaPolicy,
  subPolicies: readonly (Policy | undefined)[],
): Policy {
  const total = subPolicies.length;
  const threshold = thresholdOf(definition.rule, total);
  const text = `${ruleText(definition.rule)} of ${total} ${definition.subPolicy} policies`;
  return {
    text,
    principals: subPolicies.flatMap((policy) => policy?.principals ?? []),
    quorum: { needed: threshold, of: subPolicies },
    evaluate: (signers) => {
      // Counts down to exactly zero as Fabric does: with an unknown rule the threshold is zero from the start.
      let remaining = threshold;
      for (const policy of subPolicies) {
        if (policy?.evaluate(signers).satisfied !== true) continue;
        remaining -= 1;
        if (remaining === 0) break;
      }
      const met = threshold - remaining;
      return {
        satisfied: remaining === 0,
        reason: `${met} of the ${total} ${definition.subPolicy} policies hold and ${threshold} are needed`,
      };
    },
  };
}

function thresholdOf(rule: number, total: number): number {
  if (total === 0) return 0;
  if (rule === metaRule.any) return 1;
  if (rule === metaRule.all) return total;
  return rule === metaRule.majority ? Math.floor(total / 2) + 1 : 0;
}

function ruleText(rule: number): string {
  const name = Object.entries(metaRule).find(([, value]) => value === rule)?.[0];
  return name?.toUpperCase() ?? `rule ${rule}`;
}
