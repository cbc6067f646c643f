import { bytesTag, readFields, readMapEntry, varintTag } from '../wire/fields.js';

const NONE: Uint8Array = new Uint8Array(0);

/** An address at which a department's peers are announced to other departments. */
export interface AnchorPeer {
  readonly host: string;
  readonly port: number;
}

/** One ordering node in the channel config; etcdraft has neither id nor identity. */
export interface Consenter {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly mspId: string;
  /** The enrolment certificate, PEM bytes. */
  readonly identity: Uint8Array;
  readonly clientTlsCert: Uint8Array;
  readonly serverTlsCert: Uint8Array;
}

/** Decodes a message whose only field is string number 1 (HashingAlgorithm, BatchTimeout, Consortium, APIResource). */
export function decodeName(bytes: Uint8Array, message: string): string {
  let name = '';
  readFields(bytes, message, {
    [bytesTag(1)]: (reader) => {
      name = reader.string();
    },
  });
  return name;
}

/** common.BlockDataHashingStructure. */
export function decodeWidth(bytes: Uint8Array): number {
  let width = 0;
  readFields(bytes, 'common.BlockDataHashingStructure', {
    [varintTag(1)]: (reader) => {
      width = reader.uint32();
    },
  });
  return width;
}

/** common.OrdererAddresses. */
export function decodeAddresses(bytes: Uint8Array): readonly string[] {
  const addresses: string[] = [];
  readFields(bytes, 'common.OrdererAddresses', {
    [bytesTag(1)]: (reader) => {
      addresses.push(reader.string());
    },
  });
  return addresses;
}

/** common.Capabilities: the names. */
export function decodeCapabilities(bytes: Uint8Array): ReadonlySet<string> {
  const names = new Set<string>();
  readFields(bytes, 'common.Capabilities', {
    [bytesTag(1)]: (reader) => {
      names.add(readMapEntry(reader.bytes()).key);
    },
  });
  return names;
}

/** peer.ACLs: resource -> policy path, made absolute as channelconfig/acls.go does; empty references are dropped. */
export function decodeAcls(bytes: Uint8Array): ReadonlyMap<string, string> {
  const acls = new Map<string, string>();
  readFields(bytes, 'peer.ACLs', {
    [bytesTag(1)]: (reader) => {
      const { key, value } = readMapEntry(reader.bytes());
      const path = decodeName(value, 'peer.APIResource');
      if (path === '') acls.delete(key);
      else acls.set(key, path.startsWith('/') ? path : `/Channel/Application/${path}`);
    },
  });
  return acls;
}

/** peer.AnchorPeers. */
export function decodeAnchorPeers(bytes: Uint8Array): readonly AnchorPeer[] {
  const anchors: AnchorPeer[] = [];
  readFields(bytes, 'peer.AnchorPeers', {
    [bytesTag(1)]: (reader) => {
      anchors.push(decodeAnchorPeer(reader.bytes()));
    },
  });
  return anchors;
}

function decodeAnchorPeer(bytes: Uint8Array): AnchorPeer {
  const anchor = { host: '', port: 0 };
  readFields(bytes, 'peer.AnchorPeer', {
    [bytesTag(1)]: (reader) => {
      anchor.host = reader.string();
    },
    [varintTag(2)]: (reader) => {
      anchor.port = reader.int32();
    },
  });
  return anchor;
}

/** orderer.BatchSize. */
export function decodeBatchSize(bytes: Uint8Array): {
  maxMessageCount: number;
  absoluteMaxBytes: number;
  preferredMaxBytes: number;
} {
  const size = { maxMessageCount: 0, absoluteMaxBytes: 0, preferredMaxBytes: 0 };
  readFields(bytes, 'orderer.BatchSize', {
    [varintTag(1)]: (reader) => {
      size.maxMessageCount = reader.uint32();
    },
    [varintTag(2)]: (reader) => {
      size.absoluteMaxBytes = reader.uint32();
    },
    [varintTag(3)]: (reader) => {
      size.preferredMaxBytes = reader.uint32();
    },
  });
  return size;
}

/** orderer.ConsensusType: `metadata` is etcdraft.ConfigMetadata or smartbft.Options. */
export function decodeConsensusType(bytes: Uint8Array): { type: string; metadata: Uint8Array } {
  const consensus = { type: '', metadata: NONE };
  readFields(bytes, 'orderer.ConsensusType', {
    [bytesTag(1)]: (reader) => {
      consensus.type = reader.string();
    },
    [bytesTag(2)]: (reader) => {
      consensus.metadata = reader.bytes();
    },
  });
  return consensus;
}

/** common.Orderers: the consenter mapping of a BFT channel. */
export function decodeOrderers(bytes: Uint8Array): readonly Consenter[] {
  const consenters: Consenter[] = [];
  readFields(bytes, 'common.Orderers', {
    [bytesTag(1)]: (reader) => {
      consenters.push(decodeConsenter(reader.bytes()));
    },
  });
  return consenters;
}

function decodeConsenter(bytes: Uint8Array): Consenter {
  const consenter = { ...NO_CONSENTER };
  readFields(bytes, 'common.Consenter', {
    [varintTag(1)]: (reader) => {
      consenter.id = reader.uint32();
    },
    [bytesTag(2)]: (reader) => {
      consenter.host = reader.string();
    },
    [varintTag(3)]: (reader) => {
      consenter.port = reader.uint32();
    },
    [bytesTag(4)]: (reader) => {
      consenter.mspId = reader.string();
    },
    [bytesTag(5)]: (reader) => {
      consenter.identity = reader.bytes();
    },
    [bytesTag(6)]: (reader) => {
      consenter.clientTlsCert = reader.bytes();
    },
    [bytesTag(7)]: (reader) => {
      consenter.serverTlsCert = reader.bytes();
    },
  });
  return consenter;
}

/** etcdraft.ConfigMetadata: the consenters in order, numbered from 1. */
export function decodeRaftConsenters(bytes: Uint8Array): readonly Consenter[] {
  const consenters: Consenter[] = [];
  readFields(bytes, 'etcdraft.ConfigMetadata', {
    [bytesTag(1)]: (reader) => {
      consenters.push(decodeRaftConsenter(reader.bytes(), consenters.length + 1));
    },
  });
  return consenters;
}

function decodeRaftConsenter(bytes: Uint8Array, id: number): Consenter {
  const consenter = { ...NO_CONSENTER, id };
  readFields(bytes, 'etcdraft.Consenter', {
    [bytesTag(1)]: (reader) => {
      consenter.host = reader.string();
    },
    [varintTag(2)]: (reader) => {
      consenter.port = reader.uint32();
    },
    [bytesTag(3)]: (reader) => {
      consenter.clientTlsCert = reader.bytes();
    },
    [bytesTag(4)]: (reader) => {
      consenter.serverTlsCert = reader.bytes();
    },
  });
  return consenter;
}

const NO_CONSENTER = {
  id: 0,
  host: '',
  port: 0,
  mspId: '',
  identity: NONE,
  clientTlsCert: NONE,
  serverTlsCert: NONE,
};
