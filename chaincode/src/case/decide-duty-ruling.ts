import type { CommandInput } from '../kernel/commands';
import type { FunctionHolderRecord } from '../department/records';
import type { DutyRecord } from '../duty/records';
import {
  actorOf,
  eventOf,
  found,
  holderOf,
  requireDepartment,
  requireOtherPerson,
  type Member,
  type Outcome,
  type Rule,
} from '../kernel/caller';
import { closedStates } from '../kernel/case-states';
import { actOf, nowFor } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import type { Actor } from '../kernel/roles';
import { recordAct } from './chain';
import type { DutyRulingRecord } from './responsibility-records';
import type { CaseRecord } from './records';
import {
  citedClause,
  isMovable,
  moved,
  refuseApplicant,
  responsibleFor,
  withParty,
} from './responsibility';

export interface DecideDutyRulingState {
  readonly ruling: DutyRulingRecord | undefined;
  readonly case: CaseRecord | undefined;
  /** The clause that is cited, of the department that is ruled responsible. */
  readonly duty: DutyRecord | undefined;
  readonly establishment: FunctionHolderRecord | undefined;
}

/**
 * The Establishment Office's head names the responsible department and its clause; the written ruling, as the government
 * has decided it, stands behind the digest (State Council Order 486 art 10). The responsibility moves without the loser's
 * consent and binds until the end of the case. The clock has run all the time: no due date changes.
 * @throws ContractError NOT_FOUND, FUNCTION_VACANT, WRONG_DEPARTMENT, WRONG_STATE, MAKER_IS_CHECKER, TRANSFER_INVALID,
 *   DUTY_UNKNOWN, DUTY_NOT_IN_FORCE, LIMIT_REACHED
 */
export const decideDutyRuling: Rule<
  'dutyRuling.decide',
  DecideDutyRulingState,
  DutyRulingRecord
> = (state, input, member) => {
  const { rulingId, department, dutyCode, document } = input;
  const ruling = found(state.ruling, { rulingId });
  const before = found(state.case, { caseNo: ruling.caseNo });
  requireDepartment(member, holderOf('establishment', state.establishment).department);
  if (ruling.status !== 'open') {
    throw new ContractError('WRONG_STATE', { rulingId, state: ruling.status, allowed: ['open'] });
  }
  for (const maker of disputants(ruling)) requireOtherPerson(maker, member);
  refuseApplicant(before, department);
  const now = nowFor(member);
  const clause = citedClause(state.duty, { department, dutyCode }, now.today);
  const decided: DutyRulingRecord = {
    ...ruling,
    status: 'decided',
    decision: {
      department,
      clause,
      document,
      by: actorOf(member),
      at: now.at,
      late: now.today > ruling.dueOn,
      effect: effectOf(before, ruling, department),
    },
  };
  return ruled(before, decided, { input, member, at: now.at });
};

function disputants({ bounces }: DutyRulingRecord): Actor[] {
  return bounces.flatMap(({ offeredBy, answeredBy }) => [
    offeredBy,
    ...(answeredBy === undefined ? [] : [answeredBy]),
  ]);
}

function effectOf(record: CaseRecord, { subject }: DutyRulingRecord, department: string) {
  if (!isMovable(record, subject)) return 'none';
  return responsibleFor(record, subject) === department ? 'confirmed' : 'moved';
}

interface Ruled {
  readonly input: CommandInput<'dutyRuling.decide'>;
  readonly member: Member;
  readonly at: string;
}

/** The ruling, and unless the case is closed (R14) its place in the case's chain. */
function ruled(
  before: CaseRecord,
  ruling: DutyRulingRecord,
  { input, member, at }: Ruled,
): Outcome<DutyRulingRecord> {
  const { rulingId, caseNo, subject } = ruling;
  const { department } = input;
  if (closedStates.includes(before.state)) {
    const event = { ...eventOf('dutyRuling.decide', member, at), rulingId, caseNo };
    return { main: ruling, also: [], event: { ...event, parties: before.parties } };
  }
  const body = isMovable(before, subject) ? moved(before, subject, department) : before;
  const rulings = (before.rulings ?? []).map((known) =>
    known.rulingId === rulingId ? { ...known, decidedAt: at, department } : known,
  );
  const { main, also, event } = recordAct(before, actOf('dutyRuling.decide', input, member), {
    ...body,
    rulings,
    parties: withParty(before.parties, department),
    flags: [...before.flags, { code: 'ruled', seq: before.nextSeq }],
  });
  return { main: ruling, also: [main, ...also], event: { ...event, rulingId } };
}
