import type { CalendarLookup } from '../../calendar/working-days';
import { createWorkingDayCounter, mergeCalendars } from '../../calendar/working-days';
import type { CommandInput } from '../../kernel/commands';
import { absent, actorOf, found, type Member, type Outcome } from '../../kernel/caller';
import { nowFor, type Now } from '../../kernel/chain';
import { shanghaiDate } from '../../kernel/days';
import { ContractError } from '../../kernel/errors';
import { defaultWindowSeconds, settledAt } from '../../kernel/ledger-time';
import { replyWorkingDays } from '../../kernel/legal-limits';
import type { Actor } from '../../kernel/roles';
import { periodOf } from '../../kernel/versioned';
import type { MatterContent, MatterRecord } from '../../matter/records';
import { recordAct, type CaseRule } from '../chain';
import { checkCommitment, type CommitmentBars } from './commitment';
import { contestedFlag, withContests, type Sources } from './contest';
import { refiled, type FormerFilingRecord } from './former-filing';
import {
  comesBySharing,
  missingMaterials,
  requireNoneMissing,
  withCommitment,
  withDocuments,
} from './materials';
import { ownApplication } from './own-application';
import type { CaseEventRecord, CaseRecord } from '../records';
import { waitingSteps } from '../steps';

export interface SubmitCaseState {
  readonly existing: CaseRecord | undefined;
  /** The event that filed the case under the number which this filing gave up; read when the command names one. */
  readonly taken: CaseEventRecord | undefined;
  readonly matter: MatterRecord | undefined;
  /** Read when the filing contains a commitment. */
  readonly bars: CommitmentBars;
  /** The applicant's former case of the matter that ended without a decision. */
  readonly former: FormerFilingRecord | undefined;
  readonly calendar: CalendarLookup;
  readonly sources: Sources;
}

/**
 * An applicant department files one form and one set of materials. R1: only against a published version in force; R2: what
 * is required is there, comes by sharing, or is tolerable. The five days run from this instant: entry into the designated
 * system is receipt (Electronic Signature Law art 11(2)), so not acknowledging a case gains nobody time. A filing that was
 * first signed under another number names it. There must be a case under that number: reading its first event puts the
 * transaction that made it into what the peers endorse, so the signer can see that it was somebody else's.
 * @throws ContractError ALREADY_EXISTS, NOT_FOUND, MATTER_NOT_PUBLISHED, MATTER_NOT_EFFECTIVE, OWN_MATTER, CASE_NUMBER_INVALID,
 *   COMMITMENT_NOT_ALLOWED, COMMITMENT_BARRED, MATERIAL_UNKNOWN, MATERIAL_SHARED, CONTEST_NOT_SHARED,
 *   MATERIAL_MISSING, CALENDAR_MISSING
 */
export const submitCase: CaseRule<'case.submit', SubmitCaseState> = (state, input, member) => {
  const { insteadOf, ...filing } = input;
  absent(state.existing, { caseNo: input.caseNo });
  if (insteadOf !== undefined) found(state.taken, { caseNo: insteadOf });
  const now = nowFor(member);
  const matter = filable(state.matter, input, now);
  ownApplication(matter, member.department);
  checkNumber(input.caseNo, input.taskCode, now);
  checkCommitment(matter.content, input, state.bars, now.today);
  const applicant = applying(member);
  const { calendar, former, sources } = state;
  const filed = fileCase(matter, filing, { applicant, now, calendar, member, former });
  return withContests(filed, filing, matter.content, sources);
};

/** Whose a new case is, and who signed the application for it. */
export interface Applicant {
  readonly department: string;
  readonly mspId: string;
  readonly by: Actor;
}

/** Who signs its own application. */
export function applying(member: Member): Applicant {
  const { department, mspId } = member;
  return { department, mspId, by: actorOf(member) };
}

/** What a case is filed with beside its matter. */
export interface Filing {
  readonly applicant: Applicant;
  readonly now: Now;
  readonly calendar: CalendarLookup;
  /** Who opens it: the applicant, or whoever moves a one thing on. */
  readonly member: Member;
  readonly oneThing?: NonNullable<CaseRecord['oneThing']>;
  readonly former?: FormerFilingRecord | undefined;
}

