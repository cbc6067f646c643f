import { actorOf } from '../../kernel/caller';
import { actOf } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { recordAct, type CaseRule } from '../chain';
import { revocable } from './revocable';

/**
 * A grant is not revoked where that could gravely harm the public interest (Administrative Licensing Law art 69(3)): a head of
 * the owner, who is not the one that decided, records it with the ground there would be, the reasons, and the document. Once
 * for a ground; the state stays, and with it what the applicant was granted.
 * @throws ContractError ALREADY_EXISTS, and those of {@link revocable}
 */
export const keepDecision: CaseRule<'case.keepDecision'> = (state, input, member) => {
  const { before, reason } = revocable(state.case, input, member, { remedy: false });
  const { kept = [], caseNo } = before;
  if (kept.some(({ reason: { code } }) => code === reason.code)) {
    throw new ContractError('ALREADY_EXISTS', { caseNo, kept: reason.code });
  }
  const act = { reason, document: input.document, by: actorOf(member), at: member.at };
  return recordAct(before, actOf('case.keepDecision', input, member), {
    ...before,
    kept: [...kept, act],
  });
};
