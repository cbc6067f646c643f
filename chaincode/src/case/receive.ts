import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { actorOf, requireDepartment } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { openCase, recordAct } from './chain';
import type { CaseRecord } from './records';

/**
 * The owner acknowledges receipt. The clock has been running since submission. Who received it stays named as first asked
 * (首问负责).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT
 */
export function receiveCase(
  state: { readonly case: CaseRecord | undefined },
  input: CommandInput<'case.receive'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, ['SUBMITTED']);
  requireDepartment(member, before.owner);
  const { at } = nowFor(member);
  return recordAct(
    { ...before, state: 'RECEIVED', receivedAt: at, firstAsked: actorOf(member) },
    before,
    { type: 'case.receive', member, at, input },
  );
}
