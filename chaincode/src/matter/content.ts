import { publishedDataset } from '../dataset/entry';
import type { DatasetRecord } from '../dataset/records';
import type { DutyRecord } from '../duty/records';
import { ContractError, refusedOn } from '../kernel/errors';
import { checkMatterCommitment } from './commitment';
import { checkFlow } from './flow';
import { checkFormFields } from './form';
import { checkHandlingLaws } from './handling-laws';
import { checkLicenceLimit } from './licence-limit';
import { isCatchAll } from './material-catch-all';
import { checkCoverage, type Coverage } from './material-coverage';
import type { Material, MatterContent } from './records';

/** What a draft points at, as found on the ledger. */
export interface MatterReferences {
  /** Whose matter it is. */
  readonly owner: string;
  readonly registeredDepartments: ReadonlySet<string>;
  readonly datasets: ReadonlyMap<string, DatasetRecord>;
  readonly duty: DutyRecord | undefined;
  readonly coverage: Coverage;
}

/**
 * R6's first half and the list's own consistency.
 * @throws ContractError LIMIT_EXCEEDS_STATUTORY, VALIDITY_INVALID, LAW_STANDING_UNFOUNDED, STATUTORY_LIMIT_UNFOUNDED, MATERIAL_CATCH_ALL, MATERIAL_COVERED,
 *   MATERIAL_LIST_INVALID, DATASET_UNKNOWN, DATASET_NOT_PUBLISHED, FIELD_UNKNOWN, SHARE_CLASS_REFUSED, DUTY_UNKNOWN,
 *   DEPARTMENT_UNKNOWN, FLOW_INVALID, OWN_MATTER, POLICY_NOT_CITED, COMMITMENT_RISK, MATERIAL_UNKNOWN, COMMITMENT_NOT_ALLOWED
 */
export function checkMatterContent(content: MatterContent, references: MatterReferences): void {
  const { statutoryLimit, promisedLimit, effectiveFrom, effectiveTo } = content;
  if (statutoryLimit !== undefined && promisedLimit.value > statutoryLimit.value) {
    throw refusedOn('LIMIT_EXCEEDS_STATUTORY', 'matter', {
      promised: promisedLimit.value,
      statutory: statutoryLimit.value,
    });
  }
  if (effectiveTo !== undefined && effectiveTo < effectiveFrom) {
    throw new ContractError('VALIDITY_INVALID', { effectiveFrom, effectiveTo });
  }
  checkHandlingLaws(content);
  checkLicenceLimit(content, references.owner);
  for (const material of content.materials) checkMaterial(material, references);
  checkCoverage(content.materials, references.coverage);
  checkFormFields(content.formFields ?? [], references.datasets);
  checkDepartments(content, references);
  checkFlow(content.flow, promisedLimit.value);
  checkLapsePolicies(content);
  checkMatterCommitment(content);
}

/** The duty and the departments that it names are on the ledger, and nobody decides beside itself. */
function checkDepartments(content: MatterContent, references: MatterReferences): void {
  if (content.dutyCode !== undefined && references.duty === undefined) {
    throw new ContractError('DUTY_UNKNOWN', { code: content.dutyCode });
  }
  const { owner } = references;
  if (content.ownApplications?.coDecider === owner) {
    throw new ContractError('OWN_MATTER', { taskCode: content.taskCode, owner });
  }
  for (const department of departmentsOf(content)) {
    if (!references.registeredDepartments.has(department)) {
      throw new ContractError('DEPARTMENT_UNKNOWN', { department });
    }
  }
}

/** The departments that a version names. */
export const departmentsOf = ({ flow, ownApplications }: MatterContent): string[] => [
  ...flow.map(({ department }) => department),
  ...(ownApplications === undefined ? [] : [ownApplications.coDecider]),
];

/** R11: silence counts as agreement only by a policy document that the version itself lists. */
function checkLapsePolicies({ flow, policyDocuments }: MatterContent): void {
  for (const { id: step, onLapse } of flow) {
    if (onLapse?.kind !== 'defaultAgree') continue;
    const { policyDocument } = onLapse;
    if (!policyDocuments.some(({ number }) => number === policyDocument)) {
      throw new ContractError('POLICY_NOT_CITED', { step, policyDocument });
    }
  }
}

function checkMaterial(material: Material, references: MatterReferences): void {
  const { code, datasetId, name, form, originals = 0, copies = 0 } = material;
  if (isCatchAll(material)) throw new ContractError('MATERIAL_CATCH_ALL', { code, name });
  if (form === 'electronic' && originals + copies > 0) {
    throw new ContractError('MATERIAL_LIST_INVALID', { problem: 'paperOfElectronic', code });
  }
  if (datasetId === undefined) {
    if (material.source === 'sharing') {
      throw new ContractError('MATERIAL_LIST_INVALID', { problem: 'sharingWithoutDataset', code });
    }
    return;
  }
  const dataset = publishedDataset(references.datasets.get(datasetId), datasetId);
  if (dataset.shareClass === 'notShared') {
    throw new ContractError('SHARE_CLASS_REFUSED', { datasetId, code });
  }
}
