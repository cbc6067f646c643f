import type { AttestationRecord, CommandInput, UseRecord } from '../model';
import { ContractError } from '../model';
import { verdictAt } from './attestation-verdict';
import type { Member, Outcome } from './caller';
import { absent, actorOf, eventOf, found, requireDepartment } from './caller';

export interface RecordUseState {
  readonly attestation: AttestationRecord | undefined;
  readonly existing: UseRecord | undefined;
}

/**
 * The requester records scenario, process, effect, storage and disposal of a use (Order 809 art 29). The attestation
 * must have been valid when it was used.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, ALREADY_EXISTS, VALIDITY_INVALID, ATTESTATION_NOT_VALID
 */
export function recordUse(
  state: RecordUseState,
  input: CommandInput<'attestation.recordUse'>,
  member: Member,
): Outcome<UseRecord> {
  const { attestationId, useId, usedAt = member.at } = input;
  const attestation = found(state.attestation, { attestationId });
  requireDepartment(member, attestation.requester);
  absent(state.existing, { attestationId, useId });
  if (usedAt > member.at) throw new ContractError('VALIDITY_INVALID', { usedAt, now: member.at });
  const { verdict } = verdictAt(attestation, usedAt);
  if (verdict !== 'valid') {
    throw new ContractError('ATTESTATION_NOT_VALID', { attestationId, verdict, at: usedAt });
  }
  return {
    main: {
      kind: 'use',
      v: 1,
      ...input,
      usedAt,
      requester: member.department,
      recordedBy: actorOf(member),
      recordedAt: member.at,
    },
    also: [],
    event: {
      ...eventOf('attestation.recordUse', member, member.at),
      attestationId,
      useId,
      caseNo: attestation.caseNo,
      parties: [...new Set([attestation.issuer, attestation.requester])].sort(),
    },
  };
}
