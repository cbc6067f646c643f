import {
  actorOf,
  found,
  requireDepartment,
  requireOwner,
  requireOtherPerson,
  type Member,
} from '../../kernel/caller';
import { actOf } from '../../kernel/chain';
import { shanghaiDate } from '../../kernel/days';
import { ContractError } from '../../kernel/errors';
import { openCase, recordAct, type CaseRule } from '../chain';
import type { CaseRecord } from '../records';

/**
 * 送达签收: the applicant says on which day it received what was delivered. It may after the owner recorded that it did not
 * sign: its own word stands beside the owner's. A house rule; no clock runs, since no law gives days for it.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, MAKER_IS_CHECKER, ALREADY_EXISTS,
 *   VALIDITY_INVALID
 */
export const acknowledge: CaseRule<'case.acknowledge'> = (state, input, member) => {
  const { caseNo, on } = input;
  const { before, delivery } = delivered(state.case, input, member);
  requireDepartment(member, before.applicant);
  requireOtherPerson(delivery.by, member);
  const { signed } = delivery;
  if (signed !== undefined) throw new ContractError('ALREADY_EXISTS', { caseNo, on: signed.on });
  const act = { on, by: actorOf(member), at: member.at };
  return recordAct(before, actOf('case.acknowledge', input, member), {
    ...before,
    delivery: { ...delivery, signed: act },
  });
};

/**
 * The owner records that the applicant refused to sign, or how else it was served, with the record of it; not once the
 * applicant has signed.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, ALREADY_EXISTS, VALIDITY_INVALID
 */
export const recordService: CaseRule<'case.recordService'> = (state, input, member) => {
  const { caseNo, how, on, document } = input;
  const { before, delivery } = delivered(state.case, input, member);
  requireOwner(before, member);
  const known = delivery.signed ?? delivery.served;
  if (known !== undefined) throw new ContractError('ALREADY_EXISTS', { caseNo, on: known.on });
  const served = { how, on, document, by: actorOf(member), at: member.at };
  return recordAct(before, actOf('case.recordService', input, member), {
    ...before,
    delivery: { ...delivery, served },
  });
};

/** The delivery that is spoken of, received between its day and today. */
function delivered(
  record: CaseRecord | undefined,
  { caseNo, on }: { readonly caseNo: string; readonly on: string },
  { at }: Member,
) {
  const before = openCase(record, caseNo, ['DELIVERED', 'ARCHIVED']);
  const delivery = found(before.delivery, { caseNo, part: 'delivery' });
  const from = shanghaiDate(before.deliveredAt ?? at);
  const to = shanghaiDate(at);
  if (on < from || on > to) throw new ContractError('VALIDITY_INVALID', { on, from, to });
  return { before, delivery };
}
