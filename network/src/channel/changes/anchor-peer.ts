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
  follow: (topology, { mspId, address }) => ({
    ...topology,
    departments: topology.departments.map((each) =>
      each.mspId === mspId
        ? { ...each, host: address.host, ports: { ...each.ports, peer: address.port } }
        : each,
    ),
  }),
});
