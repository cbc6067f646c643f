import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { found, requireDepartment } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { recordAct } from './chain';
import type { CaseEventRecord, CaseRecord } from './records';

/** Leaves room for the flags that opinions and notices can still raise (the record takes 400). */
const mostFlags = 100;

export interface CorrectCaseState {
  readonly case: CaseRecord | undefined;
  readonly target: CaseEventRecord | undefined;
}

/**
 * R13, R14: nothing is deleted or changed; a head of the department that made an event adds a correction that points
 * at it. A closed case takes it too.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, LIMIT_REACHED
 */
export function correctCase(
  state: CorrectCaseState,
  input: CommandInput<'case.correct'>,
  member: Member,
): Outcome<CaseRecord> {
  const { caseNo, seq } = input;
  const before = found(state.case, { caseNo });
  const target = found(state.target, { caseNo, seq });
  requireDepartment(member, target.by.department);
  if (before.flags.length >= mostFlags)
    throw new ContractError('LIMIT_REACHED', { flags: mostFlags });
  const { at } = nowFor(member);
  const flags = [...before.flags, { code: 'correction', seq: before.nextSeq } as const];
  return recordAct({ ...before, flags }, before, { type: 'case.correct', member, at, input });
}
