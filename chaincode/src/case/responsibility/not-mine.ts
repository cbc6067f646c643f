import type { Member } from '../../kernel/caller';
import { ContractError } from '../../kernel/errors';
import type { Reason } from '../../kernel/reason';
import type { CaseRecord } from '../records';
import { isSameSubject } from './responsibility';
import type { TransferSubject } from '../responsibility-records';

/** From this bounce of a case on, only coordination is left. */
export const bouncesToRuling = 2;

/** Grounds that say "not mine": they are said by a clause (R12), never by an opinion, a return or a decision. */
const disowning: readonly Reason['code'][] = ['outsideDuty', 'notCompetent'];

/**
 * Whoever has a step or a case and holds that it is another's hands it over by a clause; giving the file back, disagreeing
 * or refusing for that ground would pass it on without one, and without being counted.
 * @throws ContractError TRANSFER_REQUIRED
 */
export function requireNotDisowned(
  reason: Reason | undefined,
  about: { readonly caseNo: string; readonly stepId?: string },
): void {
  if (reason === undefined || !disowning.includes(reason.code)) return;
  throw new ContractError('TRANSFER_REQUIRED', { ...about, reasonCode: reason.code });
}

/** The case with one bounce more. */
export function withBounce(before: CaseRecord): CaseRecord & { readonly bounces: number } {
  return {
    ...before,
    bounces: (before.bounces ?? 0) + 1,
    flags: [...before.flags, { code: 'bounced', seq: before.nextSeq }],
  };
}

/**
 * A bounce that ends nothing by itself: the last but one may be, after that the question is brought to coordination.
 * @throws ContractError COORDINATION_REQUIRED
 */
export function bouncedOnce(before: CaseRecord, earlier = 0): CaseRecord {
  const bounced = withBounce(before);
  const bounces = bounced.bounces + earlier;
  if (bounces < bouncesToRuling) return bounced;
  throw new ContractError('COORDINATION_REQUIRED', { caseNo: before.caseNo, bounces });
}

/**
 * The case when its holder offers a subject on: a bounce if the holder had accepted it from another.
 * @throws ContractError COORDINATION_REQUIRED
 */
export function offeredOn(
  before: CaseRecord,
  subject: TransferSubject,
  { department }: Member,
): CaseRecord {
  const accepted = before.handovers?.some(
    ({ status, to, subject: known }) =>
      status === 'accepted' && to === department && isSameSubject(known, subject),
  );
  return accepted === true ? bouncedOnce(before) : before;
}
