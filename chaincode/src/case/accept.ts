import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { requireDepartment } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import type { HandlingState } from './acceptance';
import { acceptedBody, attestedUse, counterFor, isReplyLate } from './acceptance';
import { openCase, recordAct } from './chain';
import {
  comesBySharing,
  missingMaterials,
  requireNoneMissing,
  withAttestations,
} from './materials';
import type { CaseRecord } from './records';

/**
 * The owner accepts a complete case (R2). After the fifth working day the acceptance counts from the day of receipt
 * (R4, Administrative Licensing Law art 32(4)).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, MATERIAL_UNKNOWN, MATERIAL_MISSING,
 *   ATTESTATION_MISMATCH, ATTESTATION_NOT_VALID, CALENDAR_MISSING
 */
export function acceptCase(
  state: HandlingState,
  input: CommandInput<'case.accept'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, ['RECEIVED']);
  requireDepartment(member, before.owner);
  const now = nowFor(member);
  const use = attestedUse(before, state);
  const materials = withAttestations(
    before.materials,
    input.attested ?? [],
    use,
    member.department,
    now,
  );
  requireNoneMissing(missingMaterials(use.content, materials, comesBySharing));
  const on = isReplyLate(before, now) ? before.clockFrom : now.today;
  const body = acceptedBody(
    { ...before, materials },
    use.content,
    { how: 'accepted', on, member, now },
    counterFor(state),
  );
  return recordAct(body, before, { type: 'case.accept', member, at: now.at, input });
}
