import {
  handlingStates,
  missedBefore,
  shanghaiDate,
  type CaseRecord,
  type CaseState,
  type StepRecord,
} from '@yici/domain/model';
import { aboutCase, dayOf, fact, yes, type FactOf, type PlacedFact } from './fact.js';

/** Answered by the department itself: neither lapsed nor passed over. */
export const isSigned = ({ status, lapse }: StepRecord): boolean =>
  status === 'answered' && lapse?.kind !== 'defaultAgree';

/** The end of a step: when it was answered, or passed over, or when its case ended without it. */
export function stepEnd(record: CaseRecord, step: StepRecord): string | undefined {
  const { status, answeredAt, passing } = step;
  if (answeredAt !== undefined) return answeredAt;
  if (status === 'passed') return passing?.at;
  if (goesOn(record, step)) return undefined;
  const clocks = record.endedClocks?.filter(
    ({ what, step: id }) => what === 'opinion' && id === step.id,
  );
  return clocks?.at(-1)?.endedAt;
}

function goesOn({ state }: CaseRecord, { status }: StepRecord): boolean {
  const handling: readonly CaseState[] = handlingStates;
  return status === 'open' && handling.includes(state);
}

/** Whose a step counts as: the department that had missed its limit before it handed the step over, if one had. */
function lateHolder(record: CaseRecord, { id, department, dueOn = '' }: StepRecord): string {
  const missed = missedBefore(record, { what: 'opinion', step: id, department, dueOn });
  return missed?.department ?? department;
}

type Labels = FactOf<'step'>['labels'];

/** How long a step took or takes, whether it was late, and its lapse. */
export function stepFacts(record: CaseRecord, step: StepRecord): PlacedFact[] {
  const { id, lapse, status, answer, startedAt } = step;
  if (startedAt === undefined && lapse === undefined) return [];
  const labels = {
    department: lateHolder(record, step),
    matter: record.taskCode,
    step: `${record.taskCode}/${id}`,
  };
  const how = isSigned(step) ? answer : (lapse?.kind ?? status);
  const lapsed =
    lapse === undefined
      ? []
      : [
          fact('lapse', {
            ...aboutCase(record),
            part: id,
            day: shanghaiDate(lapse.at),
            labels: { ...labels, outcome: lapse.kind },
            numbers: { lapses: 1 },
          }),
        ];
  return [
    ...dwell(record, step, { ...labels, how }),
    ...lateness(record, step, { ...labels, how }),
    ...lapsed,
  ];
}

/** From its start to its end; of what has not ended the end depends on who asks until when. */
function dwell(record: CaseRecord, step: StepRecord, labels: Labels): PlacedFact[] {
  const { id, startedAt } = step;
  const end = stepEnd(record, step);
  if (startedAt === undefined || (end === undefined && !goesOn(record, step))) return [];
  const held = (record.pauses ?? []).map(({ from, to }) => ({ from, to }));
  return [
    fact('dwell', {
      ...aboutCase(record),
      part: id,
      day: shanghaiDate(startedAt),
      until: dayOf(end),
      labels,
      numbers: {},
      span: { from: startedAt, ...(end === undefined ? {} : { to: end }), held },
    }),
  ];
}

/** A step that goes on counts as late once its last day is over. */
function lateness(record: CaseRecord, step: StepRecord, labels: Labels): PlacedFact[] {
  const { id, startedAt, dueOn } = step;
  const end = dayOf(stepEnd(record, step));
  const open = end === undefined && goesOn(record, step);
  const day = open ? dueOn : end;
  if (startedAt === undefined || day === undefined) return [];
  const late = dueOn === undefined ? undefined : yes(open || day > dueOn);
  return [
    fact('step', {
      ...aboutCase(record),
      part: id,
      day,
      open,
      labels,
      numbers: { steps: 1, late },
    }),
  ];
}
