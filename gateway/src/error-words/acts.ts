import type { ErrorWords } from './words.js';

/** What refusals of transactions, records, documents, drafts and batches mean. */
export const acts = {
  // transactions
  IDEMPOTENCY_KEY_INVALID: {
    what: {
      zh: '幂等键不是 1 至 200 个可打印字符。',
      en: 'The key is not 1 to 200 printable characters.',
    },
    next: { zh: '可使用 UUID。', en: 'Use e.g. a UUID.' },
  },
  IDEMPOTENCY_KEY_REUSED: {
    what: { zh: '该幂等键已用于其他请求。', en: 'The key was used for another request.' },
    next: { zh: '新请求使用新的幂等键。', en: 'Use a new key for a new request.' },
  },
  TRANSACTION_NOT_FOUND: {
    what: { zh: '没有找到本人的此笔提交。', en: 'There is no such transaction of yours.' },
    next: { zh: '请核对编号。', en: 'Check the id.' },
  },
  TRANSACTION_STATE: {
    what: { zh: '该提交当前不处于此步骤。', en: 'The transaction is not at that step.' },
    next: {
      zh: '请查询其状态：`GET /v1/transactions/{id}`。',
      en: 'Ask for it: `GET /v1/transactions/{id}`.',
    },
  },
  TRANSACTION_EXPIRED: {
    what: { zh: '没有在规定时间内签名。', en: 'It was not signed in time.' },
    next: { zh: '请重试，或者重新提交。', en: 'Retry it, or ask anew.' },
  },
  TRANSACTION_INVALID: {
    what: {
      zh: '节点核验该交易无效（`details.validation`）。',
      en: 'The peers found it invalid (`details.validation`).',
    },
    next: {
      zh: '属于写入冲突的，重试；其他情形查看原因。',
      en: 'After a conflict, retry; otherwise look at the reason.',
    },
  },
  CONTRACT_REFUSED: {
    what: {
      zh: '链码拒绝，且没有给出错误码。',
      en: 'The chaincode refused with a text that has no code.',
    },
    next: { zh: '提示为链码给出的原文。', en: "The sentence is the chaincode's own." },
  },
  ENDORSEMENT_FAILED: {
    what: {
      zh: '有关部门的节点没有背书（`details.peers`）。',
      en: "The departments' peers did not endorse (`details.peers`).",
    },
    next: {
      zh: '请重试：离线后恢复的节点可能尚未同步。仍不成功的，查看各节点的提示。',
      en: 'Try again: a peer that was away may be behind. Otherwise look at the sentence of each peer.',
    },
  },
  TIME_REFUSED: {
    what: {
      zh: '节点不接受该操作的时间：网关与节点的时钟相差超过时间窗口（`details.peers`）。没有提交任何内容。',
      en: "The peers refuse the act's time: the gateway's clock and theirs differ by more than their time window (`details.peers`). Nothing was sent.",
    },
    next: {
      zh: '请以时间服务器校准网关和节点主机的时钟，再用同一 `Idempotency-Key` 重试。',
      en: "Set the clocks of the gateway's and the peers' hosts by a time server, then try again with the same `Idempotency-Key`.",
    },
  },
  ENDORSERS_UNAVAILABLE: {
    what: {
      zh: '按时应答的部门节点数量不足，不符合背书策略（`details.peers`）。没有提交任何内容。',
      en: "Too few departments' peers answer in time for the endorsement policy (`details.peers`). Nothing was sent.",
    },
    next: {
      zh: '待其他部门节点恢复后重试；通知运维人员。',
      en: "Try again when another department's peer runs; tell the operator.",
    },
  },
  ORDERERS_UNAVAILABLE: {
    what: {
      zh: '可用的排序节点数量不足；已提交的内容可能稍后登记。',
      en: "Too few departments' orderers take transactions; what was handed over may be ordered later.",
    },
    next: {
      zh: '请查询原提交，或者用同一 `Idempotency-Key` 重发；不要重新申报。',
      en: 'Ask for the same transaction, or with the same `Idempotency-Key`, again; do not file anew.',
    },
  },
  CLIENT_KEYS_UNSUPPORTED: {
    what: {
      zh: 'fabric-network 引擎只接受托管账号提交。',
      en: 'The engine fabric-network takes commands of custodial accounts only.',
    },
    next: {
      zh: '请使用托管账号，或者使用其他引擎的网关。',
      en: 'Use a custodial account, or a gateway with another engine.',
    },
  },
  PRIVATE_VALUES_ELSEWHERE: {
    what: {
      zh: '保密数值只能经本部门节点所在的网关收发，本网关没有本部门节点。',
      en: "Confidential values come and go through a gateway with a peer of the caller's own department; this one has none.",
    },
    next: { zh: '请使用本部门的网关。', en: "Use your own department's gateway." },
  },
  // records
  RECORD_NOT_FOUND: {
    what: {
      zh: '没有该记录，或者无权查看。',
      en: 'There is no such record, or it is not yours to see.',
    },
    next: { zh: '请核对编号。', en: 'Check the id.' },
  },
  // documents
  DOCUMENT_TYPE_MISMATCH: {
    what: {
      zh: '文件内容与所写媒体类型不符（`details.declared`、`details.found`）。',
      en: 'The bytes of a document are not what its media type says (`details.declared`, `details.found`).',
    },
    next: { zh: '请按实际类型发送。', en: 'Send it with its own type.' },
  },
  DOCUMENT_DIGEST_MISMATCH: {
    what: {
      zh: '收到的内容与客户端计算的校验值不一致。',
      en: 'What arrived has another digest than the client computed.',
    },
    next: { zh: '请重新发送。', en: 'Send it again.' },
  },
  DOCUMENT_CUT_OFF: {
    what: { zh: '上传中断，没有保存。', en: 'An upload ended before its end; nothing is kept.' },
    next: { zh: '请重新发送。', en: 'Send it again.' },
  },
  DOCUMENT_QUOTA: {
    what: {
      zh: '本部门存放的文件已达容量或者数量上限（`details.used`、`details.limit`）。',
      en: 'The department has as many bytes or documents in the store as it may (`details.used`, `details.limit`).',
    },
    next: {
      zh: '请删除不需要保留的文件，或者提高 `documents.quota`。',
      en: 'Erase what need not be kept, or raise `documents.quota`.',
    },
  },
  DOCUMENT_ERASED: {
    what: {
      zh: '文件密钥已销毁；账本上的校验值保留。',
      en: 'The key of the document was destroyed; its digest on the ledger stays.',
    },
    next: { zh: '无法恢复。', en: 'Nothing brings it back.' },
  },
  DOCUMENT_MISSING: {
    what: {
      zh: '加密文件在目录或者存储桶中已不存在。',
      en: 'The encrypted bytes are gone from the folder or bucket.',
    },
    next: {
      zh: '请用备份恢复；按名称查找。',
      en: 'Restore them from a copy; they are found by their name.',
    },
  },
  DOCUMENT_DAMAGED: {
    what: {
      zh: '存储的内容已被改动；此前读出的部分也不可信。',
      en: 'The stored bytes were changed; what was read before the damage is not trusted either.',
    },
    next: { zh: '请用备份恢复。', en: 'Restore them from a copy.' },
  },
  DOCUMENT_STORE_UNAVAILABLE: {
    what: {
      zh: 'S3 兼容存储拒绝访问或者没有响应。',
      en: 'The S3-compatible store refused or did not answer.',
    },
    next: { zh: '请通知运维人员，稍后重试。', en: 'Tell the operator; try again.' },
  },
  // drafts and batches
  DRAFT_CHANGED: {
    what: {
      zh: '草稿在所读版本之后已被他人修改（`details.changedBy`）。',
      en: 'Somebody changed the draft since the version that was read (`details.changedBy`).',
    },
    next: {
      zh: '请重新查看，再对该版本修改、删除或者提交。',
      en: 'Read it again, then change, erase or submit that version.',
    },
  },
  DRAFT_QUOTA: {
    what: {
      zh: '本部门的草稿、模板和审签件已达数量上限。',
      en: 'The department has as many drafts, templates and sign-offs as it may.',
    },
    next: { zh: '请删除一部分。', en: 'Discard some.' },
  },
  BATCH_NEEDS_ACCOUNT: {
    what: {
      zh: '批量接口用于由网关代为签名的托管账号。',
      en: 'A batch is for custodial accounts, whose gateway signs.',
    },
    next: {
      zh: '请逐件签名：`yici batch FILE`。',
      en: 'Sign each command on its own: `yici batch FILE`.',
    },
  },
} satisfies ErrorWords;
