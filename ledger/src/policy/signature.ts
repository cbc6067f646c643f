import { principalText, type Principal } from '../identity/principal.js';
import { signersText, type Policy, type PolicySigner, type PrincipalHolder } from './model.js';
import { malformedPolicy, type SignaturePolicy, type SignatureRule } from './signature-policy.js';

/** Evaluates the signers and marks those it used; a failed gate may leave marks, as in Fabric. */
type Gate = (signers: readonly PolicySigner[], used: boolean[]) => boolean;

/**
 * Compiles a signature policy with the semantics of common/cauthdsl/cauthdsl.go: rules are tried in order, each takes the first
 * unused signer that satisfies its principal, a signer counts once, and a gate continues after its threshold is reached.
 * @throws LedgerError MALFORMED_POLICY when a rule refers to a principal that does not exist.
 */
export function compileSignaturePolicy(policy: SignaturePolicy): Policy {
  const gate = compileRule(policy.rule, policy.principals);
  const text = ruleText(policy.rule, policy.principals);
  return {
    text,
    principals: policy.principals,
    evaluate: (signers) => {
      const satisfied = gate(
        signers,
        signers.map(() => false),
      );
      const by = signersText(signers);
      return {
        satisfied,
        reason: satisfied
          ? `signed by ${by}, which meets ${text}`
          : `signed by ${by}, but ${text} is needed`,
      };
    },
  };
}

function compileRule(rule: SignatureRule, principals: readonly Principal[]): Gate {
  switch (rule.kind) {
    case 'outOf':
      return compileOutOf(
        rule.n,
        rule.rules.map((inner) => compileRule(inner, principals)),
      );
    case 'signedBy': {
      const principal = principals[rule.index];
      if (principal === undefined) {
        throw malformedPolicy({
          zh: `引用第 ${rule.index} 个主体，而主体共 ${principals.length} 个`,
          en: `names principal ${rule.index} of ${principals.length}`,
        });
      }
      return compileSignedBy(principal);
    }
  }
}

function compileOutOf(n: number, gates: readonly Gate[]): Gate {
  return (signers, used) => {
    let met = 0;
    for (const gate of gates) {
      const trial = [...used];
      if (gate(signers, trial)) {
        met += 1;
        trial.forEach((taken, index) => {
          used[index] = taken;
        });
      }
    }
    return met >= n;
  };
}

function compileSignedBy(principal: Principal): Gate {
  const known = new WeakMap<PrincipalHolder, boolean>();
  const holds = (identity: PrincipalHolder): boolean => {
    const before = known.get(identity);
    if (before !== undefined) return before;
    const now = identity.satisfies(principal);
    known.set(identity, now);
    return now;
  };
  return (signers, used) => {
    const index = signers.findIndex(
      (signer, position) => used[position] !== true && holds(signer.identity),
    );
    if (index < 0) return false;
    used[index] = true;
    return true;
  };
}

function ruleText(rule: SignatureRule, principals: readonly Principal[]): string {
  if (rule.kind === 'signedBy') {
    const principal = principals[rule.index];
    return principal === undefined ? 'nobody' : principalText(principal);
  }
  const parts = rule.rules.map((inner) => ruleText(inner, principals));
  if (parts.length === 1 && rule.n === 1) return parts[0] ?? 'nobody';
  return `${rule.n} of (${parts.join(', ')})`;
}
