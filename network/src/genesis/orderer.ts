import { orderer } from '@hyperledger/fabric-protos';
import {
  batchSize,
  batchTimeout,
  bftConsenters,
  consensusType,
  quorumOf,
  type ConfigGroup,
  type Consenter,
} from '@yici/ledger';
import type { Topology } from '../topology/schema.js';
import { capability, configGroup } from './groups.js';
import type { DepartmentMaterial } from './material.js';
import { ordererOrganization } from './organization.js';
import { policyFromRule } from './policies.js';

type Ordering = 'bft' | 'raft';

/** The Orderer group: batch settings, consensus type and consenters, ordering departments. */
export function ordererGroup(
  topology: Topology,
  material: readonly DepartmentMaterial[],
  ordering: Ordering,
): ConfigGroup {
  const consenters = consentersOf(material);
  const bft = ordering === 'bft';
  const groups = material
    .filter((entry) => entry.orderer !== undefined)
    .map((entry) => [entry.department.mspId, ordererOrganization(entry)] as const);
  return configGroup({
    values: {
      ...batchValues(topology),
      // Without limits, which is how configtxgen writes it.
      ChannelRestrictions: new Uint8Array(0),
      Capabilities: capability('V2_0'),
      ConsensusType: consensusType.encode(
        bft
          ? { type: 'BFT', metadata: bftOptions(topology), state: 0 }
          : { type: 'etcdraft', metadata: raftMetadata(consenters), state: 0 },
      ),
      ...(bft ? { Orderers: bftConsenters.encode({ consenters }) } : {}),
    },
    policies: {
      Readers: policyFromRule('ANY Readers'),
      Writers: policyFromRule('ANY Writers'),
      Admins: policyFromRule(topology.policies.admins),
      BlockValidation: bft ? quorumOf(consenters) : policyFromRule('ANY Writers'),
    },
    groups: Object.fromEntries(groups),
  });
}

function consentersOf(material: readonly DepartmentMaterial[]): Consenter[] {
  return material
    .filter(({ orderer: node }) => node !== undefined)
    .flatMap((entry, index) => consenterOf(entry, index + 1));
}

/** A department's entry among the consenters; none where it has no orderer. Numbers start at 1. */
export function consenterOf(
  { department, orderer: node }: DepartmentMaterial,
  id: number,
): Consenter[] {
  if (node === undefined) return [];
  const { identity, tls } = node;
  const { host, mspId, ports } = department;
  const port = ports.orderer ?? 0;
  return [{ id, host, port, mspId, identity, clientTlsCert: tls, serverTlsCert: tls }];
}

/** BatchSize and BatchTimeout, encoded. */
export function batchValues({ batch }: Pick<Topology, 'batch'>) {
  const { maxMessages: maxMessageCount, absoluteMaxBytes, preferredMaxBytes } = batch;
  return {
    BatchSize: batchSize.encode({ maxMessageCount, absoluteMaxBytes, preferredMaxBytes }),
    BatchTimeout: batchTimeout.encode({ timeout: goDuration(batch.timeout) }),
  };
}

/** As Go prints a duration (`1m` is `1m0s`), which is what configtxgen writes. */
function goDuration(text: string): string {
  const amount = Number.parseInt(text, 10);
  const milliseconds = text.endsWith('ms') ? amount : amount * (text.endsWith('m') ? 60_000 : 1000);
  if (milliseconds < 1000) return milliseconds === 0 ? '0s' : `${milliseconds}ms`;
  const seconds = (milliseconds / 1000) % 60;
  const minutes = Math.floor(milliseconds / 60_000) % 60;
  const hours = Math.floor(milliseconds / 3_600_000);
  return `${hours > 0 ? `${hours}h` : ''}${hours > 0 || minutes > 0 ? `${minutes}m` : ''}${seconds}s`;
}

/**
 * SmartBFT's options. Blocks are cut by BatchSize and by requestBatchMaxInterval, which therefore takes the topology's
 * batch timeout; leader rotation stays unset, which the orderer treats as off (smartbft/util). Options that the topology does
 * not have stay as in `options`.
 */
export function bftOptions(
  { batch, bft }: Pick<Topology, 'batch' | 'bft'>,
  options = new orderer.smartbft.Options(),
): Uint8Array {
  options.setRequestBatchMaxCount(batch.maxMessages);
  options.setRequestBatchMaxBytes(batch.absoluteMaxBytes);
  options.setRequestBatchMaxInterval(goDuration(batch.timeout));
  options.setIncomingMessageBufferSize(bft.incomingMessageBufferSize);
  options.setRequestPoolSize(bft.requestPoolSize);
  options.setRequestForwardTimeout(goDuration(bft.requestForwardTimeout));
  options.setRequestComplainTimeout(goDuration(bft.requestComplainTimeout));
  options.setRequestAutoRemoveTimeout(goDuration(bft.requestAutoRemoveTimeout));
  options.setViewChangeResendInterval(goDuration(bft.viewChangeResendInterval));
  options.setViewChangeTimeout(goDuration(bft.viewChangeTimeout));
  options.setLeaderHeartbeatTimeout(goDuration(bft.leaderHeartbeatTimeout));
  options.setLeaderHeartbeatCount(bft.leaderHeartbeatCount);
  options.setCollectTimeout(goDuration(bft.collectTimeout));
  return options.serializeBinary();
}

/** etcd/raft's metadata with Fabric's default options (configtxgen genesisconfig). */
function raftMetadata(consenters: readonly Consenter[]): Uint8Array {
  const options = new orderer.etcdraft.Options();
  options.setTickInterval('500ms');
  options.setElectionTick(10);
  options.setHeartbeatTick(1);
  options.setMaxInflightBlocks(5);
  options.setSnapshotIntervalSize(16 * 1024 * 1024);
  const metadata = new orderer.etcdraft.ConfigMetadata();
  metadata.setOptions(options);
  return withRaftConsenters(metadata, consenters);
}

/** etcdraft.ConfigMetadata bytes with these consenters and the options that it has. */
export function withRaftConsenters(
  metadata: orderer.etcdraft.ConfigMetadata,
  consenters: readonly Consenter[],
): Uint8Array {
  metadata.clearConsentersList();
  for (const { host, port, clientTlsCert, serverTlsCert } of consenters) {
    const consenter = new orderer.etcdraft.Consenter();
    consenter.setHost(host);
    consenter.setPort(port);
    consenter.setClientTlsCert(clientTlsCert);
    consenter.setServerTlsCert(serverTlsCert);
    metadata.addConsenters(consenter);
  }
  return metadata.serializeBinary();
}
