import type { ChannelConfig, ConfigGroup } from '@yici/ledger';
import { z } from 'zod';
import { departmentGroup, editGroup, sections, withoutGroup } from '../edit.js';
import { withConsenters } from '../ordering.js';
import { changeRefused } from '../refusals.js';
import { channelChange } from './model.js';
import { departmentArgument, refuseUnknown } from './departments.js';

export const removeDepartment = channelChange({
  name: 'remove-department',
  arguments: [departmentArgument],
  example: 'GammaMSP',
  given: z.strictObject({ mspId: z.string() }),
  apply: (config, { mspId }) => {
    refuseUnknown(config, mspId);
    const staying = config.consenters.filter((_, index) => consenterMsp(config, index) !== mspId);
    if (staying.length === 0) {
      throw changeRefused({
        zh: `${mspId} 的排序节点是唯一的排序节点，移除后无人出块。`,
        en: `The consenter of ${mspId} is the only one: nobody would make blocks.`,
      });
    }
    const tree = sections.reduce((whole, section) => without(whole, section, mspId), config.tree);
    return staying.length === config.consenters.length
      ? tree
      : withConsenters(config, tree, staying);
  },
  after: {
    zh: '下一步：该部门停止其节点；此后部署链码的下一个序号。',
    en: 'Next: the department stops its nodes; then the next sequence of the chaincode.',
  },
  follow: (topology, { mspId }) => ({
    ...topology,
    // There one orderer orders, however many departments the file names for it.
    ...(topology.engine === 'embedded' && { allowNoFaultTolerance: true }),
    departments: topology.departments.filter((each) => each.mspId !== mspId),
  }),
});

function without(
  tree: ConfigGroup,
  section: (typeof sections)[number],
  mspId: string,
): ConfigGroup {
  const found = departmentGroup(tree, section, mspId);
  return found === undefined
    ? tree
    : editGroup(tree, [section], (group) => withoutGroup(group, found.name));
}

/** Raft's consenters name no MSP; theirs is the department that announces their address. */
export function consenterMsp(
  { consenters, orderer }: ChannelConfig,
  index: number,
): string | undefined {
  const consenter = consenters[index];
  if (consenter === undefined || consenter.mspId !== '') return consenter?.mspId;
  const address = `${consenter.host}:${consenter.port}`;
  return orderer?.organizations.find(({ endpoints }) => endpoints.includes(address))?.mspId;
}
