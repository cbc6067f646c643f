import {
  attestationId,
  businessLine,
  cardId,
  caseNo,
  conditionCode,
  datasetId,
  delegationId,
  departmentId,
  dutyCode,
  fieldCode,
  materialCode,
  oneThingCode,
  oneThingNo,
  orderId,
  reformId,
  rulingId,
  shareId,
  stepId,
  taskCode,
  topicCode,
  userName,
} from '@yici/domain/model';
import type { Argument, Option } from 'commander';
import { z } from 'zod';

/** What the ledger can be asked for when a value is typed. */
const kinds = [
  [departmentId, 'department'],
  [datasetId, 'dataset'],
  [taskCode, 'matter'],
  [caseNo, 'case'],
  [shareId, 'share'],
  [attestationId, 'attestation'],
  [stepId, 'step'],
  [materialCode, 'material'],
  [fieldCode, 'field'],
  [conditionCode, 'condition'],
  [oneThingCode, 'oneThing'],
  [oneThingNo, 'filedOneThing'],
  [cardId, 'card'],
  [orderId, 'order'],
  [rulingId, 'ruling'],
  [delegationId, 'delegation'],
  [reformId, 'reform'],
  [dutyCode, 'duty'],
  [topicCode, 'topic'],
  [userName, 'person'],
  [businessLine, 'businessLine'],
] as const satisfies readonly (readonly [z.ZodType, string])[];
export type Offered = (typeof kinds)[number][1];

/** What a value is, by its schema itself, or each of several. */
export function offeredFor(schema: unknown): Offered | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const found = kinds.find(([known]) => known === schema);
  if (found !== undefined) return found[1];
  if (schema instanceof z.ZodArray) return offeredFor(schema.element);
  const wrapped = 'unwrap' in schema ? schema.unwrap : undefined;
  return typeof wrapped === 'function' ? offeredFor(wrapped.call(schema)) : undefined;
}

/** The schema of a field of an object, behind whatever makes it optional; of a list of pairs that of its first value. */
export function partOf(schema: unknown, name: string): unknown {
  if (schema instanceof z.ZodObject) return new Map(Object.entries(schema.shape)).get(name);
  const wrapped = schema instanceof z.ZodType && 'unwrap' in schema ? schema.unwrap : undefined;
  return typeof wrapped === 'function' ? partOf(wrapped.call(schema), name) : undefined;
}

const noted = new WeakMap<Option | Argument, Offered>();

/** Notes what the ledger is asked for when an option's or argument's value is typed. */
export function offer<T extends Option | Argument>(target: T, offered: Offered | undefined): T {
  if (offered !== undefined) noted.set(target, offered);
  return target;
}

export const offeredBy = (target: Option | Argument): Offered | undefined => noted.get(target);
