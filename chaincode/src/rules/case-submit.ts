import type {
  CaseRecord,
  CommandInput,
  CommitmentBarRecord,
  MatterContent,
  MatterRecord,
} from '../model';
import { ContractError, replyWorkingDays } from '../model';
import type { Member, Outcome } from './caller';
import { absent, actorOf, found } from './caller';
import type { Now } from './case-chain';
import { nowFor, recordAct } from './case-chain';
import { checkCommitment } from './case-commitment';
import {
  askableMaterial,
  comesBySharing,
  missingMaterials,
  requireNoneMissing,
  withCommitment,
  withDocuments,
} from './case-materials';
import { mergeCalendars, waitingSteps } from './case-steps';
import { shiftDate } from './days';
import type { CalendarLookup } from './working-days';
import { createWorkingDayCounter } from './working-days';

export interface SubmitCaseState {
  readonly existing: CaseRecord | undefined;
  readonly matter: MatterRecord | undefined;
  /** Looked for when the applicant commits itself. */
  readonly bar: CommitmentBarRecord | undefined;
  readonly calendar: CalendarLookup;
}

/**
 * An applicant department files one form and one set of materials. R1: only against a published version in force;
 * R2: what is required is there, comes by sharing, or is tolerable. The five days run from this instant: entry into the
 * designated system is receipt (Electronic Signature Law art 11), so not acknowledging a case gains nobody time.
 * @throws ContractError ALREADY_EXISTS, NOT_FOUND, MATTER_NOT_PUBLISHED, MATTER_NOT_EFFECTIVE, CASE_NUMBER_INVALID,
 *   COMMITMENT_NOT_ALLOWED, COMMITMENT_BARRED, MATERIAL_UNKNOWN, MATERIAL_SHARED, MATERIAL_MISSING, CALENDAR_MISSING
 */
export function submitCase(
  state: SubmitCaseState,
  input: CommandInput<'case.submit'>,
  member: Member,
): Outcome<CaseRecord> {
  absent(state.existing, { caseNo: input.caseNo });
  const now = nowFor(undefined, member);
  const matter = filable(state.matter, input, now);
  checkCaseNumber(input, now);
  checkCommitment(matter.content, input, state.bar);
  checkMaterials(matter.content, input);
  const counter = createWorkingDayCounter(state.calendar);
  const replyBy = counter.add(now.today, replyWorkingDays);
  const parties = new Set([member.department, matter.owner, ...matter.participants]);
  return recordAct(
    {
      kind: 'case',
      v: 1,
      caseNo: input.caseNo,
      taskCode: matter.taskCode,
      matterVersion: matter.version,
      matterDigest: matter.contentDigest,
      applicant: member.department,
      owner: matter.owner,
      parties: [...parties].sort(),
      state: 'SUBMITTED',
      form: input.form,
      materials: filedMaterials(input, member.department, now.at),
      ...promisesOf(input),
      notices: [],
      steps: waitingSteps(matter.content),
      flags: [],
      calendars: mergeCalendars([], counter),
      submittedAt: now.at,
      submittedBy: actorOf(member),
      clockFrom: now.today,
      replyBy,
    },
    undefined,
    { type: 'case.submit', member, at: now.at, input },
  );
}

function filable(
  record: MatterRecord | undefined,
  input: CommandInput<'case.submit'>,
  now: Now,
): MatterRecord {
  const { taskCode, matterVersion: version } = input;
  const matter = found(record, { taskCode, version });
  if (matter.status !== 'published') {
    throw new ContractError('MATTER_NOT_PUBLISHED', { taskCode, version, state: matter.status });
  }
  const { effectiveFrom } = matter.content;
  const { effectiveTo = now.today, supersededBy } = matter;
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

/** The day in the number is the day of filing, or the one before for a number made just before midnight. */
function checkCaseNumber(input: CommandInput<'case.submit'>, now: Now): void {
  const [taskCode, day] = input.caseNo.split('-');
  const days = [now.today, shiftDate(now.today, -1)].map((date) => date.replaceAll('-', ''));
  if (taskCode !== input.taskCode || day === undefined || !days.includes(day)) {
    throw new ContractError('CASE_NUMBER_INVALID', { caseNo: input.caseNo, days });
  }
}

type Filing = CommandInput<'case.submit'>;

function filedMaterials({ materials, commitment }: Filing, department: string, at: string) {
  const documents = withDocuments([], materials, department, at);
  return commitment === undefined
    ? documents
    : withCommitment(documents, commitment, department, at);
}

function promisesOf({ pledge, commitment }: Filing): Pick<CaseRecord, 'pledge' | 'commitment'> {
  return {
    ...(pledge === undefined ? {} : { pledge }),
    ...(commitment === undefined ? {} : { commitment }),
  };
}

function checkMaterials(content: MatterContent, input: CommandInput<'case.submit'>): void {
  for (const { code } of input.materials) askableMaterial(content, code);
  const given = filedMaterials(input, '', '');
  requireNoneMissing(
    missingMaterials(content, given, (listed) => comesBySharing(listed) || listed.tolerable),
  );
}
