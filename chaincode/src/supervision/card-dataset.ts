import type { CommandInput } from '../kernel/commands';
import type { DatasetRecord, DatasetVersionRecord } from '../dataset/records';
import type { FunctionHolderRecord } from '../department/records';
import { found, holderOf } from '../kernel/caller';
import { cardSubjects } from './card-id';
import type { OtherSubject } from './card-subject';
import { watchedOfDataset, watchedOfEntryReview, watchedOfLateUpdate } from './other-clocks';

/** What a card of the data catalogue is about, as the ledger has it. */
export interface CatalogueCardState {
  readonly dataset: DatasetRecord | undefined;
  readonly datasetVersion: DatasetVersionRecord | undefined;
  readonly leadAuthority: FunctionHolderRecord | undefined;
}

type Ids = Omit<CommandInput<'card.raiseOther'>, 'what'>;

/**
 * The update of an entry (Order 809 art 17): while it runs, of the entry; once an approved version took it up too late, of
 * that version. Both give the same card.
 * @throws ContractError NOT_FOUND
 */
export function subjectOfUpdate(state: CatalogueCardState, ids: Ids): OtherSubject {
  if (ids.version !== undefined) {
    const version = found(state.datasetVersion, ids);
    const { datasetId, sourceDepartment } = version;
    return {
      about: cardSubjects.dataset(datasetId),
      subject: { datasetId, datasetVersion: version.version },
      parties: partiesOf(sourceDepartment, state),
      watched: watchedOfLateUpdate(version),
    };
  }
  const dataset = found(state.dataset, ids);
  const { datasetId, sourceDepartment } = dataset;
  return {
    about: cardSubjects.dataset(datasetId),
    subject: { datasetId },
    parties: partiesOf(sourceDepartment, state),
    watched: watchedOfDataset(dataset),
  };
}

/**
 * The lead authority's review of a version (art 17).
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT
 */
export function subjectOfEntryReview(state: CatalogueCardState, ids: Ids): OtherSubject {
  const record = found(state.datasetVersion, ids);
  const { datasetId, version, sourceDepartment } = record;
  const lead = holderOf('leadAuthority', state.leadAuthority).department;
  return {
    about: cardSubjects.datasetVersion(datasetId, version),
    subject: { datasetId, datasetVersion: version },
    parties: partiesOf(sourceDepartment, state),
    watched: watchedOfEntryReview(record, lead),
  };
}

function partiesOf(source: string, { leadAuthority }: CatalogueCardState): string[] {
  const lead = leadAuthority === undefined ? [] : [leadAuthority.department];
  return [...new Set([source, ...lead])].sort();
}
