import { endedLink, type LinkedMatter } from '../duty/review';
import { eventOf, found, requireOwner, type Rule } from '../kernel/caller';
import { retired } from '../kernel/versioned';
import type { MatterRecord } from './records';

export interface RetireMatterState {
  readonly matter: MatterRecord | undefined;
  /** Its link to its duty, with the open review. */
  readonly linked: LinkedMatter | undefined;
}

/**
 * The owner's head retires a published version: nothing is filed against it any more; cases under way go on; a review
 * of the version ends.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE
 */
export const retireMatter: Rule<'matter.retire', RetireMatterState, MatterRecord> = (
  state,
  input,
  member,
) => {
  const { taskCode, version, reasonCode } = input;
  const matter = found(state.matter, { taskCode, version });
  requireOwner(matter, member);
  const main = retired(matter, member, reasonCode);
  const { at } = main.retirement;
  return {
    main,
    also: state.linked === undefined ? [] : endedLink(state.linked, 'retired', at),
    event: { ...eventOf('matter.retire', member, at), taskCode, version },
  };
};
