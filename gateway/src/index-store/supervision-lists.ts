import { cardRecord, orderRecord, type CardRecord, type OrderRecord } from '@yici/chaincode/model';
import type { z } from 'zod';
import { indexKeys } from './keys.js';
import type { Page, PageRequest } from './page.js';
import type { IndexReader } from './reader.js';
import { supervisionIndexes } from './supervision-entries.js';

export interface CardFilter {
  readonly caseNo?: string | undefined;
  readonly department?: string | undefined;
  readonly colour?: string | undefined;
}

export interface OrderFilter {
  readonly department?: string | undefined;
  readonly status?: string | undefined;
}

/** Cards, newest first, as a viewer sees them. */
export function listCards(
  index: IndexReader,
  view: string,
  filter: CardFilter,
  request: PageRequest,
): Promise<Page<CardRecord>> {
  return listOf(index, supervisionIndexes.cards, cardRecord, { view, filter, request });
}

/** Supervision orders, newest first, as a viewer sees them. */
export function listOrders(
  index: IndexReader,
  view: string,
  filter: OrderFilter,
  request: PageRequest,
): Promise<Page<OrderRecord>> {
  return listOf(index, supervisionIndexes.orders, orderRecord, { view, filter, request });
}

/** One of the other lists, newest first. */
export function listSupervision<T extends object>(
  index: IndexReader,
  name: 'evaluations' | 'urges',
  schema: z.ZodType<T>,
  scope: { readonly view: string; readonly filter: object; readonly request: PageRequest },
): Promise<Page<T>> {
  return listOf(index, supervisionIndexes[name], schema, scope);
}

function listOf<T extends object>(
  index: IndexReader,
  name: string,
  schema: z.ZodType<T>,
  scope: { readonly view: string; readonly filter: object; readonly request: PageRequest },
): Promise<Page<T>> {
  const wanted = Object.entries(scope.filter).filter(([, value]) => value !== undefined);
  return index.page(
    {
      ...indexKeys.entries(name, scope.view),
      reverse: true,
      read: (text) => {
        const record = schema.parse(JSON.parse(text));
        const fields = new Map<string, unknown>(Object.entries(record));
        return wanted.every(([field, value]) => fields.get(field) === value) ? record : undefined;
      },
    },
    scope.request,
  );
}
