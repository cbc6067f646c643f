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
    zh: '下一步：该部门启用新证书和密钥（以 keys renew 备好的：keys renew orderer-tls --in-force，再重新 render），重启排序节点。',
    en: 'Next: the department takes the new certificates and keys into use (those that keys renew has prepared: keys renew orderer-tls --in-force, then render again) and starts its orderer again.',
  },
});
