import { stillRuns } from '../../calendar/passed';
import { actOf, nowFor } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { silenceFollowUpWorkingDays } from '../../kernel/legal-limits';
import { acceptedBody, contentFor, counterFor, type HandlingState } from './acceptance';
import { openCase, recordAct, type CaseRule } from '../chain';
import { comesBySharing, missingMaterials } from '../filing/materials';

/**
 * R4: when the owner has not replied within five working days, the case counts as accepted from the day of receipt. Any
 * member may record it. What is missing may follow until the decision, and is held against the applicant only after
 * {@link silenceFollowUpWorkingDays} from the record on, whatever day the case itself is due on: that one may lie behind, and
 * the silence was not the applicant's. No voucher goes out, since nobody gave one.
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
  const counter = counterFor(state);
  const codes = missingMaterials(content, before.materials, comesBySharing);
  const limit = { value: silenceFollowUpWorkingDays, unit: 'workingDay' } as const;
  const followUp =
    codes.length === 0
      ? {}
      : { tolerated: { codes, limit, dueOn: counter.add(now.today, limit.value) } };
  const acceptance = { how: 'deemed', on: before.clockFrom, member, now } as const;
  const body = acceptedBody(before, content, acceptance, counter);
  return recordAct(before, actOf('case.deemAccepted', input, member), { ...body, ...followUp });
};
