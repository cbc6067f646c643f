import { actorOf, found, requireOwner } from '../../kernel/caller';
import { actOf } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { openCase, recordAct, type CaseRule } from '../chain';
import type { BrokenCommitmentRecord } from './commitment-records';
import type { CaseRecord } from '../records';

export interface LiftCommitmentBarState {
  readonly case: CaseRecord | undefined;
  /** What the case showed. */
  readonly broken: BrokenCommitmentRecord | undefined;
}

/**
 * 信用修复: once the bad record of a broken commitment was repaired, which a document shows, a head of the owner records it
 * and the applicant may commit itself again (Zhejiang regulation art 14(2)).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, ALREADY_CONFIRMED
 */
export const liftCommitmentBar: CaseRule<'case.liftCommitmentBar', LiftCommitmentBarState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, ['DECISION_REVOKED']);
  requireOwner(before, member);
  const { caseNo, applicant } = before;
  const broken = found(state.broken, { caseNo, applicant });
  if (broken.lifted !== undefined) throw new ContractError('ALREADY_CONFIRMED', { caseNo });
  const { at } = member;
  const lifted = { document: input.document, by: actorOf(member), at };
  const outcome = recordAct(before, actOf('case.liftCommitmentBar', input, member), before);
  return { ...outcome, also: [...outcome.also, { ...broken, lifted }] };
};
