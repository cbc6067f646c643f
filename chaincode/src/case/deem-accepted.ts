import { stillRuns } from '../calendar/passed';
import { actOf, nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { acceptedBody, contentFor, counterFor, type HandlingState } from './acceptance';
import { openCase, recordAct, type CaseRule } from './chain';
import { comesBySharing, missingMaterials } from './materials';

/**
 * R4: when the owner has not replied within five working days, the case counts as accepted from the day of receipt. Any
 * member may record it. Materials that are missing may be supplied until the case is due.
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, DEEMED_ACCEPTANCE_NOT_DUE, CALENDAR_MISSING
 */
export const deemAccepted: CaseRule<'case.deemAccepted', HandlingState> = (
  state,
  input,
  member,
) => {
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
  return recordAct(before, actOf('case.deemAccepted', input, member), { ...body, ...followUp });
};
