import { createWorkingDayCounter, type CalendarLookup } from '../calendar/working-days';
import type { CommandInput } from '../kernel/commands';
import type { DepartmentRecord, FunctionHolderRecord } from '../department/records';
import { actorOf, eventOf, requireHolder, type Member, type Rule } from '../kernel/caller';
import { canonicalDigest } from '../kernel/canonical';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import { requireNotMoved } from './citing';
import { topicChanges, type TopicState } from './overlap';
import { dutyContent, type DutyRecord } from './records';
import { openReview, type LinkedMatter } from './review';

/**
 * How many matters a change of a duty marks in its own transaction. What is left is marked one by one with
 * `matter.markForReview`, by whoever likes: a change that was refused because too much rests on the duty would let a
 * department keep the Establishment Office from changing it by publishing matters.
 */
export const mostMarkedAtOnce = 50;

export interface RegisterDutyState {
  readonly department: DepartmentRecord | undefined;
  readonly establishment: FunctionHolderRecord | undefined;
  readonly current: DutyRecord | undefined;
  /** How many published matters rest on the duty. */
  readonly linked: number;
  /** The first {@link mostMarkedAtOnce} of them. */
  readonly first: readonly LinkedMatter[];
  /** The topics of the version before and of this one. */
  readonly topics: ReadonlyMap<string, TopicState>;
  readonly calendar: CalendarLookup;
}

/**
 * A clause of a department's 三定 document, entered by the department or by the Establishment Office, which issues
 * those documents. Registering a code again makes its next version, which is not cited before it is confirmed; the published
 * matters that rest on it need a review within ten working days, a rule of this system.
 * @throws ContractError DEPARTMENT_UNKNOWN, WRONG_DEPARTMENT, DUTY_UNCHANGED, CALENDAR_MISSING, LIMIT_REACHED
 */
export const registerDuty: Rule<'duty.register', RegisterDutyState, DutyRecord> = (
  state,
  input,
  member,
) => {
  checkRegistrar(state, input, member);
  const { current } = state;
  if (current !== undefined && canonicalDigest(contentOf(current)) === canonicalDigest(input)) {
    const { department, code, version } = current;
    throw new ContractError('DUTY_UNCHANGED', { department, code, version });
  }
  const main = nextVersion(state, input, member);
  return {
    main,
    also: [
      { ...main, kind: 'dutyVersion' },
      ...marked(state, main),
      ...topicChanges(current, main, state.topics),
    ],
    event: {
      ...eventOf('duty.register', member, main.registeredAt),
      id: main.department,
      code: main.code,
      version: main.version,
    },
  };
};

/** The next version; what was confirmed of the clause stays citable until this one is. */
function nextVersion(
  { current, linked, first }: RegisterDutyState,
  input: CommandInput<'duty.register'>,
  member: Member,
): DutyRecord {
  const { confirmedVersion } = current ?? {};
  return {
    kind: 'duty',
    v: 1,
    ...input,
    version: (current?.version ?? 0) + 1,
    registeredBy: actorOf(member),
    registeredAt: later(member.at, current?.registeredAt ?? ''),
    ...(current === undefined ? {} : { linked: { found: linked, marked: first.length } }),
    ...(confirmedVersion === undefined ? {} : { confirmedVersion }),
  };
}

function checkRegistrar(
  state: RegisterDutyState,
  input: CommandInput<'duty.register'>,
  member: Member,
): void {
  if (state.department === undefined) {
    throw new ContractError('DEPARTMENT_UNKNOWN', { department: input.department });
  }
  if (state.current !== undefined) requireNotMoved(state.current);
  const { department, code: id } = input;
  if (member.department !== state.establishment?.department) {
    requireHolder(member, department, { of: 'duty', id });
  }
}

/** What a duty says, without what the registration added. */
function contentOf(duty: DutyRecord): CommandInput<'duty.register'> {
  const names: readonly string[] = Object.keys(dutyContent.shape);
  return dutyContent.parse(
    Object.fromEntries(Object.entries(duty).filter(([name]) => names.includes(name))),
  );
}

function marked(state: RegisterDutyState, duty: DutyRecord): LedgerRecord[] {
  const counter = createWorkingDayCounter(state.calendar);
  return state.first.flatMap((linked) => {
    const { review, also } = openReview(linked, duty, counter, duty.registeredAt);
    return [review, ...also];
  });
}
