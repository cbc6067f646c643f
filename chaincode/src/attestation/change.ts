import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { actorOf, eventOf, found, requireDepartment } from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { AttestationRecord } from './records';

type Action = AttestationRecord['changes'][number]['action'];
type Status = AttestationRecord['status'];

const mostChanges = 64;
const transitions: Readonly<Record<Action, { from: readonly Status[]; to: Status }>> = {
  suspend: { from: ['active'], to: 'suspended' },
  resume: { from: ['suspended'], to: 'active' },
  revoke: { from: ['active', 'suspended'], to: 'revoked' },
};

export interface ChangeAttestationState {
  readonly attestation: AttestationRecord | undefined;
  /** Whose the issuer's data set is by now. */
  readonly issuer: string | undefined;
}

/**
 * The issuer, or whoever got its data set by a reorganisation, suspends, resumes or revokes; each change keeps its exact instant, so that validity at any earlier instant
 * stays answerable. The last place is kept for a revocation.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, LIMIT_REACHED
 */
function changeAttestation(
  action: Action,
  state: ChangeAttestationState,
  input: CommandInput<'attestation.suspend'>,
  member: Member,
): Outcome<AttestationRecord> {
  const { attestationId, reasonCode } = input;
  const before = found(state.attestation, { attestationId });
  requireDepartment(member, state.issuer ?? before.issuer);
  const { from, to } = transitions[action];
  if (!from.includes(before.status)) {
    throw new ContractError('WRONG_STATE', { attestationId, state: before.status, allowed: from });
  }
  const room = action === 'revoke' ? mostChanges : mostChanges - 1;
  if (before.changes.length >= room)
    throw new ContractError('LIMIT_REACHED', { held: 'changes', most: room, attestationId });
  const at = later(member.at, before.changes.at(-1)?.at ?? before.issuedAt);
  const change = { action, at, reasonCode, by: actorOf(member) };
  return {
    main: { ...before, status: to, changes: [...before.changes, change] },
    also: [],
    event: {
      ...eventOf(`attestation.${action}`, member, at),
      attestationId,
      datasetId: before.datasetId,
      caseNo: before.caseNo,
      parties: [...new Set([before.issuer, before.requester])].sort(),
    },
  };
}

type ChangeRule = (
  state: ChangeAttestationState,
  input: CommandInput<'attestation.suspend'>,
  member: Member,
) => Outcome<AttestationRecord>;

export const suspendAttestation: ChangeRule = (...given) => changeAttestation('suspend', ...given);
export const resumeAttestation: ChangeRule = (...given) => changeAttestation('resume', ...given);
export const revokeAttestation: ChangeRule = (...given) => changeAttestation('revoke', ...given);
