import { decoding } from '../wire/decoding.js';
import type { Msp } from '../identity/msp.js';
import { applicationPolicy } from '../policy/application.js';
import { compilePolicies, findPolicy, type PolicyGroup } from './policy-manager.js';
import type { Policy } from '../policy/model.js';
import { MspRegistry } from './msps.js';
import { checkConfigIds, isChannelId } from './names.js';
import { readOrderer, type OrdererConfig } from './orderer.js';
import {
  malformedConfig,
  checkValues,
  readApplicationOrganization,
  valueOf,
  type ApplicationOrganization,
  type MspRegistrar,
} from './organizations.js';
import { decodeConfig, type Config, type ConfigGroup } from './tree.js';
import {
  dataHashingStructure,
  decodeAcls,
  decodeCapabilities,
  hashingAlgorithm,
  ordererAddresses,
  type Consenter,
} from './values.js';

/** The Application group of a channel config. */
interface ApplicationConfig {
  readonly organizations: readonly ApplicationOrganization[];
  readonly capabilities: ReadonlySet<string>;
  /** Resource -> absolute policy path. */
  readonly acls: ReadonlyMap<string, string>;
}

/** A channel configuration, decoded and with its policies compiled (common/channelconfig/bundle.go). */
export interface ChannelConfig {
  readonly channelId: string;
  /** Grows by one with every config update; 0 in the genesis block. */
  readonly sequence: bigint;
  /** Serialized `common.Config` as received. */
  readonly bytes: Uint8Array;
  readonly tree: ConfigGroup;
  /** Channel capabilities, e.g. `V3_0`. */
  readonly capabilities: ReadonlySet<string>;
  /** MSPs of the application and orderer organisations by MSP id. */
  readonly msps: ReadonlyMap<string, Msp>;
  readonly application: ApplicationConfig | undefined;
  readonly orderer: OrdererConfig | undefined;
  readonly consenters: readonly Consenter[];
  readonly policies: PolicyGroup;
  /** A policy by its absolute path, e.g. `/Channel/Application/Endorsement`. */
  policy(path: string): Policy | undefined;
  /** A chaincode's or collection's policy (`peer.ApplicationPolicy` bytes). @throws LedgerError MALFORMED_POLICY */
  applicationPolicy(bytes: Uint8Array): Policy;
}

const CHANNEL_VALUES = [
  'HashingAlgorithm',
  'BlockDataHashingStructure',
  'OrdererAddresses',
  'Orderers',
  'Consortium',
  'Capabilities',
];
const FLAT_DATA_HASH = 0xffffffff;
/** Channel capabilities from which on orderer addresses belong to organisations. */
const ORG_ENDPOINTS = ['V1_4_2', 'V1_4_3', 'V2_0', 'V3_0'];

/**
 * Decodes serialized `common.Config` and checks it as a Fabric node does when it applies a config.
 * @throws LedgerError MALFORMED_CONFIG; its cause is the refused policy or MSP definition.
 */
export function channelConfigFrom(configBytes: Uint8Array, channelId: string): ChannelConfig {
  const config = decodeConfig(configBytes);
  if (!isChannelId(channelId))
    throw malformedConfig({
      zh: `“${channelId}”不是通道名称`,
      en: `"${channelId}" is not a channel id`,
    });
  checkConfigIds('/Channel', config.channelGroup);
  return decoding('MALFORMED_CONFIG', { zh: '通道配置', en: 'channel config' }, () =>
    buildConfig(config, configBytes, channelId),
  );
}

function buildConfig(config: Config, bytes: Uint8Array, channelId: string): ChannelConfig {
  const root = config.channelGroup;
  checkCapabilityOrder(root);
  const capabilities = readChannelValues(root);
  const registry = new MspRegistry(capabilities);
  const register: MspRegistrar = (name, mspConfig) => registry.register(name, mspConfig);
  const bftCapable = capabilities.has('V3_0');
  const application = mapGroup(root, 'Application', (group) => readApplication(group, register));
  const orderer = mapGroup(root, 'Orderer', (group) => readOrderer(group, bftCapable, register));
  const policies = compilePolicies('Channel', root);
  const policy = (path: string): Policy | undefined => findPolicy(policies, path);
  return {
    channelId,
    sequence: config.sequence,
    bytes,
    tree: root,
    capabilities,
    msps: registry.msps,
    application,
    orderer,
    consenters: orderer?.consenters ?? [],
    policies,
    policy,
    applicationPolicy: cachedPolicies((policyBytes) => applicationPolicy(policyBytes, { policy })),
  };
}

