import {
  bytes,
  encoded,
  int32,
  list,
  mapEntry,
  message,
  string,
  strings,
  uint32,
  type MessageOf,
} from '../wire/message.js';

export const hashingAlgorithm = message('HashingAlgorithm', { name: string(1) });
export const batchTimeout = message('BatchTimeout', { timeout: string(1) });
export const dataHashingStructure = message('common.BlockDataHashingStructure', {
  width: uint32(1),
});
export const ordererAddresses = message('common.OrdererAddresses', { addresses: strings(1) });

const capabilities = message('common.Capabilities', { entries: list(1, mapEntry) });

/** common.Capabilities: the names. */
export function decodeCapabilities(value: Uint8Array): ReadonlySet<string> {
  return new Set(capabilities.decode(value).entries.map(({ key }) => key));
}

export const aclList = message('peer.ACLs', { entries: list(1, mapEntry) });
const apiResource = message('peer.APIResource', { policy: string(1) });

/** peer.ACLs: resource -> policy path, made absolute as channelconfig/acls.go does; empty references are dropped. */
export function decodeAcls(value: Uint8Array): ReadonlyMap<string, string> {
  const acls = new Map<string, string>();
  for (const { key, value: resource } of aclList.decode(value).entries) {
    const path = apiResource.decode(resource).policy;
    if (path === '') acls.delete(key);
    else acls.set(key, path.startsWith('/') ? path : `/Channel/Application/${path}`);
  }
  return acls;
}

const anchorPeer = message('peer.AnchorPeer', { host: string(1), port: int32(2) });
/** The addresses at which a department's peers are announced to other departments. */
export const anchorPeers = message('peer.AnchorPeers', { anchorPeers: list(1, anchorPeer) });
export type AnchorPeer = MessageOf<typeof anchorPeer>;

export const batchSize = message('orderer.BatchSize', {
  maxMessageCount: uint32(1),
  absoluteMaxBytes: uint32(2),
  preferredMaxBytes: uint32(3),
});

export const consensusType = message('orderer.ConsensusType', {
  type: string(1),
  /** etcdraft.ConfigMetadata or smartbft.Options. */
  metadata: bytes(2),
  /** Normal (0), or maintenance, in which the type may change. */
  state: int32(3),
});

/** One ordering node in the channel config; etcdraft has neither MSP id nor identity. */
const consenter = message('common.Consenter', {
  id: uint32(1),
  host: string(2),
  port: uint32(3),
  mspId: string(4),
  /** The enrolment certificate, PEM bytes. */
  identity: bytes(5),
  clientTlsCert: bytes(6),
  serverTlsCert: bytes(7),
});
export type Consenter = MessageOf<typeof consenter>;

/** The consenter mapping of a BFT channel. */
export const bftConsenters = message('common.Orderers', { consenters: list(1, consenter) });

const raftConsenter = message('etcdraft.Consenter', {
  host: string(1),
  port: uint32(2),
  clientTlsCert: bytes(3),
  serverTlsCert: bytes(4),
});
/** etcdraft.ConfigMetadata; options are etcdraft.Options. */
export const raftMetadata = message('etcdraft.ConfigMetadata', {
  consenters: list(1, raftConsenter),
  options: encoded(2),
});

/** etcdraft.ConfigMetadata: the consenters in order, numbered from 1. */
export function decodeRaftConsenters(metadata: Uint8Array): readonly Consenter[] {
  const { consenters } = raftMetadata.decode(metadata);
  return consenters.map((each, index) => ({ ...consenter.zero, ...each, id: index + 1 }));
}
