import { coveredBy, smallestEndorserSet, type Policy } from '@yici/ledger';

/** Up to here every subset is tried; above, departments are left out one by one while the policies still hold. */
const exhaustiveUpTo = 10;

/**
 * The departments to ask for an endorsement: as few as satisfy all policies, one peer each, those first in
 * `candidates` preferred (put the own department first). Undefined when even all candidates are not enough.
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
