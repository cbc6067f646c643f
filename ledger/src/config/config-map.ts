import { compareUtf8 } from '../rwset/order.js';
import { LedgerError, type Sentence } from '../errors.js';
import { isConfigId } from './names.js';
import type { ConfigGroup, ConfigPolicy, ConfigValue } from './tree.js';

/** One element of a config tree, flattened (common/configtx/configmap.go). */
export type ConfigElement = {
  readonly key: string;
  /** Names of the groups above it, from `Channel` down; empty for the root. */
  readonly path: readonly string[];
} & (
  | { readonly kind: 'group'; readonly item: ConfigGroup }
  | { readonly kind: 'value'; readonly item: ConfigValue }
  | { readonly kind: 'policy'; readonly item: ConfigPolicy }
);

export type ConfigMap = ReadonlyMap<string, ConfigElement>;

const ROOT = 'Channel';
/** In channels whose orderers declare capabilities, elements without a mod policy get this one (configmap.go). */
const ORDERER_CAPABILITIES = elementId('value', [ROOT, 'Orderer'], 'Capabilities');
const FALLBACK_MOD_POLICY = 'Admins';

function elementId(kind: ConfigElement['kind'], path: readonly string[], key: string): string {
  return `${kind} /${[...path, key].join('/')}`;
}

/** Every element of a tree, keyed by kind and path. @throws LedgerError CONFIG_UPDATE_REFUSED on an invalid name. */
export function mapConfig(group: ConfigGroup | undefined): ConfigMap {
  const map = new Map<string, ConfigElement>();
  if (group !== undefined) addGroup(map, [], ROOT, group);
  return map;
}

function addGroup(
  map: Map<string, ConfigElement>,
  path: readonly string[],
  key: string,
  group: ConfigGroup,
): void {
  add(map, { kind: 'group', key, path, item: group });
  const inner = [...path, key];
  for (const [name, child] of group.groups) addGroup(map, inner, name, child);
  for (const [name, item] of group.values)
    add(map, { kind: 'value', key: name, path: inner, item });
  for (const [name, item] of group.policies) {
    add(map, { kind: 'policy', key: name, path: inner, item });
  }
}

function add(map: Map<string, ConfigElement>, element: ConfigElement): void {
  const id = elementId(element.kind, element.path, element.key);
  if (!isConfigId(element.key))
    throw refused({ zh: `${id} 的名称不符合要求`, en: `${id} has a name that is not allowed` });
  map.set(id, element);
}

/** Rebuilds the tree from its elements; the entry of a group lists its children. */
export function treeFromMap(map: ConfigMap): ConfigGroup {
  const modPolicy = map.has(ORDERER_CAPABILITIES) ? FALLBACK_MOD_POLICY : '';
  return groupFromMap(map, [], ROOT, modPolicy);
}

function groupFromMap(
  map: ConfigMap,
  path: readonly string[],
  key: string,
  fallback: string,
): ConfigGroup {
  const element = take(map, 'group', path, key);
  const inner = [...path, key];
  const { groups, values, policies } = element.item;
  return {
    ...withModPolicy(element.item, fallback),
    groups: rebuild(groups, (name) => groupFromMap(map, inner, name, fallback)),
    values: rebuild(values, (name) =>
      withModPolicy(take(map, 'value', inner, name).item, fallback),
    ),
    policies: rebuild(policies, (name) =>
      withModPolicy(take(map, 'policy', inner, name).item, fallback),
    ),
  };
}

function rebuild<T>(
  members: ReadonlyMap<string, unknown>,
  build: (name: string) => T,
): ReadonlyMap<string, T> {
  return new Map([...members.keys()].sort(compareUtf8).map((name) => [name, build(name)]));
}

function withModPolicy<T extends { readonly modPolicy: string }>(item: T, fallback: string): T {
  return item.modPolicy === '' ? { ...item, modPolicy: fallback } : item;
}

function take<K extends ConfigElement['kind']>(
  map: ConfigMap,
  kind: K,
  path: readonly string[],
  key: string,
): Extract<ConfigElement, { kind: K }> {
  const id = elementId(kind, path, key);
  const element = map.get(id);
  if (element === undefined || !isKind(element, kind))
    throw refused({ zh: `缺少 ${id}`, en: `${id} is missing` });
  return element;
}

function isKind<K extends ConfigElement['kind']>(
  element: ConfigElement,
  kind: K,
): element is Extract<ConfigElement, { kind: K }> {
  return element.kind === kind;
}

export function refused(
  words: Sentence,
  details: Readonly<Record<string, unknown>> = {},
): LedgerError {
  return new LedgerError('CONFIG_UPDATE_REFUSED', words, { details });
}
