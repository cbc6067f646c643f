import { bytesTag, decoding, readFields, readMapEntry, varintTag } from '../wire/fields.js';
import { malformed } from '../wire/reader.js';
import { WireWriter } from '../wire/writer.js';

/** common.ConfigGroup: one level of the channel configuration. */
export interface ConfigGroup {
  readonly version: bigint;
  readonly modPolicy: string;
  readonly groups: ReadonlyMap<string, ConfigGroup>;
  readonly values: ReadonlyMap<string, ConfigValue>;
  readonly policies: ReadonlyMap<string, ConfigPolicy>;
}

/** common.ConfigValue. */
export interface ConfigValue {
  readonly version: bigint;
  readonly modPolicy: string;
  readonly value: Uint8Array;
}

/** common.ConfigPolicy. */
export interface ConfigPolicy {
  readonly version: bigint;
  readonly modPolicy: string;
  readonly policy: PolicyDefinition | undefined;
}

/** common.Policy: `type` is SIGNATURE (1) or IMPLICIT_META (3), `value` the policy's own message. */
export interface PolicyDefinition {
  readonly type: number;
  readonly value: Uint8Array;
}

/** common.Config. */
export interface Config {
  readonly sequence: bigint;
  readonly channelGroup: ConfigGroup;
}

const NONE: Uint8Array = new Uint8Array(0);
/** Fabric's own tree has three levels; the limit bounds recursion over hostile input. */
const MAX_DEPTH = 50;

/** @throws LedgerError MALFORMED_CONFIG */
export function decodeConfig(bytes: Uint8Array): Config {
  return decoding('MALFORMED_CONFIG', 'channel config', () => {
    let sequence = 0n;
    let group: Uint8Array = NONE;
    readFields(bytes, 'common.Config', {
      [varintTag(1)]: (reader) => {
        sequence = reader.uint64();
      },
      [bytesTag(2)]: (reader) => {
        group = reader.message(group);
      },
    });
    return { sequence, channelGroup: decodeGroup(group) };
  });
}

/** `common.Config` bytes, map entries in byte order of their keys. */
export function encodeConfig(config: Config): Uint8Array {
  return new WireWriter()
    .varint(1, config.sequence)
    .message(2, encodeGroup(config.channelGroup))
    .finish();
}

/** @throws LedgerError MALFORMED_CONFIG */
export function decodeGroup(bytes: Uint8Array): ConfigGroup {
  return decoding('MALFORMED_CONFIG', 'config group', () => readGroup(bytes, 0));
}

function readGroup(bytes: Uint8Array, depth: number): ConfigGroup {
  if (depth > MAX_DEPTH) throw malformed('common.ConfigGroup', `nests deeper than ${MAX_DEPTH}`);
  const groups = new Map<string, ConfigGroup>();
  const values = new Map<string, ConfigValue>();
  const policies = new Map<string, ConfigPolicy>();
  const head = { version: 0n, modPolicy: '' };
  readFields(bytes, 'common.ConfigGroup', {
    [varintTag(1)]: (reader) => {
      head.version = reader.uint64();
    },
    [bytesTag(2)]: (reader) => {
      const { key, value } = readMapEntry(reader.bytes());
      groups.set(key, readGroup(value, depth + 1));
    },
    [bytesTag(3)]: (reader) => {
      const { key, value } = readMapEntry(reader.bytes());
      values.set(key, decodeValue(value));
    },
    [bytesTag(4)]: (reader) => {
      const { key, value } = readMapEntry(reader.bytes());
      policies.set(key, decodeConfigPolicy(value));
    },
    [bytesTag(5)]: (reader) => {
      head.modPolicy = reader.string();
    },
  });
  return { ...head, groups, values, policies };
}

function decodeValue(bytes: Uint8Array): ConfigValue {
  const value = { version: 0n, modPolicy: '', value: NONE };
  readFields(bytes, 'common.ConfigValue', {
    [varintTag(1)]: (reader) => {
      value.version = reader.uint64();
    },
    [bytesTag(2)]: (reader) => {
      value.value = reader.bytes();
    },
    [bytesTag(3)]: (reader) => {
      value.modPolicy = reader.string();
    },
  });
  return value;
}

function decodeConfigPolicy(bytes: Uint8Array): ConfigPolicy {
  const head = { version: 0n, modPolicy: '' };
  const body: { policy: Uint8Array | undefined } = { policy: undefined };
  readFields(bytes, 'common.ConfigPolicy', {
    [varintTag(1)]: (reader) => {
      head.version = reader.uint64();
    },
    [bytesTag(2)]: (reader) => {
      body.policy = reader.message(body.policy);
    },
    [bytesTag(3)]: (reader) => {
      head.modPolicy = reader.string();
    },
  });
  return {
    ...head,
    policy: body.policy === undefined ? undefined : decodeDefinition(body.policy),
  };
}

function decodeDefinition(bytes: Uint8Array): PolicyDefinition {
  const policy = { type: 0, value: NONE };
  readFields(bytes, 'common.Policy', {
    [varintTag(1)]: (reader) => {
      policy.type = reader.int32();
    },
    [bytesTag(2)]: (reader) => {
      policy.value = reader.bytes();
    },
  });
  return policy;
}

/** `common.ConfigGroup` bytes. */
export function encodeGroup(group: ConfigGroup): Uint8Array {
  return new WireWriter()
    .varint(1, group.version)
    .repeated(2, entries(group.groups, encodeGroup))
    .repeated(3, entries(group.values, encodeValue))
    .repeated(4, entries(group.policies, encodeConfigPolicy))
    .string(5, group.modPolicy)
    .finish();
}

function encodeValue(value: ConfigValue): Uint8Array {
  return new WireWriter()
    .varint(1, value.version)
    .bytes(2, value.value)
    .string(3, value.modPolicy)
    .finish();
}

function encodeConfigPolicy(policy: ConfigPolicy): Uint8Array {
  return new WireWriter()
    .varint(1, policy.version)
    .message(2, policy.policy && encodeDefinition(policy.policy))
    .string(3, policy.modPolicy)
    .finish();
}

function encodeDefinition(policy: PolicyDefinition): Uint8Array {
  return new WireWriter().varint(1, policy.type).bytes(2, policy.value).finish();
}

function entries<T>(map: ReadonlyMap<string, T>, encode: (item: T) => Uint8Array): Uint8Array[] {
  return [...map]
    .sort(([left], [right]) => Buffer.compare(Buffer.from(left), Buffer.from(right)))
    .map(([key, item]) => new WireWriter().string(1, key).message(2, encode(item)).finish());
}
