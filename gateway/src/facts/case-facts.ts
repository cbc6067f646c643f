import {
  closedStates,
  exerciseLevels,
  materialsSaved,
  shanghaiDate,
  type CaseRecord,
  type DepartmentRecord,
  type MatterContent,
  type StepRecord,
  missedBefore,
} from '@yici/domain/model';
import { hoursBetween } from './elapsed.js';
import { dayOf, fact, yes, type FactOf, type PlacedFact } from './fact.js';

/** What the ledger says beside the case: the matter version it was filed against, and the departments of the case. */
interface CaseSurroundings {
  readonly matter: MatterContent | undefined;
  readonly department: (id: string) => DepartmentRecord | undefined;
}

/** Every fact of a case, from its record, matter and departments. */
export function caseFacts(record: CaseRecord, around: CaseSurroundings): PlacedFact[] {
  return [
    filed(record, around),
    ...accepted(record),
    ...completed(record, around.matter),
    ...limitFact(record, around),
    ...record.steps.flatMap((step) => stepFacts(record, step)),
    ...bounces(record),
    ...exceptions(record),
  ];
}

type Common = Pick<FactOf<'filed'>, 'subject' | 'id' | 'parties'>;
const common = ({ caseNo, parties }: CaseRecord): Common => ({
  subject: 'case',
  id: caseNo,
  parties,
});

function filed(record: CaseRecord, around: CaseSurroundings): PlacedFact {
  const { owner, taskCode, applicant, materials } = record;
  const bounced = record.bounces ?? 0;
  return fact('filed', {
    ...common(record),
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
      ...common(record),
      day: shanghaiDate(acceptance.at),
      labels: { department: owner, matter: taskCode, how: acceptance.how },
      numbers: { accepted: 1, deemed: yes(acceptance.how === 'deemed') },
    }),
  ];
}

function completed(record: CaseRecord, matter: MatterContent | undefined): PlacedFact[] {
  const { completedAt, owner, taskCode, applicant, decision, steps, materials } = record;
  if (completedAt === undefined) return [];
  return [
    fact('completed', {
      ...common(record),
      day: shanghaiDate(completedAt),
      labels: { department: owner, matter: taskCode, applicant, outcome: decision?.outcome },
      numbers: {
        completed: 1,
        ...runs(record, matter),
        materialsSaved: materialsSaved(record),
        // What the applicant contests could not be saved it: see materials-saved.ts.
        materialsHeld: materials.filter(({ evidence }) => !isContested(evidence)).length,
        allSigned: steps.length === 0 ? undefined : yes(steps.every(isSigned)),
        ...speed(record),
      },
    }),
  ];
}

type Evidence = CaseRecord['materials'][number]['evidence'];
const isContested = (evidence: Evidence): boolean =>
  evidence.kind === 'document' && evidence.contested !== undefined;

/** The applicant's trips. */
function runs(
  record: CaseRecord,
  matter: MatterContent | undefined,
): FactOf<'completed'>['numbers'] {
  if (matter === undefined) return {};
  const trips = Math.max(matter.visits, yes(record.deliveryForm === 'window'));
  const stands = record.state !== 'DECISION_REVOKED';
  return {
    trips,
    once: yes(stands && trips <= 1 && record.notices.length === 0),
    zeroRun: yes(stands && trips === 0 && isPaperless(record, matter) && isShared(record, matter)),
  };
}

