import {
  channelConfigFrom,
  encodeSignaturePolicy,
  WireWriter,
  type ChannelConfig,
  parseSignaturePolicy,
  encodeConfig,
  encodeMspConfig,
  metaRule,
  type ConfigGroup,
} from '@yici/ledger';
import type { ConfigPolicy, ConfigValue, MspDefinition } from '@yici/ledger/testing';

export const CHANNEL = 'district';

/** A channel of departments that each order and endorse, in the shape configtxgen gives it. */
export interface ChannelInput {
  readonly organizations: readonly MspDefinition[];
  readonly orderer: MspDefinition;
  /** Changes the tree before it is read. */
  readonly edit?: (tree: ConfigGroup) => ConfigGroup;
}

export function channelConfig(input: ChannelInput): ChannelConfig {
  return channelConfigFrom(configBytes(input), CHANNEL);
}

/** `common.Config` bytes. */
export function configBytes({ organizations, orderer, edit }: ChannelInput): Uint8Array {
  const tree = channelTree(organizations, orderer);
  return encodeConfig({ sequence: 0n, channelGroup: edit === undefined ? tree : edit(tree) });
}

export function channelTree(
  organizations: readonly MspDefinition[],
  orderer: MspDefinition,
): ConfigGroup {
  return group({
    groups: {
      Application: group({
        groups: Object.fromEntries(organizations.map((item) => [item.mspId, organization(item)])),
        values: { Capabilities: value(capabilities('V2_5')) },
        policies: {
          ...metaPolicies(),
          Endorsement: meta('majority', 'Endorsement'),
          LifecycleEndorsement: meta('majority', 'Endorsement'),
        },
      }),
      Orderer: group({
        groups: { [orderer.mspId]: ordererOrganization(orderer) },
        values: {
          Capabilities: value(capabilities('V2_0')),
          ConsensusType: value(new WireWriter().string(1, 'BFT').finish()),
          BatchSize: value(
            new WireWriter().varint(1, 100).varint(2, 1_000_000).varint(3, 500_000).finish(),
          ),
          BatchTimeout: value(new WireWriter().string(1, '1s').finish()),
        },
        policies: { ...metaPolicies(), BlockValidation: meta('any', 'Writers') },
      }),
    },
    values: {
      Capabilities: value(capabilities('V3_0')),
      HashingAlgorithm: value(new WireWriter().string(1, 'SHA256').finish()),
      BlockDataHashingStructure: value(new WireWriter().varint(1, 0xffffffff).finish()),
    },
    policies: metaPolicies(),
  });
}

interface GroupInput {
  readonly groups?: Readonly<Record<string, ConfigGroup>>;
  readonly values?: Readonly<Record<string, ConfigValue>>;
  readonly policies?: Readonly<Record<string, ConfigPolicy>>;
}

export function group({ groups = {}, values = {}, policies = {} }: GroupInput): ConfigGroup {
  return {
    version: 0n,
    modPolicy: 'Admins',
    groups: new Map(Object.entries(groups)),
    values: new Map(Object.entries(values)),
    policies: new Map(Object.entries(policies)),
  };
}

export function value(bytes: Uint8Array): ConfigValue {
  return { version: 0n, modPolicy: 'Admins', value: bytes };
}

export function signature(text: string): ConfigPolicy {
  const definition = { type: 1, value: encodeSignaturePolicy(parseSignaturePolicy(text)) };
  return { version: 0n, modPolicy: 'Admins', policy: definition };
}

export function meta(rule: keyof typeof metaRule, subPolicy: string): ConfigPolicy {
  const value = new WireWriter().string(1, subPolicy).varint(2, metaRule[rule]).finish();
  const definition = { type: 3, value };
  return { version: 0n, modPolicy: 'Admins', policy: definition };
}

export function organization(definition: MspDefinition): ConfigGroup {
  const { mspId } = definition;
  return group({
    values: { MSP: value(encodeMspConfig(definition)) },
    policies: {
      Readers: signature(`OR('${mspId}.member')`),
      Writers: signature(`OR('${mspId}.member')`),
      Admins: signature(`OR('${mspId}.admin')`),
      Endorsement: signature(`OR('${mspId}.peer')`),
    },
  });
}

function ordererOrganization(definition: MspDefinition): ConfigGroup {
  const base = organization(definition);
  const endpoints = value(new WireWriter().repeated(1, [Buffer.from('127.0.0.1:6050')]).finish());
  return { ...base, values: new Map([...base.values, ['Endpoints', endpoints]]) };
}

function metaPolicies(): Readonly<Record<string, ConfigPolicy>> {
  return {
    Readers: meta('any', 'Readers'),
    Writers: meta('any', 'Writers'),
    Admins: meta('majority', 'Admins'),
  };
}

function capabilities(name: string): Uint8Array {
  const entry = new WireWriter().string(1, name).message(2, new Uint8Array(0)).finish();
  return new WireWriter().message(1, entry).finish();
}

/** The tree with one element of a group replaced; `path` names the groups from the root's children down. */
export function editGroup(
  tree: ConfigGroup,
  path: readonly string[],
  edit: (inner: ConfigGroup) => ConfigGroup,
): ConfigGroup {
  const [first, ...rest] = path;
  if (first === undefined) return edit(tree);
  const inner = tree.groups.get(first);
  if (inner === undefined) return tree;
  return { ...tree, groups: new Map([...tree.groups, [first, editGroup(inner, rest, edit)]]) };
}

export function withValue(inner: ConfigGroup, key: string, item: ConfigValue): ConfigGroup {
  return { ...inner, values: new Map([...inner.values, [key, item]]) };
}
