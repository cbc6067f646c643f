import { parseDuration } from './duration.js';
import {
  malformedConfig,
  checkValues,
  readOrdererOrganization,
  valueOf,
  type MspRegistrar,
  type OrdererOrganization,
} from './organizations.js';
import type { ConfigGroup } from './tree.js';
import {
  batchSize,
  batchTimeout,
  bftConsenters,
  consensusType,
  decodeCapabilities,
  decodeRaftConsenters,
  type Consenter,
} from './values.js';

/** Block cutting parameters; sizes in bytes, time in milliseconds. */
export interface BatchSettings {
  readonly maxMessageCount: number;
  readonly absoluteMaxBytes: number;
  readonly preferredMaxBytes: number;
  readonly timeoutMs: number;
}

/** The Orderer group of a channel config. */
export interface OrdererConfig {
  /** `BFT`, `etcdraft`, ... */
  readonly type: string;
  /** smartbft.Options or etcdraft.ConfigMetadata bytes. */
  readonly metadata: Uint8Array;
  readonly batch: BatchSettings;
  readonly consenters: readonly Consenter[];
  readonly organizations: readonly OrdererOrganization[];
  readonly capabilities: ReadonlySet<string>;
}

const VALUES = [
  'ConsensusType',
  'BatchSize',
  'BatchTimeout',
  'KafkaBrokers',
  'ChannelRestrictions',
  'Orderers',
  'Capabilities',
];

/** Reads and checks the Orderer group (channelconfig/orderer.go). @throws LedgerError MALFORMED_CONFIG */
export function readOrderer(
  group: ConfigGroup,
  bftCapable: boolean,
  register: MspRegistrar,
): OrdererConfig {
  checkValues('/Channel/Orderer', group, VALUES);
  const batch = readBatch(group);
  const { type, metadata } = consensusType.decode(valueOf(group, 'ConsensusType'));
  const organizations = [...group.groups].map(([name, inner]) =>
    readOrdererOrganization(name, inner, register),
  );
  const silent = organizations.filter(({ endpoints }) => endpoints.length === 0);
  if (bftCapable && silent.length > 0) {
    const names = silent.map(({ name }) => name).join(', ');
    throw malformedConfig({
      zh: `排序组织没有地址：${names}`,
      en: `orderer organisations without endpoints: ${names}`,
    });
  }
  return {
    type,
    metadata,
    batch,
    consenters:
      type === 'etcdraft'
        ? decodeRaftConsenters(metadata)
        : bftConsenters.decode(valueOf(group, 'Orderers')).consenters,
    organizations,
    capabilities: decodeCapabilities(valueOf(group, 'Capabilities')),
  };
}

function readBatch(group: ConfigGroup): BatchSettings {
  const size = batchSize.decode(valueOf(group, 'BatchSize'));
  for (const [name, value] of Object.entries(size)) {
    if (value === 0)
      throw malformedConfig({ zh: `批次设置 ${name} 为零`, en: `batch size ${name} is zero` });
  }
  if (size.preferredMaxBytes > size.absoluteMaxBytes) {
    throw malformedConfig(
      {
        zh: '批次设置 preferredMaxBytes 大于 absoluteMaxBytes',
        en: 'batch size preferredMaxBytes is above absoluteMaxBytes',
      },
      size,
    );
  }
  const { timeout } = batchTimeout.decode(valueOf(group, 'BatchTimeout'));
  const timeoutMs = parseDuration(timeout);
  if (timeoutMs <= 0)
    throw malformedConfig(
      { zh: '批次超时须大于零', en: 'batch timeout is not above zero' },
      { timeoutMs },
    );
  return { ...size, timeoutMs };
}
