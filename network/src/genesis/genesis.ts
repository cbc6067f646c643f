import { createHash, X509Certificate } from 'node:crypto';
import { common } from '@hyperledger/fabric-protos';
import timestamps from 'google-protobuf/google/protobuf/timestamp_pb.js';
import { consenters } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import { applicationGroup } from './application.js';
import { capabilities, configGroup } from './groups.js';
import type { DepartmentMaterial } from './material.js';
import { ordererGroup } from './orderer.js';
import { implicitMeta, policyFromRule } from './policies.js';

const { LAST_CONFIG, SIGNATURES } = common.BlockMetadataIndex;
const metadataSlots = 5;
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
  const config = new common.Config();
  config.setChannelGroup(channelGroup(input));
  const configEnvelope = new common.ConfigEnvelope();
  configEnvelope.setConfig(config);
  const payload = new common.Payload();
  const data = configEnvelope.serializeBinary();
  payload.setHeader(payloadHeader(input, data));
  payload.setData(data);
  const envelope = new common.Envelope();
  envelope.setPayload(payload.serializeBinary());
  return blockOf(envelope.serializeBinary());
}

/** The whole config tree, `common.ConfigGroup`. */
function channelGroup({ topology, material }: GenesisInput): common.ConfigGroup {
  const orderers = orderingMaterial(topology, material);
  const hashing = new common.HashingAlgorithm();
  hashing.setName('SHA256');
  const structure = new common.BlockDataHashingStructure();
  structure.setWidth(0xffffffff);
  return configGroup({
    values: {
      HashingAlgorithm: hashing,
      BlockDataHashingStructure: structure,
      Capabilities: capabilities('V3_0'),
    },
    policies: {
      Readers: implicitMeta('ANY', 'Readers'),
      Writers: implicitMeta('ANY', 'Writers'),
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

function payloadHeader(input: GenesisInput, data: Uint8Array): common.Header {
  const nonce = createHash('sha256')
    .update('yici genesis nonce')
    .update(data)
    .digest()
    .subarray(0, 24);
  const signature = new common.SignatureHeader();
  signature.setNonce(nonce);
  const channel = new common.ChannelHeader();
  channel.setType(common.HeaderType.CONFIG);
  channel.setVersion(messageVersion);
  channel.setChannelId(input.topology.channel);
  channel.setTimestamp(newestRoot(input.material));
  // Fabric's transaction id with an empty creator.
  channel.setTxId(createHash('sha256').update(nonce).digest('hex'));
  const header = new common.Header();
  header.setChannelHeader(channel.serializeBinary());
  header.setSignatureHeader(signature.serializeBinary());
  return header;
}

/** The channel's time is that of the newest root certificate. */
function newestRoot(material: readonly DepartmentMaterial[]): timestamps.Timestamp {
  const times = material.map(({ root }) => Date.parse(new X509Certificate(root).validFrom));
  const timestamp = new timestamps.Timestamp();
  timestamp.setSeconds(Math.floor(Math.max(...times) / 1000));
  return timestamp;
}

function blockOf(envelope: Uint8Array): Uint8Array {
  const header = new common.BlockHeader();
  header.setNumber(0);
  header.setDataHash(createHash('sha256').update(envelope).digest());
  const data = new common.BlockData();
  data.addData(envelope);
  const block = new common.Block();
  block.setHeader(header);
  block.setData(data);
  block.setMetadata(metadata());
  return block.serializeBinary();
}

/** common/genesis/genesis.go: an unsigned block that names itself as its last config block. */
function metadata(): common.BlockMetadata {
  const lastConfig = new common.LastConfig();
  const ordererMetadata = new common.OrdererBlockMetadata();
  ordererMetadata.setLastConfig(lastConfig);
  const slots = Array.from({ length: metadataSlots }, (): Uint8Array => new Uint8Array());
  slots[LAST_CONFIG] = metadataValue(lastConfig.serializeBinary());
  slots[SIGNATURES] = metadataValue(ordererMetadata.serializeBinary());
  const message = new common.BlockMetadata();
  message.setMetadataList(slots);
  return message;
}

function metadataValue(value: Uint8Array): Uint8Array {
  const message = new common.Metadata();
  message.setValue(value);
  return message.serializeBinary();
}
