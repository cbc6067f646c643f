import { createHash, X509Certificate } from 'node:crypto';
import {
  blockMetadataIndex,
  buildBlock,
  buildEnvelope,
  dataHashingStructure,
  encodeBlock,
  encodeChannelHeader,
  encodeConfig,
  encodeOrdererMetadata,
  encodePayload,
  encodeSignatureHeader,
  encodeSignatureMetadata,
  hashingAlgorithm,
  headerType,
  newTransactionId,
  timestampFromDate,
  withMetadata,
  WireWriter,
  type ConfigGroup,
} from '@yici/ledger';
import { consenters } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import { applicationGroup } from './application.js';
import { capability, configGroup } from './groups.js';
import type { DepartmentMaterial } from './material.js';
import { ordererGroup } from './orderer.js';
import { policyFromRule } from './policies.js';

const none = new Uint8Array(0);
/** common/genesis/genesis.go */
const messageVersion = 1;

interface GenesisInput {
  readonly topology: Topology;
  readonly material: readonly DepartmentMaterial[];
}

/**
 * The consensus type actually used. The embedded engine has one signing orderer whatever the topology says, and its
 * channel states that: a channel with SmartBFT would require signatures of a quorum on every block.
 */
function effectiveOrdering(topology: Topology): 'bft' | 'raft' {
  return topology.engine === 'embedded' ? 'raft' : topology.ordering;
}

/** The departments whose orderers produce this network's blocks. */
export function orderingDepartments(topology: Topology): readonly Department[] {
  const named = consenters(topology);
  return topology.engine === 'embedded' ? named.slice(0, 1) : named;
}

/**
 * Encodes the channel's genesis block (`common.Block`) as configtxgen does. The same topology and certificates give the
 * same bytes: time and nonce are derived from them.
 */
export function encodeGenesis(input: GenesisInput): Uint8Array {
  const config = encodeConfig({ sequence: 0n, channelGroup: channelGroup(input) });
  // common.ConfigEnvelope
  const data = new WireWriter().message(1, config).finish();
  return blockOf(buildEnvelope(encodePayload(headers(input, data), data), none));
}

/** The whole config tree. */
function channelGroup({ topology, material }: GenesisInput): ConfigGroup {
  const orderers = orderingMaterial(topology, material);
  return configGroup({
    values: {
      HashingAlgorithm: hashingAlgorithm.encode({ name: 'SHA256' }),
      BlockDataHashingStructure: dataHashingStructure.encode({ width: 0xffffffff }),
      Capabilities: capability('V3_0'),
    },
    policies: {
      Readers: policyFromRule('ANY Readers'),
      Writers: policyFromRule('ANY Writers'),
      Admins: policyFromRule(topology.policies.admins),
    },
    groups: {
      Orderer: ordererGroup(topology, orderers, effectiveOrdering(topology)),
      Application: applicationGroup(topology, material),
    },
  });
}

/** The departments that actually order; for the embedded engine the first consenter, whose key signs the blocks. */
function orderingMaterial(
  topology: Topology,
  material: readonly DepartmentMaterial[],
): DepartmentMaterial[] {
  const ordering = new Set(orderingDepartments(topology).map(({ mspId }) => mspId));
  return material.filter(({ department }) => ordering.has(department.mspId));
}

function headers({ topology, material }: GenesisInput, data: Uint8Array) {
  const digest = createHash('sha256').update('yici genesis nonce').update(data).digest();
  const nonce = digest.subarray(0, 24);
  const channelHeader = encodeChannelHeader({
    type: headerType.config,
    version: messageVersion,
    channelId: topology.channel,
    timestamp: newestRoot(material),
    txId: newTransactionId(none, nonce),
  });
  return { channelHeader, signatureHeader: encodeSignatureHeader({ creator: none, nonce }) };
}

/** The channel's time is that of the newest root certificate. */
function newestRoot(material: readonly DepartmentMaterial[]) {
  const times = material.map(({ root }) => Date.parse(new X509Certificate(root).validFrom));
  return timestampFromDate(new Date(Math.max(...times)));
}

/** common/genesis/genesis.go: an unsigned block that names itself as its last config block. */
function blockOf(envelope: Uint8Array): Uint8Array {
  const block = buildBlock({ number: 0n, previousHash: none, envelopes: [envelope] });
  const value = encodeOrdererMetadata({ lastConfig: 0n, consenterMetadata: none });
  const signatures = encodeSignatureMetadata(value, []);
  return encodeBlock(withMetadata(block, blockMetadataIndex.signatures, signatures));
}
