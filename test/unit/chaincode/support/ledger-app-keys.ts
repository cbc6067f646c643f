import { keyIdOf, type CommandName } from '@yici/domain/model';
import * as rules from '@yici/domain/rules';
import type { ViewRule } from './ledger-view.js';

type AppKeyCommand = Extract<CommandName, `appKey.${string}`>;

export const appKeyRules: { readonly [N in AppKeyCommand]: ViewRule<N> } = {
  'appKey.register': (ledger, input, caller) => {
    const member = ledger.member(caller);
    const existing = ledger.get('appKey', member.department, keyIdOf(input.publicKey));
    return rules.registerAppKey({ existing }, input, member);
  },
  'appKey.revoke': (ledger, input, caller) => {
    const member = ledger.member(caller);
    const key = ledger.get('appKey', member.department, input.keyId);
    return rules.revokeAppKey({ key }, input, member);
  },
};
