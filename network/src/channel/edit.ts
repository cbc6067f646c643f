import {
  decodeMspConfig,
  encodeMspConfig,
  type ConfigGroup,
  type PolicyDefinition,
} from '@yici/ledger';

/** Elements that a change adds are changed by the administrators of their own group, as those of the genesis block. */
const added = { version: 0n, modPolicy: 'Admins' } as const;

/** The two groups that have a group for each department. */
export const sections = ['Application', 'Orderer'] as const;
export type Section = (typeof sections)[number];

type Definition = Parameters<typeof encodeMspConfig>[0];

/** The tree with one group edited; the same tree where there is no such group. */
export function editGroup(
  tree: ConfigGroup,
  [first, ...rest]: readonly string[],
  edit: (group: ConfigGroup) => ConfigGroup,
): ConfigGroup {
  if (first === undefined) return edit(tree);
  const inner = tree.groups.get(first);
  return inner === undefined ? tree : withGroup(tree, first, editGroup(inner, rest, edit));
}

export function withGroup(tree: ConfigGroup, name: string, inner: ConfigGroup): ConfigGroup {
  return { ...tree, groups: new Map([...tree.groups, [name, inner]]) };
}

export function withoutGroup(tree: ConfigGroup, name: string): ConfigGroup {
  return { ...tree, groups: new Map([...tree.groups].filter(([key]) => key !== name)) };
}

export function withValue(group: ConfigGroup, key: string, value: Uint8Array): ConfigGroup {
  const before = group.values.get(key) ?? added;
  return { ...group, values: new Map([...group.values, [key, { ...before, value }]]) };
}

export function withPolicy(group: ConfigGroup, key: string, policy: PolicyDefinition): ConfigGroup {
  const before = group.policies.get(key) ?? added;
  return { ...group, policies: new Map([...group.policies, [key, { ...before, policy }]]) };
}

/** The group of the department with this MSP; its name is often, but not always, the MSP id. */
export function departmentGroup(
  tree: ConfigGroup,
  section: Section,
  mspId: string,
): { readonly name: string; readonly group: ConfigGroup } | undefined {
  for (const [name, group] of tree.groups.get(section)?.groups ?? []) {
    if (mspOf(group)?.mspId === mspId) return { name, group };
  }
  return undefined;
}

/** Edits a department's MSP wherever it stands: Fabric wants the same one in both sections. */
export function editMsp(
  tree: ConfigGroup,
  mspId: string,
  edit: (definition: Definition) => Definition,
): ConfigGroup {
  return sections.reduce((whole, section) => {
    const found = departmentGroup(whole, section, mspId);
    if (found === undefined) return whole;
    const definition = mspOf(found.group);
    if (definition === undefined) return whole;
    return editGroup(whole, [section, found.name], (group) =>
      withValue(group, 'MSP', encodeMspConfig(edit(definition))),
    );
  }, tree);
}

export function mspOf(group: ConfigGroup) {
  const value = group.values.get('MSP')?.value;
  return value === undefined ? undefined : decodeMspConfig(value);
}
