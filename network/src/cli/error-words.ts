import type { Meanings } from '@yici/terminal';

/** What each code of Fabric's formats means, and what to do, for readers of Chinese (docs/errors.zh-CN.md). */
export const chineseMeanings: Meanings = {
  MALFORMED_BYTES:
    '字节内容不是应有的 Fabric 消息。核对数据来源：内容被截断、被改动，或者不是此类消息。',
  MALFORMED_IDENTITY: '身份或者证书无法读取。核对 PEM 内容。',
  MALFORMED_SIGNATURE:
    '签名不是 DER 格式的 ECDSA 签名。以 ECDSA P-256、SHA-256 签名，采用 DER 格式。',
  MALFORMED_KEY:
    '密钥不是 Fabric 可用的密钥。使用 PEM（PKCS#8）格式的 P-256（或者 P-384、Ed25519）密钥。',
  IDENTITY_REFUSED: 'MSP 不接受该身份。使用该部门现行有效的证书。',
  MALFORMED_CONFIG: '通道配置缺项，或者前后不一致。与创世区块比对；details 指明路径。',
  MALFORMED_POLICY: '策略无法读取，或者引用了不存在的主体。修改策略文本；details 指明位置。',
  CONFIG_UPDATE_REFUSED:
    '配置更新的版本有误，或者缺少 mod_policy 要求的签名。按现行配置重新编制，并由有关部门签名。',
};
