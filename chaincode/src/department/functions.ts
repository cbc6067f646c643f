import type { DepartmentFunction } from '../kernel/roles';
import type { DepartmentRecord, FunctionHolderRecord } from './records';

/**
 * Who is the Establishment Office, the lead authority and the supervision office decides over other departments' acts, so no
 * department gives itself such a function. It claims it; every other department may declare for the claim; the function is
 * in force when more than half of the registered departments, and never fewer than three, have declared (the claimant counts
 * as one). A department registers once per MSP and MSPs are admitted by the channel's own majority, so declarations cannot
 * be multiplied. The key of a department keeps the channel's majority endorsement: with a policy of its own, one
 * department's peer alone could write the function into its entry. A function in force never becomes vacant: it moves when
 * another department's claim gathers the quorum.
 */
export function functionQuorum(registeredDepartments: number): number {
  return Math.max(3, Math.floor(registeredDepartments / 2) + 1);
}

/** Adds claims with the claimant's own declaration. */
export function withClaims(
  department: DepartmentRecord,
  names: readonly DepartmentFunction[],
  at: string,
): DepartmentRecord {
  const claims = names.map((name) => ({
    function: name,
    declaredBy: [{ department: department.id, at }],
  }));
  return { ...department, claims: [...department.claims, ...claims] };
}

/** One more declaration for a claim that is there. */
export function withDeclaration(
  department: DepartmentRecord,
  name: DepartmentFunction,
  declarer: string,
  at: string,
): DepartmentRecord {
  const claims = department.claims.map((claim) =>
    claim.function === name
      ? { ...claim, declaredBy: [...claim.declaredBy, { department: declarer, at }] }
      : claim,
  );
  return { ...department, claims };
}

/** Puts a claim in force. */
export function withFunction(
  department: DepartmentRecord,
  name: DepartmentFunction,
): DepartmentRecord {
  return {
    ...department,
    functions: [...department.functions, name].sort(),
    claims: department.claims.filter((claim) => claim.function !== name),
  };
}

export function withoutFunction(
  department: DepartmentRecord,
  name: DepartmentFunction,
  at: string,
): DepartmentRecord {
  return {
    ...department,
    functions: department.functions.filter((held) => held !== name),
    updatedAt: at,
  };
}

export function holderRecord(
  department: DepartmentRecord,
  name: DepartmentFunction,
  at: string,
): FunctionHolderRecord {
  return {
    kind: 'functionHolder',
    v: 1,
    function: name,
    department: department.id,
    mspId: department.mspId,
    since: at,
  };
}
