import type { FunctionHolderRecord } from '../department/records';
import { holderOf, requireDepartment, requireOtherPerson, type Member } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import type { Actor } from '../kernel/roles';

/** The two organs of State Council Order 486 art 10: one proposes how duties are divided, the other decides. */
export interface CoordinationOrgans {
  readonly establishment: FunctionHolderRecord | undefined;
  readonly government: FunctionHolderRecord | undefined;
}

/** A question of duty between departments. */
export interface DutyQuestion {
  readonly disputants: readonly string[];
  /** The Establishment Office's opinion (协调意见), once it is there. */
  readonly proposal: { readonly by: Actor } | undefined;
}

/**
 * Who has to act first: the Establishment Office with its opinion or, where it stands in the dispute itself, the
 * government with its decision. Nobody coordinates its own dispute.
 * @throws ContractError FUNCTION_VACANT
 */
export function firstToAct(organs: CoordinationOrgans, disputants: readonly string[]): string {
  const office = holderOf('establishment', organs.establishment).department;
  if (!disputants.includes(office)) return office;
  return holderOf('government', organs.government).department;
}

/**
 * @throws ContractError FUNCTION_VACANT, WRONG_DEPARTMENT for another department, and for the Establishment Office in a
 *   dispute of its own
 */
export function requireProposer(
  organs: CoordinationOrgans,
  disputants: readonly string[],
  member: Member,
): void {
  const office = holderOf('establishment', organs.establishment).department;
  requireDepartment(member, firstToAct(organs, disputants));
  requireDepartment(member, office);
}

/**
 * The government decides what the Establishment Office has proposed (Order 486 art 10). Its head signs, or an official of
 * the office registers its decision, naming the organ and the number of the document; that is another person than who
 * proposed. Where the office stands in the dispute itself, the government signs without a proposal.
 * @throws ContractError FUNCTION_VACANT, WRONG_DEPARTMENT, ROLE_REFUSED, COORDINATION_MISSING, MAKER_IS_CHECKER,
 *   DECISION_UNNAMED
 */
export function requireDecider(
  organs: CoordinationOrgans,
  { disputants, proposal }: DutyQuestion,
  named: boolean,
  member: Member,
): void {
  const first = firstToAct(organs, disputants);
  const office = holderOf('establishment', organs.establishment).department;
  if (first !== office) {
    requireDepartment(member, first);
    requireHead(member);
    return;
  }
  const government = organs.government?.department;
  const signs = member.department === government && !disputants.includes(government);
  if (!signs) requireDepartment(member, office);
  if (proposal === undefined) throw new ContractError('COORDINATION_MISSING', { office });
  if (signs) {
    requireHead(member);
    return;
  }
  requireOtherPerson(proposal.by, member);
  if (!named) throw new ContractError('DECISION_UNNAMED', { missing: ['organ', 'number'] });
}

/** A decision is a head's; what the office registers is one already. */
function requireHead({ role }: Member): void {
  if (role !== 'head') throw new ContractError('ROLE_REFUSED', { role, allowed: ['head'] });
}
