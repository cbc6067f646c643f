import {
  materialsSaved,
  shanghaiDate,
  type CaseRecord,
  type DepartmentRecord,
  type MatterContent,
} from '@yici/domain/model';
import { daysRun, hoursBetween } from './elapsed.js';
import {
  closed,
  denials,
  disowned,
  exceptions,
  secondNotices,
  stopped,
  withdrawal,
} from './case-act-facts.js';
import { aboutCase, dayOf, fact, yes, type FactOf, type PlacedFact } from './fact.js';
import { isGrassRoots } from './levels.js';
import { limitFacts } from './limit-facts.js';
import { isSigned, stepEnd, stepFacts } from './step-facts.js';

/** What the ledger says beside the case: the matter version it was filed against, and the departments of the case. */
export interface CaseSurroundings {
  readonly matter: MatterContent | undefined;
  readonly department: (id: string) => DepartmentRecord | undefined;
}

/** Every fact of a case, from its record, matter and departments. */
export function caseFacts(record: CaseRecord, around: CaseSurroundings): PlacedFact[] {
  return [
    filed(record, around),
    ...accepted(record),
    ...completed(record, around.matter),
    ...limitFacts(record, around),
    ...record.steps.flatMap((step) => stepFacts(record, step)),
    ...disowned(record),
    ...exceptions(record),
    ...stopped(record),
    ...secondNotices(record),
    ...withdrawal(record),
    ...closed(record),
    ...denials(record),
  ];
}

function filed(record: CaseRecord, around: CaseSurroundings): PlacedFact {
  const { owner, taskCode, applicant, materials, refiles } = record;
  const bounced = record.bounces ?? 0;
  return fact('filed', {
    ...aboutCase(record),
    day: shanghaiDate(record.submittedAt),
    labels: { department: owner, matter: taskCode, applicant },
    numbers: {
      filed: 1,
      bounces: bounced,
      bouncedAgain: yes(bounced > 1),
      fields: around.matter?.formFields?.length,
      documents: materials.filter(({ evidence }) => evidence.kind === 'document').length,
      grassRoots: yesIfKnown(around.department(applicant), isGrassRoots),
      ...crossings(record, around),
      refiled: yes(refiles !== undefined),
      refiledLate: yes(refiles?.late === true),
    },
  });
}

/** The five crossings (跨层级、跨地域、跨系统、跨部门、跨业务) over all departments involved, as far as their data are known. */
function crossings(
  { parties }: CaseRecord,
  { matter, department }: CaseSurroundings,
): FactOf<'filed'>['numbers'] {
  const members = parties.flatMap((id) => department(id) ?? []);
  const lines = matter === undefined ? [] : [matter, ...matter.flow];
  return {
    crossLevel: several(members.map(({ level }) => level)),
    crossRegion: several(members.map(({ regionCode }) => regionCode)),
    crossSystem: several(members.map(({ systemId }) => systemId)),
    crossDepartment: several(parties),
    crossBusiness: several(lines.map(({ businessLine }) => businessLine)),
  };
}

/** Whether there are several values; undefined when there is none. */
function several(values: readonly (string | undefined)[]): 0 | 1 | undefined {
  const distinct = new Set(values.filter((value) => value !== undefined));
  return distinct.size === 0 ? undefined : yes(distinct.size > 1);
}

function accepted(record: CaseRecord): PlacedFact[] {
  const { acceptance, owner, taskCode } = record;
  if (acceptance === undefined) return [];
  return [
    fact('accepted', {
      ...aboutCase(record),
      day: shanghaiDate(acceptance.at),
      labels: { department: owner, matter: taskCode, how: acceptance.how },
      numbers: { accepted: 1, deemed: yes(acceptance.how === 'deemed') },
    }),
  ];
}

