import { found, requireDepartment } from '../../kernel/caller';
import { actOf } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { recordAct, type CaseRule } from '../chain';
import type { CaseEventRecord, CaseRecord } from '../records';

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
export const correctCase: CaseRule<'case.correct', CorrectCaseState> = (state, input, member) => {
  const { caseNo, seq } = input;
  const before = found(state.case, { caseNo });
  const target = found(state.target, { caseNo, seq });
  requireDepartment(member, target.by.department);
  if (before.flags.length >= mostFlags)
    throw new ContractError('LIMIT_REACHED', { held: 'flags', most: mostFlags });
  const flags = [...before.flags, { code: 'correction', seq: before.nextSeq } as const];
  return recordAct(before, actOf('case.correct', input, member), { ...before, flags });
};
