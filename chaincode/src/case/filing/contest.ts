import type { Outcome } from '../../kernel/caller';
import { found } from '../../kernel/caller';
import type { MatterContent } from '../../matter/records';
import type { ContestRecord } from './material-records';
import { listedMaterial, type Given } from './materials';
import type { CaseRecord } from '../records';

/** The departments whose data the contested data sets are, by data set. */
export type Sources = ReadonlyMap<string, string>;

/** The data sets whose data are contested. */
export function contestedDatasets(
  content: MatterContent | undefined,
  contested: Given['contested'] = [],
): string[] {
  const codes = new Set(contested.map(({ code }) => code));
  return (content?.materials ?? []).flatMap(({ code, datasetId }) =>
    codes.has(code) && datasetId !== undefined ? [datasetId] : [],
  );
}

/**
 * Tells the departments whose data are contested, each of its own data and nothing else of the case.
 * @throws ContractError NOT_FOUND
 */
export function withContests(
  outcome: Outcome<CaseRecord>,
  given: Given,
  content: MatterContent,
  sources: Sources,
): Outcome<CaseRecord> {
  const { contested = [] } = given;
  if (contested.length === 0) return outcome;
  const { caseNo, applicant, owner, materials, updatedAt } = outcome.main;
  const contests = contested.flatMap(({ code, note }): ContestRecord[] => {
    const { datasetId = '' } = listedMaterial(content, code);
    const held = materials.find((material) => material.code === code);
    if (held?.evidence.kind !== 'document') return [];
    const source = found(sources.get(datasetId), { datasetId });
    const { document } = held.evidence;
    const about = { datasetId, caseNo, code, source, applicant, owner };
    return [{ kind: 'contest', v: 1, ...about, note, document, at: updatedAt }];
  });
  const told = [...(outcome.event.parties ?? []), ...contests.map(({ source }) => source)];
  return {
    ...outcome,
    also: [...outcome.also, ...contests],
    event: { ...outcome.event, parties: [...new Set(told)].sort() },
  };
}

/** Marks the act that contested shared data. */
export function contestedFlag(nextSeq: number, { contested = [] }: Given): CaseRecord['flags'] {
  return contested.length === 0 ? [] : [{ code: 'contested', seq: nextSeq }];
}
