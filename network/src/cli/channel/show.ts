import type { Words } from '@yici/domain/model';
import { isBft, type ChannelConfig } from '@yici/ledger';
import { renderFields } from '@yici/terminal';
import { notInForceWords, settingsInForce, settingsNotInForce } from '../../channel/settings.js';
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
        ...notInForceWords(topology, config),
        ...(signing === true && !isBft(config) ? [oneSignature] : []),
        ...silent.map((id) => silentText(id, config, namesIn(topology))),
      ],
    );
    return silent.length === 0;
  });
}

const oneSignature: Words = {
  zh: '该通道不以 BFT 排序：区块只有一个排序节点的签名，没有需要逐一核对的。',
  en: "This channel is not ordered by BFT: a block has one orderer's signature, and there are no others to see.",
};

type Facts = ReturnType<typeof factsOf>;

function factsOf(topology: Topology, config: ChannelConfig) {
  return {
    channel: config.channelId,
    sequence: config.sequence,
    // Fabric writes them in any order, another at each peer.
    departments: (config.application?.organizations ?? []).map(({ mspId }) => mspId).sort(),
    orderers: orderersOf(config)
      .map(({ mspId, address }) => ({ mspId, address }))
      .sort((left, right) => (left.mspId < right.mspId ? -1 : 1)),
    settings: [...settingsInForce(config)],
    differsFromTopology: settingsNotInForce(topology, config),
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
