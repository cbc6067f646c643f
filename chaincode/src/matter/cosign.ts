import { actorOf, eventOf, found, type Member, type Rule } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import { requireCosignable, signedAt } from '../kernel/versioned';
import type { MatterRecord } from './records';

/**
 * A head of the owner and a head of the cosigning office each sign the content by its digest; the drafter does not.
 * @throws ContractError NOT_FOUND, WRONG_DEPARTMENT, WRONG_STATE, DIGEST_MISMATCH, MAKER_IS_CHECKER, ALREADY_CONFIRMED
 */
export const cosignMatter: Rule<
  'matter.cosign',
  { readonly matter: MatterRecord | undefined },
  MatterRecord
> = (state, input, member) => {
  const { taskCode, version } = input;
  const matter = found(state.matter, { taskCode, version });
  const side = sideOf(matter, member);
  requireCosignable(matter, input.contentDigest, member);
  if (matter.cosignatures.some((known) => known.as === side)) {
    throw new ContractError('ALREADY_CONFIRMED', { as: side });
  }
  const at = signedAt(member, matter);
  const cosignatures = [...matter.cosignatures, { as: side, by: actorOf(member), at }];
  return {
    main: { ...matter, cosignatures, status: cosignatures.length === 2 ? 'cosigned' : 'draft' },
    also: [],
    event: { ...eventOf('matter.cosign', member, at), taskCode, version },
  };
};

function sideOf(matter: MatterRecord, member: Member): 'owner' | 'establishment' {
  if (member.department === matter.owner) return 'owner';
  if (member.department === matter.cosigner) return 'establishment';
  throw new ContractError('WRONG_DEPARTMENT', {
    department: member.department,
    expected: [matter.owner, matter.cosigner],
  });
}
