import { headerType } from '../envelope/headers.js';
import { findGroup, findPolicy } from './policy-manager.js';
import type { Policy } from '../policy/model.js';
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
  const { next, guarded } = applyUpdate(config, signed.configUpdate);
  const signers = verifiedSigners(config, configUpdateSignatures(signed));
  for (const { id, modPolicy, policy } of guarded) {
    const verdict = policy.evaluate(signers);
    if (!verdict.satisfied) {
      throw refused(
        {
          zh: `${id} 不得修改，签名尚未满足策略 ${modPolicy}（${verdict.reason}），由有关部门补签`,
          en: `${id} may not be changed: ${verdict.reason}`,
        },
        { modPolicy },
      );
    }
  }
  return next;
}

/** What a config update leads to, and whose consent it needs. */
export interface PlannedUpdate {
  /** The config after it. */
  readonly next: ChannelConfig;
  /** The policies that its signers must satisfy, by absolute path. */
  readonly policies: ReadonlyMap<string, Policy>;
}

/**
 * Applies an update (`common.ConfigUpdate` bytes) that need not be signed yet, with every other check of orderers and peers.
 * @throws LedgerError CONFIG_UPDATE_REFUSED or MALFORMED_CONFIG
 */
export function planUpdate(config: ChannelConfig, update: Uint8Array): PlannedUpdate {
  const { next, guarded } = applyUpdate(config, update);
  const after = channelConfigFrom(next, config.channelId);
  checkSuccessor(config, after);
  checkSupported(after);
  return { next: after, policies: new Map(guarded.map(({ path, policy }) => [path, policy])) };
}

interface AppliedUpdate {
  /** `common.Config` bytes. */
  readonly next: Uint8Array;
  readonly guarded: readonly GuardedElement[];
}

/** A changed element that existed before, and the policy by which it may be changed. */
interface GuardedElement {
  readonly id: string;
  readonly modPolicy: string;
  /** The policy's absolute path. */
  readonly path: string;
  readonly policy: Policy;
}

function applyUpdate(config: ChannelConfig, bytes: Uint8Array): AppliedUpdate {
  const update = decodeConfigUpdate(bytes);
  if (update.channelId !== config.channelId) {
    throw refused({
      zh: `更新针对通道 ${update.channelId}，而本通道为 ${config.channelId}`,
      en: `an update for ${update.channelId}, but the channel is ${config.channelId}`,
    });
  }
  const current = mapConfig(config.tree);
  const readSet = mapConfig(update.readSet);
  const writeSet = mapConfig(update.writeSet);
  checkReadSet(current, readSet);
  const changes = changedElements(readSet, writeSet);
  const guarded = guardedElements(config, current, changes);
  const after = new Map([...current, ...changes]);
  for (const id of writeSet.keys())
    if (!after.has(id))
      throw refused({ zh: `${id} 不在修改结果中`, en: `${id} is not in the result` });
  const tree = treeFromMap(after);
  return { next: encodeConfig({ sequence: config.sequence + 1n, channelGroup: tree }), guarded };
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
    throw refused({
      zh: `配置 ${proposed.sequence} 不能接在配置 ${config.sequence} 之后`,
      en: `config ${proposed.sequence} cannot follow config ${config.sequence}`,
    });
  }
  if (envelope.lastUpdate === undefined)
    throw malformedConfig({ zh: '配置没有附其更新', en: 'a config without its update' });
  const { data: update } = openEnvelope(envelope.lastUpdate, headerType.configUpdate);
  const authorized = decodeConfig(authorizeUpdate(config, update));
  const same = Buffer.from(encodeGroup(authorized.channelGroup)).equals(
    encodeGroup(proposed.channelGroup),
  );
  if (!same)
    throw refused({
      zh: '更新的结果与所附配置不符',
      en: 'the update does not lead to the config beside it',
    });
  const next = channelConfigFrom(envelope.config, config.channelId);
  checkSuccessor(config, next);
  checkSupported(next);
  return next;
}

function checkReadSet(current: ConfigMap, readSet: ConfigMap): void {
  for (const [id, { item }] of readSet) {
    const existing = current.get(id);
    if (existing === undefined)
      throw refused({
        zh: `${id} 已不在现行配置中，按现行配置重新编制`,
        en: `${id} was read but does not exist`,
      });
    if (existing.item.version !== item.version) {
      throw refused({
        zh: `${id} 编制时为版本 ${item.version}，现为 ${existing.item.version}，按现行配置重新编制`,
        en: `${id} was read at version ${item.version} but is at ${existing.item.version}`,
      });
    }
  }
}

function changedElements(readSet: ConfigMap, writeSet: ConfigMap): ConfigMap {
  return new Map(
    [...writeSet].filter(([id, { item }]) => readSet.get(id)?.item.version !== item.version),
  );
}

function guardedElements(
  config: ChannelConfig,
  current: ConfigMap,
  changes: ConfigMap,
): GuardedElement[] {
  if (changes.size === 0)
    throw refused({ zh: '没有修改任何内容', en: 'the update changes nothing' });
  return [...changes].flatMap(([id, element]) => {
    checkModPolicy(id, element.item.modPolicy);
    const existing = current.get(id);
    const version = existing === undefined ? 0n : existing.item.version + 1n;
    if (element.item.version !== version) {
      throw refused({
        zh: `${id} 的版本写作 ${element.item.version}，应为 ${version}，按现行配置重新编制`,
        en: `${id} is set to version ${element.item.version}, not ${version}`,
      });
    }
    return existing === undefined ? [] : [guardedBy(config, id, existing)];
  });
}

function checkModPolicy(id: string, modPolicy: string): void {
  const parts = modPolicy.replace(/^\//, '').split('/');
  if (!parts.every(isConfigId))
    throw refused({
      zh: `${id} 的 mod_policy“${modPolicy}”不符合要求`,
      en: `${id} has an invalid mod policy "${modPolicy}"`,
    });
}

/** A relative mod policy is resolved in the element's group (for a group: in itself), an absolute one from the root. */
function guardedBy(config: ChannelConfig, id: string, element: ConfigElement): GuardedElement {
  const { modPolicy } = element.item;
  const inner = element.kind === 'group' ? [...element.path, element.key] : element.path;
  const group = modPolicy.startsWith('/')
    ? config.policies
    : findGroup(config.policies, inner.slice(1));
  const policy = group && findPolicy(group, modPolicy);
  if (policy === undefined)
    throw refused({
      zh: `没有 ${id} 所指的策略 ${modPolicy}`,
      en: `${id} has no policy ${modPolicy}`,
    });
  const path = modPolicy.startsWith('/') ? modPolicy : `/${[...inner, modPolicy].join('/')}`;
  return { id, modPolicy, path, policy };
}
