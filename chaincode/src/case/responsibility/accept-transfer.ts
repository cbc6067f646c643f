import type { FunctionHolderRecord } from '../../department/records';
import { actorOf, holderOf } from '../../kernel/caller';
import { actOf } from '../../kernel/chain';
import { openCase, recordAct, type CaseRule } from '../chain';
import type { CaseRecord } from '../records';
import {
  moved,
  offerFor,
  responsibleFor,
  subjectOf,
  transferStates,
  withHandover,
  withParty,
} from './responsibility';

export interface AcceptTransferState {
  readonly case: CaseRecord | undefined;
  readonly establishment: FunctionHolderRecord | undefined;
}

/**
 * R12: responsibility passes with the receiver's own signature. What was due stays due on the same day: the clock has
 * never stopped; what the sender had missed by then stays the sender's. Who received the case first stays named (首问负责).
 * What departments agree on about their duties is filed with the Establishment Office (State Council Order 486 art 10, 备案),
 * which sees the case from now on.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN,
 *   TRANSFER_NOT_OFFERED, WRONG_DEPARTMENT, FUNCTION_VACANT, LIMIT_REACHED
 */
export const acceptTransfer: CaseRule<'case.acceptTransfer', AcceptTransferState> = (
  state,
  input,
  member,
) => {
  const subject = subjectOf(input);
  const before = openCase(state.case, input.caseNo, transferStates(subject));
  responsibleFor(before, subject);
  const offer = offerFor(before, subject, member.department);
  const { at } = member;
  const filedWith = holderOf('establishment', state.establishment).department;
  const accepted = {
    ...offer,
    status: 'accepted' as const,
    answeredBy: actorOf(member),
    answeredAt: at,
    filedWith,
  };
  return recordAct(before, actOf('case.acceptTransfer', input, member), {
    ...moved(before, subject, member.department),
    handovers: withHandover(before, offer, accepted),
    parties: withParty(before.parties, filedWith),
    flags: [...before.flags, { code: 'transferred', seq: before.nextSeq }],
  });
};
