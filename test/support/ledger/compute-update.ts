import { WireWriter } from '@yici/ledger';
import { encodeGroup, type ConfigGroup, type ConfigUpdateEnvelope } from '@yici/ledger/testing';

/** common.ConfigUpdate: what must still be as it was, and what is to be. */
interface ConfigUpdate {
  readonly channelId: string;
  readonly readSet: ConfigGroup;
  readonly writeSet: ConfigGroup;
}

/** `common.ConfigUpdate` bytes, which administrators sign. */
export function encodeConfigUpdate(update: ConfigUpdate): Uint8Array {
  return new WireWriter()
    .string(1, update.channelId)
    .message(2, encodeGroup(update.readSet))
    .message(3, encodeGroup(update.writeSet))
    .finish();
}

/** `common.ConfigUpdateEnvelope` bytes. */
export function encodeConfigUpdateEnvelope(envelope: ConfigUpdateEnvelope): Uint8Array {
  const signatures = envelope.signatures.map((item) =>
    new WireWriter().bytes(1, item.signatureHeader).bytes(2, item.signature).finish(),
  );
  return new WireWriter().bytes(1, envelope.configUpdate).repeated(2, signatures).finish();
}

/**
 * The update that leads from one config to another: versions of what changes go up by one, what stays is only named
 * (internal/configtxlator/update/update.go). Versions in `to` are ignored.
 */
export function computeUpdate(from: ConfigGroup, to: ConfigGroup, channelId: string): ConfigUpdate {
  const { readSet, writeSet } = groupUpdate(from, to);
  return { channelId, readSet, writeSet };
}

interface GroupUpdate {
  readonly readSet: ConfigGroup;
  readonly writeSet: ConfigGroup;
  readonly changed: boolean;
}

/** What happened to the members of one kind. */
interface Members<T> {
  readonly reads: Map<string, T>;
  readonly writes: Map<string, T>;
  /** Unchanged ones, needed only when the membership of the group changes. */
  readonly same: Map<string, T>;
  readonly joinedOrLeft: boolean;
}

const NO_GROUP: ConfigGroup = {
  version: 0n,
  modPolicy: '',
  groups: new Map(),
  values: new Map(),
  policies: new Map(),
};

function groupUpdate(from: ConfigGroup, to: ConfigGroup): GroupUpdate {
  const groups = groupMembers(from.groups, to.groups);
  const values = leafMembers(from.values, to.values, sameValue, { value: new Uint8Array(0) });
  const policies = leafMembers(from.policies, to.policies, samePolicy, { policy: undefined });
  const kinds = [groups, values, policies];
  const restructured =
    kinds.some(({ joinedOrLeft }) => joinedOrLeft) || from.modPolicy !== to.modPolicy;
  if (!restructured) {
    const changed = kinds.some(({ reads, writes }) => reads.size + writes.size > 0);
    return {
      readSet: assemble(from.version, '', groups.reads, values.reads, policies.reads),
      writeSet: assemble(from.version, '', groups.writes, values.writes, policies.writes),
      changed,
    };
  }
  const all = <T>(changed: Map<string, T>, same: Map<string, T>): Map<string, T> =>
    new Map([...changed, ...same]);
  return {
    readSet: assemble(
      from.version,
      '',
      all(groups.reads, groups.same),
      all(values.reads, values.same),
      all(policies.reads, policies.same),
    ),
    writeSet: assemble(
      from.version + 1n,
      to.modPolicy,
      all(groups.writes, groups.same),
      all(values.writes, values.same),
      all(policies.writes, policies.same),
    ),
    changed: true,
  };
}

function assemble(
  version: bigint,
  modPolicy: string,
  groups: ConfigGroup['groups'],
  values: ConfigGroup['values'],
  policies: ConfigGroup['policies'],
): ConfigGroup {
  return { version, modPolicy, groups, values, policies };
}

interface Leaf {
  readonly version: bigint;
  readonly modPolicy: string;
}

/** Values and policies: `blank` is what an unchanged one carries beside its version. */
function leafMembers<T extends Leaf>(
  from: ReadonlyMap<string, T>,
  to: ReadonlyMap<string, T>,
  same: (left: T, right: T) => boolean,
  blank: Omit<T, keyof Leaf>,
): Members<T> {
  const members: Members<T> = {
    reads: new Map(),
    writes: new Map(),
    same: new Map(),
    joinedOrLeft: differentNames(from, to),
  };
  for (const [name, next] of to) {
    const before = from.get(name);
    if (before === undefined) members.writes.set(name, { ...next, version: 0n });
    else if (before.modPolicy === next.modPolicy && same(before, next)) {
      members.same.set(name, { ...before, ...blank, modPolicy: '' });
    } else members.writes.set(name, { ...next, version: before.version + 1n });
  }
  return members;
}

function groupMembers(
  from: ConfigGroup['groups'],
  to: ConfigGroup['groups'],
): Members<ConfigGroup> {
  const members: Members<ConfigGroup> = {
    reads: new Map(),
    writes: new Map(),
    same: new Map(),
    joinedOrLeft: differentNames(from, to),
  };
  for (const [name, next] of to) {
    const before = from.get(name);
    const { readSet, writeSet, changed } = groupUpdate(before ?? NO_GROUP, next);
    if (before === undefined) {
      members.writes.set(name, { ...writeSet, version: 0n, modPolicy: next.modPolicy });
    } else if (changed) {
      members.reads.set(name, readSet);
      members.writes.set(name, writeSet);
    } else members.same.set(name, readSet);
  }
  return members;
}

function differentNames(
  from: ReadonlyMap<string, unknown>,
  to: ReadonlyMap<string, unknown>,
): boolean {
  return from.size !== to.size || [...from.keys()].some((name) => !to.has(name));
}

function sameValue(left: { value: Uint8Array }, right: { value: Uint8Array }): boolean {
  return Buffer.from(left.value).equals(right.value);
}

interface WithPolicy {
  readonly policy: { readonly type: number; readonly value: Uint8Array } | undefined;
}

function samePolicy({ policy: left }: WithPolicy, { policy: right }: WithPolicy): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.type === right.type && sameValue(left, right);
}
