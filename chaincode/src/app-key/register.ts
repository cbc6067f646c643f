import type { CommandInput } from '../kernel/commands';
import type { Member, Outcome } from '../kernel/caller';
import { absent, actorOf, eventOf } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import { isSm2Signature } from './check-signature';
import type { AppKeyRecord } from './records';
import { keyIdOf } from './records';
import { possessionMessage } from './signature';

/**
 * A department says which SM2 key is which of its officials'. The key signs its own registration, so nobody registers a
 * key that somebody else holds.
 * @throws ContractError ALREADY_EXISTS, APP_SIGNATURE_INVALID
 */
export function registerAppKey(
  state: { readonly existing: AppKeyRecord | undefined },
  input: CommandInput<'appKey.register'>,
  member: Member,
): Outcome<AppKeyRecord> {
  const { user, publicKey, proof } = input;
  const { department } = member;
  const keyId = keyIdOf(publicKey);
  absent(state.existing, { department, keyId });
  if (!isSm2Signature(possessionMessage({ department, user, publicKey }), proof, publicKey)) {
    throw new ContractError('APP_SIGNATURE_INVALID', { keyId });
  }
  return {
    main: {
      ...{ kind: 'appKey', v: 1, department, keyId, user, alg: 'sm2-sm3', publicKey },
      registeredBy: actorOf(member),
      registeredAt: member.at,
    },
    also: [],
    event: { ...eventOf('appKey.register', member, member.at), keyId },
  };
}
