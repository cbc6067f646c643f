import { randomBytes } from 'node:crypto';
import {
  encodeChaincodeEvent,
  encodeTxRwSet,
  decodePayload,
  hashKey,
  headerType,
  sha256,
  type TxRwSet,
  type ValidationCodeName,
} from '@yici/ledger';
import { encodeHeaderExtension } from '@yici/ledger/testing';
import { createOrganization } from '../../../support/ledger/organization.js';
import { nativeMsp } from '../../../support/fabric-network.js';
import {
  namespace,
  rawEnvelope,
  read,
  transaction,
  write,
  type Signatory,
  type TransactionInput,
} from '../../../support/ledger/transaction.js';
import { channel as channelName, pair, type LiveChannel } from './live-channel.js';
import type { Traffic } from './traffic.js';

/** A transaction that no honest client makes: what is odd about it, and the code it gets. */
type Case = readonly [what: string, code: ValidationCodeName, change: Partial<TransactionInput>];

const garbage = Uint8Array.of(0xff, 0xff, 0xff);
/** A field that no message of Fabric's has: readable, and says nothing. */
const nothing = Uint8Array.of(0x78, 0x01);
const failed = 'ENDORSEMENT_POLICY_FAILURE';

const lab = (parts: Parameters<typeof namespace>[0]): TxRwSet => [
  namespace({ name: 'lab', ...parts }),
];
const writing = (key: string): TxRwSet => lab({ writes: [write(key)] });

/**
 * What a client makes that has the keys of departments' peers, as if they all endorsed whatever it asks: an orderer looks at
 * the client's signature and no further, so peers must judge the rest.
 */
export async function craftedTraffic(traffic: Traffic, live: LiveChannel): Promise<void> {
  const creator = await live.user('data.clerk1');
  const endorsers = [live.peer('establishment'), live.peer('finance'), live.peer('hrss')];
  const make = (change: Partial<TransactionInput>): Uint8Array =>
    transaction({
      ...{ creator, endorsers, channel: channelName, chaincode: 'lab', rwset: writing('made') },
      ...change,
    }).envelope;
  const cases = [
    ...wellMade(),
    ...(await wronglyEndorsed(live, creator)),
    ...stale(),
    ...wrongChaincode(),
    ...unreadable(),
  ];
  for (const [what, code, change] of cases) await traffic.order(what, make(change), code);
  await misHeaded(traffic, creator);
}

function wellMade(): Case[] {
  return [
    ['a transaction made by hand', 'VALID', {}],
    ['another version of the chaincode', 'VALID', { answeredBy: { name: 'lab', version: '9.9' } }],
    [
      'writes of two chaincodes',
      'VALID',
      { rwset: [...writing('both'), namespace({ name: 'second', writes: [write('both')] })] },
    ],
    ['nothing read or written', 'VALID', { rwset: [] }],
    [
      'reads where nothing is defined',
      'VALID',
      { rwset: [namespace({ name: 'lscc', reads: [read('k')] })] },
    ],
  ];
}

async function wronglyEndorsed(live: LiveChannel, clerk: Signatory): Promise<Case[]> {
  const [finance, hrss, data] = [live.peer('finance'), live.peer('hrss'), live.peer('data')];
  const impostor = await (await createOrganization(nativeMsp.hrss)).issue('peer0', 'peer');
  const stranger = await (await createOrganization('StrangerMSP')).issue('peer0', 'peer');
  return [
    ['no endorsement', failed, { endorsers: [] }],
    ['one endorsement three times', failed, { endorsers: [hrss, hrss, hrss] }],
    ['a client as endorser', failed, { endorsers: [clerk, finance, hrss] }],
    ['signatures over something else', failed, { forgedEndorsements: true }],
    ['a peer of a foreign CA', failed, { endorsers: [impostor, finance, data] }],
    ['a peer of no department', failed, { endorsers: [stranger, finance, data] }],
    ['a stranger beside enough others', 'VALID', { endorsers: [stranger, finance, data, hrss] }],
    [
      'writes of two chaincodes, one of them guarded by its key',
      failed,
      {
        endorsers: [live.peer('establishment'), finance, data],
        rwset: [...writing('guarded'), namespace({ name: 'second', writes: [write('k')] })],
      },
    ],
  ];
}

