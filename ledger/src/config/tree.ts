import { decoding } from '../wire/decoding.js';
import {
  bytes,
  embedded,
  encoded,
  int32,
  list,
  mapEntry,
  message,
  string,
  uint64,
  type MessageOf,
} from '../wire/message.js';
import { malformed } from '../wire/reader.js';
import { compareUtf8 } from '../rwset/order.js';
import { NONE } from '../wire/writer.js';

const policyDefinition = message('common.Policy', {
  /** SIGNATURE (1) or IMPLICIT_META (3). */
  type: int32(1),
  /** The policy's own message. */
  value: bytes(2),
});
export type PolicyDefinition = MessageOf<typeof policyDefinition>;

const configValue = message('common.ConfigValue', {
  version: uint64(1),
  value: bytes(2),
  modPolicy: string(3),
});
export type ConfigValue = MessageOf<typeof configValue>;

const configPolicy = message('common.ConfigPolicy', {
  version: uint64(1),
  policy: embedded(2, policyDefinition),
  modPolicy: string(3),
});
export type ConfigPolicy = MessageOf<typeof configPolicy>;

const configGroup = message('common.ConfigGroup', {
  version: uint64(1),
  groups: list(2, mapEntry),
  values: list(3, mapEntry),
  policies: list(4, mapEntry),
  modPolicy: string(5),
});

/** common.ConfigGroup: one level of the channel configuration. */
export interface ConfigGroup {
  readonly version: bigint;
  readonly modPolicy: string;
  readonly groups: ReadonlyMap<string, ConfigGroup>;
  readonly values: ReadonlyMap<string, ConfigValue>;
  readonly policies: ReadonlyMap<string, ConfigPolicy>;
}

const config = message('common.Config', { sequence: uint64(1), channelGroup: encoded(2) });

/** common.Config. */
export interface Config {
  readonly sequence: bigint;
  readonly channelGroup: ConfigGroup;
}

/** Fabric's own tree has three levels; the limit bounds recursion over hostile input. */
const MAX_DEPTH = 50;

/** @throws LedgerError MALFORMED_CONFIG */
export function decodeConfig(bytes: Uint8Array): Config {
  return decoding('MALFORMED_CONFIG', { zh: '通道配置', en: 'channel config' }, () => {
    const { sequence, channelGroup } = config.decode(bytes);
    return { sequence, channelGroup: decodeGroup(channelGroup ?? NONE) };
  });
}

/** `common.Config` bytes, map entries in byte order of their keys. */
export function encodeConfig({ sequence, channelGroup }: Config): Uint8Array {
  return config.encode({ sequence, channelGroup: encodeGroup(channelGroup) });
}

/** @throws LedgerError MALFORMED_CONFIG */
export function decodeGroup(bytes: Uint8Array): ConfigGroup {
  return decoding('MALFORMED_CONFIG', { zh: '通道配置的组', en: 'config group' }, () =>
    readGroup(bytes, 0),
  );
}

function readGroup(bytes: Uint8Array, depth: number): ConfigGroup {
  if (depth > MAX_DEPTH) throw malformed('common.ConfigGroup', `nests deeper than ${MAX_DEPTH}`);
  const { groups, values, policies, ...rest } = configGroup.decode(bytes);
  return {
    ...rest,
    groups: mapOf(groups, (value) => readGroup(value, depth + 1)),
    values: mapOf(values, configValue.decode),
    policies: mapOf(policies, configPolicy.decode),
  };
}

/** `common.ConfigGroup` bytes. */
export function encodeGroup({ groups, values, policies, ...rest }: ConfigGroup): Uint8Array {
  return configGroup.encode({
    ...rest,
    groups: entriesOf(groups, encodeGroup),
    values: entriesOf(values, configValue.encode),
    policies: entriesOf(policies, configPolicy.encode),
  });
}

type Entry = MessageOf<typeof mapEntry>;

function mapOf<T>(
  entries: readonly Entry[],
  decode: (bytes: Uint8Array) => T,
): ReadonlyMap<string, T> {
  return new Map(entries.map(({ key, value }) => [key, decode(value)]));
}

function entriesOf<T>(map: ReadonlyMap<string, T>, encode: (item: T) => Uint8Array): Entry[] {
  return [...map]
    .map(([key, item]) => ({ key, value: encode(item) }))
    .sort((left, right) => compareUtf8(left.key, right.key));
}
