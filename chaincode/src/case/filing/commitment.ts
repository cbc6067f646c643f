import type { CommandInput } from '../../kernel/commands';
import { shanghaiDate, yearsAfter } from '../../kernel/days';
import { ContractError } from '../../kernel/errors';
import { badRecordYears } from '../../kernel/legal-limits';
import type { MatterContent } from '../../matter/records';
import type { BrokenCommitmentRecord, CommitmentBarRecord } from './commitment-records';

/** What stands against a new commitment of an applicant. */
export interface CommitmentBars {
  /** Commitments that it broke, in whatever matter. */
  readonly broken: readonly BrokenCommitmentRecord[];
  /** From before bars reached all matters, of this one. */
  readonly bar: CommitmentBarRecord | undefined;
}

/**
 * 告知承诺 at filing: the matter's version allows it, for these materials, and the applicant has not lost the use of it
 * (Zhejiang regulation art 14).
 * @throws ContractError COMMITMENT_NOT_ALLOWED, COMMITMENT_BARRED
 */
export function checkCommitment(
  content: MatterContent,
  { commitment, taskCode, materials }: CommandInput<'case.submit'>,
  bars: CommitmentBars,
  today: string,
): void {
  if (commitment === undefined) return;
  const allowed = content.commitment?.materials ?? [];
  const strange = commitment.materials.filter((code) => !allowed.includes(code));
  if (strange.length > 0) {
    throw new ContractError('COMMITMENT_NOT_ALLOWED', { taskCode, codes: strange, allowed });
  }
  const twice = materials.map(({ code }) => code).filter((c) => commitment.materials.includes(c));
  if (twice.length > 0) throw new ContractError('COMMITMENT_NOT_ALLOWED', { given: twice });
  requireUnbarred(bars, today);
}

/** The bar ends with the last day of the bad record, or its repair. */
function requireUnbarred({ broken, bar }: CommitmentBars, today: string): void {
  const standing = broken.filter(({ lifted }) => lifted === undefined);
  const old = bar === undefined ? [] : [{ ...bar, until: badRecordEnds(bar.at) }];
  const barring = [...standing, ...old].find(({ until }) => today <= until);
  if (barring === undefined) return;
  const { caseNo, at, until } = barring;
  throw new ContractError('COMMITMENT_BARRED', { caseNo, at, until });
}

/** Last day for which a bad record is kept where nothing else provides otherwise. */
export const badRecordEnds = (at: string): string => yearsAfter(shanghaiDate(at), badRecordYears);
