import type { ChannelConfig } from '../config/channel.js';
import { mapConfig } from '../config/config-map.js';
import { parseDuration } from '../config/duration.js';
import { encodeGroup } from '../config/tree.js';
import { decodeCapabilities } from '../config/values.js';
import type { Sentence } from '../errors.js';
import { parseCertificate } from '../identity/certificate.js';
import { signedBy } from '../identity/chain.js';
import type { MspDefinition } from '../identity/msp-definition.js';
import { mspsOf } from '../identity/principal.js';
import { encodeIdentity } from '../identity/serialized.js';
import { equal } from '../identity/x509.js';
import { plannedSigner } from '../policy/plan.js';
import { decodeSignaturePolicy } from '../policy/signature-policy.js';
import { identify } from '../policy/signers.js';
import { smartBftOptions } from './options.js';
import { faultsTolerated, isBft, quorumOf } from './quorum.js';
import { isMetaPolicy } from './rule-text.js';

/** Capabilities that a Fabric 3.1 orderer supports (common/capabilities/orderer.go). */
const ordererCapabilities = ['V1_1', 'V1_4_2', 'V2_0'];

/**
 * Why nodes could not go on with a config that is well formed: it would stop them or lock everybody out. Orderers take some of
 * these and fail only when they apply them, after they are in a block for good.
 */
export function harmOf(before: ChannelConfig, after: ChannelConfig): Sentence[] {
  // What was wrong before does not keep anybody from changing something else, least of all from mending it.
  const known = new Set(harmIn(before).map(({ en }) => en));
  return [...harmIn(after).filter(({ en }) => !known.has(en)), ...fewerFaults(before, after)];
}

function harmIn(config: ChannelConfig): Sentence[] {
  return [
    ...unsupportedByOrderers(config),
    ...(isBft(config) ? [...badOptions(config), ...badQuorum(config)] : []),
    ...strangers(config),
    ...unsatisfiable(config),
  ];
}

function unsupportedByOrderers({ tree }: ChannelConfig): Sentence[] {
  const value = tree.groups.get('Orderer')?.values.get('Capabilities')?.value;
  const names = [...decodeCapabilities(value ?? new Uint8Array(0))];
  return names
    .filter((name) => !ordererCapabilities.includes(name))
    .map((name) => ({
      zh: `排序节点不支持能力 ${name}，登记后各节点每次启动都会崩溃。`,
      en: `Orderers do not support capability ${name}: with it they would stop at every start.`,
    }));
}

/** SmartBFT's Configuration.Validate: an orderer that finds it broken stops at the block. */
function badOptions({ orderer: ordering }: ChannelConfig): Sentence[] {
  const options = smartBftOptions.decode(ordering?.metadata ?? new Uint8Array(0));
  const orders = [
    ['requestForwardTimeout', 'requestComplainTimeout'],
    ['requestComplainTimeout', 'requestAutoRemoveTimeout'],
    ['viewChangeResendInterval', 'viewChangeTimeout'],
  ] as const;
  const times = [...orders.flat(), 'leaderHeartbeatTimeout', 'collectTimeout'] as const;
  const zero = times.filter((name) => parseDuration(options[name]) <= 0);
  const wrong = orders.filter(
    ([smaller, larger]) => parseDuration(options[smaller]) > parseDuration(options[larger]),
  );
  return [
    ...[...new Set(zero)].map((name) => ({
      zh: `bft.${name} 须大于零。`,
      en: `bft.${name} must be above zero.`,
    })),
    ...wrong.map(([smaller, larger]) => ({
      zh: `bft.${smaller} 不得大于 bft.${larger}。`,
      en: `bft.${smaller} must not be above bft.${larger}.`,
    })),
  ];
}

function badQuorum({ tree, consenters }: ChannelConfig): Sentence[] {
  const policy = tree.groups.get('Orderer')?.policies.get('BlockValidation')?.policy;
  const wanted = quorumOf(consenters);
  const fits =
    policy?.type === wanted.type && Buffer.from(policy.value).equals(Buffer.from(wanted.value));
  if (fits) return [];
  return [
    {
      zh: '区块策略（BlockValidation）与排序节点不一致，排序节点会拒绝。',
      en: 'BlockValidation is not the quorum of the consenters: orderers would refuse it.',
    },
  ];
}

