import { z } from 'zod';
import { actor } from './roles';
import { code, date, departmentId, reformId, stepId, taskCode, text, timestamp } from './scalars';
import { namesOf, type Vocabulary } from './words';

/** What can leave a department by a reorganisation; `everything`: the department itself ends. */
export const departedWords = {
  everything: { zh: '机构撤销', en: 'the department ends' },
  matter: { zh: '事项划转', en: 'a matter' },
  duty: { zh: '职责划转', en: 'a duty' },
  dataset: { zh: '政务数据目录项划转', en: 'a data set' },
} satisfies Vocabulary;

/** What has left a department, or leaves it on a day to come: to whom, and by which reorganisation (机构改革). */
export const departure = z.strictObject({
  of: z.enum(namesOf(departedWords)),
  /** The task code, the code of the duty, the id of the data set; absent when the department ends. */
  id: code(64).exactOptional(),
  /** Of a duty: the matters and steps that it covers, whose open steps go with it. */
  covers: z
    .array(z.strictObject({ taskCode, stepId: stepId.exactOptional() }))
    .max(200)
    .exactOptional(),
  to: departmentId,
  /** The day from which it counts. */
  on: date,
  /** The day on which a later reorganisation brings it back. */
  until: date.exactOptional(),
  reformId,
  /** The organ that decided, and the number of its document. */
  decision: z.strictObject({ organ: text(200), number: text(100) }),
});
export type Departure = z.output<typeof departure>;

/** Which reorganisation moved something, and the act that recorded it. */
export const movedBy = { reformId, by: actor, at: timestamp };

/** From whom to whom it went; `on` is the day from which the reorganisation counts. */
export const passedOn = { from: departmentId, to: departmentId, on: date, ...movedBy };

/** One thing of a department, of which its departures say where it went. */
export interface Held {
  readonly of: Departure['of'];
  readonly id?: string;
  /** A step of a case, which goes with the duty that covers it. */
  readonly step?: { readonly taskCode: string; readonly stepId: string };
}

/** By which departure a thing has left; what is named by itself goes before all that was left with the department. */
export function departureOf(
  left: readonly Departure[] | undefined,
  held: Held,
  today: string,
): Departure | undefined {
  const inForce = (left ?? []).filter(
    ({ on, until }) => on <= today && (until === undefined || today < until),
  );
  return inForce.find((one) => isOf(one, held)) ?? inForce.find(({ of }) => of === 'everything');
}

function isOf({ of, id, covers = [] }: Departure, held: Held): boolean {
  if (of !== held.of) return false;
  const { step } = held;
  if (step === undefined) return id === held.id;
  return covers.some(
    (one) => one.taskCode === step.taskCode && (one.stepId ?? step.stepId) === step.stepId,
  );
}

/** Who has it now and by which decision, as a refusal says it. */
export function saidOf({ to, on, reformId: id, decision }: Departure) {
  return { now: to, since: on, reformId: id, ...decision };
}
