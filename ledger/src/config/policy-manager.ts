import type { ConfigGroup, PolicyDefinition } from './tree.js';
import { decodeImplicitMeta, implicitMetaPolicy } from '../policy/implicit-meta.js';
import type { Policy } from '../policy/model.js';
import { compileSignaturePolicy } from '../policy/signature.js';
import { decodeSignaturePolicy, malformedPolicy } from '../policy/signature-policy.js';

/** common.Policy.PolicyType. */
const policyType = { signature: 1, implicitMeta: 3 } as const;

/** The compiled policies of one config group and of the groups below it (common/policies/policy.go). */
export interface PolicyGroup {
  /** For example `Channel/Application`; `Channel` for the root. */
  readonly path: string;
  /** Own policies by name, those of sub-groups by `Group/Name`. */
  readonly policies: ReadonlyMap<string, Policy>;
  readonly groups: ReadonlyMap<string, PolicyGroup>;
}

/** @throws LedgerError MALFORMED_POLICY when one policy does not compile. */
export function compilePolicies(path: string, group: ConfigGroup): PolicyGroup {
  const groups = new Map<string, PolicyGroup>();
  for (const [name, inner] of group.groups)
    groups.set(name, compilePolicies(`${path}/${name}`, inner));
  const policies = new Map<string, Policy>();
  for (const [name, { policy }] of group.policies) {
    policies.set(name, compile(`/${path}/${name}`, policy, groups));
  }
  for (const [groupName, inner] of groups) {
    for (const [name, policy] of inner.policies) policies.set(`${groupName}/${name}`, policy);
  }
  return { path, policies, groups };
}

function compile(
  path: string,
  definition: PolicyDefinition | undefined,
  groups: ReadonlyMap<string, PolicyGroup>,
): Policy {
  switch (definition?.type) {
    case policyType.implicitMeta: {
      const meta = decodeImplicitMeta(definition.value);
      return implicitMetaPolicy(
        meta,
        [...groups.values()].map((group) => findPolicy(group, meta.subPolicy)),
      );
    }
    case policyType.signature: {
      const policy = decodeSignaturePolicy(definition.value);
      if (policy.version !== 0)
        throw malformedPolicy({
          zh: ` ${path} 的版本为 ${policy.version}，须为 0`,
          en: `${path} has version ${policy.version}`,
        });
      return compileSignaturePolicy(policy);
    }
    default:
      throw malformedPolicy({ zh: ` ${path} 的类型未知`, en: `${path} is of no known type` });
  }
}

/** A policy by its absolute path (`/Channel/Application/Writers`) or one relative to the group. */
export function findPolicy(group: PolicyGroup, id: string): Policy | undefined {
  if (!id.startsWith('/')) return group.policies.get(id);
  const prefix = `/${group.path}`;
  // Fabric compares the bare prefix and then cuts one character more.
  return id.startsWith(prefix) ? group.policies.get(id.slice(prefix.length + 1)) : undefined;
}

/** The group at a path below this one; an empty path is the group itself. */
export function findGroup(group: PolicyGroup, path: readonly string[]): PolicyGroup | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return group;
  const inner = group.groups.get(first);
  return inner && findGroup(inner, rest);
}
