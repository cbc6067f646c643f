import { mergeCalendars } from '../../calendar/working-days';
import type { CommandInput } from '../../kernel/commands';
import { actorOf, requireOwner, requireOtherPerson, type Member } from '../../kernel/caller';
import { actOf, nowFor } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import type { MatterContent } from '../../matter/records';
import {
  contentFor,
  counterFor,
  promptnessOf,
  requireReplyInTime,
  type HandlingState,
} from './acceptance';
import { openCase, recordAct, type CaseRule } from '../chain';
import { askableMaterial } from '../filing/materials';
import type { CaseRecord } from '../records';

const mostNotices = 10;

/**
 * R3: the owner tells once all that must be supplemented, marking materials of the published list and fields of the published
 * form, and nothing else (Zhejiang regulation art 11, 43(3)); what is there is not missing. A second notice needs a new fact
 * under a ground of the closed list, and the consent of a head who did not give the one before: the head signs it, and it
 * raises a flag. R4: on the spot, within five working days at the latest.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, NOTICE_TOO_LATE, SECOND_NOTICE,
 *   NOTICE_CONSENT_REQUIRED, MAKER_IS_CHECKER, NOTHING_MISSING, MATERIAL_UNKNOWN, MATERIAL_SHARED, MATERIAL_PRESENT,
 *   FORM_FIELD_UNKNOWN, LIMIT_REACHED, CALENDAR_MISSING
 */
export const supplementNotice: CaseRule<'case.supplementNotice', HandlingState> = (
  state,
  input,
  member,
) => {
  const before = openCase(state.case, input.caseNo, ['RECEIVED']);
  requireOwner(before, member);
  const now = nowFor(member);
  requireReplyInTime(before, now);
  const second = before.notices.length > 0;
  if (second) requireConsent(before, input, member);
  checkMarks(contentFor(before, state.matter), input);
  requireMissing(before, input);
  const counter = counterFor(state);
  const { items = [], fields, newFact, limit } = input;
  const notice = {
    items,
    ...(fields === undefined ? {} : { fields }),
    ...(newFact === undefined ? {} : { newFact }),
    at: now.at,
    promptness: promptnessOf(before, now),
    by: actorOf(member),
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

type Notice = CommandInput<'case.supplementNotice'>;

/** @throws ContractError SECOND_NOTICE, NOTICE_CONSENT_REQUIRED, MAKER_IS_CHECKER, LIMIT_REACHED */
function requireConsent({ notices }: CaseRecord, { newFact }: Notice, member: Member): void {
  if (newFact === undefined) throw new ContractError('SECOND_NOTICE', { firstAt: notices[0]?.at });
  const { role } = member;
  if (role !== 'head') throw new ContractError('NOTICE_CONSENT_REQUIRED', { role, needed: 'head' });
  const giver = notices.at(-1)?.by;
  if (giver !== undefined) requireOtherPerson(giver, member);
  if (notices.length >= mostNotices) {
    throw new ContractError('LIMIT_REACHED', { held: 'notices', most: mostNotices });
  }
}

function checkMarks(content: MatterContent, { items = [], fields = [] }: Notice): void {
  if (items.length + fields.length === 0) throw new ContractError('NOTHING_MISSING');
  for (const { code } of items) askableMaterial(content, code);
  const known = (content.formFields ?? []).map(({ code }) => code);
  const strange = fields.map(({ code }) => code).filter((code) => !known.includes(code));
  if (strange.length > 0) throw new ContractError('FORM_FIELD_UNKNOWN', { fields: strange });
}

/** What is there may be unclear, wrong or expired, and the notice then says which; it is not missing. */
function requireMissing({ materials }: CaseRecord, { items = [] }: Notice): void {
  const there = items
    .filter(({ deficiency }) => deficiency === 'missing')
    .map(({ code }) => code)
    .filter((code) => materials.some((held) => held.code === code));
  if (there.length > 0) throw new ContractError('MATERIAL_PRESENT', { codes: there });
}
