import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DEFAULT_POLICY,
  LIFECYCLE_NAMESPACE,
  NAMESPACES,
  buildEnvelope,
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  createSigner,
  definitionStructure,
  encodeApplicationPolicy,
  encodeIdentity,
  encodeTxRwSet,
  endorsementMessage,
  storeStructure,
  type Collection,
  type KvRead,
  type KvWrite,
  type NamespaceRwSet,
  type PrivateCollectionWrites,
  type TxRwSet,
} from '@yici/ledger';
import { dataFolder } from '@yici/network';
import {
  departmentPaths,
  openChannelLedger,
  parseTopology,
  prepareFolder,
  type ChannelLedger,
  type ChannelLedgerDependencies,
  type ChannelLedgerOptions,
} from '@yici/network/testing';
import { labDepartments, labTopology, mspOf } from '../../../support/peer/lab-topology.js';
import { hashPrivateWrites, sortTxRwSet } from '../../../support/ledger/rwset.js';

export const CHAINCODE = 'notes';

/** Who signs: serialized identity and key. */
export interface Signatory {
  readonly identity: Uint8Array;
  readonly sign: (message: Uint8Array) => Uint8Array;
}

/** A channel of three departments with all their keys, in a folder of its own. */
export interface Lab {
  readonly directory: string;
  readonly channel: string;
  readonly genesisBlock: Uint8Array;
  readonly orderer: Signatory;
  readonly clerk: Signatory;
  readonly admins: readonly Signatory[];
  readonly peers: readonly Signatory[];
  open(
    options?: Partial<ChannelLedgerOptions>,
    dependencies?: ChannelLedgerDependencies,
  ): Promise<ChannelLedger>;
  remove(): Promise<void>;
}

/** Makes keys and genesis block where the folder lacks them. */
export async function makeLab(existing?: string): Promise<Lab> {
  const directory = existing ?? (await mkdtemp(join(tmpdir(), 'yici-lab-')));
  const topology = parseTopology(labTopology);
  const { genesisBlock } = prepareFolder(topology, dataFolder(directory), new Date());
  const of = (id: (typeof labDepartments)[number]) => departmentPaths(directory, id);
  const signatory = (
    id: (typeof labDepartments)[number],
    msp: { certificate: string; key: string },
  ) => readSignatory(mspOf[id], msp);
  const orderer = signatory('archive', of('archive').orderer.msp);
  return {
    directory,
    channel: topology.channel,
    genesisBlock,
    orderer,
    clerk: signatory('archive', of('archive').user('archive.clerk1').msp),
    admins: labDepartments.map((id) => signatory(id, of(id).user(`${id}.admin`).msp)),
    peers: labDepartments.map((id) => signatory(id, of(id).peer.msp)),
    open: (options = {}, dependencies = {}) =>
      openChannelLedger(
        {
          directory: join(directory, 'embedded'),
          channel: topology.channel,
          genesisBlock,
          orderer,
          ...options,
        },
        dependencies,
      ),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

export interface TransactionInput {
  readonly chaincode?: string;
  readonly rwset: TxRwSet;
  readonly endorsers?: readonly Signatory[];
  readonly creator?: Signatory;
}

/** A transaction as a client would submit it, endorsed by the first two departments unless told otherwise. */
export function transaction(
  lab: Lab,
  input: TransactionInput,
): { txId: string; envelope: Uint8Array } {
  const creator = input.creator ?? lab.clerk;
  const chaincode = input.chaincode ?? CHAINCODE;
  const proposal = buildProposal({
    channel: lab.channel,
    chaincode,
    args: [Buffer.from('do')],
    creator: creator.identity,
    nonce: randomBytes(24),
    timestamp: new Date(),
  });
  const responsePayload = buildResponsePayload({
    proposalBytes: proposal.bytes,
    results: encodeTxRwSet(sortTxRwSet(input.rwset)),
    response: { status: 200, message: '', payload: new Uint8Array(0) },
    chaincode: { name: chaincode, version: '1.0' },
  });
  const endorsements = (input.endorsers ?? lab.peers.slice(0, 2)).map((peer) => ({
    endorser: peer.identity,
    signature: peer.sign(endorsementMessage(responsePayload, peer.identity)),
  }));
  const payload = buildTransactionPayload({
    proposalBytes: proposal.bytes,
    responsePayload,
    endorsements,
  });
  return { txId: proposal.transactionId, envelope: buildEnvelope(payload, creator.sign(payload)) };
}

/** Writes of one namespace, everything else empty. */
export function rwset(namespace: string, parts: Partial<NamespaceRwSet>): TxRwSet {
  return [
    {
      namespace,
      reads: [],
      rangeQueries: [],
      writes: [],
      metadataWrites: [],
      collections: [],
      ...parts,
    },
  ];
}

export function put(key: string, value: string): KvWrite {
  return { key, value: Buffer.from(value), isDelete: false };
}

export function del(key: string): KvWrite {
  return { key, value: new Uint8Array(0), isDelete: true };
}

export function write(lab: Lab, writes: readonly KvWrite[], reads: readonly KvRead[] = []) {
  return transaction(lab, { rwset: rwset(CHAINCODE, { writes, reads }) });
}

/** Cleartext writes of one collection and the transaction that carries their hashes. */
export function privateWrite(
  lab: Lab,
  collection: string,
  writes: readonly (KvWrite & { isPurge?: boolean })[],
) {
  const clear: PrivateCollectionWrites = {
    namespace: CHAINCODE,
    collection,
    writes: writes.map((each) => ({ isPurge: false, ...each })),
    metadataWrites: [],
  };
  const hashed = { collection, reads: [], metadataWrites: [], ...hashPrivateWrites(clear) };
  const made = transaction(lab, { rwset: rwset(CHAINCODE, { collections: [hashed] }) });
  return { ...made, clear: [clear] };
}

export function collection(name: string, blockToLive = 0n): Collection {
  return {
    name,
    memberPolicy: new Uint8Array(0),
    requiredPeerCount: 0,
    maximumPeerCount: 0,
    blockToLive,
    memberOnlyRead: false,
    memberOnlyWrite: false,
    endorsementPolicy: undefined,
  };
}

/** The transaction that defines the test chaincode, endorsed as the lifecycle policy asks. */
export function define(lab: Lab, collections: readonly Collection[] = []): Uint8Array {
  const structure = definitionStructure({
    sequence: 1,
    version: '1.0',
    endorsementPlugin: 'escc',
    validationPlugin: 'vscc',
    initRequired: false,
    validationParameter: encodeApplicationPolicy({ kind: 'reference', path: DEFAULT_POLICY }),
    collections,
  });
  const writes: KvWrite[] = [];
  const store = {
    get: () => undefined,
    put: (key: string, value: Uint8Array) => writes.push({ key, value, isDelete: false }),
    delete: () => undefined,
  };
  storeStructure(store, NAMESPACES, CHAINCODE, structure);
  const set = rwset(LIFECYCLE_NAMESPACE, { writes });
  return transaction(lab, { chaincode: LIFECYCLE_NAMESPACE, rwset: set }).envelope;
}

function readSignatory(mspId: string, msp: { certificate: string; key: string }): Signatory {
  return {
    identity: encodeIdentity(mspId, readFileSync(msp.certificate)),
    sign: createSigner(readFileSync(msp.key, 'utf8')),
  };
}
