import { mergeCalendars } from '../calendar/working-days';
import { requireDepartment } from '../kernel/caller';
import { handlingStates } from '../kernel/case-states';
import { actOf, nowFor, type Now } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { replyWorkingDays } from '../kernel/legal-limits';
import { attestedUse, counterFor, type HandlingState } from './acceptance';
import { openCase, recordAct, type CaseBody, type CaseRule } from './chain';
import { handlingState } from './limits';
import { askableMaterial, requireNoneMissing, withAttestations, withDocuments } from './materials';
import type { CaseRecord } from './records';

/**
 * The applicant supplements what a notice asked for (then all of it, the form anew if fields of it were marked, and the
 * owner's five days begin again), or what
 * was tolerated as missing (then any part of it).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, SUPPLEMENT_OVERDUE,
 *   MATERIAL_NOT_REQUESTED, MATERIAL_MISSING, MATERIAL_SHARED, FORM_REQUIRED, FORM_NOT_REQUESTED, ATTESTATION_MISMATCH, ATTESTATION_NOT_VALID,
 *   CALENDAR_MISSING
 */
export const supplementCase: CaseRule<'case.supplement', HandlingState> = (
  state,
  input,
  member,
) => {
  const allowed = ['SUPPLEMENT_NOTIFIED', ...handlingStates] as const;
  const before = openCase(state.case, input.caseNo, allowed);
  requireDepartment(member, before.applicant);
  const now = nowFor(member);
  const attested = input.attested ?? [];
  const codes = [...input.materials, ...attested].map(({ code }) => code);
  const supplemented =
    before.state === 'SUPPLEMENT_NOTIFIED'
      ? answerNotice(before, { codes, form: input.form }, now, state)
      : answerTolerance(before, { codes, form: input.form }, now);
  const use = attestedUse(before, state);
  for (const { code } of input.materials) askableMaterial(use.content, code);
  const documents = withDocuments(before.materials, input.materials, member.department, now.at);
  const materials = withAttestations(documents, attested, use, member.department, now);
  return recordAct(before, actOf('case.supplement', input, member), { ...supplemented, materials });
};

interface Supplement {
  readonly codes: readonly string[];
  readonly form: CaseRecord['form'] | undefined;
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
  requireAsked(codes, asked, notice.dueOn, now);
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
  requireAsked(codes, tolerated.codes, tolerated.dueOn, now);
  if (codes.length === 0) requireNoneMissing(tolerated.codes);
  const left = tolerated.codes.filter((code) => !codes.includes(code));
  return left.length === 0 ? rest : { ...rest, tolerated: { ...tolerated, codes: left } };
}

function requireAsked(
  codes: readonly string[],
  asked: readonly string[],
  dueOn: string,
  now: Now,
): void {
  if (now.today > dueOn) throw new ContractError('SUPPLEMENT_OVERDUE', { dueOn, today: now.today });
  const strange = codes.filter((code) => !asked.includes(code));
  if (strange.length > 0) throw new ContractError('MATERIAL_NOT_REQUESTED', { codes: strange });
}
