import type { ConfigUpdate } from './update.js';
import type { ConfigGroup } from './tree.js';

/**
 * The update that leads from one config tree to another: versions of what changes go up by one, what stays is only named
 * (internal/configtxlator/update/update.go). Versions in `to` are ignored. Undefined when nothing differs.
 */
export function computeUpdate(
  from: ConfigGroup,
  to: ConfigGroup,
  channelId: string,
): ConfigUpdate | undefined {
  const { readSet, writeSet, changed } = groupUpdate(from, to);
  return changed ? { channelId, readSet, writeSet } : undefined;
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
  const changed = kinds.some(({ reads, writes }) => reads.size + writes.size > 0);
  const named = <T>(listed: ReadonlyMap<string, T>, same: ReadonlyMap<string, T>) =>
    restructured ? new Map([...listed, ...same]) : listed;
  return {
    readSet: {
      version: from.version,
      modPolicy: '',
      groups: named(groups.reads, groups.same),
      values: named(values.reads, values.same),
      policies: named(policies.reads, policies.same),
    },
    writeSet: {
      version: restructured ? from.version + 1n : from.version,
      modPolicy: restructured ? to.modPolicy : '',
      groups: named(groups.writes, groups.same),
      values: named(values.writes, values.same),
      policies: named(policies.writes, policies.same),
    },
    changed: restructured || changed,
  };
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
  const members: Members<T> = noMembers(from, to);
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
  const members: Members<ConfigGroup> = noMembers(from, to);
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

/** Before any member is looked at. */
function noMembers<T>(from: ReadonlyMap<string, T>, to: ReadonlyMap<string, T>): Members<T> {
  const joinedOrLeft = from.size !== to.size || [...from.keys()].some((name) => !to.has(name));
  return { reads: new Map(), writes: new Map(), same: new Map(), joinedOrLeft };
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
