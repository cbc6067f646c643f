import { mergeCalendars } from '../calendar/working-days';
import type { CommandInput } from '../kernel/commands';
import { requireDepartment } from '../kernel/caller';
import { actOf, nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import type { MatterContent } from '../matter/records';
import { contentFor, counterFor, requireReplyInTime, type HandlingState } from './acceptance';
import { openCase, recordAct, type CaseRule } from './chain';
import { askableMaterial } from './materials';

const mostNotices = 10;

/**
 * R3: the owner tells once all that must be supplemented, marking materials of the published list and fields of the published
 * form, and nothing else. A second notice needs a new
 * fact and raises a flag (Zhejiang regulation art 11, 43(3)). R4: within five working days.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, NOTICE_TOO_LATE, SECOND_NOTICE,
 *   NOTHING_MISSING, MATERIAL_UNKNOWN, MATERIAL_SHARED, FORM_FIELD_UNKNOWN, LIMIT_REACHED, CALENDAR_MISSING
 */
export const supplementNotice: CaseRule<'case.supplementNotice', HandlingState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, ['RECEIVED']);
  requireDepartment(member, before.owner);
  const now = nowFor(member);
  requireReplyInTime(before, now);
  const second = before.notices.length > 0;
  if (second && input.newFact === undefined) {
    throw new ContractError('SECOND_NOTICE', { firstAt: before.notices[0]?.at });
  }
  if (before.notices.length >= mostNotices) {
    throw new ContractError('LIMIT_REACHED', { notices: mostNotices });
  }
  checkMarks(contentFor(before, state.matter), input);
  const counter = counterFor(state);
  const { items = [], fields, newFact, limit } = input;
  const notice = {
    items,
    ...(fields === undefined ? {} : { fields }),
    ...(newFact === undefined ? {} : { newFact }),
    at: now.at,
    limit,
    dueOn: counter.add(now.today, limit.value),
  };
  const flag = { code: 'secondNotice', seq: before.nextSeq } as const;
  return recordAct(before, actOf('case.supplementNotice', input, member), {
    ...before,
    state: 'SUPPLEMENT_NOTIFIED',
    notices: [...before.notices, notice],
    flags: second ? [...before.flags, flag] : before.flags,
    calendars: mergeCalendars(before.calendars, counter),
  });
};

function checkMarks(
  content: MatterContent,
  { items = [], fields = [] }: CommandInput<'case.supplementNotice'>,
): void {
  if (items.length + fields.length === 0) throw new ContractError('NOTHING_MISSING');
  for (const { code } of items) askableMaterial(content, code);
  const known = (content.formFields ?? []).map(({ code }) => code);
  const strange = fields.map(({ code }) => code).filter((code) => !known.includes(code));
  if (strange.length > 0) throw new ContractError('FORM_FIELD_UNKNOWN', { fields: strange });
}
