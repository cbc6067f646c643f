import { actorOf } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { openCase, recordAct, type CaseRule } from './chain';
import {
  moved,
  offerFor,
  responsibleFor,
  subjectOf,
  transferStates,
  withHandover,
} from './responsibility';

/**
 * R12: responsibility passes with the receiver's own signature. What was due stays due on the same day: the clock has
 * never stopped. Who received the case first stays named (首问负责).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, STEP_UNKNOWN, ALREADY_ANSWERED, STEP_NOT_OPEN,
 *   TRANSFER_NOT_OFFERED, WRONG_DEPARTMENT
 */
export const acceptTransfer: CaseRule<'case.acceptTransfer'> = (state, input, member) => {
  const subject = subjectOf(input);
  const before = openCase(state.case, input.caseNo, transferStates(subject));
  responsibleFor(before, subject);
  const offer = offerFor(before, subject, member.department);
  const { at } = member;
  const accepted = {
    ...offer,
    status: 'accepted' as const,
    answeredBy: actorOf(member),
    answeredAt: at,
  };
  return recordAct(before, actOf('case.acceptTransfer', input, member), {
    ...moved(before, subject, member.department),
    handovers: withHandover(before, offer, accepted),
    flags: [...before.flags, { code: 'transferred', seq: before.nextSeq }],
  });
};
