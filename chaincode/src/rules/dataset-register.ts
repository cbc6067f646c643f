import type { CommandInput, DatasetRecord, DutyRecord } from '../model';
import { ContractError } from '../model';
import type { Member, Outcome } from './caller';
import { actorOf, eventOf, requireDepartment } from './caller';
import { later } from './days';

export interface RegisterDatasetState {
  readonly current: DatasetRecord | undefined;
  readonly duty: DutyRecord | undefined;
}

/**
 * The source department enters a data set, with its share class and what the class demands (Order 809 art 13-15).
 * Registering it again makes its next version; another department cannot take it over.
 * @throws ContractError WRONG_DEPARTMENT, SHARE_TERMS_MISSING, DUTY_UNKNOWN
 */
export function registerDataset(
  state: RegisterDatasetState,
  input: CommandInput<'dataset.register'>,
  member: Member,
): Outcome<DatasetRecord> {
  const { current } = state;
  if (current !== undefined) requireDepartment(member, current.sourceDepartment);
  if (input.shareClass !== 'unconditional' && input.shareTerms === undefined) {
    throw new ContractError('SHARE_TERMS_MISSING', { shareClass: input.shareClass });
  }
  if (input.dutyCode !== undefined && state.duty === undefined) {
    throw new ContractError('DUTY_UNKNOWN', { code: input.dutyCode });
  }
  const at = later(member.at, current?.registeredAt ?? '');
  const version = (current?.version ?? 0) + 1;
  const { datasetId } = input;
  return {
    main: {
      kind: 'dataset',
      v: 1,
      ...input,
      version,
      sourceDepartment: member.department,
      registeredBy: actorOf(member),
      registeredAt: at,
    },
    also: [],
    event: { ...eventOf('dataset.register', member, at), datasetId, version },
  };
}
