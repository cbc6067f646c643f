import type { DepartmentOf } from '../../department/load';
import { actorOf, found, type Member } from '../../kernel/caller';
import { caseStates, closedStates } from '../../kernel/case-states';
import { actOf } from '../../kernel/chain';
import { shanghaiDate, shiftDate } from '../../kernel/days';
import { departureOf, type Departure, type Held } from '../../kernel/departures';
import { ContractError } from '../../kernel/errors';
import type { MatterRecord } from '../../matter/records';
import { openCase, recordAct, type CaseRule } from '../chain';
import type { CaseRecord, StepRecord } from '../records';
import { withParty } from './responsibility';
import type { CaseSuccession } from '../responsibility-records';

export interface SucceedCaseState {
  readonly case: CaseRecord | undefined;
  readonly department: DepartmentOf;
  readonly matter: MatterRecord | undefined;
}

/** A part that a department has in a case, and the departure by which it is another's now. */
export interface DueSuccession extends Pick<CaseSuccession, 'part' | 'step' | 'from'> {
  readonly departure: Departure;
}

/**
 * Every part in a case that reorganisations in force give to another department than the case has. One reorganisation moves
 * a part once: duties of several departments can cover a step, and it would go back and forth between them.
 */
export function dueSuccessions(
  record: CaseRecord,
  department: DepartmentOf,
  today: string,
): DueSuccession[] {
  const { successions = [] } = record;
  return partsOf(record).flatMap(({ held, ...part }) => {
    const used = successions.filter((one) => one.part === part.part && one.step === part.step);
    const left = department(part.from)?.left?.filter(
      ({ reformId }) => !used.some((one) => one.reformId === reformId),
    );
    const departure = departureOf(left, held, today);
    return departure === undefined ? [] : [{ ...part, departure }];
  });
}

type Part = Pick<CaseSuccession, 'part' | 'step' | 'from'> & { readonly held: Held };

const everything = { of: 'everything' } as const;

function partsOf({ owner, applicant, coDecider, steps, taskCode, state }: CaseRecord): Part[] {
  return [
    { part: 'owner', from: owner, held: { of: 'matter', id: taskCode } },
    { part: 'applicant', from: applicant, held: everything },
    ...(coDecider === undefined
      ? []
      : [{ part: 'coDecider', from: coDecider, held: everything } as const]),
    ...(closedStates.includes(state) ? [] : steps.flatMap((step) => partsOfStep(step, taskCode))),
  ];
}

function partsOfStep(step: StepRecord, taskCode: string): Part[] {
  const { id, department, status, forwarded, disagreement } = step;
  if (status === 'answered' && disagreement?.waitsFor === undefined) return [];
  const above = forwarded?.answered === undefined ? forwarded?.department : undefined;
  const held = { of: 'duty', step: { taskCode, stepId: id } } as const;
  return [
    { part: 'step', step: id, from: department, held },
    ...(above === undefined
      ? []
      : [{ part: 'above', step: id, from: above, held: everything } as const]),
  ];
}

/**
 * What a reorganisation in force gives to another department in a case passes on, as with an accepted hand-over: no clock
 * stops, and what the former department had missed before the reorganisation stays its own. Nobody decides about it: any
 * member may record what the decision says. A closed case gets the owner who answers for it from now on, and stays closed.
 * @throws ContractError NOT_FOUND, REFORM_NOTHING, LIMIT_REACHED
 */
export const succeedCase: CaseRule<'case.succeed', SucceedCaseState> = (state, input, member) => {
  const { caseNo, reformId } = input;
  const before = openCase(state.case, caseNo, caseStates);
  const due = dueSuccessions(before, state.department, shanghaiDate(member.at)).filter(
    ({ departure }) => departure.reformId === reformId,
  );
  const [first] = due;
  if (first === undefined) throw new ContractError('REFORM_NOTHING', { caseNo, reformId });
  const act = {
    ...actOf('case.succeed', input, member),
    // The day of the reorganisation begins in Shanghai: what was due before it was the former department's.
    judgedAt: `${shiftDate(first.departure.on, -1)}T16:00:00.000Z`,
  };
  const body = due.reduce((known, one) => passedOn(known, one, state), before);
  return recordAct(before, act, {
    ...withCoDecider(body, state.matter),
    handovers: withoutOffers(body, due),
    successions: [...(before.successions ?? []), ...due.map((one) => recorded(one, member))],
    parties: due.reduce((all, { departure }) => withParty(all, departure.to), before.parties),
    flags: [...before.flags, { code: 'succeeded', seq: before.nextSeq }],
  });
};

function recorded({ departure, ...part }: DueSuccession, member: Member): CaseSuccession {
  const { to, on, reformId } = departure;
  return { ...part, to, on, reformId, by: actorOf(member), at: member.at };
}

function passedOn(
  body: CaseRecord,
  { part, step: stepId, departure: { to } }: DueSuccession,
  { department }: SucceedCaseState,
): CaseRecord {
  switch (part) {
    case 'owner':
    case 'coDecider':
      return {
        ...body,
        [part]: to,
        steps: body.steps.map((step) => waitingFor(step, body[part], to)),
      };
    case 'applicant':
      return { ...body, applicant: to, applicantMsp: found(department(to), { id: to }).mspId };
    default:
      return {
        ...body,
        steps: body.steps.map((step) => (step.id === stepId ? stepPassedOn(step, part, to) : step)),
      };
  }
}

function stepPassedOn(step: StepRecord, part: 'step' | 'above', to: string): StepRecord {
  if (part === 'step') return waitingFor({ ...step, department: to }, step.department, to);
  return step.forwarded === undefined
    ? step
    : { ...step, forwarded: { ...step.forwarded, department: to } };
}

/** A disagreement that waits for the former department waits for the new one. */
function waitingFor(step: StepRecord, from: string | undefined, to: string): StepRecord {
  const { disagreement } = step;
  const turn = disagreement?.waitsFor;
  if (disagreement === undefined || turn === undefined || turn.department !== from) return step;
  return { ...step, disagreement: { ...disagreement, waitsFor: { ...turn, department: to } } };
}

/** Whose application has become its owner's own is decided with another department, and never with the owner itself. */
function withCoDecider(body: CaseRecord, matter: MatterRecord | undefined): CaseRecord {
  const { coDecider = matter?.content.ownApplications?.coDecider, ...others } = body;
  const own = body.applicant === body.owner || body.coDecider !== undefined;
  return coDecider === undefined || coDecider === body.owner || !own
    ? others
    : { ...others, coDecider };
}

/** An offer to a department that has ended cannot be answered: its sender may offer anew at once. */
function withoutOffers({ handovers = [] }: CaseRecord, due: readonly DueSuccession[]) {
  const ended = due.flatMap(({ from, departure }) => (departure.of === 'everything' ? [from] : []));
  return handovers.map((offer) =>
    offer.status === 'offered' && ended.includes(offer.to)
      ? { ...offer, status: 'ended' as const }
      : offer,
  );
}