/**
 * A new case against a matter version that may be filed.
 * @throws ContractError OWN_MATTER, MATERIAL_UNKNOWN, MATERIAL_SHARED, CONTEST_NOT_SHARED, MATERIAL_MISSING, CALENDAR_MISSING
 */
export function fileCase(
  matter: MatterRecord,
  input: CommandInput<'case.submit'>,
  { applicant, now, calendar, member, oneThing, former }: Filing,
): Outcome<CaseRecord> {
  const materials = filedMaterials(matter.content, input, applicant.department, now.at);
  const counter = createWorkingDayCounter(calendar);
  const replyBy = counter.add(now.today, replyWorkingDays);
  const own = ownApplication(matter, applicant.department);
  const part = oneThing === undefined ? {} : { oneThing };
  return recordAct(
    undefined,
    { type: 'case.submit', member, at: now.at, input: { ...input, ...part } },
    {
      ...{ kind: 'case', v: 1, caseNo: input.caseNo },
      ...part,
      taskCode: matter.taskCode,
      matterVersion: matter.version,
      matterDigest: matter.contentDigest,
      applicant: applicant.department,
      applicantMsp: applicant.mspId,
      owner: matter.owner,
      ...own,
      parties: filedParties(matter, applicant.department, own.coDecider),
      state: 'SUBMITTED',
      form: input.form,
      materials,
      ...promisesOf(input),
      ...refiled(former, now.today),
      notices: [],
      steps: waitingSteps(matter.content),
      flags: contestedFlag(0, input),
      calendars: mergeCalendars([], counter),
      submittedAt: now.at,
      submittedBy: applicant.by,
      clockFrom: now.today,
      replyBy,
    },
  );
}

function filedParties(
  { owner, participants }: MatterRecord,
  applicant: string,
  coDecider: string | undefined,
): string[] {
  const deciders = coDecider === undefined ? [] : [coDecider];
  return [...new Set([applicant, owner, ...participants, ...deciders])].sort();
}

/**
 * R1: a published matter version, in force on this day.
 * @throws ContractError NOT_FOUND, MATTER_NOT_PUBLISHED, MATTER_NOT_EFFECTIVE
 */
export function filable(
  record: MatterRecord | undefined,
  input: Pick<CommandInput<'case.submit'>, 'taskCode' | 'matterVersion'>,
  now: Now,
): MatterRecord {
  const { taskCode, matterVersion: version } = input;
  const matter = found(record, { taskCode, version });
  if (matter.status !== 'published') {
    throw new ContractError('MATTER_NOT_PUBLISHED', { taskCode, version, state: matter.status });
  }
  const { effectiveFrom, effectiveTo = now.today } = periodOf(matter);
  const { supersededBy } = matter;
  if (now.today < effectiveFrom || now.today > effectiveTo) {
    throw new ContractError('MATTER_NOT_EFFECTIVE', {
      taskCode,
      version,
      today: now.today,
      effectiveFrom,
      effectiveTo,
      ...(supersededBy === undefined ? {} : { supersededBy }),
    });
  }
  return matter;
}

/**
 * `<code>-<day>-<4 to 9 digits>`: the day is the day of filing, or the one before for a number made just before midnight.
 * @throws ContractError CASE_NUMBER_INVALID
 */
export function checkNumber(number: string, code: string, now: Now): void {
  const [first, day] = number.split('-');
  const justBefore = shanghaiDate(settledAt(now.at, defaultWindowSeconds));
  const days = [now.today, justBefore].map((date) => date.replaceAll('-', ''));
  if (first !== code || day === undefined || !days.includes(day)) {
    throw new ContractError('CASE_NUMBER_INVALID', { caseNo: number, days });
  }
}

type Submission = CommandInput<'case.submit'>;

function filedMaterials(
  content: MatterContent,
  input: Submission,
  department: string,
  at: string,
): CaseRecord['materials'] {
  const documents = withDocuments([], input, content, department, at);
  const { commitment } = input;
  const given =
    commitment === undefined ? documents : withCommitment(documents, commitment, department, at);
  requireNoneMissing(
    missingMaterials(content, given, (listed) => comesBySharing(listed) || listed.tolerable),
  );
  return given;
}

function promisesOf({ pledge, commitment }: Submission): Pick<CaseRecord, 'pledge' | 'commitment'> {
  return {
    ...(pledge === undefined ? {} : { pledge }),
    ...(commitment === undefined ? {} : { commitment }),
  };
}
