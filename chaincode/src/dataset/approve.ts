import type { CalendarLookup } from '../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../calendar/working-days';
import type { CommandInput } from '../kernel/commands';
import type { Rule } from '../kernel/caller';
import { actorOf, eventOf, requireOtherPerson } from '../kernel/caller';
import { later, shanghaiDate } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import { shareLimits } from '../kernel/share-limits';
import { newestVersion, type DatasetVersionState, requireSourceDepartment } from './entry';
import type { DatasetRecord, DatasetVersionRecord } from './records';

export interface ApproveDatasetState extends DatasetVersionState {
  readonly calendar: CalendarLookup;
}

/**
 * The source department's head approves a version after the secrecy review and, with personal fields, the impact
 * assessment (Order 809 art 13, 16); whoever worded it does not. The lead authority's two working days begin, and a
 * noted change is taken up, in time or late (art 17).
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, DIGEST_MISMATCH, MAKER_IS_CHECKER,
 *   ASSESSMENT_MISSING, CALENDAR_MISSING
 */
export const approveDataset: Rule<'dataset.approve', ApproveDatasetState, DatasetVersionRecord> = (
  state,
  input,
  member,
) => {
  const { dataset, version } = newestVersion(state, input, 'registered');
  requireSourceDepartment(dataset, member);
  requireOtherPerson(version.registeredBy, member);
  checkAssessment(version, input);
  const at = later(member.at, version.registeredAt);
  const today = shanghaiDate(at);
  const counter = createWorkingDayCounter(state.calendar);
  const { secrecyReview, impactAssessment } = input;
  const main: DatasetVersionRecord = {
    ...version,
    status: 'approved',
    approval: {
      by: actorOf(member),
      at,
      secrecyReview,
      ...(impactAssessment === undefined ? {} : { impactAssessment }),
      ...takenUp(dataset, today),
    },
    review: { startedOn: today, dueOn: counter.add(today, shareLimits.review) },
    calendars: mergeCalendars(version.calendars, counter),
  };
  return {
    main,
    also: dataset.change === undefined ? [] : [withoutChange(dataset)],
    event: {
      ...eventOf('dataset.approve', member, at),
      datasetId: dataset.datasetId,
      version: version.version,
    },
  };
};

function checkAssessment(
  version: DatasetVersionRecord,
  { impactAssessment }: CommandInput<'dataset.approve'>,
): void {
  const codes = version.content.fields.filter((f) => f.personal === true).map((f) => f.code);
  if (codes.length > 0 && impactAssessment === undefined) {
    throw new ContractError('ASSESSMENT_MISSING', { personalFields: codes });
  }
}

function takenUp({ change }: DatasetRecord, today: string) {
  if (change === undefined) return {};
  const { on, dueOn, limitDays, cause } = change;
  const why = cause === undefined ? {} : { cause };
  return { change: { on, dueOn, limitDays, ...why, late: today > dueOn } };
}

function withoutChange(dataset: DatasetRecord): DatasetRecord {
  const { change, ...rest } = dataset;
  return change === undefined ? dataset : rest;
}
