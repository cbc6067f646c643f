import { orderer } from '@hyperledger/fabric-protos';
import { isBft, parseDuration, ruleText, type ChannelConfig, type ConfigGroup } from '@yici/ledger';
import type { Words } from '@yici/domain/model';
import { shellWord } from '@yici/terminal';
import { batchValues, bftOptions } from '../genesis/orderer.js';
import { policyFromRule } from '../genesis/policies.js';
import { channelSettings, type Topology } from '../topology/schema.js';
import { flatSettings, type ChannelSettings } from '../topology/settings.js';
import { editGroup, withPolicy, withValue } from './edit.js';
import { withConsensusMetadata } from './ordering.js';

type PolicyName = keyof Topology['policies'];

/** Where each policy of a topology stands; the first one is read. */
const policyPlaces: Readonly<Record<PolicyName, readonly (readonly string[])[]>> = {
  endorsement: [['Application', 'Endorsement']],
  lifecycleEndorsement: [['Application', 'LifecycleEndorsement']],
  readers: [['Application', 'Readers']],
  writers: [['Application', 'Writers']],
  admins: [['Application', 'Admins'], ['Orderer', 'Admins'], ['Admins']],
};

/** The settings in force, as a topology writes them; `bft` with the defaults where the channel is not ordered by BFT. */
export function settingsOf(config: ChannelConfig): ChannelSettings {
  const { batch } = config.orderer ?? {};
  return {
    batch: channelSettings.batch.parse({
      maxMessages: batch?.maxMessageCount,
      absoluteMaxBytes: batch?.absoluteMaxBytes,
      preferredMaxBytes: batch?.preferredMaxBytes,
      timeout: durationText(batch?.timeoutMs ?? 0),
    }),
    bft: channelSettings.bft.parse(isBft(config) ? bftSettings(config) : {}),
    policies: channelSettings.policies.parse(policiesIn(config.tree)),
  };
}

/**
 * Settings of a topology that are not in force: the channel has others, which count. A folder's own file may have been edited, or be
 * behind a change that was submitted elsewhere.
 */
export function settingsNotInForce(topology: ChannelSettings, config: ChannelConfig): string[] {
  const inForce = settingsInForce(config);
  return [...flatSettings(topology)].flatMap(([key, value]) =>
    (inForce.get(key) ?? value) === value ? [] : [`${key}=${value}`],
  );
}

/** The settings that the channel has, each by its path in a topology. */
export const settingsInForce = (config: ChannelConfig): ReadonlyMap<string, string> =>
  new Map(
    [...flatSettings(settingsOf(config))].filter(
      ([key]) => isBft(config) || !key.startsWith('bft.'),
    ),
  );

/** Says to whoever has such a topology what counts, and how it is changed. */
export function notInForceWords(topology: ChannelSettings, config: ChannelConfig): Words[] {
  const others = settingsNotInForce(topology, config);
  if (others.length === 0) return [];
  const inForce = settingsInForce(config);
  const has = others.map((each) => inForce.get(each.slice(0, each.indexOf('='))) ?? '').join(', ');
  const command = `yici-network channel propose set ${others.map(shellWord).join(' ')} --out change.json`;
  return [
    {
      zh: `注意：拓扑文件的 ${others.join('、')} 没有生效，以通道的为准（${has}）。要更改通道的：${command}`,
      en: `note: ${others.join(', ')} of the topology is not in force; the channel has ${has}. To change the channel: ${command}`,
    },
  ];
}

/** The tree with other settings. Only what they name differs from before. */
export function withSettings(config: ChannelConfig, settings: ChannelSettings): ConfigGroup {
  const tree = editGroup(config.tree, ['Orderer'], (group) => {
    const cut = Object.entries(batchValues(settings)).reduce(
      (whole, [key, value]) => withValue(whole, key, value),
      group,
    );
    if (!isBft(config)) return cut;
    return withConsensusMetadata(cut, (metadata) =>
      bftOptions(settings, orderer.smartbft.Options.deserializeBinary(metadata)),
    );
  });
  const before = policiesIn(config.tree);
  return Object.entries(policyPlaces).reduce((whole, [name, places]) => {
    const rule = new Map(Object.entries(settings.policies)).get(name);
    if (rule === undefined || rule === before[name]) return whole;
    return places.reduce((edited, path) => withRule(edited, path, rule), whole);
  }, tree);
}

function withRule(tree: ConfigGroup, path: readonly string[], rule: string): ConfigGroup {
  const key = path.at(-1) ?? '';
  return editGroup(tree, path.slice(0, -1), (group) =>
    withPolicy(group, key, policyFromRule(rule)),
  );
}

function policiesIn(tree: ConfigGroup): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(
    Object.entries(policyPlaces).map(([name, [path = []]]) => {
      const group = path
        .slice(0, -1)
        .reduce<ConfigGroup | undefined>((whole, part) => whole?.groups.get(part), tree);
      const policy = group?.policies.get(path.at(-1) ?? '')?.policy;
      return [name, policy && ruleText(policy)];
    }),
  );
}

function bftSettings({ orderer: ordering }: ChannelConfig) {
  const options = orderer.smartbft.Options.deserializeBinary(
    ordering?.metadata ?? new Uint8Array(0),
  );
  const time = (text: string) => durationText(parseDuration(text));
  return {
    requestPoolSize: options.getRequestPoolSize(),
    incomingMessageBufferSize: options.getIncomingMessageBufferSize(),
    requestForwardTimeout: time(options.getRequestForwardTimeout()),
    requestComplainTimeout: time(options.getRequestComplainTimeout()),
    requestAutoRemoveTimeout: time(options.getRequestAutoRemoveTimeout()),
    viewChangeResendInterval: time(options.getViewChangeResendInterval()),
    viewChangeTimeout: time(options.getViewChangeTimeout()),
    leaderHeartbeatTimeout: time(options.getLeaderHeartbeatTimeout()),
    leaderHeartbeatCount: options.getLeaderHeartbeatCount(),
    collectTimeout: time(options.getCollectTimeout()),
  };
}

/** Milliseconds as a topology writes them. */
function durationText(milliseconds: number): string {
  const whole = Math.round(milliseconds);
  if (whole > 0 && whole % 60_000 === 0) return `${whole / 60_000}m`;
  return whole > 0 && whole % 1000 === 0 ? `${whole / 1000}s` : `${whole}ms`;
}
