import type { encodeMspConfig } from '@yici/ledger';
import { mspDefinition } from '../../genesis/organization.js';
import { editMsp } from '../edit.js';
import { channelChange } from './model.js';
import { certificatesArgument, certified, materialOf, refuseUnknown } from './departments.js';

type NodeOus = NonNullable<Parameters<typeof encodeMspConfig>[0]['nodeOus']>;

export const addRoot = channelChange({
  name: 'add-root',
  arguments: [certificatesArgument],
  example: 'hrss-new.certificates.json',
  given: certified,
  after: {
    zh: '下一步：该部门在各主机运行 yici-network node msp 并重启节点；部署链码的下一个序号；逐个更换证书；全部更换后用 retire-root 停用旧的。',
    en: 'Next: the department runs yici-network node msp on its hosts and starts its nodes again; the next sequence of the chaincode; change certificates one by one; then retire-root the old ones.',
  },
  apply: (config, given) => {
    const { mspId } = given.department;
    refuseUnknown(config, mspId);
    const added = mspDefinition(materialOf(given));
    return editMsp(config.tree, mspId, ({ nodeOus, ...definition }) => ({
      ...definition,
      rootCerts: withAll(definition.rootCerts, added.rootCerts),
      tlsRootCerts: withAll(definition.tlsRootCerts, added.tlsRootCerts),
      intermediateCerts: withAll(definition.intermediateCerts, added.intermediateCerts),
      tlsIntermediateCerts: withAll(definition.tlsIntermediateCerts, added.tlsIntermediateCerts),
      ...(nodeOus && { nodeOus: unpinned(nodeOus) }),
    }));
  },
});

type Certificates = readonly Uint8Array[];

const withAll = (all: Certificates = [], added: Certificates = []): Certificates => [
  ...all,
  ...added.filter((one) => !all.some((each) => Buffer.from(each).equals(one))),
];

/** Units of whichever root: pinned to one of them, certificates of the other would have no role. */
export function unpinned(nodeOus: NodeOus): NodeOus {
  const units = (['client', 'peer', 'admin', 'orderer'] as const).flatMap((name) => {
    const unit = nodeOus[name];
    return unit === undefined ? [] : [[name, { identifier: unit.identifier }] as const];
  });
  return { enable: nodeOus.enable, ...Object.fromEntries(units) };
}