function stale(): Case[] {
  const mvcc = 'MVCC_READ_CONFLICT';
  const hashed = { keyHash: hashKey('p'), version: { block: 1n, tx: 0 } };
  const range = { startKey: 'k', endKey: 'l', exhausted: true, reads: [read('k0000', 1n)] };
  const collection = {
    collection: pair,
    reads: [hashed],
    writes: [],
    metadataWrites: [],
    privateRwSetHash: sha256(garbage),
  };
  return [
    ['a read of an older version', mvcc, { rwset: lab({ reads: [read('a', 1n)] }) }],
    ['a read of nothing where something is', mvcc, { rwset: lab({ reads: [read('a')] }) }],
    ['a read of something where nothing is', mvcc, { rwset: lab({ reads: [read('no', 1n)] }) }],
    ['a private read of an older version', mvcc, { rwset: lab({ collections: [collection] }) }],
    ['an older range', 'PHANTOM_READ_CONFLICT', { rwset: lab({ rangeQueries: [range] }) }],
  ];
}

function wrongChaincode(): Case[] {
  const invalid = 'INVALID_CHAINCODE';
  const event = { chaincodeId: 'other', txId: '', eventName: 'e', payload: new Uint8Array(0) };
  const into = (name: string): Partial<TransactionInput> => ({
    rwset: [namespace({ name, writes: [write('k')] })],
  });
  return [
    ['a chaincode that nobody defined', invalid, { chaincode: 'unheard' }],
    ['another chaincode’s answer', invalid, { answeredBy: { name: 'second', version: '1.0' } }],
    ['no version', invalid, { answeredBy: { name: 'lab', version: '' } }],
    ['a write where nothing is defined', invalid, into('unheard')],
    ['a write into the system’s namespace', invalid, into('lscc')],
    [
      'an event of another chaincode',
      'INVALID_OTHER_REASON',
      { events: encodeChaincodeEvent(event) },
    ],
    ['a header that names no chaincode', 'INVALID_OTHER_REASON', { headerExtension: nothing }],
    ['an answer that names no chaincode', 'INVALID_OTHER_REASON', { action: { bytes: nothing } }],
  ];
}

function unreadable(): Case[] {
  const twice = encodeTxRwSet([...writing('a'), ...writing('b')]);
  return [
    ['an unreadable header extension', 'BAD_HEADER_EXTENSION', { headerExtension: garbage }],
    ['no answer', 'BAD_RESPONSE_PAYLOAD', { action: { bytes: undefined } }],
    ['an unreadable answer', 'BAD_RESPONSE_PAYLOAD', { action: { bytes: garbage } }],
    ['an unreadable read-write set', 'BAD_RWSET', { results: garbage }],
    ['a namespace that stands twice', 'ILLEGAL_WRITESET', { results: twice }],
  ];
}

async function misHeaded(traffic: Traffic, creator: Signatory): Promise<void> {
  const type = headerType.endorserTransaction;
  const base = { creator, type, channel: channelName, data: Uint8Array.of(1) };
  const other = transaction({ creator, endorsers: [], channel: channelName, chaincode: 'lab' });
  const { data } = decodePayload(other.payload);
  const extension = encodeHeaderExtension('lab');
  const made = (change: object): Uint8Array =>
    rawEnvelope({ ...base, nonce: randomBytes(24), ...change });
  await traffic.order('an epoch', made({ epoch: 1n }), 'BAD_COMMON_HEADER');
  await traffic.order('no nonce', made({ nonce: new Uint8Array(0) }), 'BAD_COMMON_HEADER');
  await traffic.order('an id of its own', made({ txId: 'mine' }), 'BAD_PROPOSAL_TXID');
  const invalid = 'INVALID_ENDORSER_TRANSACTION';
  await traffic.order('no action', made({ data: new Uint8Array(0) }), invalid);
  await traffic.order('an answer to another proposal', made({ data, extension }), invalid);
}

/** What orderers keep away from peers. */
export async function refusedTraffic(traffic: Traffic, live: LiveChannel): Promise<void> {
  const creator = await live.user('data.clerk1');
  const base = { creator, endorsers: [], channel: channelName, chaincode: 'lab' };
  const signedBy = await live.user('finance.clerk1');
  const stranger = await (await createOrganization('StrangerMSP')).issue('clerk1', 'client');
  const impostor = await (await createOrganization(nativeMsp.data)).issue('clerk1', 'client');
  const from = (change: Partial<TransactionInput>): Uint8Array =>
    transaction({ ...base, ...change }).envelope;
  await traffic.offer('nothing', new Uint8Array(0));
  await traffic.offer('somebody else’s signature', from({ signedBy }));
  await traffic.offer('a creator of no department', from({ creator: stranger }));
  await traffic.offer('a creator of a foreign CA', from({ creator: impostor }));
  await traffic.offer('another channel', from({ channel: 'elsewhere' }));
  const config = { creator, type: headerType.config, channel: channelName, data: garbage };
  await traffic.offer('a config that no update led to', rawEnvelope(config));
  const update = { ...config, type: headerType.configUpdate };
  await traffic.offer('a config update that cannot be read', rawEnvelope(update));
}
