import { bool, int32, message, string, uint32, uint64 } from '../wire/message.js';

/** orderer.smartbft.Options, in full: a change of any of them is shown by its name. */
export const smartBftOptions = message('smartbft.Options', {
  requestBatchMaxCount: uint64(1),
  requestBatchMaxBytes: uint64(2),
  requestBatchMaxInterval: string(3),
  incomingMessageBufferSize: uint64(4),
  requestPoolSize: uint64(5),
  requestForwardTimeout: string(6),
  requestComplainTimeout: string(7),
  requestAutoRemoveTimeout: string(8),
  requestMaxBytes: uint64(9),
  viewChangeResendInterval: string(10),
  viewChangeTimeout: string(11),
  leaderHeartbeatTimeout: string(12),
  leaderHeartbeatCount: uint64(13),
  collectTimeout: string(14),
  syncOnStart: bool(15),
  speedUpViewChange: bool(16),
  leaderRotation: int32(17),
  decisionsPerLeader: uint64(18),
});

/** etcdraft.Options. */
export const raftOptions = message('etcdraft.Options', {
  tickInterval: string(1),
  electionTick: uint32(2),
  heartbeatTick: uint32(3),
  maxInflightBlocks: uint32(4),
  snapshotIntervalSize: uint32(5),
});
