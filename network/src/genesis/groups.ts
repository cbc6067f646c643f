import { WireWriter, type ConfigGroup, type PolicyDefinition } from '@yici/ledger';

/** A group of the channel config tree before it gets its versions and policies of change. */
interface GroupSpec {
  /** Encoded. */
  readonly values: Readonly<Record<string, Uint8Array>>;
  readonly policies: Readonly<Record<string, PolicyDefinition>>;
  readonly groups?: Readonly<Record<string, ConfigGroup>>;
}

/** In a genesis config every element is changed by the Admins policy of its own group (configtxgen encoder). */
const first = { version: 0n, modPolicy: 'Admins' } as const;

export function configGroup({ values, policies, groups = {} }: GroupSpec): ConfigGroup {
  return {
    ...first,
    values: mapOf(values, (value) => ({ ...first, value })),
    policies: mapOf(policies, (policy) => ({ ...first, policy })),
    groups: mapOf(groups, (group) => group),
  };
}

function mapOf<Given, Made>(record: Readonly<Record<string, Given>>, make: (given: Given) => Made) {
  return new Map(Object.entries(record).map(([key, given]) => [key, make(given)]));
}

/** A `Capabilities` value that names one capability; its entry has the empty message written out, as Fabric's tools do. */
export function capability(name: string): Uint8Array {
  const entry = new WireWriter().string(1, name).message(2, new WireWriter());
  return new WireWriter().message(1, entry).finish();
}
