import { requireOwner } from '../../kernel/caller';
import { actOf, nowFor } from '../../kernel/chain';
import type { HandlingState } from './acceptance';
import { acceptedBody, attestedUse, counterFor, isReplyLate } from './acceptance';
import { openCase, recordAct, type CaseRule } from '../chain';
import { comesBySharing, missingMaterials, requireNoneMissing } from '../filing/materials';
import { withOwnerEvidence } from '../filing/owner-evidence';
import { acceptanceVoucher } from '../result/sealed';

/**
 * The owner accepts a complete case (R2). After the fifth working day the acceptance counts from the day of receipt
 * (R4, Administrative Licensing Law art 32(1)(4)). A sealed voucher goes out (art 32(2)).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, MATERIAL_UNKNOWN, MATERIAL_MISSING,
 *   MATERIAL_CONTESTED, ATTESTATION_MISMATCH, ATTESTATION_NOT_VALID, VOUCHER_REQUIRED, CALENDAR_MISSING
 */
export const acceptCase: CaseRule<'case.accept', HandlingState> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, ['RECEIVED']);
  requireOwner(before, member);
  const now = nowFor(member);
  const use = attestedUse(before, state);
  const materials = withOwnerEvidence(before.materials, input, use, member, now);
  requireNoneMissing(missingMaterials(use.content, materials, comesBySharing));
  const on = isReplyLate(before, now) ? before.clockFrom : now.today;
  const onTheSpot = use.content.onTheSpotMinutes !== undefined;
  const body = acceptedBody(
    { ...before, materials },
    use.content,
    { how: 'accepted', on, member, now, ...acceptanceVoucher(input, now, { onTheSpot }) },
    counterFor(state),
  );
  return recordAct(before, actOf('case.accept', input, member), body);
};
