import { stillRuns } from '../calendar/passed';
import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import type { HandlingState } from './acceptance';
import { acceptedBody, contentFor, counterFor } from './acceptance';
import { openCase, recordAct } from './chain';
import { comesBySharing, missingMaterials } from './materials';
import type { CaseRecord } from './records';

/**
 * R4: five working days without a word, and the case is accepted from the day of receipt. Any member may record it; it
 * needs no one's leave. What the applicant still lacks may follow until the case is due.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, DEEMED_ACCEPTANCE_NOT_DUE, CALENDAR_MISSING
 */
export function deemAccepted(
  state: HandlingState,
  input: CommandInput<'case.deemAccepted'>,
  member: Member,
): Outcome<CaseRecord> {
  const before = openCase(state.case, input.caseNo, ['SUBMITTED', 'RECEIVED']);
  const now = nowFor(member);
  const { caseNo, replyBy } = before;
  const early = stillRuns(replyBy, member, state.calendar);
  if (early !== undefined) {
    throw new ContractError('DEEMED_ACCEPTANCE_NOT_DUE', { caseNo, replyBy, ...early });
  }
  const content = contentFor(before, state.matter);
  const body = acceptedBody(
    before,
    content,
    { how: 'deemed', on: before.clockFrom, member, now },
    counterFor(state),
  );
  const codes = missingMaterials(content, before.materials, comesBySharing);
  const { dueOn } = body;
  const { promisedLimit: limit } = content;
  const followUp =
    codes.length === 0 || dueOn === undefined ? {} : { tolerated: { codes, limit, dueOn } };
  return recordAct({ ...body, ...followUp }, before, {
    type: 'case.deemAccepted',
    member,
    at: now.at,
    input,
  });
}
