import { actorOf, requireOwner } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { openCase, recordAct, type CaseRule } from './chain';

/**
 * The owner archives a delivered case: the digest of the package with its documents, signatures and events ties what goes
 * to the archive to the ledger (Regulation on Archives art 39; State Council Order 716 art 12(1)). No law that
 * is known here sets days from the delivery to the filing, so no clock runs.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export const archiveCase: CaseRule<'case.archive'> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, ['DELIVERED']);
  requireOwner(before, member);
  const { at } = member;
  const archive = { package: input.package, by: actorOf(member), at };
  return recordAct(before, actOf('case.archive', input, member), {
    ...before,
    archive,
    state: 'ARCHIVED',
  });
};
