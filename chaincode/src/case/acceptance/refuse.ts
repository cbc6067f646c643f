import { actorOf, requireOwner } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf, nowFor, type Now } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { requireReason } from '../../kernel/reason';
import { isReplyLate, promptnessOf, requireReplyInTime } from './acceptance';
import { openCase, recordAct, type CaseRule } from '../chain';
import type { CaseRecord } from '../records';
import { sentElsewhere, type NotCompetentState } from '../responsibility/referral';
import { voucherOf } from '../result/sealed';

export interface RefuseState extends NotCompetentState {
  readonly case: CaseRecord | undefined;
}

/**
 * The owner refuses a case at the door: not required (不受理), not competent, or still incomplete after the one-time
 * notice (不予受理), with reason and remedy (R5) and a sealed voucher (Administrative Licensing Law art 32(2)). Silence
 * accepts files that are incomplete (R4, art 32(1)(4)); it makes no organ competent and no application necessary, so those two
 * may be said later, and are marked late.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, NOTICE_TOO_LATE, REASON_REQUIRED,
 *   NOTICE_REQUIRED, VOUCHER_REQUIRED, and those of {@link sentElsewhere}
 */
export const refuseCase: CaseRule<'case.refuse', RefuseState> = (state, input, member) => {
  const before = atTheDoor(state.case, input.caseNo);
  requireOwner(before, member);
  const now = nowFor(member);
  const refusal = requireReason(input.reason, {
    remedy: true,
    codes: ['notRequired', 'notCompetent', 'stillIncomplete'],
    basis: input.reason?.code === 'notCompetent' ? 'competence' : 'door',
  });
  if (refusal.code === 'stillIncomplete') requireNotified(before, now);
  const voucher = voucherOf(input, now);
  const late = isReplyLate(before, now);
  const { body, also } =
    refusal.code === 'notCompetent'
      ? sentElsewhere(before, input, state, now)
      : { body: before, also: [] };
  const flag = { code: 'lateRefusal', seq: before.nextSeq } as const;
  const outcome = recordAct(before, actOf('case.refuse', input, member), {
    ...body,
    state: 'NOT_ACCEPTED',
    refusal,
    refusalAct: {
      ...{ by: actorOf(member), at: now.at, voucher },
      promptness: promptnessOf(before, now),
    },
    flags: late ? [...body.flags, flag] : body.flags,
  });
  return { ...outcome, also: [...outcome.also, ...also] };
};

/** What silence accepted is still at the door as far as competence and need go. */
function atTheDoor(record: CaseRecord | undefined, caseNo: string): CaseRecord {
  const silent = record?.acceptance?.how === 'deemed';
  return openCase(record, caseNo, silent ? ['RECEIVED', ...handlingStates] : ['RECEIVED']);
}

/** @throws ContractError NOTICE_TOO_LATE, NOTICE_REQUIRED */
function requireNotified(before: CaseRecord, now: Now): void {
  requireReplyInTime(before, now);
  if (before.notices.length === 0) {
    throw new ContractError('NOTICE_REQUIRED', { caseNo: before.caseNo });
  }
}
