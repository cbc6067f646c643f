import type { DutyRecord, DutyVersionRecord } from '../duty/records';
import { topicChanges, type TopicState } from '../duty/overlap';
import { absent, actorOf, eventOf, found, type Rule } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import { arrivalOf, type Sides } from './arrival';

export interface MoveDutyState extends Sides {
  readonly duty: DutyRecord | undefined;
  /** The version that counts, where a newer one waits for its confirmation. */
  readonly confirmed: DutyVersionRecord | undefined;
  /** What the receiver has under that code. */
  readonly there: DutyRecord | undefined;
  readonly topics: ReadonlyMap<string, TopicState>;
}

/**
 * A clause goes to whom a reorganisation in force gives it, under the same code and as it stands: what was confirmed stays
 * confirmed. The sender's entry stays, and says where it went. Other departments' claims of its topic are looked at anew.
 * @throws ContractError NOT_FOUND, REFORM_NOTHING, ALREADY_EXISTS when the receiver has another duty of that code
 */
export const moveDuty: Rule<'reform.moveDuty', MoveDutyState, DutyRecord> = (
  state,
  { department, code },
  member,
) => {
  const before = found(state.duty, { department, code });
  if (before.moved !== undefined) throw new ContractError('REFORM_NOTHING', { duty: code });
  const { departure, to, also } = arrivalOf(state, { of: 'duty', id: code }, member);
  const { reformId } = departure;
  absent(state.there?.moved === undefined ? state.there : undefined, { department: to.id, code });
  const act = { reformId, by: actorOf(member), at: member.at };
  const main: DutyRecord = {
    ...before,
    department: to.id,
    succeeds: [...(before.succeeds ?? []), { department, ...act }],
  };
  const { confirmed } = state;
  return {
    main,
    also: [
      { ...before, moved: { to: to.id, ...act } },
      { ...main, kind: 'dutyVersion' },
      ...(confirmed === undefined ? [] : [{ ...confirmed, department: to.id }]),
      ...claims(before, main, state.topics),
      ...also,
    ],
    event: { ...eventOf('reform.moveDuty', member, member.at), id: to.id, code, reformId },
  };
};

/** The sender's claim of the topic ends with the receiver's beginning, so the two are no overlap. */
function claims(before: DutyRecord, after: DutyRecord, topics: MoveDutyState['topics']) {
  const { topic, department, code } = before;
  if (topic === undefined) return [];
  const { claims: known = [], latest } = topics.get(topic) ?? {};
  const without = known.map((one) =>
    one.department === department && one.code === code ? { ...one, withdrawn: true } : one,
  );
  return [
    ...without.filter((one) => !known.includes(one)),
    ...topicChanges(undefined, after, new Map([[topic, { claims: without, latest }]])),
  ];
}
