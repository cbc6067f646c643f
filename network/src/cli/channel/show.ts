import type { Words } from '@yici/domain/model';
import { isBft, type ChannelConfig } from '@yici/ledger';
import { renderFields } from '@yici/terminal';
import { settingFields, settingsOf } from '../../channel/settings.js';
import { orderersOf } from '../../fabric/grpc/orderer-client.js';
import type { Topology } from '../../topology/schema.js';
import { at, namesIn, silentOf, silentText, type DepartmentOption } from './place.js';
import type { CommandContext } from '../context.js';

interface ShowOptions extends DepartmentOption {
  readonly signing?: boolean;
}

/**
 * Prints the configuration in force, and where the folder's topology says something else; when asked, returns whether each
 * consenter signs blocks.
 */
export async function showChannel(
  { output, say, ...context }: CommandContext,
  { signing, ...options }: ShowOptions,
): Promise<boolean> {
  return await at({ output, say, ...context }, options, async ({ topology, config, session }) => {
    const silent = signing === true ? await silentOf(session, config, topology, output) : [];
    const facts = factsOf(topology, config);
    const { settings, ...rest } = facts;
    output.result(
      { ...rest, settings: Object.fromEntries(settings), ...(signing === true && { silent }) },
      [
        ...channelText(facts, namesIn(topology)),
        ...renderFields(settings, say),
        ...facts.differsFromTopology.map((key) => ({
          zh: `注意：拓扑文件的 ${key} 与通道不同`,
          en: `note: the topology says something else of ${key}`,
        })),
        ...silent.map((id) => silentText(id, config, namesIn(topology))),
      ],
    );
    return silent.length === 0;
  });
}

type Facts = ReturnType<typeof factsOf>;

function factsOf(topology: Topology, config: ChannelConfig) {
  const wanted = flatSettings(topology);
  const settings = [...flatSettings(settingsOf(config))].filter(
    ([key]) => isBft(config) || !key.startsWith('bft.'),
  );
  return {
    channel: config.channelId,
    sequence: config.sequence,
    departments: (config.application?.organizations ?? []).map(({ mspId }) => mspId),
    orderers: orderersOf(config).map(({ mspId, address }) => ({ mspId, address })),
    settings,
    differsFromTopology: settings.flatMap(([key, value]) =>
      wanted.get(key) === value ? [] : [key],
    ),
  };
}

const channelText = (
  { channel, sequence, departments, orderers }: Facts,
  nameOf: (mspId: string) => Words,
): Words[] => [
  {
    zh: `通道 ${channel}，配置序号 ${sequence}`,
    en: `channel ${channel}, config sequence ${sequence}`,
  },
  ...departments.map(nameOf).map(({ zh, en }) => ({ zh: `  ${zh}`, en: `  ${en}` })),
  ...orderers.map(({ mspId, address }) => ({
    zh: `  排序节点  ${address}  ${mspId}`,
    en: `  orderer  ${address}  ${mspId}`,
  })),
];

function flatSettings(settings: Pick<Topology, 'batch' | 'bft' | 'policies'>): Map<string, string> {
  const { batch, bft, policies } = settings;
  const all = Object.entries({ batch, bft, policies }).flatMap(([section, fields]) =>
    Object.entries(fields).map(([name, value]) => [`${section}.${name}`, String(value)] as const),
  );
  return new Map(all.filter(([key]) => settingFields.has(key)));
}
