import { coveredBy, smallestEndorserSet, type Policy } from '@yici/ledger';

/**
 * Up to this number every subset is tried; above it, departments are left out one by one while the policies are still
 * satisfied.
 */
const exhaustiveUpTo = 10;

/**
 * The departments to ask for endorsement: as few as satisfy all policies, one peer each, earlier `candidates` preferred
 * (put the own department first). Undefined when even all candidates are not enough.
 */
export function planEndorsers(
  policies: readonly Policy[],
  candidates: readonly string[],
): readonly string[] | undefined {
  const [first] = candidates;
  if (policies.length === 0) {
    return first === undefined ? undefined : [first];
  }
  if (candidates.length <= exhaustiveUpTo) {
    return smallestEndorserSet(policies, candidates);
  }
  return withoutSpares(policies, candidates);
}

/**
 * {@link planEndorsers} with a cache keyed by policy object: the policies of a config are compiled once and reused for
 * every transaction; a new config has new objects.
 */
export class EndorserPlans {
  readonly #known = new WeakMap<Policy, Map<string, readonly string[] | undefined>>();

  plan(policies: readonly Policy[], candidates: readonly string[]): readonly string[] | undefined {
    const [policy, ...others] = policies;
    // Policies of single keys are compiled for each transaction and cannot be cache keys.
    if (policy === undefined || others.length > 0) return planEndorsers(policies, candidates);
    const id = candidates.join();
    const known = this.#known.get(policy) ?? new Map<string, readonly string[] | undefined>();
    if (!known.has(id)) {
      known.set(id, planEndorsers(policies, candidates));
      this.#known.set(policy, known);
    }
    return known.get(id);
  }
}

function withoutSpares(
  policies: readonly Policy[],
  candidates: readonly string[],
): readonly string[] | undefined {
  const enough = (mspIds: readonly string[]): boolean =>
    policies.every((policy) => coveredBy(policy, mspIds));
  if (!enough(candidates)) {
    return undefined;
  }
  let chosen = candidates;
  for (const spare of [...candidates].reverse()) {
    const rest = chosen.filter((mspId) => mspId !== spare);
    if (enough(rest)) {
      chosen = rest;
    }
  }
  return chosen;
}
