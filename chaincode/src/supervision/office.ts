import type { FunctionHolderRecord } from '../department/records';
import { authorize, type Member } from '../kernel/caller';
import type { CommandName } from '../kernel/commands';
import { ContractError } from '../kernel/errors';
import type { DepartmentFunction } from '../kernel/roles';

/** Who supervises a department, and who reviews what supervision concluded; each next one is for the one before it. */
export const officeLadders = {
  supervision: ['supervision', 'government', 'superiorGovernment'],
  review: ['government', 'superiorGovernment'],
} as const satisfies Readonly<
  Record<string, readonly [DepartmentFunction, ...DepartmentFunction[]]>
>;
export type OfficeLadder = keyof typeof officeLadders;

/** Holders of the functions that supervise. */
export type Offices = Readonly<
  Record<(typeof officeLadders)['supervision'][number], FunctionHolderRecord | undefined>
>;

export interface Office {
  readonly function: DepartmentFunction;
  /** Undefined while nobody holds it. */
  readonly department: string | undefined;
}

/** The office that acts on a department: nobody judges in its own cause, so its own office gives way to the next. */
export function officeOver(
  department: string,
  ladder: OfficeLadder,
  holder: (name: keyof Offices) => string | undefined,
): Office {
  const offices = officeLadders[ladder].map((name) => ({
    function: name,
    department: holder(name),
  }));
  const other = offices.find((office) => office.department !== department);
  return other ?? { function: 'superiorGovernment', department: undefined };
}

/**
 * The caller is of the office that acts on a department: a supervisor of the supervision office, a head of a government's.
 * @throws ContractError FUNCTION_VACANT, OWN_CAUSE, WRONG_DEPARTMENT, ROLE_REFUSED
 */
export function requireOffice(
  name: CommandName,
  { of, ladder, offices }: { of: string; ladder: OfficeLadder; offices: Offices },
  member: Member,
): void {
  const office = officeOver(of, ladder, (one) => offices[one]?.department);
  if (office.department === undefined) {
    throw new ContractError('FUNCTION_VACANT', { function: office.function, of });
  }
  if (member.department !== office.department) {
    throw new ContractError(member.department === of ? 'OWN_CAUSE' : 'WRONG_DEPARTMENT', {
      ...{ department: member.department, expected: office.department, function: office.function },
    });
  }
  authorize({ name, roles: [office.function === 'supervision' ? 'supervisor' : 'head'] }, member);
}
