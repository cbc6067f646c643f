import type { ShareGrantRecord, ShareValues } from '@yici/domain/model';
import { unseals } from './digest.js';

export interface ComparedValue {
  /** Of the delivery. */
  readonly no: number;
  readonly code: string;
  readonly value: string;
  /** It is that of its digest on the ledger. */
  readonly match: boolean;
}

/** Delivered values, each compared with its digest on the ledger. */
export function comparedValues(
  { deliveries }: ShareValues,
  grant: Pick<ShareGrantRecord, 'deliveries'>,
): ComparedValue[] {
  return deliveries.flatMap(({ no, values }) => {
    const fields = grant.deliveries.find((delivery) => delivery.no === no)?.fields ?? [];
    return values.map(({ code, value, salt }) => {
      const field = fields.find((known) => known.code === code && known.digestAlg === 'sha256');
      const match = field !== undefined && unseals(field.digest, value, Buffer.from(salt, 'hex'));
      return { no, code, value, match };
    });
  });
}
