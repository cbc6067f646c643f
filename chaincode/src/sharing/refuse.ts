import type { CommandInput } from '../kernel/commands';
import { requireHolder } from '../kernel/caller';
import { actOf } from '../kernel/chain';
import { ContractError } from '../kernel/errors';
import { openShare, type ShareRule } from './chain';
import { proposeReply } from './reply';
import { refusalBases, refusalBasisCodes, type RefusalBasis, type ShareRecord } from './records';

/**
 * An official of the provider words a refusal, on a ground of the closed list and with its reason (Order 809 art 21). It is
 * given with the head's consent, see reply.ts. An incomplete request is not a ground: what it lacks is told once. A condition must be one the entry lists (art 15); a law is named with its
 * rank (art 14). A return flow is refused for secrecy or by a law only (art 24), and nothing is refused that a decided
 * dispute orders to provide (art 28).
 * @throws ContractError NOT_FOUND, WRONG_STATE, WRONG_DEPARTMENT, SHARE_NOTICE_REQUIRED, REFUSAL_BASIS_REQUIRED,
 *   SHARE_CONDITION_ADDED, EXCLUSION_BASIS_REFUSED, RETURN_FLOW_REFUSED, DISPUTE_BINDS
 */
export const refuseShare: ShareRule<
  'sharing.refuse',
  { readonly share: ShareRecord | undefined }
> = (state, input, member) => {
  const before = openShare(state.share, input.shareId, ['FILED', 'INCOMPLETE']);
  requireHolder(member, before.provider, { of: 'dataset', id: before.datasetId });
  const { shareId, reason, condition, law } = input;
  if (before.bound) throw new ContractError('DISPUTE_BINDS', { shareId });
  const basis = groundOf(before, input);
  return proposeReply(before, actOf('sharing.refuse', input, member), {
    outcome: 'refuse',
    ground: {
      basis,
      article: refusalBases[basis],
      ...(condition === undefined ? {} : { condition }),
      ...(law === undefined ? {} : { law }),
      reason,
    },
  });
};

function groundOf(share: ShareRecord, input: CommandInput<'sharing.refuse'>): RefusalBasis {
  const { basis: given } = input;
  if (given === 'incomplete' || share.state === 'INCOMPLETE') {
    throw new ContractError('SHARE_NOTICE_REQUIRED', {
      shareId: share.shareId,
      state: share.state,
    });
  }
  const basis = refusalBasisCodes.find((known) => known === given);
  if (basis === undefined) {
    throw new ContractError('REFUSAL_BASIS_REQUIRED', { basis: given, allowed: refusalBasisCodes });
  }
  if (share.returnFlow && basis !== 'secret' && basis !== 'forbiddenByLaw') {
    throw new ContractError('RETURN_FLOW_REFUSED', {
      basis,
      allowed: ['secret', 'forbiddenByLaw'],
    });
  }
  if (basis === 'conditionNotMet') requireCondition(share, input);
  if (basis === 'forbiddenByLaw') requireLaw(input);
  return basis;
}

function requireCondition(share: ShareRecord, input: CommandInput<'sharing.refuse'>): void {
  const { condition } = input;
  if (condition === undefined) {
    throw new ContractError('REFUSAL_BASIS_REQUIRED', { missing: ['condition'] });
  }
  if (!share.conditions.includes(condition)) {
    const listed = share.conditions;
    throw new ContractError('SHARE_CONDITION_ADDED', { added: [condition], listed });
  }
}

function requireLaw({ law }: CommandInput<'sharing.refuse'>): void {
  if (law === undefined) throw new ContractError('REFUSAL_BASIS_REQUIRED', { missing: ['law'] });
  if (law.rank === 'departmentRule' || law.rank === 'localRule') {
    throw new ContractError('EXCLUSION_BASIS_REFUSED', { ranks: [law.rank] });
  }
}
