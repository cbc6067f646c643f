import { consenterOf } from '../../genesis/orderer.js';
import { applicationOrganization, ordererOrganization } from '../../genesis/organization.js';
import { editGroup, withGroup } from '../edit.js';
import { nextConsenterId, withConsenters } from '../ordering.js';
import { changeRefused } from '../refusals.js';
import { channelChange } from './model.js';
import { certificatesArgument, certified, materialOf } from './departments.js';

export const addDepartment = channelChange({
  name: 'add-department',
  arguments: [certificatesArgument],
  example: 'gamma.certificates.json --topology city.yaml',
  given: certified,
  apply: (config, given) => {
    const { mspId } = given.department;
    if (config.msps.has(mspId)) {
      throw changeRefused({
        zh: `${mspId} 已在通道中。`,
        en: `${mspId} is on the channel already.`,
      });
    }
    const material = materialOf(given);
    const tree = editGroup(config.tree, ['Application'], (group) =>
      withGroup(group, mspId, applicationOrganization(material)),
    );
    if (material.orderer === undefined) return tree;
    const joined = editGroup(tree, ['Orderer'], (group) =>
      withGroup(group, mspId, ordererOrganization(material)),
    );
    const { consenters } = config;
    const added = consenterOf(material, nextConsenterId(consenters));
    return withConsenters(config, joined, [...consenters, ...added]);
  },
  joins: ({ department }) => department.id,
  after: {
    zh: '下一步：该部门以 keys collect --genesis 导入其他部门的证书，以 render 写出主机目录，启动节点，执行 node approve；此后部署链码的下一个序号，使该部门可收发保密数值。',
    en: 'Next: the department takes in the certificates of the others (keys collect --genesis), renders its host, starts its nodes and runs node approve; then the next sequence of the chaincode gives it its collections.',
  },
  follow: (topology, { department }) =>
    topology.departments.some(({ mspId }) => mspId === department.mspId)
      ? topology
      : { ...topology, departments: [...topology.departments, department] },
});
