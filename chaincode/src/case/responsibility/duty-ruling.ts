import type { CoordinationOrgans } from '../../duty/coordination';
import type { CitedDuty } from '../../duty/citing';
import type { CommandInput } from '../../kernel/commands';
import { eventOf, found, requireOtherPerson, type Member, type Outcome } from '../../kernel/caller';
import { closedStates } from '../../kernel/case-states';
import { actOf, type Now } from '../../kernel/chain';
import { ContractError } from '../../kernel/errors';
import { recordAct, type CaseBody } from '../chain';
import type { CaseRecord } from '../records';
import { citedClause, citedFor, refuseApplicant, withParty } from './responsibility';
import type { DutyClause, DutyRulingRecord } from '../responsibility-records';

export interface DutyRulingState extends CoordinationOrgans {
  readonly ruling: DutyRulingRecord | undefined;
  readonly case: CaseRecord | undefined;
  /** The clause that is cited, of the department that is named responsible. */
  readonly duty: CitedDuty | undefined;
}

type RulingInput = CommandInput<'dutyRuling.propose'>;

/**
 * A ruling that nobody has decided, and its case.
 * @throws ContractError NOT_FOUND, WRONG_STATE
 */
export function openRuling(
  state: DutyRulingState,
  { rulingId }: RulingInput,
  allowed: readonly DutyRulingRecord['status'][],
): { readonly ruling: DutyRulingRecord; readonly before: CaseRecord } {
  const ruling = found(state.ruling, { rulingId });
  const before = found(state.case, { caseNo: ruling.caseNo });
  if (!allowed.includes(ruling.status)) {
    throw new ContractError('WRONG_STATE', { rulingId, state: ruling.status, allowed });
  }
  return { ruling, before };
}

/**
 * The clause of whoever is named responsible: never the applicant, and never by an official of the dispute.
 * @throws ContractError MAKER_IS_CHECKER, TRANSFER_INVALID, DUTY_UNKNOWN, DUTY_NOT_CONFIRMED, DUTY_NOT_IN_FORCE, DUTY_NOT_CONCERNED
 */
export function namedClause(
  { duty }: DutyRulingState,
  { department, dutyCode }: RulingInput,
  { ruling, before }: { readonly ruling: DutyRulingRecord; readonly before: CaseRecord },
  member: Member,
  now: Now,
): DutyClause {
  if (ruling.requested !== undefined) requireOtherPerson(ruling.requested.by, member);
  for (const { offeredBy, answeredBy } of ruling.bounces) {
    requireOtherPerson(offeredBy, member);
    if (answeredBy !== undefined) requireOtherPerson(answeredBy, member);
  }
  refuseApplicant(before, department);
  const about = citedFor(before, ruling.subject);
  return citedClause(duty, { department, dutyCode }, about, now.today);
}

interface RulingAct<N extends 'dutyRuling.propose' | 'dutyRuling.decide'> {
  readonly name: N;
  readonly input: CommandInput<N>;
  readonly member: Member;
  readonly at: string;
}

/** The ruling, and unless the case is closed (R14) its place in the case's chain. */
export function writtenRuling<N extends 'dutyRuling.propose' | 'dutyRuling.decide'>(
  before: CaseRecord,
  ruling: DutyRulingRecord,
  { name, input, member, at }: RulingAct<N>,
  inCase: (open: CaseRecord) => CaseBody,
): Outcome<DutyRulingRecord> {
  const { rulingId, caseNo } = ruling;
  if (closedStates.includes(before.state)) {
    const event = { ...eventOf(name, member, at), rulingId, caseNo };
    return { main: ruling, also: [], event: { ...event, parties: before.parties } };
  }
  const body = inCase(before);
  const parties = withParty(body.parties, member.department);
  const { main, also, event } = recordAct(before, actOf(name, input, member), { ...body, parties });
  return { main: ruling, also: [main, ...also], event: { ...event, rulingId } };
}
