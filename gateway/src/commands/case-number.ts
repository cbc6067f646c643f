import { shanghaiDate } from '@yici/domain/model';

/** The calendar day in Asia/Shanghai as YYYYMMDD. */
export function shanghaiDay(at: Date): string {
  return shanghaiDate(at.toISOString()).replaceAll('-', '');
}

/** The number of a case (办件编号), `<taskCode>-<YYYYMMDD>-<sequence>`; the sequence has at least four digits. */
export function caseNumber(taskCode: string, day: string, sequence: number): string {
  return `${taskCode}-${day}-${String(sequence).padStart(4, '0')}`;
}
