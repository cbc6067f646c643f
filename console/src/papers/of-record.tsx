import type { CardRecord, OrderRecord } from '@yici/domain/model';
import { Papers } from './papers.js';

interface PapersOfRecordProps {
  readonly collection: string;
  readonly record: object;
}

/** What a card or an order was issued with; of other records there is no paper. */
export function PapersOfRecord({ collection, record }: PapersOfRecordProps) {
  if (collection === 'cards') {
    // What the collection has, by the definition of its list.
    const card = record as CardRecord;
    const wanted = { kind: 'card', id: card.cardId } as const;
    return <Papers due={[{ wanted, number: card.cardId, at: card.raisedAt }]} />;
  }
  if (collection !== 'orders') return null;
  const order = record as OrderRecord;
  const wanted = { kind: 'order', id: order.orderId } as const;
  return <Papers due={[{ wanted, number: order.orderId, at: order.issuedAt }]} />;
}