/** Whether no document was submitted for a material that the matter accepts on paper only. */
function isPaperless({ materials }: CaseRecord, matter: MatterContent): boolean {
  const onPaper = new Set(
    matter.materials.filter(({ form }) => form === 'paper').map(({ code }) => code),
  );
  return materials.every(
    ({ code, evidence }) => evidence.kind !== 'document' || !onPaper.has(code),
  );
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

/** Answered by the department itself: neither lapsed nor passed over. */
const isSigned = ({ status, lapse }: StepRecord): boolean =>
  status === 'answered' && lapse?.kind !== 'defaultAgree';

/** Duration of the whole, durations of its steps, and number of steps that ran in parallel. */
function speed(record: CaseRecord): FactOf<'completed'>['numbers'] {
  const { acceptance, decision, pauses } = record;
  const ended = record.steps.flatMap((step) => {
    const end = stepEnd(step);
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

/**
 * Whether the promised limit was met. An open case counts as missed once the limit has passed, and one that ended otherwise
 * than by its completion if the limit had passed by then: neither a withdrawal nor a refusal takes lateness away.
 */
function limitFact(record: CaseRecord, around: CaseSurroundings): PlacedFact[] {
  const { completedAt, owner, taskCode, applicant } = record;
  const day = judgedOn(record);
  if (day === undefined) return [];
  const open = completedAt === undefined && !closedStates.includes(record.state);
  const kept = yes(completedAt !== undefined && isInTime(record, completedAt));
  const from = around.department(applicant);
  return [
    fact('limit', {
      ...common(record),
      day,
      open,
      labels: { department: owner, matter: taskCode, applicant },
      numbers: {
        due: 1,
        kept,
        overdueOpen: yes(open),
        upwardKept: isUpward(from, around.department(owner)) ? kept : undefined,
        grassRootsKept: from !== undefined && isGrassRoots(from) ? kept : undefined,
      },
    }),
  ];
}

/** The day on which a promised limit was kept or missed; undefined where it was neither. */
function judgedOn(record: CaseRecord): string | undefined {
  const { dueOn, completedAt, state } = record;
  if (dueOn === undefined) return undefined;
  if (completedAt !== undefined) return dayOf(completedAt);
  return closedStates.includes(state) ? dayOf(lateEnd(record)) : dueOn;
}

/** When a case ended that was not completed, if it had missed its promised limit by then. */
const lateEnd = ({ endedClocks = [] }: CaseRecord): string | undefined =>
  endedClocks.filter(({ what, late }) => what === 'finish' && late).at(-1)?.endedAt;

/** Compared by the last day; for an on-the-spot item by the instant. */
function isInTime({ dueOn = '', dueAt }: CaseRecord, completedAt: string): boolean {
  return dueAt === undefined ? shanghaiDate(completedAt) <= dueOn : completedAt <= dueAt;
}

const rank = ({ level }: DepartmentRecord): number => Number(exerciseLevels[level]);
const isGrassRoots = (one: DepartmentRecord): boolean =>
  rank(one) >= Number(exerciseLevels.township);
const isUpward = (from: DepartmentRecord | undefined, to: DepartmentRecord | undefined): boolean =>
  from !== undefined && to !== undefined && rank(from) > rank(to);

function yesIfKnown<T>(value: T | undefined, holds: (value: T) => boolean): 0 | 1 | undefined {
  return value === undefined ? undefined : yes(holds(value));
}

/** The end of a step: when it was answered, or passed over. */
const stepEnd = ({ status, answeredAt, passing }: StepRecord): string | undefined =>
  answeredAt ?? (status === 'passed' ? passing?.at : undefined);

/** Whose a step counts as: the department that had missed its limit before it handed the step over, if one had. */
function lateHolder(record: CaseRecord, { id, department, dueOn = '' }: StepRecord): string {
  const missed = missedBefore(record, { what: 'opinion', step: id, department, dueOn });
  return missed?.department ?? department;
}

function stepFacts(record: CaseRecord, step: StepRecord): PlacedFact[] {
  const { id, startedAt, dueOn, lapse } = step;
  const labels = {
    department: lateHolder(record, step),
    matter: record.taskCode,
    step: `${record.taskCode}/${id}`,
  };
  const end = stepEnd(step);
  const found: PlacedFact[] = [];
  if (startedAt !== undefined && end !== undefined) {
    const day = shanghaiDate(end);
    found.push(
      fact('step', {
        ...common(record),
        part: id,
        day,
        labels: { ...labels, how: isSigned(step) ? step.answer : (lapse?.kind ?? step.status) },
        numbers: {
          steps: 1,
          hours: hoursBetween(startedAt, end, record.pauses),
          late: dueOn === undefined ? undefined : yes(day > dueOn),
        },
      }),
    );
  }
  if (lapse !== undefined) {
    found.push(
      fact('lapse', {
        ...common(record),
        part: id,
        day: shanghaiDate(lapse.at),
        labels: { ...labels, outcome: lapse.kind },
        numbers: { lapses: 1 },
      }),
    );
  }
  return found;
}

function bounces(record: CaseRecord): PlacedFact[] {
  return (record.handovers ?? []).flatMap(({ status, subject, from, to, answeredAt }, no) => {
    if (status !== 'declined' || answeredAt === undefined) return [];
    const step = subject.kind === 'step' ? `${record.taskCode}/${subject.stepId}` : undefined;
    return [
      fact('bounce', {
        ...common(record),
        part: String(no),
        day: shanghaiDate(answeredAt),
        labels: { department: to, matter: record.taskCode, step, from },
        numbers: { bounces: 1 },
      }),
    ];
  });
}

/** The exceptional procedures of a case, each signed by two people. */
function exceptions(record: CaseRecord): PlacedFact[] {
  const { extension, owner: department, taskCode: matter } = record;
  const prolonged =
    extension?.approval === undefined
      ? []
      : [
          fact('exception', {
            ...common(record),
            part: 'extension',
            day: shanghaiDate(extension.approval.at),
            labels: { department, matter, kind: 'extension', reason: extension.reasonCode },
            numbers: signedBy(extension.requestedBy.user, extension.approval.by.user),
          }),
        ];
  const passed = record.steps.flatMap(({ id, passing, lapse }) =>
    passing === undefined
      ? []
      : [
          fact('exception', {
            ...common(record),
            part: `passed-${id}`,
            day: shanghaiDate(passing.at),
            labels: { department, matter, kind: 'passedOver', reason: 'lapse' },
            numbers: signedBy(lapse?.by.user, passing.by.user),
          }),
        ],
  );
  return [...prolonged, ...passed];
}

export const signedBy = (
  first: string | undefined,
  second: string,
): FactOf<'exception'>['numbers'] => ({
  exceptions: 1,
  twoSigners: yes(first !== undefined && first !== second),
});
