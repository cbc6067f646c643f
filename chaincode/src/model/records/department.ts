import { z } from 'zod';
import { exerciseLevels, wordsOf } from '../codes';
import { defaultWindowSeconds } from '../ledger-time';
import { actor, departmentFunction, departmentFunctions } from '../roles';
import {
  date,
  departmentId,
  documentRef,
  localText,
  mspId,
  regionCode,
  sha256Hex,
  systemId,
  timestamp,
  version,
} from '../scalars';

export const level = z.enum(wordsOf(exerciseLevels));

/** One department's word that another (or it itself) should hold a function. */
const declaration = z.strictObject({ department: departmentId, at: timestamp });

/**
 * A department of the channel. `functions` are in force; `claims` still gather declarations. How a claim comes into
 * force is in rules/functions.ts.
 */
export const departmentRecord = z.strictObject({
  kind: z.literal('department'),
  v: z.literal(1),
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
});
export type DepartmentRecord = z.output<typeof departmentRecord>;

/** Finds the department of a membership service provider; one MSP registers one department. */
export const departmentOfMspRecord = z.strictObject({
  kind: z.literal('departmentOfMsp'),
  v: z.literal(1),
  mspId,
  department: departmentId,
});
export type DepartmentOfMspRecord = z.output<typeof departmentOfMspRecord>;

/** Who holds a function now. */
export const functionHolderRecord = z.strictObject({
  kind: z.literal('functionHolder'),
  v: z.literal(1),
  function: departmentFunction,
  department: departmentId,
  mspId,
  since: timestamp,
});
export type FunctionHolderRecord = z.output<typeof functionHolderRecord>;

/** The days that differ from the plain week in one year, as the State Council's notice arranges them. */
export const calendarDays = z.strictObject({
  /** Days off; weekends may be listed too, it makes no difference. */
  offDays: z.array(date).min(1).max(366),
  /** Weekend days that are worked (调休). */
  makeUpDays: z.array(date).max(60),
  /**
   * By how much a limit must have passed before an act against whoever missed it counts, in seconds: the peers'
   * `peer.authentication.timewindow`, which bounds how far ahead an act can be stamped. 300 where it is absent.
   */
  windowSeconds: z.int().min(1).max(defaultWindowSeconds).exactOptional(),
});
export type CalendarDays = z.output<typeof calendarDays>;

/** One version of a year's working calendar: proposed by the lead authority, in force once another confirms. */
export const calendarVersionRecord = z.strictObject({
  kind: z.literal('calendarVersion'),
  v: z.literal(1),
  year: z.int(),
  version,
  status: z.enum(['proposed', 'inForce', 'superseded']),
  days: calendarDays,
  notice: documentRef,
  /** SHA-256 of the canonical `{year, days, notice}`: what the confirming department confirms. */
  contentDigest: sha256Hex,
  proposedBy: actor,
  proposedAt: timestamp,
  confirmedBy: actor.exactOptional(),
  confirmedAt: timestamp.exactOptional(),
});
export type CalendarVersionRecord = z.output<typeof calendarVersionRecord>;

/** What the rules read: the calendar in force for a year, in one record. */
export const calendarRecord = z.strictObject({
  kind: z.literal('calendar'),
  v: z.literal(1),
  year: z.int(),
  latest: version,
  inForce: z
    .strictObject({ version, days: calendarDays, contentDigest: sha256Hex })
    .exactOptional(),
});
export type CalendarRecord = z.output<typeof calendarRecord>;
