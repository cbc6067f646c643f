import type { Meanings } from '@yici/terminal';

/** What the codes mean with which the program itself ends, for readers of Chinese (docs/errors.zh-CN.md). */
export const chineseMeanings: Meanings = {
  ACCOUNT_EXISTS: '已有同名托管账号。用 --account 另取名称。',
  ACCOUNT_UNKNOWN: '没有该名称的托管账号。用 yici-gateway account list 查看。',
  ACCOUNT_REVOKED:
    '该证书已更换或者停用，不再使用。签发新的证书和密钥，用 yici-gateway account rotate 更换。',
  ACCOUNT_KEY_MISMATCH: '证书与密钥不对应。用为该账号的密钥签发的证书。',
  KEY_STORE_UNREADABLE: '托管密钥无法解密。提供正确的口令或者密钥文件。',
  NOT_READY: '索引尚未同步完成。稍后重试；/readyz 显示是否就绪。',
  STATE_FOLDER_LOCKED: '数据目录正被其他进程使用。停止该进程，或者使用其他目录。',
  STATE_FOLDER_UNUSABLE: '数据目录无法使用。修改目录权限，或者用 --state 另选目录。',
  STORAGE_FAILED:
    '存储或者账本所在磁盘已满或者发生故障；恢复之前不能写入（见 /readyz），仍可读取。清理磁盘空间，系统自动恢复；用原 Idempotency-Key 重发。',
  WALLET_IDENTITY_MALFORMED: '文件不是完整的钱包身份。从原钱包重新导出。',
  WALLET_IDENTITY_MISSING: '钱包中没有可读取的该身份。核对目录和标签：文件为 <label>.id。',
  WALLET_KEY_MISMATCH: '私钥与证书不对应。从原钱包重新导出。',
  WALLET_LABEL_INVALID:
    '标签是路径、含有不允许的字符，或者不能用作账号名称。只写标签；用 --account 指定账号名称。',
  WALLET_TYPE_UNSUPPORTED:
    '该身份不是 X.509 第 1 版（例如密钥在硬件模块中）。只能导入密钥在文件中的身份。',
};
