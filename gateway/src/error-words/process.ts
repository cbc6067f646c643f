import type { ErrorWords } from './words.js';

/** What failures of the peer and of the gateway itself mean. */
export const process = {
  // the peer
  PEER_UNAVAILABLE: {
    what: { zh: '本部门节点没有响应。', en: "The department's peer does not answer." },
    next: { zh: '请重试；通知运维人员。', en: 'Try again; tell the operator.' },
  },
  PEER_TIMEOUT: {
    what: { zh: '节点没有按时响应。', en: 'The peer did not answer in time.' },
    next: { zh: '请查询同一提交的状态。', en: 'Ask for the same transaction again.' },
  },
  PEER_REFUSED: {
    what: { zh: '节点因其他原因拒绝。', en: 'The peer refused for another reason.' },
    next: { zh: '请查看提示。', en: 'Look at the sentence.' },
  },
  PEER_UNTRUSTED: {
    what: {
      zh: '该地址上的程序不是所配置的节点：其 TLS 证书不是由指定根证书签发、名称不符或者已过期。',
      en: "Whoever listens at the peer's address is not the peer: its TLS certificate is not from the root given, is for another name or has expired.",
    },
    next: {
      zh: '请核对 `endpoint`、`tlsRoot` 和 `tlsHostname`；更新节点证书。',
      en: "Check `endpoint`, `tlsRoot` and `tlsHostname`; renew the peer's certificate.",
    },
  },
  PEER_OF_OTHER_CHANNEL: {
    what: {
      zh: '节点没有加入所配置的通道。',
      en: 'The peer has not joined the channel of the configuration.',
    },
    next: {
      zh: '请核对 `channel` 和 `endpoint`，或者让节点加入通道。',
      en: 'Check `channel` and `endpoint`, or have the peer join.',
    },
  },
  PEER_OF_OTHER_DEPARTMENT: {
    what: {
      zh: '节点不属于所配置的部门，或者通道中没有该部门。',
      en: 'The peer belongs to another department than the configuration says, or the channel has no such department.',
    },
    next: {
      zh: '请核对 `mspId`、`endpoint` 和 `tlsRoot`。',
      en: 'Check `mspId`, `endpoint` and `tlsRoot`.',
    },
  },
  IDENTITY_REFUSED: {
    what: {
      zh: '节点不承认网关证书属于 `mspId` 的成员；或者其他部门的节点不认识本部门（`details.peers`）。',
      en: "The peer does not take the gateway's certificate as one of a member of `mspId`, or other departments' peers do not know this department (`details.peers`).",
    },
    next: {
      zh: '请核对 `mspId`、`certificate`、`key`、`tlsClient`；或者证书已吊销、本部门已被移除（`node status`）。',
      en: 'Check `mspId`, `certificate`, `key`, `tlsClient`; or the certificate is revoked, or the department out (`node status`).',
    },
  },
  DEPARTMENT_OUT: {
    what: {
      zh: '通道不再接纳本网关所属部门（已由其他部门移除），或者网关证书已到期、已吊销：网关不再得到区块，也不能写入。',
      en: "The channel admits the gateway's department no more (others removed it), or its certificate is not in force: it gets no blocks and writes nothing.",
    },
    next: {
      zh: '请向其他部门核对；确已移除的，停止本部门的网关和节点；否则换发网关证书。',
      en: "Ask the other departments; if it is out, stop its gateway and nodes; else renew the gateway's certificate.",
    },
  },
  ORDERING_UNSUPPORTED: {
    what: {
      zh: '通道使用 SmartBFT 排序，而 fabric-network 引擎只向一个排序节点提交。',
      en: 'The channel is ordered by SmartBFT, and the engine fabric-network sends to one orderer.',
    },
    next: { zh: '请使用 `fabric` 引擎。', en: 'Use the engine `fabric`.' },
  },
  NOT_READY: {
    what: { zh: '索引尚未同步完成。', en: 'The index still catches up.' },
    next: { zh: '稍后重试；`/readyz` 显示是否就绪。', en: 'Try again; `/readyz` says when.' },
  },
  STORAGE_FAILED: {
    what: {
      zh: '存储或者账本所在磁盘已满或者发生故障；恢复之前不能写入（见 `/readyz`），仍可读取。',
      en: 'The disk of a store or of the ledger is full or fails; nothing is written until it can be, which `/readyz` says. Reading goes on.',
    },
    next: {
      zh: '请清理磁盘空间，系统自动恢复；用原 `Idempotency-Key` 重发。',
      en: 'Make room; it goes on by itself. Send the same again, with its Idempotency-Key.',
    },
  },
  TOKEN_UNAVAILABLE: {
    what: {
      zh: '签名密钥所在的 PKCS#11 令牌此时不能签名；`details.code` 为原因。',
      en: 'The PKCS#11 token that keeps the signing key does not sign now; `details.code` says why.',
    },
    next: {
      zh: '请检查令牌及其模块，恢复后无须重启；用原 `Idempotency-Key` 重发。',
      en: 'Look after the token and its module; it goes on without a restart. Send the same again, with its Idempotency-Key.',
    },
  },
  // the process
  CONFIG_INVALID: {
    what: {
      zh: '网关配置不符合要求。',
      en: "The gateway's configuration does not fit its schema.",
    },
    next: { zh: '请按所列路径修改。', en: 'Mend the paths named.' },
  },
  PORT_IN_USE: {
    what: { zh: '网关端口已被占用。', en: "Somebody listens on the gateway's port." },
    next: {
      zh: '请停止占用该端口的程序，或者用 `--port` 另选。',
      en: 'Stop it or choose another with `--port`.',
    },
  },
  STATE_FOLDER_UNUSABLE: {
    what: { zh: '数据目录无法使用。', en: 'The data folder cannot be used.' },
    next: {
      zh: '请修改目录权限，或者用 `--state` 另选目录。',
      en: 'Mend its permissions or choose another with `--state`.',
    },
  },
  STATE_FOLDER_LOCKED: {
    what: { zh: '数据目录正被其他进程使用。', en: 'Another process uses the data folder.' },
    next: { zh: '请停止该进程，或者使用其他目录。', en: 'Stop it or use another folder.' },
  },
  INDEX_OF_OTHER_CHANNEL: {
    what: {
      zh: '索引是由另一个创世区块建立的。',
      en: 'The index was built from another genesis block.',
    },
    next: {
      zh: '确需重建的，使用 `--rebuild-index`。',
      en: 'Use `--rebuild-index` if that is wanted.',
    },
  },
  BLOCK_UNREADABLE: {
    what: { zh: '节点发来的区块无法读取。', en: 'The peer sent a block that cannot be read.' },
    next: { zh: '请通知该节点的运维人员。', en: 'Tell the operator of the peer.' },
  },
  KEY_STORE_UNREADABLE: {
    what: { zh: '托管密钥无法解密。', en: 'The custodial keys cannot be decrypted.' },
    next: { zh: '请提供正确的口令或者密钥文件。', en: 'Give the right passphrase or key file.' },
  },
  FABRIC_NETWORK_MISSING: {
    what: {
      zh: '选用了 fabric-network 引擎，但其软件包没有安装或者不可用。',
      en: 'The engine fabric-network is chosen and its package is not installed, or not usable.',
    },
    next: {
      zh: '请执行 `npm ci --prefix gateway/fabric-network`，或者使用其他引擎（见 [fabric-network.md](fabric-network.md)）。',
      en: '`npm ci --prefix gateway/fabric-network`, or another engine ([fabric-network.md](fabric-network.md)).',
    },
  },
  // importing an identity from a wallet
  WALLET_LABEL_INVALID: {
    what: {
      zh: '标签是路径、含有不允许的字符，或者不能用作账号名称。',
      en: 'The label is a path or has characters that no label has; or it cannot be the name of an account.',
    },
    next: {
      zh: '请只写标签；用 `--account` 指定账号名称。',
      en: 'Give the bare label; name the account with `--account`.',
    },
  },
  WALLET_IDENTITY_MISSING: {
    what: {
      zh: '钱包中没有可读取的该身份。',
      en: 'The wallet has no such identity that can be read.',
    },
    next: {
      zh: '请核对目录和标签：文件为 `<label>.id`。',
      en: 'Check folder and label: the file is `<label>.id`.',
    },
  },
  WALLET_IDENTITY_MALFORMED: {
    what: { zh: '文件不是完整的钱包身份。', en: 'The file is no whole identity of a wallet.' },
    next: { zh: '请从原钱包重新导出。', en: 'Export it from its wallet again.' },
  },
  WALLET_TYPE_UNSUPPORTED: {
    what: {
      zh: '该身份不是 X.509 第 1 版（例如密钥在硬件模块中）。',
      en: 'The identity is not of type X.509, version 1 (its key is in a hardware module, for example).',
    },
    next: {
      zh: '只能导入密钥在文件中的身份。',
      en: 'Only keys that the file itself holds can be imported.',
    },
  },
  WALLET_KEY_MISMATCH: {
    what: { zh: '私钥与证书不对应。', en: 'The private key is not that of the certificate.' },
    next: { zh: '请从原钱包重新导出。', en: 'Export it from its wallet again.' },
  },
  ACCOUNT_EXISTS: {
    what: { zh: '已有同名托管账号。', en: 'There is a custodial account of that name.' },
    next: { zh: '请用 `--account` 另取名称。', en: 'Choose another name with `--account`.' },
  },
  ACCOUNT_UNKNOWN: {
    what: { zh: '没有该名称的托管账号。', en: 'There is no custodial account of that name.' },
    next: {
      zh: '请用 `yici-gateway account list` 查看。',
      en: '`yici-gateway account list` names them.',
    },
  },
  ACCOUNT_REVOKED: {
    what: {
      zh: '该证书已更换或者停用，不再使用。',
      en: 'The certificate was replaced or revoked, and is not used again.',
    },
    next: {
      zh: '请签发新的证书和密钥，用 `yici-gateway account rotate` 更换。',
      en: 'Issue another certificate and key, and give them with `yici-gateway account rotate`.',
    },
  },
  ACCOUNT_KEY_MISMATCH: {
    what: {
      zh: '证书与密钥不对应。',
      en: 'The certificate is not that of the key.',
    },
    next: {
      zh: '请用为该账号的密钥签发的证书；密钥一并更换的，用 `yici-gateway account rotate`。',
      en: 'Take the one issued for the account’s key; to change the key too, use `yici-gateway account rotate`.',
    },
  },
  INTERNAL: {
    what: { zh: '系统内部错误。', en: 'A bug.' },
    next: { zh: '请将请求编号报给运维人员。', en: 'Report it with the request id.' },
  },
} satisfies ErrorWords;
