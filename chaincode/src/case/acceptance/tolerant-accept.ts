import { requireOwner } from '../../kernel/caller';
import { actOf, nowFor } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import type { MatterContent } from '../../matter/records';
import type { HandlingState } from './acceptance';
import { acceptedBody, attestedUse, counterFor, requireReplyInTime } from './acceptance';
import { openCase, recordAct, type CaseRule } from '../chain';
import { comesBySharing, listedMaterial, missingMaterials } from '../filing/materials';
import { withOwnerEvidence } from '../filing/owner-evidence';
import { voucherOf } from '../result/sealed';

/**
 * The owner accepts although tolerable materials are missing, telling at once exactly which and by when (Zhejiang
 * regulation art 11). It rests on the applicant's signed promise, which came with the form or on paper: a house rule, since
 * the regulation asks for none. A sealed voucher goes out.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, NOTICE_TOO_LATE, NOTHING_MISSING,
 *   MATERIAL_UNKNOWN, MATERIAL_NOT_TOLERABLE, TOLERATED_LIST_WRONG, PLEDGE_REQUIRED, MATERIAL_CONTESTED,
 *   ATTESTATION_MISMATCH, ATTESTATION_NOT_VALID, VOUCHER_REQUIRED, CALENDAR_MISSING
 */
export const tolerantAcceptCase: CaseRule<'case.tolerantAccept', HandlingState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, ['RECEIVED']);
  requireOwner(before, member);
  const now = nowFor(member);
  requireReplyInTime(before, now);
  const use = attestedUse(before, state);
  const materials = withOwnerEvidence(before.materials, input, use, member, now);
  const missing = missingMaterials(use.content, materials, comesBySharing);
  checkTolerated(use.content, missing, input.tolerated);
  const pledge = input.pledge ?? before.pledge;
  if (pledge === undefined) throw new ContractError('PLEDGE_REQUIRED', { missing });
  const counter = counterFor(state);
  const { limit } = input;
  const tolerated = { codes: missing, limit, dueOn: counter.add(now.today, limit.value), pledge };
  const body = acceptedBody(
    { ...before, materials, tolerated },
    use.content,
    { how: 'tolerant', on: now.today, member, now, voucher: voucherOf(input, now) },
    counter,
  );
  return recordAct(before, actOf('case.tolerantAccept', input, member), body);
};

function checkTolerated(
  content: MatterContent,
  missing: readonly string[],
  told: readonly string[],
): void {
  if (missing.length === 0) throw new ContractError('NOTHING_MISSING');
  const hard = [...told, ...missing].filter((code) => !listedMaterial(content, code).tolerable);
  if (hard.length > 0) throw new ContractError('MATERIAL_NOT_TOLERABLE', { codes: hard });
  const same = told.length === missing.length && missing.every((code) => told.includes(code));
  if (!same) throw new ContractError('TOLERATED_LIST_WRONG', { missing, told });
}
