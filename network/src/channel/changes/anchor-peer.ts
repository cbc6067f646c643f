import { anchorPeers } from '@yici/ledger';
import { z } from 'zod';
import { departmentGroup, editGroup, withValue } from '../edit.js';
import { channelChange } from './model.js';
import { hostAndPort } from './consenter-address.js';
import { departmentArgument, refuseUnknown } from './departments.js';

export const anchorPeer = channelChange({
  name: 'anchor-peer',
  arguments: [
    departmentArgument,
    { name: 'address', kind: 'text', words: { zh: '新地址', en: 'the new address' } },
  ],
  example: 'HrssMSP ledger.hrss.example:7051',
  given: z.strictObject({ mspId: z.string(), address: hostAndPort }),
  apply: (config, { mspId, address }) => {
    refuseUnknown(config, mspId);
    const found = departmentGroup(config.tree, 'Application', mspId);
    return editGroup(config.tree, ['Application', found?.name ?? mspId], (group) =>
      withValue(group, 'AnchorPeers', anchorPeers.encode({ anchorPeers: [address] })),
    );
  },
  after: {
    zh: '下一步：该部门在新地址重新启动其对等节点（node up；其主机的目录重新 render）。',
    en: 'Next: the department starts its peer again at the new address (node up; on a host of its own render its folder again).',
  },
  follow: (topology, { mspId, address }) => ({
    ...topology,
    departments: topology.departments.map((each) =>
      each.mspId === mspId
        ? { ...each, host: address.host, ports: { ...each.ports, peer: address.port } }
        : each,
    ),
  }),
});
