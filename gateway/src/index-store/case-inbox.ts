import {
  closedStates,
  dateOfDay,
  dayNumber,
  escalationWorkingDays,
  handlingStates,
  inspectionStage,
  shanghaiDate,
  type AttestationRecord,
  type CaseRecord,
  type MatterContent,
  type UrgeRecord,
} from '@yici/domain/model';
import { workingDaysOf } from './calendar-days.js';
import { after } from './due-row.js';
import { notBy, type CaseTask } from './inbox-entry.js';
import { entry, holderOf, keyOnly, type IndexEntry, type Surroundings } from './index-entry.js';
import { indexKeys } from './keys.js';
import { known } from './known-records.js';
import { keyIndexes } from './row-indexes.js';

/** What waits in a case beside its clocks (rows.ts): what time brings, and attestations by other departments. */
export function waitsOf(
  record: CaseRecord,
  matter: MatterContent | undefined,
  around: Surroundings,
): CaseTask[] {
  return [
    ...unanswered(record, around),
    ...unsupplemented(record),
    ...unspoken(record, around),
    ...unattested(record, matter, around),
    ...uncorrected(record),
  ];
}

/** An escalated step: once the department has had its time, the owner's head says whether to go on without it. */
function unanswered(
  { state, owner, steps, calendars }: CaseRecord,
  { lookup }: Surroundings,
): CaseTask[] {
  if (!handlingStates.some((handling) => handling === state)) return [];
  return steps.flatMap(({ id, status, lapse, returned }): CaseTask[] => {
    if (status !== 'open' || lapse?.kind !== 'escalate') return [];
    if (returned !== undefined && returned.resent === undefined) return [];
    const isWorkingDay = workingDaysOf(calendars, lookup);
    const last = afterWorkingDays(shanghaiDate(lapse.at), escalationWorkingDays, isWorkingDay);
    const rest = {
      step: id,
      due: null,
      since: lapse.at,
      showFrom: after(last),
      ...notBy(lapse.by),
    };
    return [{ department: owner, todo: 'passStep', ...rest }];
  });
}

function afterWorkingDays(
  start: string,
  days: number,
  isWorkingDay: (date: string) => boolean,
): string {
  let day = dayNumber(start);
  for (let left = days; left > 0;) {
    day += 1;
    if (isWorkingDay(dateOfDay(day))) left -= 1;
  }
  return dateOfDay(day);
}

/** After the meeting: a department that does not say in its days whether it agrees leaves it to the government. */
function unspoken(
  { state, owner, applicant, steps }: CaseRecord,
  { lookup }: Surroundings,
): CaseTask[] {
  if (!handlingStates.some((handling) => handling === state)) return [];
  const government = holderOf(lookup, 'government');
  return steps.flatMap(({ id: step, department: side, disagreement }): CaseTask[] => {
    const { meeting, maintained, waitsFor } = disagreement ?? {};
    if (meeting === undefined || maintained !== undefined || waitsFor === undefined) return [];
    const rest = {
      ...({ todo: 'settleDisagreement', step, due: null, since: meeting.at } as const),
      showFrom: after(waitsFor.dueOn),
    };
    return government === undefined || [owner, applicant, side].includes(government)
      ? [{ ...rest, department: owner, ...notBy(meeting.by) }]
      : [{ ...rest, department: government, roles: ['head'] }];
  });
}

/** Materials that were tolerated as missing and did not come in their time. */
function unsupplemented({ state, owner, acceptance, tolerated }: CaseRecord): CaseTask[] {
  if (!handlingStates.some((handling) => handling === state)) return [];
  if (acceptance?.how !== 'tolerant' || tolerated === undefined) return [];
  const { dueOn } = tolerated;
  const rest = { since: acceptance.at, showFrom: after(dueOn), ...notBy(acceptance.by) };
  return [{ department: owner, todo: 'revokeAcceptance', step: null, due: null, ...rest }];
}

/** Materials that come by sharing and are not there yet: each waits for the source of its data set. */
function unattested(
  { state, materials, submittedAt: since }: CaseRecord,
  matter: MatterContent | undefined,
  { lookup }: Surroundings,
): CaseTask[] {
  if (closedStates.includes(state)) return [];
  const listed = matter?.materials ?? [];
  const sources = listed.flatMap(({ code, source, datasetId }) =>
    source === 'sharing' && datasetId !== undefined && !isThere(materials, code) ? [datasetId] : [],
  );
  return [...new Set(sources)].flatMap((datasetId): CaseTask[] => {
    const department = sourceOf(lookup, datasetId);
    if (department === undefined) return [];
    return [{ department, todo: 'issueAttestation', step: datasetId, due: null, since, datasetId }];
  });
}

const sourceOf = known('dataset', 500, ({ sourceDepartment }) => sourceDepartment);

/** A broken commitment was to be put right: once its time is over the owner inspects again. */
function uncorrected(record: CaseRecord): CaseTask[] {
  const { state, owner, inspections, decision } = record;
  const last = inspections?.at(-1);
  const inspected = ['DECIDED_GRANTED', 'COMPLETED', 'DELIVERED', 'ARCHIVED'].includes(state);
  if (!inspected || inspectionStage(record) !== 'correcting') return [];
  if (last?.correction === undefined) return [];
  const rest = { since: last.at, showFrom: after(last.correction.dueOn), ...notBy(decision?.by) };
  return [{ department: owner, todo: 'inspect', step: null, due: null, ...rest }];
}

const isThere = (materials: CaseRecord['materials'], wanted: string): boolean =>
  materials.some(({ code }) => code === wanted);

/** That a data set is attested for a case: then nobody waits for that any more. */
export function attestedEntries(record: AttestationRecord): IndexEntry[] {
  const { caseNo, datasetId, status } = record;
  return status === 'revoked' ? [] : [keyOnly(attestedKey(caseNo, datasetId))];
}

export const attestedKey = (caseNo: string, datasetId: string): string =>
  indexKeys.entry(keyIndexes.attested, caseNo, datasetId);

/** The newest reminder to a department about a case: shown on what waits there. */
export const urgedEntries = ({ department, caseNo, at }: UrgeRecord): IndexEntry[] => [
  entry(urgedKey(department, caseNo), JSON.stringify(at)),
];

export const urgedKey = (department: string, caseNo: string): string =>
  indexKeys.entry(keyIndexes.urged, department, caseNo);