function mapGroup<T>(
  root: ConfigGroup,
  name: string,
  read: (group: ConfigGroup) => T,
): T | undefined {
  const group = root.groups.get(name);
  return group === undefined ? undefined : read(group);
}

function readApplication(group: ConfigGroup, register: MspRegistrar): ApplicationConfig {
  checkValues('/Channel/Application', group, ['ACLs', 'Capabilities']);
  const capabilities = decodeCapabilities(valueOf(group, 'Capabilities'));
  if (group.values.has('ACLs') && [...capabilities].every((name) => name === 'V1_1')) {
    throw malformedConfig({
      zh: '设有 ACL，但能力级别不支持',
      en: 'ACLs without a capability that knows them',
    });
  }
  return {
    organizations: [...group.groups].map(([name, inner]) =>
      readApplicationOrganization(name, inner, register),
    ),
    capabilities,
    acls: decodeAcls(valueOf(group, 'ACLs')),
  };
}

function readChannelValues(root: ConfigGroup): ReadonlySet<string> {
  checkValues('/Channel', root, CHANNEL_VALUES);
  for (const name of root.groups.keys()) {
    if (name !== 'Application' && name !== 'Orderer') {
      throw malformedConfig({ zh: `通道缺少 ${name} 组`, en: `a channel has no group ${name}` });
    }
  }
  const { name: hashing } = hashingAlgorithm.decode(valueOf(root, 'HashingAlgorithm'));
  // SHA3_256 is legal in Fabric, but no Fabric tool writes it and this code does not implement it.
  if (hashing !== 'SHA256')
    throw malformedConfig({
      zh: `散列算法“${hashing}”不是 SHA256`,
      en: `hashing algorithm "${hashing}" is not SHA256`,
    });
  const { width } = dataHashingStructure.decode(valueOf(root, 'BlockDataHashingStructure'));
  if (width !== FLAT_DATA_HASH) {
    throw malformedConfig({
      zh: '区块数据的散列方式不受支持',
      en: 'the block data hash is not flat',
    });
  }
  const capabilities = decodeCapabilities(valueOf(root, 'Capabilities'));
  const { addresses } = ordererAddresses.decode(valueOf(root, 'OrdererAddresses'));
  checkAddresses(addresses.length, capabilities);
  return capabilities;
}

function checkAddresses(count: number, capabilities: ReadonlySet<string>): void {
  if (count === 0 && !ORG_ENDPOINTS.some((name) => capabilities.has(name))) {
    throw malformedConfig({ zh: '没有排序节点地址', en: 'no orderer addresses' });
  }
  if (count > 0 && capabilities.has('V3_0')) {
    throw malformedConfig({
      zh: '能力级别 V3_0 下不得有全局排序节点地址',
      en: 'global orderer addresses under capability V3_0',
    });
  }
}

/** Orderers must declare capabilities before the channel or the application may (bundle.go preValidate). */
function checkCapabilityOrder(root: ConfigGroup): void {
  const orderer = root.groups.get('Orderer');
  if (orderer === undefined || orderer.values.has('Capabilities')) return;
  const application = root.groups.get('Application');
  if (root.values.has('Capabilities') || application?.values.has('Capabilities') === true) {
    throw malformedConfig({
      zh: '设有通道或者应用能力级别，却没有排序能力级别',
      en: 'channel or application capabilities without orderer capabilities',
    });
  }
}

/** Transactions repeat the policies of chaincodes and keys: compile each of them once. */
const MAX_CACHED_POLICIES = 1000;

function cachedPolicies(compile: (bytes: Uint8Array) => Policy): (bytes: Uint8Array) => Policy {
  // Within a block the same array object recurs: a lookup by identity is cheaper than building a text key.
  const byArray = new WeakMap<Uint8Array, Policy>();
  const byText = new Map<string, Policy>();
  return (bytes) => {
    const before = byArray.get(bytes);
    if (before !== undefined) return before;
    const key = Buffer.from(bytes).toString('latin1');
    const policy = byText.get(key) ?? compile(bytes);
    if (byText.size >= MAX_CACHED_POLICIES) byText.clear();
    byText.set(key, policy);
    byArray.set(bytes, policy);
    return policy;
  };
}
