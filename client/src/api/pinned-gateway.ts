import type { NetworkView } from '@yici/api';
import { ClientError } from '../errors.js';
import { originOf, type PinnedGateway, type Pins } from '../identity/pins.js';

/**
 * The pinned gateway with this address.
 * @throws ClientError IDENTITY_UNPINNED when the identity pins none, GATEWAY_NOT_PINNED when it pins others only.
 */
export function pinnedGateway(pins: Pins | undefined, baseUrl: string): AtGateway {
  if (pins === undefined || pins.gateways.length === 0) throw unpinned(baseUrl);
  const origin = originOf(baseUrl);
  const isHere = (address: string) => originOf(address) === origin;
  const gateway = pins.gateways.find(({ addresses }) => addresses.some(isHere));
  if (gateway !== undefined) return { ...pins, gateway };
  const known = pins.gateways.flatMap(({ addresses }) => addresses).join(' or ');
  throw notPinned(`it is at ${origin}, not at ${known}`, { address: origin });
}

/** Pins with the gateway in use. */
export interface AtGateway extends Pins {
  readonly gateway: PinnedGateway;
}

/** Compares what the gateway says of its network with the pins. @throws ClientError GATEWAY_NOT_PINNED */
export function checkNetwork(pins: AtGateway, network: NetworkView): void {
  const pinned = { ...pins, audience: pins.gateway.audience };
  for (const name of ['channel', 'chaincode', 'genesisHash', 'audience'] as const) {
    if (network[name] !== pinned[name]) {
      const what = `its ${name} is ${network[name]}, not ${pinned[name]}`;
      throw notPinned(what, { [name]: network[name] });
    }
  }
}

function notPinned(why: string, details: Readonly<Record<string, unknown>>): ClientError {
  return new ClientError(
    'GATEWAY_NOT_PINNED',
    {
      zh: `这不是该身份所属的网关（${why}），未签名。网关如已迁移，请与其管理员核对后重新认定：yici pin --help`,
      en: `This is not the gateway that the identity belongs to: ${why}. Nothing was signed. If the gateway moved, ask its administrator and pin it anew: yici pin --help`,
    },
    { details },
  );
}

function unpinned(baseUrl: string): ClientError {
  return new ClientError('IDENTITY_UNPINNED', {
    zh: `该身份没有载明所属网关，不为 ${baseUrl} 签名。请重新导出身份（yici-network identity export 人员 --out 目录 --gateway 网关地址），或者以当面约定的创世区块哈希认定网关：yici pin --gateway 网关地址 --genesis 哈希 --identity 目录`,
    en: `The identity does not say which gateway it belongs to, so it signs nothing for ${baseUrl}. Export it anew (yici-network identity export USER --out DIR --gateway URL), or pin the gateway with the genesis hash that was agreed on: yici pin --gateway URL --genesis HASH --identity DIR`,
  });
}
