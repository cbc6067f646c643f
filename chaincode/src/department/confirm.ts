import type { Member, Rule } from '../kernel/caller';
import { eventOf, found, requireOtherDepartment } from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import type { DepartmentFunction } from '../kernel/roles';
import {
  functionQuorum,
  holderRecord,
  withDeclaration,
  withFunction,
  withoutFunction,
} from './functions';
import type { DepartmentRecord } from './records';

export interface ConfirmDepartmentState {
  readonly claimant: DepartmentRecord | undefined;
  /** Departments that hold a function of the input now, by function. */
  readonly holders: ReadonlyMap<DepartmentFunction, DepartmentRecord>;
  readonly registeredDepartments: number;
}

/**
 * One department declares that another should hold the functions it claims; see functions.ts.
 * @throws ContractError NOT_FOUND, MAKER_IS_CHECKER, FUNCTION_NOT_CLAIMED, ALREADY_CONFIRMED
 */
export const confirmDepartment: Rule<
  'department.confirm',
  ConfirmDepartmentState,
  DepartmentRecord
> = (state, input, member) => {
  let claimant = found(state.claimant, { id: input.id });
  requireOtherDepartment(claimant.id, member);
  const at = later(member.at, claimant.updatedAt);
  const quorum = functionQuorum(state.registeredDepartments);
  const losers = new Map<string, DepartmentRecord>();
  const also: LedgerRecord[] = [];
  for (const name of input.functions) {
    claimant = withDeclaration(openClaim(claimant, name, member), name, member.department, at);
    if (declarations(claimant, name) < quorum) continue;
    claimant = withFunction(claimant, name);
    also.push(holderRecord(claimant, name, at));
    const holder = state.holders.get(name);
    if (holder !== undefined) {
      losers.set(holder.id, withoutFunction(losers.get(holder.id) ?? holder, name, at));
    }
  }
  return {
    main: { ...claimant, updatedAt: at },
    also: [...also, ...losers.values()],
    event: { ...eventOf('department.confirm', member, at), id: claimant.id },
  };
};

function openClaim(
  claimant: DepartmentRecord,
  name: DepartmentFunction,
  member: Member,
): DepartmentRecord {
  const claim = claimant.claims.find((known) => known.function === name);
  if (claim === undefined) {
    throw new ContractError('FUNCTION_NOT_CLAIMED', { id: claimant.id, function: name });
  }
  if (claim.declaredBy.some(({ department }) => department === member.department)) {
    throw new ContractError('ALREADY_CONFIRMED', { id: claimant.id, function: name });
  }
  return claimant;
}

function declarations(claimant: DepartmentRecord, name: DepartmentFunction): number {
  return claimant.claims.find((claim) => claim.function === name)?.declaredBy.length ?? 0;
}
