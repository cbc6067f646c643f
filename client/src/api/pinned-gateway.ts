import type { NetworkView } from '@yici/api';
import { namesOf, type Words } from '@yici/domain/model';
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
  const known = pins.gateways.flatMap(({ addresses }) => addresses);
  const why = {
    zh: `其地址为 ${origin}，该身份认定的为 ${known.join('、')}`,
    en: `it is at ${origin}, not at ${known.join(' or ')}`,
  };
  throw notPinned(why, { address: origin });
}

/** Pins with the gateway in use. */
export interface AtGateway extends Pins {
  readonly gateway: PinnedGateway;
}

/** Compares what the gateway says of its network with the pins. @throws ClientError GATEWAY_NOT_PINNED */
export function checkNetwork(pins: AtGateway, network: NetworkView): void {
  const pinned = { ...pins, audience: pins.gateway.audience };
  for (const name of namesOf(pinnedParts)) {
    if (network[name] !== pinned[name]) {
      const { zh, en } = pinnedParts[name];
      const why = {
        zh: `其${zh}为 ${network[name]}，该身份认定的为 ${pinned[name]}`,
        en: `its ${en} is ${network[name]}, not ${pinned[name]}`,
      };
      throw notPinned(why, { [name]: network[name] });
    }
  }
}

/** What a gateway says of its network that an identity pins. */
const pinnedParts = {
  channel: { zh: '通道', en: 'channel' },
  chaincode: { zh: '链码', en: 'chaincode' },
  genesisHash: { zh: '创世哈希', en: 'genesis hash' },
  audience: { zh: '登录受众', en: 'audience' },
} as const;

function notPinned(why: Words, details: Readonly<Record<string, unknown>>): ClientError {
  return new ClientError(
    'GATEWAY_NOT_PINNED',
    {
      zh: `这不是该身份所属的网关（${why.zh}），未签名。网关如已迁移，请与其管理员核对后重新认定：yici pin --help`,
      en: `This is not the gateway that the identity belongs to: ${why.en}. Nothing was signed. If the gateway moved, ask its administrator and pin it anew: yici pin --help`,
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
