import { CodedError } from '@yici/ledger';

/** Every code a {@link NetworkError} can have. */
export const networkErrorCodes = [
  'TOPOLOGY_INVALID',
  'PORT_IN_USE',
  'DATA_FOLDER_LOCKED',
  'DATA_FOLDER_UNUSABLE',
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
  'NODE_FAILED',
  'ORDERER_UNAVAILABLE',
  'PEER_UNAVAILABLE',
  'PEER_REFUSED',
  'CHANNEL_NOT_READY',
  'CERTIFICATE_EXPIRED',
  'APPROVAL_REFUSED',
  'PACKAGE_DIFFERS',
] as const;

export type NetworkErrorCode = (typeof networkErrorCodes)[number];

/** Something about the nodes: their topology, keys, files, ports or processes. */
export class NetworkError extends CodedError<NetworkErrorCode> {}
