import { absent, actorOf, eventOf, type Rule } from '../kernel/caller';
import { ContractError } from '../kernel/errors';
import { isSm2Signature } from './check-signature';
import { keyIdOf, type AppKeyRecord } from './records';
import { possessionMessage } from './signature';

/**
 * A department says which SM2 key is which of its officials'. The key signs its own registration, so nobody registers a
 * key that somebody else holds.
 * @throws ContractError ALREADY_EXISTS, APP_SIGNATURE_INVALID
 */
export const registerAppKey: Rule<
  'appKey.register',
  { readonly existing: AppKeyRecord | undefined },
  AppKeyRecord
> = (state, input, member) => {
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
};
