import { common } from '@hyperledger/fabric-protos';

/** A message that can be serialized. */
interface Message {
  serializeBinary(): Uint8Array;
}

/** A group of the channel config tree before it is encoded. */
export interface GroupSpec {
  readonly values?: Readonly<Record<string, Message>>;
  readonly policies?: Readonly<Record<string, common.Policy>>;
  readonly groups?: Readonly<Record<string, common.ConfigGroup>>;
}

/** In a genesis config every element is changed by the Admins policy of its own group (configtxgen encoder). */
const modPolicy = 'Admins';

/** Encodes a group. Map entries are written sorted by key, so the same group always gives the same bytes. */
export function configGroup(spec: GroupSpec): common.ConfigGroup {
  const group = new common.ConfigGroup();
  group.setModPolicy(modPolicy);
  for (const [key, message] of Object.entries(spec.values ?? {})) {
    const value = new common.ConfigValue();
    value.setValue(message.serializeBinary());
    value.setModPolicy(modPolicy);
    group.getValuesMap().set(key, value);
  }
  for (const [key, policy] of Object.entries(spec.policies ?? {})) {
    const entry = new common.ConfigPolicy();
    entry.setPolicy(policy);
    entry.setModPolicy(modPolicy);
    group.getPoliciesMap().set(key, entry);
  }
  for (const [key, child] of Object.entries(spec.groups ?? {}))
    group.getGroupsMap().set(key, child);
  return group;
}

/** A `Capabilities` value that names one capability. */
export function capabilities(name: string): common.Capabilities {
  const message = new common.Capabilities();
  message.getCapabilitiesMap().set(name, new common.Capability());
  return message;
}

/** An `Endpoints` value of an organisation. */
export function endpoints(addresses: readonly string[]): common.OrdererAddresses {
  const message = new common.OrdererAddresses();
  message.setAddressesList([...addresses]);
  return message;
}
