import type { Meanings } from '@yici/terminal';

/** What each code of Fabric's formats means, and what to do, for readers of Chinese (docs/errors.zh-CN.md). */
export const chineseMeanings: Meanings = {
  MALFORMED_BYTES:
    '字节内容不是应有的 Fabric 消息。核对数据来源：内容被截断、被改动，或者不是此类消息。',
  MALFORMED_SIGNATURE:
    '签名不是 DER 格式的 ECDSA 签名。以 ECDSA P-256、SHA-256 签名，采用 DER 格式。',
  MALFORMED_KEY:
    '密钥不是 Fabric 可用的密钥。使用 PEM（PKCS#8）格式的 P-256（或者 P-384、Ed25519）密钥。',
  IDENTITY_REFUSED: 'MSP 不接受该身份。使用该部门现行有效的证书。',
};
