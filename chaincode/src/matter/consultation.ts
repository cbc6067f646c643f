import { eventOf, found, requireOwner, type Rule } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import { consulted, type Versioned } from '../kernel/versioned';
import { standingsOf } from './handling-laws';
import type { MatterRecord } from './records';

/**
 * The owner records how its government made the draft public and heard experts and the public on it (Zhejiang regulation
 * art 4(3)). It is of this very content: another draft is consulted on anew.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, DIGEST_MISMATCH, VALIDITY_INVALID
 */
export const recordMatterConsultation: Rule<
  'matter.recordConsultation',
  { readonly matter: MatterRecord | undefined },
  MatterRecord
> = (state, { taskCode, version, ...input }, member) => {
  const matter = found(state.matter, { taskCode, version });
  requireOwner(matter, member);
  const main = consulted(matter, input, member);
  const { at } = main.consultation;
  return {
    main,
    also: [],
    event: { ...eventOf('matter.recordConsultation', member, at), taskCode, version },
  };
};

/**
 * The law asks it of the list of matters for the public, so of what the Zhejiang regulation is in force for; what only
 * follows the regulation inside the administration is on no such list.
 * @throws ContractError CONSULTATION_MISSING
 */
export function requireConsultation(
  { consultation }: Versioned,
  matters: readonly MatterRecord[],
): void {
  const listed = matters.filter(({ content }) => standingsOf(content).onceReform === 'applies');
  if (listed.length === 0 || consultation !== undefined) return;
  const taskCodes = listed.map(({ taskCode }) => taskCode);
  throw new ContractError('CONSULTATION_MISSING', { taskCodes });
}
