import { actorOf, eventOf, found, type Rule } from '../kernel/caller';
import { later } from '../kernel/days';
import { ContractError } from '../kernel/errors';
import type { AppKeyRecord } from './records';

/**
 * From now on nothing signed with the key counts; what it signed before stays signed.
 * @throws ContractError NOT_FOUND, APP_KEY_REVOKED
 */
export const revokeAppKey: Rule<
  'appKey.revoke',
  { readonly key: AppKeyRecord | undefined },
  AppKeyRecord
> = (state, { keyId, reasonCode }, member) => {
  const key = found(state.key, { department: member.department, keyId });
  if (key.revocation !== undefined) {
    throw new ContractError('APP_KEY_REVOKED', { keyId, at: key.revocation.at });
  }
  const at = later(member.at, key.registeredAt);
  return {
    main: { ...key, revocation: { by: actorOf(member), at, reasonCode } },
    also: [],
    event: { ...eventOf('appKey.revoke', member, at), keyId },
  };
};