function fewerFaults(before: ChannelConfig, after: ChannelConfig): Sentence[] {
  const tolerated = (config: ChannelConfig) =>
    faultsTolerated(isBft(config) ? 'bft' : 'raft', config.consenters.length);
  if (tolerated(after) >= tolerated(before)) return [];
  const count = after.consenters.length;
  return [
    {
      zh: `只剩 ${count} 个排序节点，可失效的数量由 ${tolerated(before)} 减为 ${tolerated(after)}；先增加一个排序节点。`,
      en: `${count} consenters would be left, and ${tolerated(after)} instead of ${tolerated(before)} of them may fail: add one first.`,
    },
  ];
}

/** Policies that name an MSP that is not on the channel, and consenters whose certificate their MSP does not accept. */
const strangers = (config: ChannelConfig): Sentence[] => [
  ...policyStrangers(config),
  ...consenterStrangers(config),
];

function policyStrangers(config: ChannelConfig): Sentence[] {
  return [...mapConfig(config.tree)].flatMap(([id, element]) => {
    const policy = element.kind === 'policy' ? element.item.policy : undefined;
    if (policy === undefined || isMetaPolicy(policy)) return [];
    const named = decodeSignaturePolicy(policy.value).principals.flatMap(mspsOf);
    const path = id.replace(/^policy /, '');
    return [...new Set(named)]
      .filter((mspId) => !config.msps.has(mspId))
      .map((mspId) => ({
        zh: `策略 ${path} 提到的 ${mspId} 不在通道中。`,
        en: `The policy ${path} names ${mspId}, which is not on the channel.`,
      }));
  });
}

function consenterStrangers(config: ChannelConfig): Sentence[] {
  return config.consenters.flatMap(({ id, mspId, identity, serverTlsCert }) => {
    if (identity.length === 0) return [];
    const verdict = identify(config, encodeIdentity(mspId, identity));
    const isOrderer = verdict.valid && verdict.identity.role === 'orderer';
    if (isOrderer && isIssued(serverTlsCert, config.msps.get(mspId)?.definition)) return [];
    return [
      {
        zh: `排序节点 ${id} 的签名证书或者 TLS 证书不是 ${mspId} 现有根证书所签发。`,
        en: `A certificate of consenter ${id} was not issued to an orderer by the roots of ${mspId}.`,
      },
    ];
  });
}

/** Whether a TLS certificate is from one of an MSP's authorities. */
function isIssued(certificate: Uint8Array, definition: MspDefinition | undefined): boolean {
  const { tlsRootCerts = [], tlsIntermediateCerts = [] } = definition ?? {};
  const leaf = parseCertificate(certificate);
  return [...tlsRootCerts, ...tlsIntermediateCerts].some((pem) => {
    const authority = parseCertificate(pem);
    return (
      equal(leaf.x509.issuer, authority.x509.subject) && signedBy(leaf.x509, authority.publicKey)
    );
  });
}

const wantedBy = {
  '/Channel/Admins': 'admin',
  '/Channel/Orderer/Admins': 'admin',
  '/Channel/Application/Admins': 'admin',
  '/Channel/Writers': 'client',
  '/Channel/Readers': 'client',
  '/Channel/Application/Writers': 'client',
  '/Channel/Application/Readers': 'client',
  '/Channel/Application/Endorsement': 'peer',
  '/Channel/Application/LifecycleEndorsement': 'peer',
} as const;

/** Policies that not even all departments together could meet. */
function unsatisfiable(config: ChannelConfig): Sentence[] {
  return Object.entries(wantedBy).flatMap(([path, role]) => {
    const all = [...config.msps.keys()].map((mspId) => plannedSigner(mspId, role));
    if (config.policy(path)?.evaluate(all).satisfied === true) return [];
    return [
      {
        zh: `策略 ${path} 即使各部门都签名也无法满足，通道会被锁死。`,
        en: `All departments together could not meet the policy ${path}: the channel would be locked.`,
      },
    ];
  });
}

/** Whether two configs say the same, whatever their sequence. */
export function sameConfig(left: ChannelConfig, right: ChannelConfig): boolean {
  return Buffer.from(encodeGroup(left.tree)).equals(Buffer.from(encodeGroup(right.tree)));
}
