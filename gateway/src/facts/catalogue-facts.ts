import {
  shanghaiDate,
  shiftDate,
  speedUp,
  type CalendarVersionRecord,
  type DatasetRecord,
  type DepartmentRecord,
  type DutyOverlapRecord,
  type DutyVersionRecord,
  type MatterRecord,
  type OneThingCaseRecord,
  type OneThingRecord,
  type ReviewRecord,
} from '@yici/domain/model';
import { daysBetween } from './elapsed.js';
import { dayOf, fact, yes, type FactOf, type PlacedFact } from './fact.js';

/** A matter version: its publication, and its properties for as long as it is in force. */
export function matterFacts(
  record: MatterRecord,
  department: (id: string) => DepartmentRecord | undefined,
): PlacedFact[] {
  const { taskCode, version, owner, publishedAt, cosignatures } = record;
  if (publishedAt === undefined) return [];
  const common = { subject: 'matter', id: `${taskCode}/${String(version)}` } as const;
  const labels = { department: owner, matter: taskCode };
  const published = fact('publication', {
    ...common,
    day: shanghaiDate(publishedAt),
    labels,
    numbers: signatures(cosignatures.map(({ by }) => by.department)),
  });
  const term = inForce(record, publishedAt);
  if (term === undefined) return [published];
  return [
    published,
    fact('matter', { ...common, ...term, labels, numbers: says(record, department) }),
    fact('parameter', {
      ...common,
      ...term,
      labels: { department: owner, kind: 'matter' },
      numbers: { parameters: 1, documented: yes(record.content.policyDocuments.length > 0) },
    }),
  ];
}

/** A one thing's publication: signed by the heads of several departments, like a matter's. */
export function oneThingFacts({
  code,
  version,
  lead,
  publishedAt,
  cosignatures,
}: OneThingRecord): PlacedFact[] {
  if (publishedAt === undefined) return [];
  return [
    fact('publication', {
      ...{ subject: 'oneThing', id: `${code}/${String(version)}`, day: shanghaiDate(publishedAt) },
      labels: { department: lead, matter: code },
      numbers: signatures(cosignatures.map(({ department }) => department)),
    }),
  ];
}

function signatures(departments: readonly string[]): FactOf<'publication'>['numbers'] {
  return { published: 1, singleSigned: yes(new Set(departments).size < 2) };
}

/** First and last day in force; undefined if it never was. */
function inForce(
  { content, effectiveTo, retirement }: MatterRecord,
  publishedAt: string,
): { readonly day: string; readonly until?: string } | undefined {
  const published = shanghaiDate(publishedAt);
  const day = published > content.effectiveFrom ? published : content.effectiveFrom;
  const ends = [effectiveTo, retirement && shiftDate(shanghaiDate(retirement.at), -1)];
  const until = ends.filter((end) => end !== undefined).sort()[0];
  if (until === undefined) return { day };
  return until < day ? undefined : { day, until };
}

function says(
  { content }: MatterRecord,
  department: (id: string) => DepartmentRecord | undefined,
): FactOf<'matter'>['numbers'] {
  const faster = speedUp(content);
  const vertical = content.flow.some((step) => department(step.department)?.vertical === true);
  return {
    matters: 1,
    withDuty: yes(content.dutyCode !== undefined),
    savedDays: faster && faster.previous - faster.promised,
    previousDays: faster?.previous,
    promisedDays: content.promisedLimit.value,
    steps: content.flow.length,
    materials: content.materials.length,
    verticalOn: content.verticalOrgan === true ? yes(vertical) : undefined,
  };
}

/** A duty from its first version on; each version names the document that contains it. */
export function dutyFacts(record: DutyVersionRecord): PlacedFact[] {
  const { department, code, version, registeredAt } = record;
  if (version !== 1) return [];
  return [
    fact('parameter', {
      ...{ subject: 'duty', id: `${department}/${code}`, day: shanghaiDate(registeredAt) },
      labels: { department, kind: 'duty' },
      numbers: { parameters: 1, documented: 1 },
    }),
  ];
}

