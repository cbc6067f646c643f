import { LedgerError, type Sentence } from '../errors.js';
import type { ConfigGroup } from './tree.js';
import { anchorPeers, ordererAddresses, type AnchorPeer } from './values.js';

/** A department in the channel config. */
export interface Organization {
  /** Key of its config group; often, but not always, equal to its MSP id. */
  readonly name: string;
  readonly mspId: string;
}

export interface ApplicationOrganization extends Organization {
  readonly anchorPeers: readonly AnchorPeer[];
}

export interface OrdererOrganization extends Organization {
  /** `host:port` of its ordering nodes. */
  readonly endpoints: readonly string[];
}

/** Registers an organisation's MSP definition and returns its MSP id. */
export type MspRegistrar = (organization: string, mspConfig: Uint8Array) => string;

/** @throws LedgerError MALFORMED_CONFIG */
export function readApplicationOrganization(
  name: string,
  group: ConfigGroup,
  register: MspRegistrar,
): ApplicationOrganization {
  checkValues(name, group, ['MSP', 'AnchorPeers']);
  noGroups(name, group);
  return {
    name,
    mspId: register(name, valueOf(group, 'MSP')),
    ...anchorPeers.decode(valueOf(group, 'AnchorPeers')),
  };
}

/** @throws LedgerError MALFORMED_CONFIG */
export function readOrdererOrganization(
  name: string,
  group: ConfigGroup,
  register: MspRegistrar,
): OrdererOrganization {
  checkValues(name, group, ['MSP', 'Endpoints']);
  noGroups(name, group);
  return {
    name,
    mspId: register(name, valueOf(group, 'MSP')),
    endpoints: ordererAddresses.decode(valueOf(group, 'Endpoints')).addresses,
  };
}

/** The bytes of a config value; an absent value decodes as an empty message, as in Fabric. */
export function valueOf(group: ConfigGroup, key: string): Uint8Array {
  return group.values.get(key)?.value ?? new Uint8Array(0);
}

/** Refuses values that Fabric does not know (channelconfig/standardvalues.go). */
export function checkValues(path: string, group: ConfigGroup, known: readonly string[]): void {
  for (const key of group.values.keys()) {
    if (!known.includes(key))
      throw malformedConfig({
        zh: `${path} 有未知的设置 ${key}`,
        en: `${path} has an unknown value ${key}`,
      });
  }
}

function noGroups(name: string, group: ConfigGroup): void {
  if (group.groups.size > 0)
    throw malformedConfig({
      zh: `组织 ${name} 之下有子组`,
      en: `organisation ${name} has sub-groups`,
    });
}

export function malformedConfig(
  words: Sentence,
  details: Readonly<Record<string, unknown>> = {},
): LedgerError {
  return new LedgerError('MALFORMED_CONFIG', words, { details });
}
