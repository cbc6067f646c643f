import { ordererAddresses } from '@yici/ledger';
import { z } from 'zod';
import { departmentGroup, editGroup, withValue } from '../edit.js';
import { channelChange } from './model.js';
import { editConsenter } from './consenters.js';
import { departmentArgument } from './departments.js';

/** `host:port`, both apart. */
export const hostAndPort = z
  .string()
  .regex(/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?:[0-9]{1,5}$/, 'host:port')
  .transform((text) => {
    const [host = '', port = ''] = text.split(':');
    return { host, port: Number(port) };
  })
  .refine(({ port }) => port >= 1 && port <= 65_535, 'a port from 1 to 65535');

export const consenterAddress = channelChange({
  name: 'consenter-address',
  arguments: [
    departmentArgument,
    { name: 'address', kind: 'text', words: { zh: '新地址', en: 'the new address' } },
  ],
  example: 'HrssMSP ledger.hrss.example:7050',
  given: z.strictObject({ mspId: z.string(), address: hostAndPort }),
  apply: (config, { mspId, address }) => {
    const tree = editConsenter(config, config.tree, mspId, (each) => ({ ...each, ...address }));
    const found = departmentGroup(tree, 'Orderer', mspId);
    const addresses = [`${address.host}:${address.port}`];
    return editGroup(tree, ['Orderer', found?.name ?? mspId], (group) =>
      withValue(group, 'Endpoints', ordererAddresses.encode({ addresses })),
    );
  },
  // cluster/comm of Fabric 3.1.5 keeps a connection until a certificate changes.
  after: {
    zh: '下一步：其他部门逐个重启各自的排序节点，它们在重启前仍连接旧地址。',
    en: 'Next: the other departments start their orderers again, one after the other: until then these connect to the old address.',
  },
  follow: (topology, { mspId, address }) => ({
    ...topology,
    departments: topology.departments.map((each) =>
      each.mspId === mspId
        ? { ...each, host: address.host, ports: { ...each.ports, orderer: address.port } }
        : each,
    ),
  }),
});
