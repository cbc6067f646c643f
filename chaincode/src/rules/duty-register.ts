import type { CommandInput, DepartmentRecord, DutyRecord, FunctionHolderRecord } from '../model';
import { ContractError } from '../model';
import type { Member, Outcome } from './caller';
import { actorOf, eventOf } from './caller';
import { later } from './days';

export interface RegisterDutyState {
  readonly department: DepartmentRecord | undefined;
  readonly establishment: FunctionHolderRecord | undefined;
  readonly current: DutyRecord | undefined;
}

/**
 * A clause of a department's 三定 document, entered by the department or by the Establishment Office, which issues
 * those documents. Registering a code again makes its next version.
 * @throws ContractError DEPARTMENT_UNKNOWN, WRONG_DEPARTMENT
 */
export function registerDuty(
  state: RegisterDutyState,
  input: CommandInput<'duty.register'>,
  member: Member,
): Outcome<DutyRecord> {
  if (state.department === undefined) {
    throw new ContractError('DEPARTMENT_UNKNOWN', { department: input.department });
  }
  const office = state.establishment?.department;
  if (member.department !== input.department && member.department !== office) {
    throw new ContractError('WRONG_DEPARTMENT', {
      department: member.department,
      expected: input.department,
    });
  }
  const at = later(member.at, state.current?.registeredAt ?? '');
  const main: DutyRecord = {
    kind: 'duty',
    v: 1,
    ...input,
    version: (state.current?.version ?? 0) + 1,
    registeredBy: actorOf(member),
    registeredAt: at,
  };
  return {
    main,
    also: [],
    event: {
      ...eventOf('duty.register', member, at),
      id: main.department,
      code: main.code,
      version: main.version,
    },
  };
}
