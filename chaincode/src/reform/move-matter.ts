import type { DepartmentRecord, FunctionHolderRecord } from '../department/records';
import { endedLink, type LinkedMatter } from '../duty/review';
import { actorOf, eventOf, found, holderOf, type Rule } from '../kernel/caller';
import { departureOf, type Departure } from '../kernel/departures';
import type { LedgerRecord } from '../kernel/records';
import type { MatterHeadRecord, MatterRecord } from '../matter/records';
import { arrivalOf, type Sides } from './arrival';

export interface MoveMatterState extends Sides {
  readonly head: MatterHeadRecord | undefined;
  readonly versions: readonly MatterRecord[];
  /** The office that cosigns the matter, and who does so for matters of its own. */
  readonly cosigner: DepartmentRecord | undefined;
  readonly leadAuthority: FunctionHolderRecord | undefined;
  /** The link of the published version to its duty, and whether the new owner has that duty. */
  readonly linked: LinkedMatter | undefined;
  readonly hasDuty: boolean;
}

/**
 * A matter gets the owner that a reorganisation in force gives it: with every version that can still be filed, published or
 * ended. What those say, who signed them and the versions that are over stay as they are. The keys change with it: the
 * former owner's peers and the cosigning office's endorse this last change, from then on the new owner's do.
 * @throws ContractError NOT_FOUND, REFORM_NOTHING, FUNCTION_VACANT
 */
export const moveMatter: Rule<'reform.moveMatter', MoveMatterState, MatterHeadRecord> = (
  state,
  { taskCode },
  member,
) => {
  const head = found(state.head, { taskCode });
  const { departure, to, also } = arrivalOf(state, { of: 'matter', id: taskCode }, member);
  const { reformId } = departure;
  const cosigner = cosignerOf(state, to);
  const succession = { from: head.owner, reformId, by: actorOf(member), at: member.at };
  const versions = state.versions
    .filter((one) => isLive(one, departure))
    .map((one): MatterRecord => ({
      ...one,
      owner: to.id,
      cosigner: cosigner.id,
      successions: [...(one.successions ?? []), succession],
    }));
  const mspIds = [to.mspId, cosigner.mspId];
  return {
    main: { ...head, owner: to.id },
    also: [...versions, ...links(state, departure, member.at), ...also],
    event: { ...eventOf('reform.moveMatter', member, member.at), taskCode, reformId },
    endorsements: versions.map((record) => ({ record, mspIds })),
  };
};

/** Whatever a later act can change: a version that is over and has its successor is written no more. */
function isLive({ status, effectiveTo, supersededBy }: MatterRecord, { on }: Departure): boolean {
  if (status === 'retired') return false;
  return effectiveTo === undefined || effectiveTo >= on || supersededBy === undefined;
}

/** Nobody approves its own list: where the cosigning office gets the matter, the lead authority cosigns. */
function cosignerOf(
  { cosigner, leadAuthority }: MoveMatterState,
  to: DepartmentRecord,
): { readonly id: string; readonly mspId: string } {
  if (cosigner !== undefined && cosigner.id !== to.id) return cosigner;
  const { department: id, mspId } = holderOf('leadAuthority', leadAuthority);
  return { id, mspId };
}

/** The link goes on under the new owner where the duty has come too; an open review keeps its clock. */
function links(
  { linked, hasDuty, from }: MoveMatterState,
  { to, on }: Departure,
  at: string,
): LedgerRecord[] {
  if (linked === undefined) return [];
  const { link, open } = linked;
  const follows = departureOf(from?.left, { of: 'duty', id: link.code }, on)?.to === to;
  if (!hasDuty && !follows) return endedLink(linked, 'superseded', at);
  const review = open === undefined ? [] : [{ ...open, owner: to }];
  return [
    ...endedLink({ link, open: undefined }, 'superseded', at),
    { ...link, department: to },
    ...review,
  ];
}
