import type { ValidationCodeName } from '@yici/client/web';
import type { Words } from '@yici/domain/model';

/** Every code that the validator knows; a missing or unknown one does not compile. */
const known: Readonly<Record<ValidationCodeName, Words>> = {
  VALID: { zh: '有效，已生效', en: 'valid: it took effect' },
  NIL_ENVELOPE: { zh: '空交易', en: 'an empty envelope' },
  BAD_PAYLOAD: { zh: '内容无法解读', en: 'its content cannot be read' },
  BAD_COMMON_HEADER: { zh: '交易头不合规', en: 'its header is malformed' },
  BAD_CREATOR_SIGNATURE: {
    zh: '提交人签名或者证书无效',
    en: 'its creator’s signature or certificate does not hold',
  },
  INVALID_ENDORSER_TRANSACTION: {
    zh: '交易结构不合规',
    en: 'its form is no endorsed transaction’s',
  },
  INVALID_CONFIG_TRANSACTION: { zh: '通道配置变更不合规', en: 'its config update is refused' },
  UNSUPPORTED_TX_PAYLOAD: {
    zh: '不支持的交易类型',
    en: 'a kind of transaction that is not supported',
  },
  BAD_PROPOSAL_TXID: {
    zh: '交易号与提交人不符',
    en: 'its id does not follow from its creator and nonce',
  },
  DUPLICATE_TXID: {
    zh: '交易号已使用，重复提交',
    en: 'the id is on the ledger already: handed over twice',
  },
  ENDORSEMENT_POLICY_FAILURE: {
    zh: '背书不足，未达背书策略',
    en: 'too few endorsements for the policy',
  },
  MVCC_READ_CONFLICT: {
    zh: '所读内容在此期间已变动，未生效',
    en: 'what it had read had changed meanwhile; it took no effect',
  },
  PHANTOM_READ_CONFLICT: {
    zh: '所查范围在此期间已变动，未生效',
    en: 'a range it had read had changed meanwhile; it took no effect',
  },
  UNKNOWN_TX_TYPE: { zh: '未知的交易类型', en: 'an unknown kind of transaction' },
  TARGET_CHAIN_NOT_FOUND: { zh: '属于其他通道', en: 'of another channel' },
  MARSHAL_TX_ERROR: { zh: '交易无法编码', en: 'it cannot be encoded' },
  NIL_TXACTION: { zh: '没有操作', en: 'it holds no action' },
  EXPIRED_CHAINCODE: { zh: '合约版本已更换', en: 'the chaincode’s version was replaced' },
  CHAINCODE_VERSION_CONFLICT: { zh: '合约版本不符', en: 'another version of the chaincode' },
  BAD_HEADER_EXTENSION: { zh: '交易头扩展不合规', en: 'its header’s extension is malformed' },
  BAD_CHANNEL_HEADER: { zh: '通道头不合规', en: 'its channel header is malformed' },
  BAD_RESPONSE_PAYLOAD: { zh: '背书结果无法解读', en: 'what was endorsed cannot be read' },
  BAD_RWSET: { zh: '读写集无法解读', en: 'its read and write set cannot be read' },
  ILLEGAL_WRITESET: { zh: '写集不被允许', en: 'it writes where it may not' },
  INVALID_WRITESET: { zh: '写集不合规', en: 'its write set is malformed' },
  INVALID_CHAINCODE: { zh: '合约不存在或者未定义', en: 'there is no such chaincode' },
  NOT_VALIDATED: { zh: '尚未验证', en: 'not validated' },
  INVALID_OTHER_REASON: { zh: '因其他原因无效', en: 'invalid for another reason' },
};

/** What Fabric's validation codes mean (protos.TxValidationCode); a number that no release had has no words. */
export const codeWords: Readonly<Record<string, Words | undefined>> = known;
