import { stillRuns } from '../../calendar/passed';
import { mergeCalendars, type WorkingDayCounter } from '../../calendar/working-days';
import type { CommandInput } from '../../kernel/commands';
import type { Member } from '../../kernel/caller';
import { actorOf, requireOwner, requireOtherPerson } from '../../kernel/caller';
import { handlingStates } from '../../kernel/case-states';
import { actOf, nowFor, type Now } from '../../kernel/chain';
import { later, shanghaiDate } from '../../kernel/days';
import { ContractError, refusedOn } from '../../kernel/errors';
import {
  deliveryWorkingDays,
  inspectionWorkingDays,
  silenceFollowUpWorkingDays,
} from '../../kernel/legal-limits';
import { requireReason, type Reason } from '../../kernel/reason';
import { attestedUse, contentFor, counterFor, type HandlingState } from '../acceptance/acceptance';
import type { MatterContent } from '../../matter/records';
import { openCase, recordAct, type CaseRule } from '../chain';
import { runningPauses } from '../clocks/clocks';
import { isOpposing } from '../opinions/disagreement';
import {
  missingMaterials,
  requireNoneMissing,
  requireValidEvidence,
  withAttestations,
} from '../filing/materials';
import { requireNotDisowned } from '../responsibility/not-mine';
import { requireCoDecision } from '../filing/own-application';
import { withOwnerEvidence } from '../filing/owner-evidence';
import type { CaseRecord } from '../records';
import { sealedOf } from '../result/sealed';
import { outstandingSteps, stepsAgainst } from '../steps';

/**
 * The owner's head, who is not the official that accepted, decides once every department has answered (or was passed over
 * after its escalation, R11) and no special procedure runs. A grant needs
 * every required material, the shared ones by valid attestations, and no department's disagreement that the government has
 * not lifted, unless the opinion is only advice; a refusal needs
 * reason and remedy (R5).
 * @throws ContractError NOT_FOUND, CASE_CLOSED, WRONG_STATE, WRONG_DEPARTMENT, MAKER_IS_CHECKER, OPINIONS_OUTSTANDING,
 *   SPECIAL_PROCEDURE_RUNNING, SUPPLEMENT_NOT_OVERDUE, OPINION_DISAGREES, CO_DECISION_MISSING, MATERIAL_MISSING, REASON_REQUIRED, TRANSFER_REQUIRED, VOUCHER_REQUIRED, ATTESTATION_MISMATCH, ATTESTATION_NOT_VALID, CALENDAR_MISSING
 */
export const decideCase: CaseRule<'case.decide', HandlingState> = (state, input, member) => {
  const before = openCase(state.case, input.caseNo, handlingStates);
  requireOwner(before, member);
  if (before.acceptance?.how !== 'deemed' && before.acceptance !== undefined) {
    requireOtherPerson(before.acceptance.by, member);
  }
  const steps = outstandingSteps(before);
  if (steps.length > 0) throw stepsAgainst('OPINIONS_OUTSTANDING', steps);
  const now = nowFor(member);
  const running = runningPauses(before, now.today).map(({ no }) => no);
  if (running.length > 0) throw new ContractError('SPECIAL_PROCEDURE_RUNNING', { no: running });
  const materials = decidedMaterials(before, input, state, member, now);
  const granted = input.outcome === 'granted';
  const { outcome, document, reason } = input;
  const sealed = sealedOf(document, input, now);
  if (!granted) {
    requireFollowedUp(
      before,
      requireReason(reason, { remedy: true, basis: 'decision' }),
      member,
      state,
    );
  }
  requireNotDisowned(reason, { caseNo: input.caseNo });
  const counter = counterFor(state);
  const decided = reason === undefined ? {} : { reason };
  return recordAct(before, actOf('case.decide', input, member), {
    ...before,
    materials,
    state: granted ? 'DECIDED_GRANTED' : 'DECIDED_REFUSED',
    ...(granted ? inspected(before, contentFor(before, state.matter), now, counter) : {}),
    decision: { outcome, document, ...sealed, ...decided, by: actorOf(member), at: now.at },
    deliverBy: counter.add(now.today, deliveryWorkingDays),
    calendars: mergeCalendars(before.calendars, counter),
  });
};

/**
 * What silence accepted with gaps is not refused while the applicant may still fill them, whatever the decision says of its
 * reasons: but where the organ lacks competence, or nothing need be applied for, no material changes that. Older records
 * have the day on which the case itself was due, which may have been over before the silence was recorded.
 * @throws ContractError SUPPLEMENT_NOT_OVERDUE
 */
function requireFollowedUp(
  { acceptance, tolerated }: CaseRecord,
  reason: Reason,
  member: Member,
  state: HandlingState,
): void {
  if (acceptance?.how !== 'deemed' || tolerated === undefined) return;
  if (reason.code === 'notCompetent' || reason.code === 'notRequired') return;
  const { codes } = tolerated;
  const least = counterFor(state).add(shanghaiDate(acceptance.at), silenceFollowUpWorkingDays);
  const dueOn = later(tolerated.dueOn, least);
  const early = stillRuns(dueOn, member, state.calendar);
  if (early !== undefined) {
    throw refusedOn('SUPPLEMENT_NOT_OVERDUE', 'house', { dueOn, ...early, codes });
  }
}

/** What is granted on a commitment is inspected within sixty working days, or the time that the version cites (art 14(2)). */
function inspected(
  { commitment }: CaseRecord,
  { commitment: allowed }: MatterContent,
  now: Now,
  counter: WorkingDayCounter,
): Pick<CaseRecord, 'commitment'> {
  if (commitment === undefined) return {};
  const days = allowed?.inspection?.limit.value;
  const inspectBy = counter.add(now.today, days ?? inspectionWorkingDays);
  const inspectionDays = days === undefined ? {} : { inspectionDays: days };
  return { commitment: { ...commitment, inspectBy, ...inspectionDays } };
}

function decidedMaterials(
  before: CaseRecord,
  input: CommandInput<'case.decide'>,
  state: HandlingState,
  member: Member,
  now: Now,
): CaseRecord['materials'] {
  const use = attestedUse(before, state);
  const { attested = [] } = input;
  if (input.outcome === 'refused') {
    return withAttestations(before.materials, attested, use, member.department, now);
  }
  const held = withOwnerEvidence(before.materials, { attested }, use, member, now);
  const disagreeing = before.steps.filter(isOpposing);
  if (disagreeing.length > 0) throw stepsAgainst('OPINION_DISAGREES', disagreeing);
  requireCoDecision(before);
  requireNoneMissing(missingMaterials(use.content, held, () => false));
  requireValidEvidence(held, state.attestations, now);
  return held;
}
