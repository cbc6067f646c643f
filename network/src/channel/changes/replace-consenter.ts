import { channelChange } from './model.js';
import { editConsenter } from './consenters.js';
import { certificatesArgument, certified, materialOf } from './departments.js';

export const replaceConsenter = channelChange({
  name: 'replace-consenter',
  arguments: [certificatesArgument],
  example: 'hrss.certificates.json',
  given: certified,
  apply: (config, given) => {
    const { identity, tls } = materialOf(given).orderer ?? {};
    return editConsenter(config, config.tree, given.department.mspId, (each) => ({
      ...each,
      ...(identity && each.identity.length > 0 && { identity }),
      ...(tls && { clientTlsCert: tls, serverTlsCert: tls }),
    }));
  },
  after: {
    zh: '下一步：该部门把新证书和密钥放入排序节点的目录，重启该节点。',
    en: 'Next: the department puts the new certificates and keys into the folder of its orderer and starts it again.',
  },
});
