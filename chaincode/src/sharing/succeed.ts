import type { DepartmentOf } from '../department/load';
import { actorOf, found } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { shanghaiDate } from '../kernel/days';
import { departureOf, type Departure, type Held } from '../kernel/departures';
import { ContractError } from '../kernel/errors';
import type { ShareState } from '../kernel/share-states';
import { namesOf } from '../kernel/words';
import { openShare, recordShareAct, type ShareAndGrant, type ShareRule } from './chain';
import type { ChallengeRecord, DisputeRecord } from './dispute-records';
import { purgeOf } from './private';
import { shareSideWords, type ShareGrantRecord, type ShareRecord, type ShareSide } from './records';

export interface SucceedShareState extends ShareAndGrant {
  readonly department: DepartmentOf;
  readonly challenges: readonly ChallengeRecord[];
  readonly disputes: readonly DisputeRecord[];
}

/** Shares that somebody still acts on. */
const running: readonly ShareState[] = [
  ...(['REQUESTED', 'FILED', 'INCOMPLETE', 'GRANTED', 'SUSPENDED', 'ENDED'] as const),
];

/** The sides of a running share that reorganisations in force give to another department. */
export function dueShareSuccessions(
  share: ShareRecord,
  department: DepartmentOf,
  today: string,
): { readonly side: ShareSide; readonly departure: Departure }[] {
  if (!running.includes(share.state)) return [];
  const held: Readonly<Record<ShareSide, Held>> = {
    provider: { of: 'dataset', id: share.datasetId },
    requester: { of: 'everything' },
    lead: { of: 'everything' },
  };
  return namesOf(shareSideWords).flatMap((side) => {
    const departure = departureOf(department(share[side])?.left, held[side], today);
    return departure === undefined ? [] : [{ side, departure }];
  });
}

/**
 * A running share goes on with the departments that a reorganisation in force puts in the place of its provider, its
 * requester or its lead authority; no clock stops. The grant's key changes with it, which the former two endorse once more.
 * Values that lie with a department that is no party any more are purged there: they are delivered anew where they are
 * needed.
 * @throws ContractError NOT_FOUND, WRONG_STATE, REFORM_NOTHING
 */
export const succeedShare: ShareRule<'sharing.succeed', SucceedShareState> = (
  state,
  input,
  member,
) => {
  const { shareId, reformId } = input;
  const before = openShare(state.share, shareId, running);
  const due = dueShareSuccessions(before, state.department, shanghaiDate(member.at)).filter(
    ({ departure }) => departure.reformId === reformId,
  );
  if (due.length === 0) throw new ContractError('REFORM_NOTHING', { shareId, reformId });
  const successions = due.map(({ side, departure: { to, on } }) => ({
    ...{ side, from: before[side], to, on, reformId },
    ...{ by: actorOf(member), at: member.at },
  }));
  const sides = sidesAfter(before, successions, state.department);
  const parties = [...new Set([...before.parties, ...successions.map(({ to }) => to)])].sort();
  const outcome = recordShareAct(state, actOf('sharing.succeed', input, member), {
    ...{ ...before, ...sides, parties },
    successions: [...(before.successions ?? []), ...successions],
  });
  const { provider, requester } = sides;
  const grant = state.grant && { ...state.grant, provider, requester };
  const open = [
    ...state.challenges.filter(({ status }) => status === 'open'),
    ...state.disputes.filter(({ status }) => status === 'open'),
  ].map((one) => ({ ...one, provider, requester }));
  return {
    ...outcome,
    also: [...outcome.also, ...(grant === undefined ? [] : [grant]), ...open],
    ...(grant === undefined
      ? {}
      : {
          endorsements: [{ record: grant, mspIds: [sides.providerMsp, sides.requesterMsp] }],
          privately: leftBehind(before, sides, grant),
        }),
  };
};

type Sides = Pick<ShareRecord, ShareSide | 'providerMsp' | 'requesterMsp'>;

function sidesAfter(
  { provider, providerMsp, requester, requesterMsp, lead }: ShareRecord,
  successions: readonly { readonly side: ShareSide; readonly to: string }[],
  department: DepartmentOf,
): Sides {
  const sides: Sides = { provider, providerMsp, requester, requesterMsp, lead };
  return successions.reduce<Sides>((known, { side, to }) => {
    const { mspId } = found(department(to), { id: to });
    return { ...known, [side]: to, ...(side === 'lead' ? {} : { [`${side}Msp`]: mspId }) };
  }, sides);
}

/** The values in the collections of a department that is neither side any more. */
function leftBehind(before: ShareRecord, after: Sides, grant: ShareGrantRecord) {
  const gone = [before.providerMsp, before.requesterMsp].filter(
    (mspId) => mspId !== after.providerMsp && mspId !== after.requesterMsp,
  );
  return purgeOf(before, grant, gone);
}
