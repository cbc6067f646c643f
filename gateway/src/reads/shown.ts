import { z } from 'zod';

/** What an answer shows of records: their ids, and whom they concern. */
export interface Shown {
  readonly records: readonly string[];
  readonly departments: readonly string[];
}

/** Fields that name a record, the most telling first: a card names its case, too. */
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

/** Fields that name departments, where a record has no list of its parties. */
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

/** Looks through an answer: a record, or a page of them. */
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
