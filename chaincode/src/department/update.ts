import { eventOf, found, type Rule } from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { withClaims } from './functions';
import type { DepartmentRecord } from './records';

/**
 * A department changes its own entry and its claims.
 * @throws ContractError NOT_FOUND, NAME_BY_REFORM, ALREADY_EXISTS (claimed or held already), FUNCTION_NOT_CLAIMED
 */
export const updateDepartment: Rule<
  'department.update',
  { readonly own: DepartmentRecord | undefined },
  DepartmentRecord
> = (state, input, member) => {
  const own = found(state.own, { id: member.department });
  if (input.name !== undefined) throw new ContractError('NAME_BY_REFORM', { id: own.id });
  const at = later(member.at, own.updatedAt);
  const { claim = [], withdrawClaim = [], ...entry } = input;
  const kept = withoutClaims(own, withdrawClaim);
  for (const name of claim) {
    if (kept.functions.includes(name) || kept.claims.some((known) => known.function === name)) {
      throw new ContractError('ALREADY_EXISTS', { function: name });
    }
  }
  return {
    main: { ...withClaims(kept, claim, at), ...entry, updatedAt: at },
    also: [],
    event: { ...eventOf('department.update', member, at), id: own.id },
  };
};

function withoutClaims(
  own: DepartmentRecord,
  names: readonly DepartmentRecord['functions'][number][],
): DepartmentRecord {
  for (const name of names) {
    if (!own.claims.some((claim) => claim.function === name)) {
      throw new ContractError('FUNCTION_NOT_CLAIMED', { id: own.id, function: name });
    }
  }
  return { ...own, claims: own.claims.filter((claim) => !names.includes(claim.function)) };
}
