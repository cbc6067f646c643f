import { shanghaiDate } from '@yici/chaincode/model';
import { z } from 'zod';

/** The calendar day in Asia/Shanghai as YYYYMMDD. */
export function shanghaiDay(at: Date): string {
  return shanghaiDate(at.toISOString()).replaceAll('-', '');
}

/** The highest sequence a case number can carry. */
export const lastCaseSequence = 9999;

/** `<taskCode>-<YYYYMMDD>-<4 digits>`, the number of one case (办件编号): issued by a gateway, unique on the ledger. */
export function caseNumber(taskCode: string, day: string, sequence: number): string {
  return `${taskCode}-${day}-${String(sequence).padStart(4, '0')}`;
}

const withNumbers = z.object({
  caseNo: z.string().optional(),
  no: z.string().optional(),
  cases: z.array(z.object({ caseNo: z.string() })).optional(),
});

/** The numbers that a command's input carries, by their code (of the task or the one thing) and day. */
export function numbersIn(
  input: Readonly<Record<string, unknown>>,
): { readonly code: string; readonly day: string }[] {
  const { caseNo, no, cases = [] } = withNumbers.parse(input);
  return [caseNo, no, ...cases.map((opened) => opened.caseNo)].flatMap((number = '') => {
    const [, code, day] = /^(.+)-(\d{8})-\d{4}$/.exec(number) ?? [];
    return code === undefined || day === undefined ? [] : [{ code, day }];
  });
}
