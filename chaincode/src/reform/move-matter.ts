import type { DepartmentRecord, FunctionHolderRecord } from '../department/records';
import { endedLink, type LinkedMatter } from '../duty/review';
import { actorOf, eventOf, found, type Member, type Rule } from '../kernel/caller';
import { shanghaiDate } from '../kernel/days';
import { departureOf, type Departure } from '../kernel/departures';
import { ContractError } from '../kernel/errors';
import type { LedgerRecord } from '../kernel/records';
import { cosigningOffice } from '../matter/draft';
import type { MatterHeadRecord, MatterRecord } from '../matter/records';
import { arrivalOf, type Arrival, type Sides } from './arrival';

export interface MoveMatterState extends Sides {
  readonly head: MatterHeadRecord | undefined;
  readonly versions: readonly MatterRecord[];
  /** The office that cosigned it, which may have ended, and those that cosign now. */
  readonly cosigner: DepartmentRecord | undefined;
  readonly establishment: FunctionHolderRecord | undefined;
  readonly leadAuthority: FunctionHolderRecord | undefined;
  /** The link of the published version to its duty, and whether the new owner has that duty. */
  readonly linked: LinkedMatter | undefined;
  readonly hasDuty: boolean;
}

/**
 * A matter gets the owner that a reorganisation in force gives it: with every version that can still be filed, published or
 * ended. What those say, who signed them and the versions that are over stay as they are. The keys change with it: the
 * former owner's peers and the cosigning office's endorse this last change, from then on the new owner's do. Where the
 * cosigning office has ended, whoever has its function by now takes its place.
 * @throws ContractError NOT_FOUND, REFORM_NOTHING, FUNCTION_VACANT
 */
export const moveMatter: Rule<'reform.moveMatter', MoveMatterState, MatterHeadRecord> = (
  state,
  { taskCode },
  member,
) => {
  const head = found(state.head, { taskCode });
  const { departure, to, also } = arrivalFor(state, taskCode, member);
  const { reformId } = departure;
  const { department: cosigner, mspId } = cosigningOffice(state, { department: to.id });
  const succession = { from: head.owner, reformId, by: actorOf(member), at: member.at };
  const versions = state.versions
    .filter((one) => isLive(one, departure))
    .map((one): MatterRecord => ({
      ...one,
      owner: to.id,
      cosigner,
      ...(to.id === one.owner ? {} : { successions: [...(one.successions ?? []), succession] }),
    }));
  const mspIds = [to.mspId, mspId];
  return {
    main: { ...head, owner: to.id },
    also: [...versions, ...links(state, { ...departure, to: to.id }, cosigner, member.at), ...also],
    event: { ...eventOf('reform.moveMatter', member, member.at), taskCode, reformId },
    endorsements: versions.map((record) => ({ record, mspIds })),
  };
};

/** Whatever a later act can change: a version that is over and has its successor is written no more. */
function isLive({ status, effectiveTo, supersededBy }: MatterRecord, { on }: Departure): boolean {
  if (status === 'retired') return false;
  return effectiveTo === undefined || effectiveTo >= on || supersededBy === undefined;
}

/** How the matter moves or, where only its cosigning office has ended, that it stays with its owner. */
function arrivalFor(state: MoveMatterState, id: string, member: Member): Arrival {
  const { from, cosigner, establishment } = state;
  const held = { of: 'matter', id } as const;
  const today = shanghaiDate(member.at);
  const ended = departureOf(cosigner?.left, { of: 'everything' }, today);
  const stays = departureOf(from?.left, held, today) === undefined;
  if (!stays || from === undefined || ended === undefined) return arrivalOf(state, held, member);
  if (establishment?.department === cosigner?.id) {
    throw new ContractError('FUNCTION_VACANT', { function: 'establishment' });
  }
  return { departure: ended, to: from, also: [] };
}

/** The link goes on under the new owner where the duty has come too; an open review keeps its clock. */
function links(
  { linked, hasDuty, from }: MoveMatterState,
  { to, on }: Departure,
  cosigner: string,
  at: string,
): LedgerRecord[] {
  if (linked === undefined) return [];
  const { link, open } = linked;
  const moves = link.department !== to;
  const follows = departureOf(from?.left, { of: 'duty', id: link.code }, on)?.to === to;
  if (moves && !hasDuty && !follows) return endedLink(linked, 'superseded', at);
  return [
    ...(moves ? endedLink({ link, open: undefined }, 'superseded', at) : []),
    { ...link, department: to, cosigner },
    ...(open === undefined ? [] : [{ ...open, owner: to, cosigner }]),
  ];
}
