import { mergeCalendars } from '../../calendar/working-days';
import { requireDepartment } from '../../kernel/caller';
import type { CommandInput } from '../../kernel/commands';
import { handlingStates } from '../../kernel/case-states';
import { actOf, nowFor, type Now } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { replyWorkingDays } from '../../kernel/legal-limits';
import { attestedUse, counterFor, type HandlingState } from './acceptance';
import { openCase, recordAct, type CaseBody, type CaseRule } from '../chain';
import { contestedFlag, withContests } from '../filing/contest';
import { handlingState } from '../clocks/limits';
import {
  isContested,
  requireNoneMissing,
  withAttestations,
  withDocuments,
} from '../filing/materials';
import type { CaseRecord } from '../records';

/**
 * The applicant supplements what a notice asked for (then all of it, the form anew if fields of it were marked, and the
 * owner's five days begin again), or what was tolerated as missing (then any part of it). Against shared data that it
 * contests it gives its own document unasked, as long as the case is open (Zhejiang regulation art 7(2)).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, SUPPLEMENT_OVERDUE,
 *   MATERIAL_NOT_REQUESTED, MATERIAL_MISSING, MATERIAL_SHARED, CONTEST_NOT_SHARED, FORM_REQUIRED, FORM_NOT_REQUESTED,
 *   ATTESTATION_MISMATCH, ATTESTATION_NOT_VALID, CALENDAR_MISSING
 */
export const supplementCase: CaseRule<'case.supplement', HandlingState> = (
  state,
  input,
  member,
) => {
  const own = contestedCodes(state.case, input);
  const asked = askedFor(input, own);
  const contestsOnly = own.length > 0 && asked.codes.length === 0 && asked.form === undefined;
  const before = openCase(state.case, input.caseNo, contestsOnly ? undecided : supplementable);
  requireDepartment(member, before.applicant);
  const now = nowFor(member);
  const supplemented = contestsOnly ? before : answered(before, asked, now, state);
  const use = attestedUse(before, state);
  const documents = withDocuments(before.materials, input, use.content, member.department, now.at);
  const materials = withAttestations(documents, input.attested ?? [], use, member.department, now);
  const flags = [...before.flags, ...contestedFlag(before.nextSeq, input)];
  const body = { ...supplemented, materials, flags };
  const done = recordAct(before, actOf('case.supplement', input, member), body);
  return withContests(done, input, use.content, state.sources);
};

const supplementable = ['SUPPLEMENT_NOTIFIED', ...handlingStates] as const;
const undecided = ['SUBMITTED', 'RECEIVED', ...supplementable] as const;

/** What the applicant contests unasked, and what it contests no longer, naming an attestation of the data itself. */
function contestedCodes(
  record: CaseRecord | undefined,
  { contested = [], attested = [] }: CommandInput<'case.supplement'>,
): string[] {
  const taken = attested.filter(({ code }) => isContested(record?.materials ?? [], code));
  const wanted = record === undefined ? [] : wantedCodes(record);
  const codes = [...contested, ...taken].map(({ code }) => code);
  return codes.filter((code) => !wanted.includes(code));
}

/** What a notice or a tolerance waits for. */
function wantedCodes({ state, notices, tolerated }: CaseRecord): readonly string[] {
  if (state !== 'SUPPLEMENT_NOTIFIED') return tolerated?.codes ?? [];
  return notices.at(-1)?.items.map(({ code }) => code) ?? [];
}

/** What must have been asked for: all the rest. */
function askedFor(
  { materials, attested = [], form }: CommandInput<'case.supplement'>,
  own: readonly string[],
): Supplement {
  const codes = [...materials, ...attested].map(({ code }) => code);
  return { codes: codes.filter((code) => !own.includes(code)), form };
}

function answered(before: CaseRecord, asked: Supplement, now: Now, state: HandlingState): CaseBody {
  return before.state === 'SUPPLEMENT_NOTIFIED'
    ? answerNotice(before, asked, now, state)
    : answerTolerance(before, asked, now);
}

interface Supplement {
  readonly codes: readonly string[];
  readonly form?: CaseRecord['form'] | undefined;
}

/** The form comes anew exactly when fields of it were marked. */
function renewedForm(
  form: Supplement['form'],
  fields: CaseRecord['notices'][number]['fields'],
): Partial<Pick<CaseRecord, 'form'>> {
  const marked = fields?.map(({ code }) => code) ?? [];
  if (marked.length > 0 && form === undefined) {
    throw new ContractError('FORM_REQUIRED', { fields: marked });
  }
  if (marked.length === 0 && form !== undefined) throw new ContractError('FORM_NOT_REQUESTED');
  return form === undefined ? {} : { form };
}

function answerNotice(
  before: CaseRecord,
  { codes, form }: Supplement,
  now: Now,
  state: HandlingState,
): CaseBody {
  const notice = before.notices.at(-1);
  if (notice === undefined) throw new ContractError('STORED_RECORD_INVALID', { field: 'notices' });
  const asked = notice.items.map((item) => item.code);
  requireInTime(notice.dueOn, now);
  requireAsked(codes, asked);
  requireNoneMissing(asked.filter((code) => !codes.includes(code)));
  const counter = counterFor(state);
  return {
    ...before,
    ...renewedForm(form, notice.fields),
    state: 'RECEIVED',
    notices: [...before.notices.slice(0, -1), { ...notice, answeredAt: now.at }],
    clockFrom: now.today,
    replyBy: counter.add(now.today, replyWorkingDays),
    calendars: mergeCalendars(before.calendars, counter),
  };
}

function answerTolerance(before: CaseRecord, { codes, form }: Supplement, now: Now): CaseBody {
  const { tolerated, ...others } = before;
  const rest = { ...others, state: handlingState(before, now.today) };
  renewedForm(form, undefined);
  if (tolerated === undefined) throw new ContractError('MATERIAL_NOT_REQUESTED', { codes });
  // A gap that the owner's silence accepted stays open until the decision: its day only keeps a refusal off.
  if (before.acceptance?.how !== 'deemed') requireInTime(tolerated.dueOn, now);
  requireAsked(codes, tolerated.codes);
  if (codes.length === 0) requireNoneMissing(tolerated.codes);
  const left = tolerated.codes.filter((code) => !codes.includes(code));
  const came = codes.map((code) => ({ code, at: now.at }));
  const followed = { ...rest, followedUp: [...(before.followedUp ?? []), ...came] };
  return left.length === 0 ? followed : { ...followed, tolerated: { ...tolerated, codes: left } };
}

function requireInTime(dueOn: string, { today }: Now): void {
  if (today > dueOn) throw new ContractError('SUPPLEMENT_OVERDUE', { dueOn, today });
}

function requireAsked(codes: readonly string[], asked: readonly string[]): void {
  const strange = codes.filter((code) => !asked.includes(code));
  if (strange.length > 0) throw new ContractError('MATERIAL_NOT_REQUESTED', { codes: strange });
}
