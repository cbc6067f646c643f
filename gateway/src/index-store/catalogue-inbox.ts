import {
  standingsOf,
  type CalendarVersionRecord,
  type DatasetVersionRecord,
  type DataTopicRecord,
  type DepartmentRecord,
  type DutyOverlapRecord,
  type DutyRecord,
  type OneThingRecord,
} from '@yici/domain/model';
import { about, holderOfFunction, inboxEntries, notBy, type Task } from './inbox-entry.js';
import {
  everyView,
  holderOf,
  type IndexEntry,
  type RecordLookup,
  type Surroundings,
} from './index-entry.js';
import { knownMatter } from './known-records.js';

/** What waits in the catalogues and registers for a second signature, an opinion or a decision. */

/** A clause waits for the Establishment Office; one of the office's own for the government, where a department acts for it. */
export function dutyInbox(record: DutyRecord, { lookup }: Surroundings): IndexEntry[] {
  const { department: of, code, confirmation, moved, registeredBy, registeredAt: since } = record;
  const office = holderOf(lookup, 'establishment');
  if (confirmation !== undefined || moved !== undefined || office === undefined) return [];
  const isOwn = of === office && holderOf(lookup, 'government') !== undefined;
  const department = holderOfFunction(isOwn ? 'government' : 'establishment');
  const task = { department, todo: 'confirmDuty', step: code, since, state: 'registered' } as const;
  return inboxEntries(`${of}/${code}`, [
    { ...task, about: about('duties', of, code), ...notBy(registeredBy) },
  ]);
}

/** A topic of several duties waits for the Establishment Office's opinion, then for the government's decision. */
export function overlapInbox(record: DutyOverlapRecord, { lookup }: Surroundings): IndexEntry[] {
  const { topic, status: state, claims, proposal, foundBy, foundAt } = record;
  const office = holderOf(lookup, 'establishment');
  if (state !== 'open' || office === undefined) return [];
  const sides = claims.map(({ department }) => department);
  const government = holderOf(lookup, 'government');
  const signs = government !== undefined && !sides.includes(government);
  const of = { step: topic, state, about: about('duty-overlaps', topic) };
  const since = proposal?.at ?? foundAt;
  const establishment = { ...of, department: holderOfFunction('establishment'), since };
  if (!sides.includes(office) && proposal === undefined) {
    const first: Task = { ...establishment, todo: 'proposeOverlap', ...notBy(foundBy) };
    return inboxEntries(topic, [first]);
  }
  const second: Task = signs
    ? {
        ...{ ...of, department: holderOfFunction('government'), since, todo: 'resolveOverlap' },
        ...{ roles: ['head'], ...notBy(foundBy) },
      }
    : { ...establishment, todo: 'resolveOverlap', ...notBy(foundBy, proposal?.by) };
  return inboxEntries(topic, [second]);
}

/** A version of an entry waits for its own head; once approved for the lead authority (share-clock-entries.ts). */
export function datasetVersionInbox(record: DatasetVersionRecord): IndexEntry[] {
  const { datasetId, status: state, sourceDepartment: department, registeredBy } = record;
  if (state !== 'registered') return [];
  const task = { department, todo: 'approveDataset', since: record.registeredAt, state } as const;
  return inboxEntries(datasetId, [
    { ...task, datasetId, about: about('datasets', datasetId), ...notBy(registeredBy) },
  ]);
}

/** Data that several departments collect wait for the lead authority to name their source. */
export function topicInbox(record: DataTopicRecord): IndexEntry[] {
  const { topic, status: state, updatedAt: since } = record;
  if (state !== 'open') return [];
  const department = holderOfFunction('leadAuthority');
  const task = { department, todo: 'nameSource', step: topic, since, state } as const;
  return inboxEntries(topic, [{ ...task, about: about('data-topics', topic) }]);
}

/** A draft waits for the heads that have not signed, a cosigned version for its lead. */
export function oneThingInbox(record: OneThingRecord, { lookup }: Surroundings): IndexEntry[] {
  const { code, status: state, signers, cosignatures, lead, draftedBy, draftedAt: since } = record;
  const of = { step: code, since, state, about: about('one-things', code) };
  const signed = cosignatures.map(({ department }) => department);
  if (state === 'draft') {
    const missing = signers.filter((department) => !signed.includes(department));
    const task = { ...of, todo: 'cosign', ...notBy(draftedBy) } as const;
    return inboxEntries(
      code,
      missing.map((department) => ({ ...task, department })),
    );
  }
  if (state !== 'cosigned') return [];
  const todo = isListed(record, lookup) ? 'consult' : 'publish';
  return inboxEntries(code, [{ ...of, department: lead, todo }]);
}

/** A matter for the public is among its parts, and the draft was not consulted on. */
const isListed = ({ content, consultation }: OneThingRecord, lookup: RecordLookup): boolean =>
  consultation === undefined &&
  content.nodes.some((node) => {
    const matter = knownMatter(lookup, node);
    return matter !== undefined && standingsOf(matter).onceReform === 'applies';
  });

/** A proposed calendar waits for any department but the one that proposed it. */
export function calendarInbox(record: CalendarVersionRecord): IndexEntry[] {
  const { year, version, status: state, proposedBy, proposedAt: since } = record;
  if (state !== 'proposed') return [];
  const step = String(year);
  const task = { todo: 'confirmCalendar', step, since, state, department: everyView } as const;
  const of = { about: about('calendars', step), notOf: [proposedBy.department] };
  return inboxEntries(`${step}/${String(version)}`, [{ ...task, ...of }]);
}

/** A claimed function waits for every department that has not declared for it. */
export function claimInbox({ id, claims, updatedAt: since }: DepartmentRecord): IndexEntry[] {
  const tasks = claims.map(({ function: step, declaredBy }): Task => {
    const declared = declaredBy.map(({ department }) => department);
    return {
      ...{ department: everyView, todo: 'confirmFunction', step, since, state: 'claimed' },
      ...{ about: about('departments', id), notOf: [id, ...declared] },
    };
  });
  return inboxEntries(id, tasks);
}
