import { shanghaiDate } from '@yici/domain/model';

/** The calendar day in Asia/Shanghai as YYYYMMDD. */
export function shanghaiDay(at: Date): string {
  return shanghaiDate(at.toISOString()).replaceAll('-', '');
}

/**
 * `<taskCode>-<YYYYMMDD>-<number>`, the number of one case (办件编号): issued by a gateway, unique on the ledger. Four
 * digits, and more on a day that has more.
 */
export function caseNumber(taskCode: string, day: string, sequence: number): string {
  return `${taskCode}-${day}-${String(sequence).padStart(4, '0')}`;
}
