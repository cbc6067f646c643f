import type { DatasetRecord } from '../dataset/records';
import { ContractError } from '../kernel/errors';
import type { MatterContent } from './records';

/** The published data sets that stand in for a material, by the material's code. */
export type Coverage = ReadonlyMap<string, readonly DatasetRecord[]>;

/**
 * What sharing supplies is not collected again (Order 809 art 19), with the share class respected (art 14): a material
 * that an unconditional data set covers is never asked of the applicant; one that a conditional data set covers may be
 * asked, but names that data set, so that its attestation does as well; a data set that is not shared changes nothing.
 * A data set covers a material by its code or by its Chinese name, as the source department listed it.
 * @throws ContractError MATERIAL_COVERED
 */
export function checkCoverage(materials: MatterContent['materials'], coverage: Coverage): void {
  for (const { code, source, datasetId } of materials) {
    if (source === 'sharing') continue;
    const covering = (coverage.get(code) ?? []).filter(({ status }) => status === 'published');
    const ids = (shareClass: DatasetRecord['shareClass']) =>
      covering.filter((known) => known.shareClass === shareClass).map((known) => known.datasetId);
    const unconditional = ids('unconditional');
    if (unconditional.length > 0) refuse(code, 'unconditional', unconditional);
    const conditional = ids('conditional');
    const offered = datasetId !== undefined && conditional.includes(datasetId);
    if (conditional.length > 0 && !offered) refuse(code, 'conditional', conditional);
  }
}

function refuse(code: string, shareClass: string, datasets: readonly string[]): never {
  throw new ContractError('MATERIAL_COVERED', { code, shareClass, datasets });
}
