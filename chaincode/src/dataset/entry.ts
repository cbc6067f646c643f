import { found, requireHolder, type Member } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import type { DatasetRecord, DatasetVersionRecord } from './records';

/** A data set with the version an act is about. */
export interface DatasetVersionState {
  readonly dataset: DatasetRecord | undefined;
  readonly version: DatasetVersionRecord | undefined;
}

/**
 * A published entry of the catalogue.
 * @throws ContractError DATASET_UNKNOWN, DATASET_NOT_PUBLISHED (Order 809 art 16)
 */
export function publishedDataset(
  record: DatasetRecord | undefined,
  datasetId: string,
): DatasetRecord {
  if (record === undefined) throw new ContractError('DATASET_UNKNOWN', { datasetId });
  if (record.status !== 'published') {
    throw new ContractError('DATASET_NOT_PUBLISHED', { datasetId, latest: record.latest });
  }
  return record;
}

/** @throws ContractError FIELD_UNKNOWN */
export function requireFields(dataset: DatasetRecord, codes: readonly string[]): void {
  const strange = codes.filter((code) => !dataset.fields.some((field) => field.code === code));
  if (strange.length === 0) return;
  throw new ContractError('FIELD_UNKNOWN', { datasetId: dataset.datasetId, codes: strange });
}

/**
 * The newest version of an entry, if it has the status that the act needs and the content that the caller names.
 * @throws ContractError NOT_FOUND, WRONG_STATE, DIGEST_MISMATCH
 */
export function newestVersion(
  state: DatasetVersionState,
  input: { readonly datasetId: string; readonly version: number; readonly contentDigest?: string },
  allowed: DatasetVersionRecord['status'],
): { dataset: DatasetRecord; version: DatasetVersionRecord } {
  const { datasetId, contentDigest } = input;
  const dataset = found(state.dataset, { datasetId });
  const version = found(state.version, { datasetId, version: input.version });
  if (version.status !== allowed || version.version !== dataset.latest) {
    throw new ContractError('WRONG_STATE', {
      datasetId,
      version: version.version,
      latest: dataset.latest,
      state: version.status,
      allowed: [allowed],
    });
  }
  if (contentDigest !== undefined && contentDigest !== version.contentDigest) {
    throw new ContractError('DIGEST_MISMATCH', { expected: version.contentDigest });
  }
  return { dataset, version };
}

/** The source department of an entry. @throws ContractError WRONG_DEPARTMENT, MOVED_BY_REFORM */
export function requireSourceDepartment(
  { sourceDepartment, datasetId: id }: Pick<DatasetRecord, 'sourceDepartment' | 'datasetId'>,
  member: Member,
): void {
  requireHolder(member, sourceDepartment, { of: 'dataset', id });
}
