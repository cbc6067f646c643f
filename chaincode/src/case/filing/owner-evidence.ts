import type { CommandInput } from '../../kernel/commands';
import { actorOf, type Member } from '../../kernel/caller';
import type { Now } from '../../kernel/chain';
import { withAttestations, withSubstitutes, type AttestedUse } from './materials';
import type { CaseRecord } from '../records';

type Held = CaseRecord['materials'];

/**
 * What the owner adds when it accepts or grants: attestations of the source departments, and the evidence that it takes in
 * place of materials.
 * @throws ContractError MATERIAL_UNKNOWN, MATERIAL_CONTESTED, NOT_FOUND, ATTESTATION_MISMATCH, ATTESTATION_NOT_VALID
 */
export function withOwnerEvidence(
  held: Held,
  {
    attested = [],
    substitutes = [],
  }: Pick<CommandInput<'case.accept'>, 'attested' | 'substitutes'>,
  use: AttestedUse,
  member: Member,
  now: Now,
): Held {
  const shared = withAttestations(held, attested, use, member.department, now);
  return withSubstitutes(shared, substitutes, use.content, actorOf(member), now.at);
}
