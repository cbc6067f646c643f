import { CodedError, type Sentence } from '@yici/ledger';

/** Every code a {@link NetworkError} can have. */
export const networkErrorCodes = [
  'TOPOLOGY_INVALID',
  'PORT_IN_USE',
  'ADDRESS_NOT_HERE',
  'DATA_FOLDER_LOCKED',
  'DATA_FOLDER_UNUSABLE',
  'DATA_FOLDER_NEWER',
  'ROOT_LOST',
  'BLOCK_FILE_CORRUPT',
  'GENESIS_MISMATCH',
  'ORDERER_REFUSED',
  'ORDERER_BUSY',
  'LEDGER_FAILED',
  'CHAINCODE_UNAVAILABLE',
  'CHAINCODE_FAILED',
  'SIMULATION_REFUSED',
  'ENDORSEMENT_REFUSED',
  'ACCESS_DENIED',
  'IDENTITY_UNKNOWN',
  'NOT_RUNNING',
  'ALREADY_RUNNING',
  'CLOSED',
  'FABRIC_NOT_INSTALLED',
  'FABRIC_PLATFORM_UNSUPPORTED',
  'FABRIC_PLATFORM_MISMATCH',
  'FABRIC_VERSION_MISMATCH',
  'FABRIC_DOWNLOAD_FAILED',
  'FABRIC_DIGEST_MISMATCH',
  'FABRIC_ARCHIVE_INVALID',
  'FABRIC_ARCHIVE_UNSAFE',
  'FABRIC_DISK_FULL',
  'FABRIC_WITHOUT_PKCS11',
  'NODE_FAILED',
  'ORDERER_UNAVAILABLE',
  'PEER_UNAVAILABLE',
  'PEER_REFUSED',
  'CHANNEL_NOT_READY',
  'CERTIFICATE_EXPIRED',
  'CERTIFICATE_REVOKED',
  'CONSENTER_PINNED',
  'APPROVAL_REFUSED',
  'PACKAGE_DIFFERS',
  'KEYS_DIFFER',
  'ROOT_KEY_LOCKED',
  'ENROLMENT_REFUSED',
  'CERTIFICATES_INVALID',
  'CERTIFICATES_MISSING',
  'APPROVALS_MISSING',
  'BACKUP_DAMAGED',
  'BACKUP_FOREIGN',
  'BACKUP_OLDER',
  'BACKUP_LOCKED',
  'CHANNEL_SETTINGS_DIFFER',
  'CHANGE_REFUSED',
  'CHANGE_INVALID',
  'CHANGE_UNSIGNED',
] as const;

type NetworkErrorCode = (typeof networkErrorCodes)[number];

/** An error of the nodes: topology, keys, files, ports or processes. It says in both languages what is wrong and what to do. */
export class NetworkError extends CodedError<NetworkErrorCode, Sentence> {
  declare readonly words: Sentence;
}

/** What a node or a chaincode says itself, in English alone and in Fabric's wording, which its clients read. */
export const quoted = (said: string, framed = '原文'): Sentence => ({
  zh: `${framed}：${said}`,
  en: said,
});

/** A file or folder of the project's own that cannot be read or written; the cause says why. */
export const unreadable = (file: string, cause: unknown): NetworkError =>
  new NetworkError(
    'DATA_FOLDER_UNUSABLE',
    {
      zh: `${file} 无法读取。核对权限；内容损坏的，用备份恢复。`,
      en: `${file} cannot be read.`,
    },
    { details: { file }, cause },
  );

export const unwritable = (folder: string, cause: unknown): NetworkError =>
  new NetworkError(
    'DATA_FOLDER_UNUSABLE',
    {
      zh: `目录 ${folder} 无法写入。核对权限和磁盘空间，或者另选目录。`,
      en: `The folder ${folder} cannot be written.`,
    },
    { details: { folder }, cause },
  );

export const networkClosed = (): NetworkError =>
  new NetworkError('CLOSED', {
    zh: '网络已在此期间关闭。重新启动后再试。',
    en: 'The network was closed meanwhile.',
  });

export const ledgerClosed = (): NetworkError =>
  new NetworkError('CLOSED', { zh: '账本已关闭。重新打开后再试。', en: 'The ledger is closed.' });
