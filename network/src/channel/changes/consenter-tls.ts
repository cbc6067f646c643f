import { channelChange } from './model.js';
import { editConsenter } from './consenters.js';
import { certificatesArgument, certified, materialOf } from './departments.js';

export const consenterTls = channelChange({
  name: 'consenter-tls',
  arguments: [certificatesArgument],
  example: 'hrss.certificates.json',
  given: certified,
  apply: (config, given) => {
    const { tls } = materialOf(given).orderer ?? {};
    return editConsenter(config, config.tree, given.department.mspId, (each) =>
      tls === undefined ? each : { ...each, clientTlsCert: tls, serverTlsCert: tls },
    );
  },
  after: {
    zh: '下一步：该部门把新证书和密钥放入排序节点的目录，重启该节点。',
    en: 'Next: the department puts the new certificates and keys into the folder of its orderer and starts it again.',
  },
});
