import { requireDepartment } from '../kernel/caller';
import { actOf, nowFor } from '../kernel/chain';
import type { HandlingState } from './acceptance';
import { acceptedBody, attestedUse, counterFor, isReplyLate } from './acceptance';
import { openCase, recordAct, type CaseRule } from './chain';
import {
  comesBySharing,
  missingMaterials,
  requireNoneMissing,
  withAttestations,
} from './materials';

/**
 * The owner accepts a complete case (R2). After the fifth working day the acceptance counts from the day of receipt
 * (R4, Administrative Licensing Law art 32(4)).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, MATERIAL_UNKNOWN, MATERIAL_MISSING,
 *   ATTESTATION_MISMATCH, ATTESTATION_NOT_VALID, CALENDAR_MISSING
 */
export const acceptCase: CaseRule<'case.accept', HandlingState> = (state, input, member) => {
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
  return recordAct(before, actOf('case.accept', input, member), body);
};
