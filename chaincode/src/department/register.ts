import type { CommandInput } from '../kernel/commands';
import { absent, eventOf, type Caller, type Outcome } from '../kernel/caller';
import { withClaims } from './functions';
import type { DepartmentOfMspRecord, DepartmentRecord } from './records';

export interface RegisterDepartmentState {
  readonly withId: DepartmentRecord | undefined;
  readonly withMsp: DepartmentOfMspRecord | undefined;
}

/**
 * A department enters itself in the registry, once per MSP, under an id that is free.
 * @throws ContractError ALREADY_EXISTS
 */
export function registerDepartment(
  state: RegisterDepartmentState,
  input: CommandInput<'department.register'>,
  caller: Caller,
): Outcome<DepartmentRecord> {
  absent(state.withId, { id: input.id });
  absent(state.withMsp, { mspId: caller.mspId });
  const entry: DepartmentRecord = {
    kind: 'department',
    v: 1,
    id: input.id,
    mspId: caller.mspId,
    name: input.name,
    level: input.level,
    regionCode: input.regionCode,
    ...(input.vertical === undefined ? {} : { vertical: input.vertical }),
    ...(input.systemId === undefined ? {} : { systemId: input.systemId }),
    functions: [],
    claims: [],
    registeredAt: caller.at,
    updatedAt: caller.at,
  };
  const member = { ...caller, department: input.id };
  return {
    main: withClaims(entry, input.functions ?? [], caller.at),
    also: [{ kind: 'departmentOfMsp', v: 1, mspId: caller.mspId, department: input.id }],
    event: { ...eventOf('department.register', member, caller.at), id: input.id },
  };
}