/** The working calendar in force for a year: its confirmation needs the official notice. */
export function calendarFacts(record: CalendarVersionRecord): PlacedFact[] {
  const { year, status, confirmedAt, proposedBy } = record;
  if (status !== 'inForce' || confirmedAt === undefined) return [];
  return [
    fact('parameter', {
      ...{ subject: 'calendar', id: String(year), day: shanghaiDate(confirmedAt) },
      labels: { department: proposedBy.department, kind: 'calendar' },
      numbers: { parameters: 1, documented: 1 },
    }),
  ];
}

export function datasetFacts(record: DatasetRecord): PlacedFact[] {
  const { datasetId, sourceDepartment, status, publishedAt, shareClass } = record;
  if (status !== 'published' || publishedAt === undefined) return [];
  return [
    fact('dataset', {
      ...{ subject: 'dataset', id: datasetId, day: shanghaiDate(publishedAt) },
      labels: { department: sourceDepartment, class: shareClass },
      numbers: { datasets: 1 },
    }),
  ];
}

export function departmentFacts({ id, level, registeredAt }: DepartmentRecord): PlacedFact[] {
  return [
    fact('department', {
      ...{ subject: 'department', id, day: shanghaiDate(registeredAt) },
      labels: { department: id, level },
      numbers: { departments: 1 },
    }),
  ];
}

/** An overlap of duties while it is open, and its end. */
export function overlapFacts(record: DutyOverlapRecord): PlacedFact[] {
  const { topic, round, foundAt, closedAt, ruling, status } = record;
  const common = { subject: 'dutyOverlap', id: `${topic}/${String(round)}` } as const;
  const found = shanghaiDate(foundAt);
  const closed = dayOf(closedAt);
  const until = closed === undefined ? undefined : shiftDate(closed, -1);
  const open = until === undefined ? { day: found } : { day: found, until };
  const facts =
    until !== undefined && until < found
      ? []
      : [fact('overlap', { ...common, ...open, labels: { topic }, numbers: { overlaps: 1 } })];
  if (closed === undefined) return facts;
  return [
    ...facts,
    fact('overlapEnd', {
      ...common,
      day: closed,
      labels: { topic, ruling: ruling?.kind ?? status },
      numbers: { closed: 1, days: daysBetween(found, closed) },
    }),
  ];
}

/**
 * A review of a matter whose duty changed. A review superseded by a later change continues in the next one, with its
 * time limit.
 */
export function reviewFacts(record: ReviewRecord): PlacedFact[] {
  const { taskCode, version, dutyVersion, owner, outcome, closedAt, dueOn, late } = record;
  if (outcome === 'overtaken') return [];
  return [
    fact('review', {
      subject: 'review',
      id: `${taskCode}/${String(version)}/${String(dutyVersion)}`,
      day: dayOf(closedAt) ?? dueOn,
      open: closedAt === undefined,
      labels: { department: owner, matter: taskCode, outcome },
      numbers: { due: 1, inTime: yes(closedAt !== undefined && late !== true) },
    }),
  ];
}

/** A filed one thing; once every part is granted, the days from its first result to its last. */
export function oneThingCaseFacts(record: OneThingCaseRecord): PlacedFact[] {
  const { no, code, lead, parties, parts, status, submittedAt } = record;
  const common = { subject: 'oneThingCase', id: no, parties } as const;
  const labels = { department: lead, matter: code };
  const filed = fact('oneThing', {
    ...common,
    day: shanghaiDate(submittedAt),
    labels,
    numbers: { oneThings: 1, parts: parts.length },
  });
  const ends = parts.flatMap(({ endedAt }) => dayOf(endedAt) ?? []).sort();
  const [first] = ends;
  const last = ends.at(-1);
  if (status !== 'granted' || first === undefined || last === undefined) return [filed];
  const numbers = { spreadDays: daysBetween(first, last) };
  return [filed, fact('oneThingEnd', { ...common, day: last, labels, numbers })];
}
