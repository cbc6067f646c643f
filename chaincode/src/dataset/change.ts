import type { CalendarLookup } from '../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import type { FunctionHolderRecord } from '../department/records';
import {
  actorOf,
  eventOf,
  holderOf,
  requireDepartment,
  requireOtherPerson,
  type Outcome,
  type Rule,
} from '../kernel/caller';
import { later, shanghaiDate } from '../kernel/days';
import { ContractError, refusedOn } from '../kernel/errors';
import { shareLimits } from '../kernel/share-limits';
import { publishedDataset, requireSourceDepartment } from './entry';
import type { DatasetRecord } from './records';

export interface DatasetChangeState {
  readonly dataset: DatasetRecord | undefined;
  readonly leadAuthority: FunctionHolderRecord | undefined;
  readonly calendar: CalendarLookup;
}

/**
 * A law, a duty or other facts behind a published entry have changed: its update is due ten working days after that day
 * (Order 809 art 17; for other facts a rule of this system). The source department records it, or the lead authority when the source does not.
 * @throws ContractError DATASET_UNKNOWN, DATASET_NOT_PUBLISHED, WRONG_DEPARTMENT, ALREADY_EXISTS, VALIDITY_INVALID,
 *   CALENDAR_MISSING
 */
export const noteDatasetChange: Rule<'dataset.noteChange', DatasetChangeState, DatasetRecord> = (
  state,
  input,
  member,
) => {
  const { datasetId, changedOn, cause, reason } = input;
  const dataset = publishedDataset(state.dataset, datasetId);
  const lead = state.leadAuthority?.department;
  if (member.department !== lead) requireSourceDepartment(dataset, member);
  if (dataset.change !== undefined) {
    throw new ContractError('ALREADY_EXISTS', { datasetId, dueOn: dataset.change.dueOn });
  }
  const at = later(member.at, dataset.publishedAt ?? dataset.registeredAt);
  const today = shanghaiDate(at);
  if (changedOn > today) throw new ContractError('VALIDITY_INVALID', { changedOn, today });
  const counter = createWorkingDayCounter(state.calendar);
  return changed(
    dataset,
    {
      on: changedOn,
      cause,
      reason,
      dueOn: counter.add(changedOn, shareLimits.update),
      limitDays: shareLimits.update,
      calendars: mergeCalendars([], counter),
      notedBy: actorOf(member),
      notedAt: at,
    },
    eventOf('dataset.noteChange', member, at),
  );
};

/**
 * The lead authority consents to five working days more, once and before the ten are over (art 17).
 * @throws ContractError DATASET_UNKNOWN, DATASET_NOT_PUBLISHED, FUNCTION_VACANT, WRONG_DEPARTMENT, NOT_FOUND,
 *   MAKER_IS_CHECKER, EXTENSION_REFUSED, CALENDAR_MISSING
 */
export const extendDatasetUpdate: Rule<
  'dataset.extendUpdate',
  DatasetChangeState,
  DatasetRecord
> = (state, input, member) => {
  const { datasetId, reason } = input;
  const dataset = publishedDataset(state.dataset, datasetId);
  requireDepartment(member, holderOf('leadAuthority', state.leadAuthority).department);
  const { change } = dataset;
  if (change === undefined) throw new ContractError('NOT_FOUND', { datasetId, part: 'change' });
  requireOtherPerson(change.notedBy, member);
  const at = later(member.at, change.notedAt);
  const today = shanghaiDate(at);
  if (change.extension !== undefined) {
    throw refusedOn('EXTENSION_REFUSED', 'house', { problem: 'again', datasetId });
  }
  if (today > change.dueOn) {
    const { dueOn } = change;
    throw refusedOn('EXTENSION_REFUSED', 'house', { problem: 'late', dueOn, today });
  }
  const limitDays = shareLimits.update + shareLimits.updateExtension;
  const counter = createWorkingDayCounter(state.calendar);
  return changed(
    dataset,
    {
      ...change,
      dueOn: counter.add(change.on, limitDays),
      limitDays,
      calendars: mergeCalendars(change.calendars ?? [], counter),
      extension: { by: actorOf(member), at, reason },
    },
    eventOf('dataset.extendUpdate', member, at),
  );
};

function changed(
  dataset: DatasetRecord,
  change: NonNullable<DatasetRecord['change']>,
  event: ReturnType<typeof eventOf>,
): Outcome<DatasetRecord> {
  const { datasetId, version } = dataset;
  return { main: { ...dataset, change }, also: [], event: { ...event, datasetId, version } };
}