function completed(record: CaseRecord, matter: MatterContent | undefined): PlacedFact[] {
  const { completedAt, owner, taskCode, applicant, decision, steps, materials } = record;
  if (completedAt === undefined) return [];
  const version = String(record.matterVersion);
  return [
    fact('completed', {
      ...aboutCase(record),
      day: shanghaiDate(completedAt),
      labels: {
        department: owner,
        matter: taskCode,
        version,
        applicant,
        outcome: decision?.outcome,
      },
      numbers: {
        completed: 1,
        ...runs(record, matter),
        materialsSaved: materialsSaved(record),
        // What the applicant contests could not be saved it: see materials-saved.ts.
        materialsHeld: materials.filter(({ evidence }) => !isContested(evidence)).length,
        allSigned: steps.length === 0 ? undefined : yes(steps.every(isSigned)),
        ...duration(record, completedAt),
        ...speed(record),
      },
    }),
  ];
}

type Evidence = CaseRecord['materials'][number]['evidence'];
const isContested = (evidence: Evidence): boolean =>
  evidence.kind === 'document' && evidence.contested !== undefined;

/** The applicant's trips, and what follows from them. */
function runs(
  record: CaseRecord,
  matter: MatterContent | undefined,
): FactOf<'completed'>['numbers'] {
  if (matter === undefined) return {};
  const trips = counterDays(record, matter).size;
  const stands = record.state !== 'DECISION_REVOKED';
  return {
    trips,
    once: yes(stands && trips <= 1 && record.notices.length === 0),
    zeroRun: yes(stands && trips === 0 && isShared(record, matter)),
  };
}

/**
 * The days on which something passed over a counter: a document that the matter takes on paper alone was handed in, or the
 * result was fetched at a window. What the guide says of trips is not asked.
 */
function counterDays(
  { materials, deliveryForm, deliveredAt, completedAt }: CaseRecord,
  matter: MatterContent,
): ReadonlySet<string> {
  const onPaper = new Set(
    matter.materials.filter(({ form }) => form === 'paper').map(({ code }) => code),
  );
  const handedIn = materials
    .filter(({ code, evidence }) => evidence.kind === 'document' && onPaper.has(code))
    .map(({ at }) => shanghaiDate(at));
  const fetched = deliveryForm === 'window' ? dayOf(deliveredAt ?? completedAt) : undefined;
  return new Set([...handedIn, ...(fetched === undefined ? [] : [fetched])]);
}

/** Whether every present material that can be obtained by sharing was. */
function isShared({ materials }: CaseRecord, matter: MatterContent): boolean {
  const sharable = new Set(
    matter.materials.filter(({ datasetId }) => datasetId !== undefined).map(({ code }) => code),
  );
  return materials.every(
    ({ code, evidence }) => evidence.kind === 'attestation' || !sharable.has(code),
  );
}

/** How long it took from the day the limit counts from, beside what had been promised. */
function duration(
  { acceptance, limits, pauses }: CaseRecord,
  completedAt: string,
): FactOf<'completed'>['numbers'] {
  const done = shanghaiDate(completedAt);
  // A case that was opened for a new decision counts from a later day than that of its first completion.
  if (acceptance === undefined || acceptance.on > done) return {};
  return { handlingDays: daysRun(acceptance.on, done, pauses), promisedDays: limits?.promised };
}

/** Duration of the whole, durations of its steps, and number of steps that ran in parallel. */
function speed(record: CaseRecord): FactOf<'completed'>['numbers'] {
  const { acceptance, decision, pauses } = record;
  const ended = record.steps.flatMap((step) => {
    const end = stepEnd(record, step);
    const { startedAt: start } = step;
    return start === undefined || end === undefined ? [] : [{ start, end }];
  });
  if (acceptance === undefined || decision === undefined || ended.length === 0) return {};
  const together = ended.filter((one) =>
    ended.some((other) => other !== one && other.start < one.end && one.start < other.end),
  );
  return {
    handlingHours: hoursBetween(acceptance.at, decision.at, pauses),
    stepHours: sum(ended.map(({ start, end }) => hoursBetween(start, end, pauses))),
    stepsStarted: ended.length,
    stepsTogether: together.length,
  };
}

const sum = (values: readonly number[]): number =>
  Math.round(values.reduce((total, value) => total + value, 0) * 100) / 100;

function yesIfKnown<T>(value: T | undefined, holds: (value: T) => boolean): 0 | 1 | undefined {
  return value === undefined ? undefined : yes(holds(value));
}
