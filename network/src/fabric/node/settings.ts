/** A setting of core.yaml or orderer.yaml. */
export interface Setting {
  /** Keys from the root, joined by dots. */
  readonly key: string;
  readonly value: unknown;
}

/** A setting that differs from the release's sample for a reason other than where a node lives. */
interface TunedSetting extends Setting {
  readonly why: string;
  /** Also set with `sample` settings: the node would not run, or could not be monitored, without it. */
  readonly needed?: true;
  /** The value as a function of the number of departments, if it depends on it. */
  readonly among?: (departments: number) => unknown;
}

/** Our settings, or the release's sample as far as it runs without Docker and exposes metrics. */
export type SettingsChoice = 'tuned' | 'sample';

/** The settings to write, for the given number of departments. */
export function chosen(
  settings: readonly TunedSetting[],
  choice: SettingsChoice = 'tuned',
  departments = 1,
): Setting[] {
  return settings
    .filter(({ needed }) => choice === 'tuned' || needed === true)
    .map(({ key, value, among }) => ({ key, value: among?.(departments) ?? value }));
}

/** One second for every four departments, at most the sample's four. */
const stateInfoInterval = (departments: number): string =>
  `${Math.min(4, Math.max(1, Math.round(departments / 4)))}s`;

/** Tuned settings of peers (core.yaml of Fabric 3.1). Listed in docs/operations.md; a test compares the two. */
export const tunedPeerSettings: readonly TunedSetting[] = [
  {
    key: 'vm.endpoint',
    value: '',
    why: 'chaincode runs as a service; with a Docker endpoint /healthz would stay at 503 where no Docker is',
    needed: true,
  },
  {
    key: 'metrics.provider',
    value: 'prometheus',
    why: 'heights, leader and gossip membership are read from /metrics on the operations endpoint',
    needed: true,
  },
  {
    key: 'peer.keepalive.client.timeout',
    value: '5s',
    why: 'how long what was sent to another department’s peer may go unanswered by its host before the connection counts as lost',
  },
  {
    key: 'peer.keepalive.deliveryClient.timeout',
    value: '5s',
    why: 'the same for the orderer that a peer takes its blocks from',
  },
  {
    key: 'peer.limits.concurrency.gatewayService',
    value: 4000,
    why: 'one gateway serves a whole department; at 500 a burst of submits, each waiting for its block, is refused',
  },
  {
    key: 'peer.limits.concurrency.endorserService',
    value: 4000,
    why: 'must not be the narrower of the two, since each gateway call endorses',
  },
  {
    key: 'peer.deliveryclient.reConnectBackoffThreshold',
    value: '5s',
    why: 'pauses between attempts to reach the orderers grow up to this; at the sample’s hour a peer would sleep on after an outage',
  },
  {
    key: 'peer.deliveryclient.blockCensorshipTimeoutKey',
    value: '5s',
    why: 'how long a peer waits for a block whose header other orderers have shown before it takes the blocks elsewhere',
  },
  {
    key: 'peer.gossip.publishStateInfoInterval',
    value: '1s',
    among: stateInfoInterval,
    why: 'other departments’ gateways learn from it which chaincode and height this peer has; 4 s delays every first use. A second for every four departments, to 4 s from fourteen on: every peer checks every other’s signature each time, and fourteen on two cores did little else',
  },
  {
    key: 'peer.gossip.requestStateInfoInterval',
    value: '1s',
    among: stateInfoInterval,
    why: 'the same, for a peer that has just come back',
  },
  {
    key: 'peer.gossip.reconnectInterval',
    value: '5s',
    why: 'a peer that was away is known to the others again in seconds and not in half a minute',
  },
  {
    key: 'peer.gossip.membershipTrackerInterval',
    value: '1s',
    why: 'how old the number of known peers in the metrics may be, which a start waits for',
  },
  {
    key: 'peer.gossip.pvtData.skipPullingInvalidTransactionsDuringCommit',
    value: true,
    why: 'otherwise an invalid transaction that names a collection of a department, and that any client can make, holds up its peer while it asks for data nobody has',
  },
  {
    key: 'peer.gossip.pvtData.pullRetryThreshold',
    value: '5s',
    why: 'how long a block waits for private data that its writer kept back; what is missing then is fetched later, and 60 s is an outage',
  },
  {
    key: 'peer.gateway.dialTimeout',
    value: '10s',
    why: 'a department that is down must not hold up a client for two minutes before another endorses',
  },
  {
    key: 'peer.gateway.endorsementTimeout',
    value: '10s',
    why: 'a department that vanished without closing its connections holds up the first writes of the others only so long',
  },
  {
    key: 'chaincode.startuptimeout',
    value: '10s',
    why: 'a peer that is called a block before an upgrade’s starts the old package, at whose address the new one answers; until it gives that up it writes no block',
  },
  {
    key: 'chaincode.logging.level',
    value: 'warning',
    why: 'at info the shim writes several lines for every call',
  },
];

/** Tuned settings of orderers (orderer.yaml of Fabric 3.1). Listed in docs/operations.md. */
export const tunedOrdererSettings: readonly TunedSetting[] = [
  {
    key: 'Metrics.Provider',
    value: 'prometheus',
    why: 'leader and height of each consenter are read from /metrics on the operations endpoint',
    needed: true,
  },
  {
    key: 'General.Backoff.MaxDelay',
    value: '5s',
    why: 'a consenter that returns is reached again in seconds; with 2 m it would stay alone long after the fault',
  },
  {
    key: 'ChannelParticipation.MaxRequestBodySize',
    value: '16 MB',
    why: 'the genesis block carries every department’s certificates and grows with their number',
  },
];

/** Environment of every native node: settings that Fabric takes only from there, and those of the Go runtime. */
export function nodeEnvironment(choice: SettingsChoice = 'tuned') {
  return {
    /** Log level warning for everything, info for start, join and deployment. gRPC logs every call at info. */
    FABRIC_LOGGING_SPEC:
      choice === 'tuned'
        ? 'warning:nodeCmd,orderer.common,orderer.consensus,lifecycle,certmonitor=info'
        : 'info',
    FABRIC_LOGGING_FORMAT:
      '%{time:2006-01-02T15:04:05.000Z07:00} %{level:.4s} [%{module}] %{message}',
    /**
     * GC target percentage: the heap may grow by this much before a collection. A node has little live data and creates
     * much garbage.
     */
    ...(choice === 'tuned' ? { GOGC: '400' } : {}),
  };
}
