import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { actorOf, requireDepartment } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { openCase, recordAct } from './chain';
import type { CaseRecord } from './records';

/**
 * The owner archives a delivered case: the digest of the package with its documents, signatures and events ties what goes
 * to the archive to the ledger (Regulation on Archives art 39; State Council Order 716 on electronic archiving). No law that
 * is known here sets days from the delivery to the filing, so no clock runs.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export function archiveCase(
  state: { readonly case: CaseRecord | undefined },
  input: CommandInput<'case.archive'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, ['DELIVERED']);
  requireDepartment(member, before.owner);
  const { at } = nowFor(member);
  const archive = { package: input.package, by: actorOf(member), at };
  return recordAct({ ...before, archive, state: 'ARCHIVED' }, before, {
    type: 'case.archive',
    member,
    at,
    input,
  });
}
