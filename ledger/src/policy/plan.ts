import { decodeCombined, decodeRole, mspRole, principalKind } from '../identity/principal.js';
import type { MspRoleName, Principal } from '../identity/principal.js';
import type { Policy, PolicySigner, PrincipalHolder } from './model.js';

/** Whether one peer of each of these MSPs would satisfy the policy. */
export function coveredBy(policy: Policy, mspIds: readonly string[]): boolean {
  return policy.evaluate(mspIds.map((mspId) => plannedSigner(mspId, 'peer'))).satisfied;
}

/**
 * The smallest set of MSPs, one peer each, that satisfies all policies; among equal sizes the one that comes first in the order
 * of `candidates`. Undefined when all of them together are not enough. Exhaustive search: for tens of candidates at most.
 */
export function smallestEndorserSet(
  policies: readonly Policy[],
  candidates: readonly string[],
): readonly string[] | undefined {
  const enough = (mspIds: readonly string[]): boolean =>
    policies.every((policy) => coveredBy(policy, mspIds));
  if (!enough(candidates)) return undefined;
  for (let size = 0; size < candidates.length; size += 1) {
    for (const subset of subsets(candidates, size)) if (enough(subset)) return subset;
  }
  return candidates;
}

function* subsets(
  items: readonly string[],
  size: number,
  from = 0,
): Generator<readonly string[], void> {
  if (size === 0) {
    yield [];
    return;
  }
  for (let index = from; index + size <= items.length; index += 1) {
    const first = items[index];
    if (first === undefined) return;
    for (const rest of subsets(items, size - 1, index + 1)) yield [first, ...rest];
  }
}

/** A holder of this role of an MSP who could sign. */
export function plannedSigner(mspId: string, role: MspRoleName): PolicySigner {
  const identity: PrincipalHolder = {
    mspId,
    id: `planned ${role}`,
    satisfies: (principal) => roleSatisfies(mspId, role, principal),
  };
  return { identity, bytes: Buffer.from(mspId) };
}

function roleSatisfies(mspId: string, role: MspRoleName, principal: Principal): boolean {
  switch (principal.classification) {
    case principalKind.role: {
      const wanted = decodeRole(principal.principal);
      const roles: readonly number[] = [mspRole.member, mspRole[role]];
      return wanted.mspId === mspId && roles.includes(wanted.role);
    }
    case principalKind.combined:
      return decodeCombined(principal.principal).every((part) => roleSatisfies(mspId, role, part));
    default:
      return false;
  }
}
