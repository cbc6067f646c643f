import type { CaseRecord, CommandInput, MatterContent } from '../model';
import { ContractError } from '../model';
import type { Member, Outcome } from './caller';
import { requireDepartment } from './caller';
import type { HandlingState } from './case-acceptance';
import { acceptedBody, attestedUse, counterFor, requireReplyInTime } from './case-acceptance';
import { nowFor, openCase, recordAct } from './case-chain';
import {
  comesBySharing,
  listedMaterial,
  missingMaterials,
  withAttestations,
} from './case-materials';

/**
 * The owner accepts although tolerable materials are missing, telling at once exactly which and by when (Zhejiang
 * regulation art 11).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, NOTICE_TOO_LATE, NOTHING_MISSING,
 *   MATERIAL_UNKNOWN, MATERIAL_NOT_TOLERABLE, TOLERATED_LIST_WRONG, ATTESTATION_MISMATCH, ATTESTATION_NOT_VALID, CALENDAR_MISSING
 */
export function tolerantAcceptCase(
  state: HandlingState,
  input: CommandInput<'case.tolerantAccept'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, ['RECEIVED']);
  requireDepartment(member, before.owner);
  const now = nowFor(before, member);
  requireReplyInTime(before, now);
  const use = attestedUse(before, state);
  const materials = withAttestations(
    before.materials,
    input.attested ?? [],
    use,
    member.department,
    now,
  );
  const missing = missingMaterials(use.content, materials, comesBySharing);
  checkTolerated(use.content, missing, input.tolerated);
  const counter = counterFor(state);
  const tolerated = { codes: missing, dueOn: counter.add(now.today, input.limit.value) };
  const body = acceptedBody(
    { ...before, materials, tolerated },
    use.content,
    { how: 'tolerant', on: now.today, member, now },
    counter,
  );
  return recordAct(body, before, { type: 'case.tolerantAccept', member, at: now.at, input });
}

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
