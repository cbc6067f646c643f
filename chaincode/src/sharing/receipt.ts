import type { Rule } from '../kernel/caller';
import { absent, actorOf, found, requireDepartment } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { shanghaiDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { beside, recordShareAct, type ShareAndGrant } from './chain';
import type { ShareGrantRecord, ShareRecord } from './records';
import type { UseDeviation, UseRecord } from './use-records';

export interface ReceiptState extends ShareAndGrant {
  readonly existing: UseRecord | undefined;
}

/**
 * The requester records scenario, process, effect, storage and destruction of a use (Order 809 art 29). A use outside its
 * grant is recorded like any other and says so itself: refusing the record would only hide the use (art 25).
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, ALREADY_EXISTS, VALIDITY_INVALID
 */
export const recordReceipt: Rule<'sharing.receipt', ReceiptState, UseRecord> = (
  state,
  input,
  member,
) => {
  const { shareId, useId } = input;
  const before = found(state.share, { shareId });
  requireDepartment(member, before.requester);
  absent(state.existing, { shareId, useId });
  const { usedAt = member.at } = input;
  if (usedAt > member.at)
    throw new ContractError('VALIDITY_INVALID', { problem: 'future', usedAt, now: member.at });
  const outside = deviations(before, state.grant, usedAt, input.fields);
  const use: UseRecord = {
    kind: 'use',
    v: 1,
    ...input,
    usedAt,
    requester: member.department,
    outside,
    recordedBy: actorOf(member),
    recordedAt: member.at,
  };
  const act = actOf('sharing.receipt', input, member);
  const outcome = recordShareAct(state, act, withReceipt(before, member.at, outside));
  return beside(use, outcome, { useId });
};

/** The share's count of uses, one more. */
export function withReceipt(
  share: ShareRecord,
  at: string,
  outside: readonly UseDeviation[],
): ShareRecord {
  const { receipts } = share;
  return {
    ...share,
    receipts: {
      count: receipts.count + 1,
      outside: receipts.outside + (outside.length > 0 ? 1 : 0),
      lastAt: at,
    },
  };
}

function deviations(
  share: ShareRecord,
  grant: ShareGrantRecord | undefined,
  usedAt: string,
  fields: readonly string[],
): UseDeviation[] {
  if (grant === undefined || usedAt < grant.grantedAt) return ['noGrant'];
  const found: [UseDeviation, boolean][] = [
    ['outsidePeriod', isOutsidePeriod(share, grant, usedAt)],
    ['suspended', isSuspended(share, usedAt)],
    ['widerScope', fields.some((code) => !grant.fields.includes(code))],
  ];
  return found.filter(([, holds]) => holds).map(([deviation]) => deviation);
}

function isOutsidePeriod({ ended }: ShareRecord, grant: ShareGrantRecord, usedAt: string): boolean {
  const { from, to } = grant.terms.period;
  const day = shanghaiDate(usedAt);
  return day < from || day > to || (ended !== undefined && usedAt > ended.at);
}

function isSuspended({ state, suspension }: ShareRecord, usedAt: string): boolean {
  return state === 'SUSPENDED' && suspension !== undefined && usedAt >= suspension.at;
}
