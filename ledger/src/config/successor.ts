import type { ChannelConfig } from './channel.js';
import { refused } from './config-map.js';
import type { Organization } from './organizations.js';
import type { OrdererConfig } from './orderer.js';

/** Channel capabilities that allow another consensus type. */
const MIGRATION = ['V1_4_2', 'V1_4_3', 'V2_0', 'V3_0'];

/**
 * Refuses changes that are not allowed even when authorised (channelconfig/bundle.go ValidateNew).
 * @throws LedgerError CONFIG_UPDATE_REFUSED
 */
export function checkSuccessor(before: ChannelConfig, after: ChannelConfig): void {
  if (before.orderer !== undefined) {
    if (after.orderer === undefined)
      throw refused({ zh: '新配置没有排序部分', en: 'the new config has no orderer section' });
    checkConsensus(before, before.orderer, after.orderer);
    checkMspIds('orderer', before.orderer.organizations, after.orderer.organizations);
  }
  if (before.application !== undefined) {
    if (after.application === undefined)
      throw refused({ zh: '新配置没有应用部分', en: 'the new config has no application section' });
    checkMspIds('application', before.application.organizations, after.application.organizations);
  }
}

function checkConsensus(before: ChannelConfig, from: OrdererConfig, to: OrdererConfig): void {
  if (from.type !== to.type && !MIGRATION.some((name) => before.capabilities.has(name))) {
    throw refused({
      zh: `共识类型不得由 ${from.type} 改为 ${to.type}`,
      en: `the consensus type may not change from ${from.type} to ${to.type}`,
    });
  }
}

function checkMspIds(
  section: string,
  before: readonly Organization[],
  after: readonly Organization[],
): void {
  for (const { name, mspId } of before) {
    const next = after.find((item) => item.name === name);
    if (next !== undefined && next.mspId !== mspId) {
      throw refused(
        {
          zh: `${section} 组织 ${name} 的 MSP 标识不得更改`,
          en: `${section} organisation ${name} may not change its MSP id`,
        },
        {
          from: mspId,
          to: next.mspId,
        },
      );
    }
  }
}

/** Capabilities that a Fabric 3.1 peer supports (common/capabilities). */
const CHANNEL_CAPABILITIES = ['V1_1', 'V1_3', 'V1_4_2', 'V1_4_3', 'V2_0', 'V3_0'];
const APPLICATION_CAPABILITIES = [
  'V1_1',
  'V1_2',
  'V1_3',
  'V1_4_2',
  'V2_0',
  'V2_5',
  'V1_1_PVTDATA_EXPERIMENTAL',
  'V1_1_RESOURCETREE_EXPERIMENTAL',
];

/** A peer stops at a capability that it does not support. @throws LedgerError CONFIG_UPDATE_REFUSED */
export function checkSupported(config: ChannelConfig): void {
  const unknown = [
    ...[...config.capabilities].filter((name) => !CHANNEL_CAPABILITIES.includes(name)),
    ...[...(config.application?.capabilities ?? [])].filter(
      (name) => !APPLICATION_CAPABILITIES.includes(name),
    ),
  ];
  if (unknown.length === 0) return;
  throw refused({
    zh: `Fabric 3.1 不支持能力级别 ${unknown.join('、')}，节点会随即停止且不能再启动`,
    en: `Fabric 3.1 does not support capabilities ${unknown.join(', ')}: its peers would stop, and not start again`,
  });
}
