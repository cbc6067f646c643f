import { common, orderer } from '@hyperledger/fabric-protos';
import { encodeIdentity, principalKind } from '@yici/ledger';
import type { Topology } from '../topology/schema.js';
import { faultsTolerated } from '../topology/checks.js';
import { capabilities, configGroup, type GroupSpec } from './groups.js';
import type { DepartmentMaterial } from './material.js';
import { ordererOrganization } from './organization.js';
import { implicitMeta, policyFromRule, signaturePolicy } from './policies.js';

/** A consenter's material and its id, starting at 1. */
interface Consenter {
  readonly id: number;
  readonly mspId: string;
  readonly host: string;
  readonly port: number;
  readonly identity: Uint8Array;
  readonly tls: Uint8Array;
}

type Ordering = 'bft' | 'raft';

/** The Orderer group: batch settings, consensus type and consenters, ordering departments. */
export function ordererGroup(
  topology: Topology,
  material: readonly DepartmentMaterial[],
  ordering: Ordering,
): common.ConfigGroup {
  const consenters = consentersOf(material);
  const bft = ordering === 'bft';
  const groups = material
    .filter((entry) => entry.orderer !== undefined)
    .map((entry) => [entry.department.mspId, ordererOrganization(entry)] as const);
  return configGroup({
    values: {
      ...batchValues(topology),
      ChannelRestrictions: new orderer.ChannelRestrictions(),
      Capabilities: capabilities('V2_0'),
      ConsensusType: bft
        ? consensusType('BFT', bftOptions(topology))
        : consensusType('etcdraft', raftMetadata(consenters)),
      ...(bft ? { Orderers: consenterMapping(consenters) } : {}),
    },
    policies: {
      Readers: implicitMeta('ANY', 'Readers'),
      Writers: implicitMeta('ANY', 'Writers'),
      Admins: policyFromRule(topology.policies.admins),
      BlockValidation: bft ? quorumOf(consenters) : implicitMeta('ANY', 'Writers'),
    },
    groups: Object.fromEntries(groups),
  });
}

function consentersOf(material: readonly DepartmentMaterial[]): Consenter[] {
  const consenters: Consenter[] = [];
  for (const { department, orderer: node } of material) {
    if (node === undefined) continue;
    consenters.push({
      id: consenters.length + 1,
      mspId: department.mspId,
      host: department.host,
      port: department.ports.orderer ?? 0,
      ...node,
    });
  }
  return consenters;
}

function batchValues(topology: Topology): NonNullable<GroupSpec['values']> {
  const size = new orderer.BatchSize();
  size.setMaxMessageCount(topology.batch.maxMessages);
  size.setAbsoluteMaxBytes(topology.batch.absoluteMaxBytes);
  size.setPreferredMaxBytes(topology.batch.preferredMaxBytes);
  const timeout = new orderer.BatchTimeout();
  timeout.setTimeout(goDuration(topology.batch.timeout));
  return { BatchSize: size, BatchTimeout: timeout };
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

function consensusType(type: string, metadata: Uint8Array): orderer.ConsensusType {
  const message = new orderer.ConsensusType();
  message.setType(type);
  message.setMetadata(metadata);
  return message;
}

/**
 * SmartBFT's options. Blocks are cut by BatchSize and by requestBatchMaxInterval, which therefore takes the topology's
 * batch timeout; leader rotation stays unset, which the orderer treats as off (smartbft/util).
 */
function bftOptions(topology: Topology): Uint8Array {
  const { batch, bft } = topology;
  const options = new orderer.smartbft.Options();
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
  for (const { host, port, tls } of consenters) {
    const consenter = new orderer.etcdraft.Consenter();
    consenter.setHost(host);
    consenter.setPort(port);
    consenter.setClientTlsCert(tls);
    consenter.setServerTlsCert(tls);
    metadata.addConsenters(consenter);
  }
  return metadata.serializeBinary();
}

function consenterMapping(consenters: readonly Consenter[]): common.Orderers {
  const message = new common.Orderers();
  for (const { id, host, port, mspId, identity, tls } of consenters) {
    const consenter = new common.Consenter();
    consenter.setId(id);
    consenter.setHost(host);
    consenter.setPort(port);
    consenter.setMspId(mspId);
    consenter.setIdentity(identity);
    consenter.setClientTlsCert(tls);
    consenter.setServerTlsCert(tls);
    message.addConsenterMapping(consenter);
  }
  return message;
}

/** ceil((n + f + 1) / 2) of the consenters (common/policies/bft.go). */
function quorumOf(consenters: readonly Consenter[]): common.Policy {
  const tolerated = faultsTolerated('bft', consenters.length);
  const quorum = Math.ceil((consenters.length + tolerated + 1) / 2);
  const principals = consenters.map(({ mspId, identity }) => ({
    classification: principalKind.identity,
    principal: encodeIdentity(mspId, identity),
  }));
  const rules = principals.map((_, index) => ({ kind: 'signedBy' as const, index }));
  return signaturePolicy({ version: 0, rule: { kind: 'outOf', n: quorum, rules }, principals });
}
