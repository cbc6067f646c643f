import { z } from 'zod';
import { exerciseLevels } from '../kernel/codes';
import { namesOf } from '../kernel/words';
import { departmentFunction, departmentFunctions } from '../kernel/roles';
import { departure } from '../kernel/departures';
import {
  date,
  departmentId,
  localText,
  mspId,
  recordOf,
  reformId,
  regionCode,
  systemId,
  timestamp,
} from '../kernel/scalars';
import { keyKind } from '../kernel/keys';

export const level = z.enum(namesOf(exerciseLevels));

/** What can leave one department. */
export const mostDepartures = 1_000;

/** One department's word that another (or it itself) should hold a function. */
const declaration = z.strictObject({ department: departmentId, at: timestamp });

/**
 * A department of the channel. `functions` are in force; `claims` still gather declarations. How a claim comes into
 * force is in functions.ts.
 */
export const departmentRecord = recordOf('department', {
  id: departmentId,
  mspId,
  name: localText(100),
  level,
  regionCode,
  /** 垂直管理机构: answers to its own superior, not to the government of its place (条). */
  vertical: z.boolean().exactOptional(),
  /** 业务系统: the system through which it works, as the five cross-counts tell systems apart. */
  systemId: systemId.exactOptional(),
  functions: z.array(departmentFunction).max(departmentFunctions.length),
  claims: z
    .array(
      z.strictObject({ function: departmentFunction, declaredBy: z.array(declaration).max(200) }),
    )
    .max(departmentFunctions.length),
  registeredAt: timestamp,
  updatedAt: timestamp,
  /** What has left it by reorganisations, or leaves it on a day to come. */
  left: z.array(departure).max(mostDepartures).exactOptional(),
  /** New names that reorganisations give it, until they are taken; oldest first. */
  renames: z
    .array(z.strictObject({ name: localText(100), on: date, reformId }))
    .max(10)
    .exactOptional(),
  /** Names from before, oldest first, each up to the day on which another took its place. */
  formerNames: z
    .array(z.strictObject({ name: localText(100), until: date, reformId }))
    .max(50)
    .exactOptional(),
});
export type DepartmentRecord = z.output<typeof departmentRecord>;

/** Finds the department of a membership service provider; one MSP registers one department. */
export const departmentOfMspRecord = recordOf('departmentOfMsp', {
  mspId,
  department: departmentId,
  /** Something leaves it by a reorganisation: its entry says what. Every command reads this record, few read that one. */
  reformed: z.literal(true).exactOptional(),
});
export type DepartmentOfMspRecord = z.output<typeof departmentOfMspRecord>;

/** Who holds a function now. */
export const functionHolderRecord = recordOf('functionHolder', {
  function: departmentFunction,
  department: departmentId,
  mspId,
  since: timestamp,
});
export type FunctionHolderRecord = z.output<typeof functionHolderRecord>;

/** How its records are kept in the world state. */
export const kinds = {
  department: keyKind('dept', departmentRecord, (r) => [r.id]),
  departmentOfMsp: keyKind('deptOfMsp', departmentOfMspRecord, (r) => [r.mspId]),
  functionHolder: keyKind('function', functionHolderRecord, (r) => [r.function]),
};
