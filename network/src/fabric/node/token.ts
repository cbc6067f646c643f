import { parseTokenUri, pinOf } from '@yici/keys';
import type { NodeToken } from '../../pki/node-token.js';
import type { Setting } from './settings.js';

type Kind = 'peer' | 'orderer';

/** Variables by which Fabric's nodes are told the PIN, which no file of settings has. */
const pinVariables = {
  peer: 'CORE_PEER_BCCSP_PKCS11_PIN',
  orderer: 'ORDERER_GENERAL_BCCSP_PKCS11_PIN',
} as const;

/** Settings of core.yaml or orderer.yaml by which a node signs with its key in a token. */
export function tokenSettings(kind: Kind, token: NodeToken | undefined): readonly Setting[] {
  if (token === undefined) return [];
  const { module, token: label } = parseTokenUri(token.uri);
  const pkcs11 = { Library: module, Label: label, Pin: '', Hash: 'SHA2', Security: 256 };
  const key = kind === 'peer' ? 'peer.BCCSP' : 'General.BCCSP';
  // A variable overrides only what the file has: hence the empty Pin.
  return [{ key, value: { Default: 'PKCS11', PKCS11: pkcs11 } }];
}

/**
 * What the process of such a node is given besides: the PIN, and the variables of the vendor's library that `YICI_TOKEN_ENV` names.
 * @throws KeyError TOKEN_PIN_MISSING
 */
export function tokenEnvironment(
  kind: Kind,
  token: NodeToken | undefined,
): Readonly<Record<string, string>> {
  if (token === undefined) return {};
  const names = (process.env['YICI_TOKEN_ENV'] ?? 'SOFTHSM2_CONF').split(',');
  const passed = names.flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const { pin } = pinOf(parseTokenUri(token.uri));
  return { ...Object.fromEntries(passed), [pinVariables[kind]]: pin };
}
