import { stillRuns } from '../../calendar/passed';
import { actorOf, requireOwner, requireOtherPerson, type Member } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf, nowFor } from '../../kernel/chain';
import { ContractError, refusedOn } from '../../kernel/errors';
import { requireReason } from '../../kernel/reason';
import { openCase, recordAct, type CaseRule } from '../chain';
import type { CaseRecord } from '../records';
import type { TimedState } from '../procedures/special-procedure';
import { voucherOf } from '../result/sealed';

/**
 * What was tolerated as missing did not come in time, or came and still does not meet the requirements: a head of the owner,
 * who is not the one that accepted, revokes the acceptance with reasons, remedy and a sealed voucher, which closes the case
 * (Zhejiang regulation art 11(2), 11(4)). An acceptance by the owner's silence cannot be taken back this way: its gap is the owner's own.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, NOTHING_TOLERATED, SUPPLEMENT_NOT_OVERDUE,
 *   MAKER_IS_CHECKER, REASON_REQUIRED, VOUCHER_REQUIRED
 */
export const revokeAcceptance: CaseRule<'case.revokeAcceptance', TimedState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  requireOwner(before, member);
  const { acceptance, caseNo } = before;
  if (acceptance?.how !== 'tolerant') throw new ContractError('NOTHING_TOLERATED', { caseNo });
  const codes = ['supplementOverdue', 'stillIncomplete'] as const;
  if (input.reason.code === 'stillIncomplete') requireFollowedUp(before);
  else requireOverdue(before, state, member);
  requireOtherPerson(acceptance.by, member);
  const reason = requireReason(input.reason, {
    ...{ remedy: true, codes },
    basis: 'acceptanceRevoked',
  });
  const { document } = input;
  const voucher = voucherOf(input, nowFor(member));
  const act = { reason, document, voucher, by: actorOf(member), at: member.at };
  const revocation = { of: 'acceptance', ...act } as const;
  return recordAct(before, actOf('case.revokeAcceptance', input, member), {
    ...before,
    revocation,
    state: 'ACCEPTANCE_REVOKED',
  });
};

/** Only what came can fail to meet; what has not come yet may still. */
function requireFollowedUp({ followedUp = [], caseNo }: CaseRecord): void {
  if (followedUp.length === 0) throw new ContractError('NOTHING_TOLERATED', { caseNo });
}

function requireOverdue({ tolerated, caseNo }: CaseRecord, state: TimedState, member: Member) {
  if (tolerated === undefined) throw new ContractError('NOTHING_TOLERATED', { caseNo });
  const { dueOn, codes } = tolerated;
  const early = stillRuns(dueOn, member, state.calendar);
  if (early !== undefined) {
    throw refusedOn('SUPPLEMENT_NOT_OVERDUE', 'tolerated', { dueOn, ...early, codes });
  }
}
