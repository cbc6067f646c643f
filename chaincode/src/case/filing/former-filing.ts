import { z } from 'zod';
import { caseState, type CaseState } from '../../kernel/case-states';
import type { ChainAct } from '../../kernel/chain';
import { shanghaiDate, shiftDate } from '../../kernel/days';
import { refilingDays } from '../../kernel/legal-limits';
import { caseNo, date, mspId, recordOf, taskCode } from '../../kernel/scalars';
import { hasMissedLimit } from '../clocks/ended-clocks';
import type { CaseRecord } from '../records';

/** Ends after which an applicant may file the same matter again because nobody decided. */
const withoutDecision: readonly CaseState[] = [
  'WITHDRAWN',
  'DEEMED_WITHDRAWN',
  'NOT_ACCEPTED',
  'ACCEPTANCE_REVOKED',
];

/**
 * The newest case of a matter that ended without a decision, by applicant: its next filing is linked to it. It is found by
 * the applicant's MSP, which a filing knows before anything is read, so that the link costs no message of its own.
 */
export const formerFilingRecord = recordOf('formerFiling', {
  taskCode,
  applicantMsp: mspId,
  caseNo,
  how: caseState,
  endedOn: date,
  /** Somebody else than the applicant had missed a limit of it. */
  late: z.boolean(),
});
export type FormerFilingRecord = z.output<typeof formerFilingRecord>;

/** Former cases of one applicant, by the matter. */
export type FormerFilings = ReadonlyMap<string, FormerFilingRecord>;

/** What an act leaves for the next filing, where it ends the case without a decision. */
export function formerFiling(
  before: CaseRecord | undefined,
  { caseNo: no, taskCode: task, applicantMsp, state }: CaseRecord,
  { at }: Pick<ChainAct, 'at'>,
): readonly FormerFilingRecord[] {
  if (before === undefined || applicantMsp === undefined) return [];
  if (before.state === state || !withoutDecision.includes(state)) return [];
  return [
    {
      kind: 'formerFiling',
      v: 1,
      taskCode: task,
      applicantMsp,
      caseNo: no,
      how: state,
      endedOn: shanghaiDate(at),
      late: hasMissedLimit(before, at),
    },
  ];
}

/** The link of a new filing to the former one, if that ended a short time before. */
export function refiled(
  former: FormerFilingRecord | undefined,
  today: string,
): Pick<CaseRecord, 'refiles'> {
  if (former === undefined || shiftDate(former.endedOn, refilingDays) < today) return {};
  const { caseNo: no, how, endedOn, late } = former;
  return { refiles: { caseNo: no, how, endedOn, late } };
}
