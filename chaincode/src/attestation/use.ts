import type { CommandInput } from '../kernel/commands';
import type { Member, Rule } from '../kernel/caller';
import { absent, actorOf, eventOf, found, requireDepartment } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import { recordShareAct, type ShareAndGrant } from '../sharing/chain';
import { withReceipt } from '../sharing/receipt';
import type { UseRecord } from '../sharing/use-records';
import type { AttestationRecord } from './records';
import { verdictAt } from './verdict';

export interface RecordUseState {
  readonly attestation: AttestationRecord | undefined;
  /** Who goes on for the requester, where that has ended. */
  readonly requester: string | undefined;
  readonly existing: UseRecord | undefined;
  /** The share it was issued under, with its grant. */
  readonly shared: ShareAndGrant;
}

/**
 * The requester records scenario, process, effect, storage and disposal of a use (Order 809 art 29). The attestation
 * must have been valid when it was used.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, ALREADY_EXISTS, VALIDITY_INVALID, ATTESTATION_NOT_VALID
 */
export const recordUse: Rule<'attestation.recordUse', RecordUseState, UseRecord> = (
  state,
  input,
  member,
) => {
  const { attestationId, useId, usedAt = member.at } = input;
  const attestation = found(state.attestation, { attestationId });
  requireDepartment(member, state.requester ?? attestation.requester);
  absent(state.existing, { attestationId, useId });
  if (usedAt > member.at)
    throw new ContractError('VALIDITY_INVALID', { problem: 'future', usedAt, now: member.at });
  const { verdict } = verdictAt(attestation, usedAt);
  if (verdict !== 'valid') {
    throw new ContractError('ATTESTATION_NOT_VALID', { attestationId, verdict, at: usedAt });
  }
  const main: UseRecord = {
    kind: 'use',
    v: 1,
    ...input,
    usedAt,
    requester: member.department,
    recordedBy: actorOf(member),
    recordedAt: member.at,
  };
  const event = {
    ...eventOf('attestation.recordUse', member, member.at),
    attestationId,
    useId,
    caseNo: attestation.caseNo,
    parties: [...new Set([attestation.issuer, attestation.requester])].sort(),
  };
  return { main, also: onShare(state.shared, input, member), event };
};

/** A use of an attestation is a use of the share it was issued under, and is counted and chained there. */
function onShare(
  shared: ShareAndGrant,
  input: CommandInput<'attestation.recordUse'>,
  member: Member,
): LedgerRecord[] {
  const { share } = shared;
  if (share === undefined) return [];
  const act = actOf('attestation.recordUse', input, member);
  const { main, also } = recordShareAct(shared, act, withReceipt(share, member.at, []));
  return [main, ...also];
}
