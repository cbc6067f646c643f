import { z } from 'zod';

/** The records in a response: ids and departments concerned. */
export interface Shown {
  readonly records: readonly string[];
  readonly departments: readonly string[];
}

/** Fields that identify a record, most specific first: a card also names its case. */
const ids = [
  'cardId',
  'orderId',
  'urgeId',
  'rulingId',
  'attestationId',
  'useId',
  'challengeId',
  'disputeId',
  'shareId',
  'caseNo',
  'no',
  'id',
] as const;

/** Fields that name departments, for records without a list of parties. */
const concerned = [
  'department',
  'owner',
  'applicant',
  'provider',
  'requester',
  'issuer',
  'office',
  'responsible',
  'cosigner',
] as const;

const list = z.object({ items: z.array(z.unknown()) });
const parties = z.object({ parties: z.array(z.string()) });
const fields = z.record(z.string(), z.unknown());

/** Extracts them from a response: a record, or a page of records. */
export function shownIn(body: unknown): Shown {
  const { data } = list.safeParse(body);
  const all = data === undefined ? [body] : data.items;
  return {
    records: unique(all.flatMap(idOf)),
    departments: unique(all.flatMap(departmentsOf)),
  };
}

function idOf(record: unknown): string[] {
  const values = fields.safeParse(record).data ?? {};
  const name = ids.find((field) => typeof values[field] === 'string');
  return name === undefined ? [] : [String(values[name])];
}

function departmentsOf(record: unknown): string[] {
  const listed = parties.safeParse(record).data?.parties;
  if (listed !== undefined) return listed;
  const values = fields.safeParse(record).data ?? {};
  return concerned.flatMap((field) => {
    const value = values[field];
    return typeof value === 'string' ? [value] : [];
  });
}

const unique = (values: readonly string[]): string[] => [...new Set(values)].sort();
