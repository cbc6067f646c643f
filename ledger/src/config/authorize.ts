import { headerType } from '../envelope/headers.js';
import { findGroup, findPolicy } from './policy-manager.js';
import type { Policy, PolicySigner } from '../policy/model.js';
import { verifiedSigners } from '../policy/signers.js';
import { channelConfigFrom, type ChannelConfig } from './channel.js';
import {
  mapConfig,
  refused,
  treeFromMap,
  type ConfigElement,
  type ConfigMap,
} from './config-map.js';
import {
  configUpdateSignatures,
  decodeConfigEnvelope,
  decodeConfigUpdateEnvelope,
  encodeConfigEnvelope,
  openEnvelope,
} from './envelopes.js';
import { isConfigId } from './names.js';
import { malformedConfig } from './organizations.js';
import { checkSuccessor, checkSupported } from './successor.js';
import { decodeConfig, encodeConfig, encodeGroup } from './tree.js';
import { decodeConfigUpdate } from './update.js';

/**
 * Checks a signed config update against the config in force and returns the new config as `common.Config` bytes. The
 * read set must still match, versions grow by one, and the signers must satisfy the mod policy of each changed element
 * (common/configtx/update.go).
 * @param envelope `common.ConfigUpdateEnvelope` bytes.
 * @throws LedgerError CONFIG_UPDATE_REFUSED, or MALFORMED_CONFIG when it cannot be decoded.
 */
export function authorizeUpdate(config: ChannelConfig, envelope: Uint8Array): Uint8Array {
  const signed = decodeConfigUpdateEnvelope(envelope);
  const update = decodeConfigUpdate(signed.configUpdate);
  if (update.channelId !== config.channelId) {
    throw refused(`an update for ${update.channelId}, but the channel is ${config.channelId}`);
  }
  const current = mapConfig(config.tree);
  const readSet = mapConfig(update.readSet);
  const writeSet = mapConfig(update.writeSet);
  checkReadSet(current, readSet);
  const changes = changedElements(readSet, writeSet);
  checkChanges(config, current, changes, verifiedSigners(config, configUpdateSignatures(signed)));
  const next = new Map([...current, ...changes]);
  for (const id of writeSet.keys()) if (!next.has(id)) throw refused(`${id} is not in the result`);
  return encodeConfig({ sequence: config.sequence + 1n, channelGroup: treeFromMap(next) });
}

/**
 * Turns a CONFIG_UPDATE envelope into the `common.ConfigEnvelope` bytes to be ordered, as an orderer does.
 * @throws LedgerError CONFIG_UPDATE_REFUSED or MALFORMED_CONFIG
 */
export function proposeConfigUpdate(config: ChannelConfig, envelope: Uint8Array): Uint8Array {
  const { data } = openEnvelope(envelope, headerType.configUpdate);
  const next = authorizeUpdate(config, data);
  checkSuccessor(config, channelConfigFrom(next, config.channelId));
  return encodeConfigEnvelope({ config: next, lastUpdate: envelope });
}

/**
 * Applies an ordered config as a peer does: the update inside must be authorised, must yield exactly that config, and
 * that config must be a valid successor of the one in force (common/configtx/validator.go, core/peer/channel.go).
 * @param data `common.ConfigEnvelope` bytes.
 * @throws LedgerError CONFIG_UPDATE_REFUSED or MALFORMED_CONFIG
 */
export function applyConfigEnvelope(config: ChannelConfig, data: Uint8Array): ChannelConfig {
  const envelope = decodeConfigEnvelope(data);
  const proposed = decodeConfig(envelope.config);
  if (proposed.sequence !== config.sequence + 1n) {
    throw refused(`config ${proposed.sequence} cannot follow config ${config.sequence}`);
  }
  if (envelope.lastUpdate === undefined) throw malformedConfig('a config without its update');
  const { data: update } = openEnvelope(envelope.lastUpdate, headerType.configUpdate);
  const authorized = decodeConfig(authorizeUpdate(config, update));
  const same = Buffer.from(encodeGroup(authorized.channelGroup)).equals(
    encodeGroup(proposed.channelGroup),
  );
  if (!same) throw refused('the update does not lead to the config beside it');
  const next = channelConfigFrom(envelope.config, config.channelId);
  checkSuccessor(config, next);
  checkSupported(next);
  return next;
}

function checkReadSet(current: ConfigMap, readSet: ConfigMap): void {
  for (const [id, { item }] of readSet) {
    const existing = current.get(id);
    if (existing === undefined) throw refused(`${id} was read but does not exist`);
    if (existing.item.version !== item.version) {
      throw refused(`${id} was read at version ${item.version} but is at ${existing.item.version}`);
    }
  }
}

function changedElements(readSet: ConfigMap, writeSet: ConfigMap): ConfigMap {
  return new Map(
    [...writeSet].filter(([id, { item }]) => readSet.get(id)?.item.version !== item.version),
  );
}

function checkChanges(
  config: ChannelConfig,
  current: ConfigMap,
  changes: ConfigMap,
  signers: readonly PolicySigner[],
): void {
  if (changes.size === 0) throw refused('the update changes nothing');
  for (const [id, element] of changes) {
    checkModPolicy(id, element.item.modPolicy);
    const existing = current.get(id);
    const version = existing === undefined ? 0n : existing.item.version + 1n;
    if (element.item.version !== version) {
      throw refused(`${id} is set to version ${element.item.version}, not ${version}`);
    }
    if (existing === undefined) continue;
    const policy = modPolicyOf(config, existing);
    if (policy === undefined) throw refused(`${id} has no policy ${existing.item.modPolicy}`);
    const verdict = policy.evaluate(signers);
    if (!verdict.satisfied) {
      throw refused(`${id} may not be changed: ${verdict.reason}`, {
        modPolicy: existing.item.modPolicy,
      });
    }
  }
}

function checkModPolicy(id: string, modPolicy: string): void {
  const parts = modPolicy.replace(/^\//, '').split('/');
  if (!parts.every(isConfigId)) throw refused(`${id} has an invalid mod policy "${modPolicy}"`);
}

/** A relative mod policy is resolved in the element's group (for a group: in itself), an absolute one from the root. */
function modPolicyOf(config: ChannelConfig, element: ConfigElement): Policy | undefined {
  const { modPolicy } = element.item;
  if (modPolicy.startsWith('/') || element.path.length === 0) {
    return findPolicy(config.policies, modPolicy);
  }
  const below = element.path.slice(1);
  const path = element.kind === 'group' ? [...below, element.key] : below;
  const group = findGroup(config.policies, path);
  return group && findPolicy(group, modPolicy);
}
