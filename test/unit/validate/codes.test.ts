import { expect } from 'chai';
import {
  buildEnvelope,
  CONFIG_KEY,
  decodePayload,
  encodeChaincodeEvent,
  encodePayload,
  encodeTxRwSet,
  headerType,
  LedgerError,
  validateBlock,
  verifySignatureAsync,
  WireWriter,
  type BlockVerdict,
  type NamespaceRwSet,
} from '@yici/ledger';
import { encodeHeaderExtension } from '@yici/ledger/testing';
import { channelConfig } from '../../support/ledger/channel.js';
import {
  codes,
  commit,
  createLab,
  definition,
  put,
  stateWith,
  type Lab,
} from '../../support/ledger/lab.js';
import { createOrganization, type Person } from '../../support/ledger/organization.js';
import {
  block,
  CHAINCODE,
  namespace,
  rawEnvelope,
  transaction,
  write,
  type TransactionInput,
} from '../../support/ledger/transaction.js';

const GARBAGE = Uint8Array.of(0x0a, 0x7f, 0x01);

describe('the validation code of a transaction', () => {
  let lab: Lab;
  let creator: Person;
  let endorsers: readonly Person[];

  before(async () => {
    lab = await createLab();
    creator = lab.hrss.client;
    endorsers = [lab.hrss.peer, lab.finance.peer];
  });

  const judge = async (...envelopes: readonly Uint8Array[]): Promise<BlockVerdict> =>
    validateBlock(block(7n, ...envelopes), { config: lab.config, state: stateWith() });

  const judgeOne = (changes: Partial<TransactionInput>): Promise<BlockVerdict> =>
    judge(transaction({ creator, endorsers, rwset: rwset(write('k')), ...changes }).envelope);

  const rwset = (...writes: NamespaceRwSet['writes']): readonly NamespaceRwSet[] => [
    namespace({ writes }),
  ];

  const expectCode = (verdict: BlockVerdict, code: string, reason: RegExp): void => {
    expect(codes(verdict)).to.deep.equal([code]);
    expect(verdict.transactions[0]?.reason).to.match(reason);
    expect(verdict.updates).to.deep.equal({ writes: [], hashes: [], purges: [] });
  };

  it('is VALID when a majority endorsed it, and its writes are given with their height', async () => {
    const { envelope, txId } = transaction({ creator, endorsers, rwset: rwset(write('k', 'v')) });
    const verdict = await judge(envelope);
    expect(verdict.transactions).to.deep.equal([
      {
        code: 0,
        reason: '',
        txId,
        type: headerType.endorserTransaction,
        rwset: rwset({ key: 'k', isDelete: false, value: new Uint8Array(Buffer.from('v')) }),
      },
    ]);
    const [update] = verdict.updates.writes;
    expect(update).to.include({ namespace: CHAINCODE, key: 'k', txId });
    expect(update?.next?.version).to.deep.equal({ block: 7n, tx: 0 });
    expect(verdict.halt).to.equal(undefined);
  });

  it('is INVALID_OTHER_REASON for bytes that are no envelope', async () => {
    expectCode(await judge(GARBAGE), 'INVALID_OTHER_REASON', /cannot be read/);
  });

  it('is BAD_PAYLOAD for an envelope whose payload is none', async () => {
    const envelope = buildEnvelope(GARBAGE, creator.sign(GARBAGE));
    expectCode(await judge(envelope), 'BAD_PAYLOAD', /cannot be read/);
  });

  it('is BAD_COMMON_HEADER for an empty envelope, which Fabric does not take for a nil one', async () => {
    expectCode(await judge(new Uint8Array(0)), 'BAD_COMMON_HEADER', /no header/);
  });

  it('is BAD_COMMON_HEADER for unreadable headers, an odd type, an epoch, or no nonce or creator', async () => {
    const headers = { channelHeader: GARBAGE, signatureHeader: new Uint8Array(0) };
    const payload = encodePayload(headers, new Uint8Array(0));
    const type = headerType.endorserTransaction;
    const data = Uint8Array.of(1);
    const verdict = await judge(
      buildEnvelope(payload, creator.sign(payload)),
      rawEnvelope({ creator, type: headerType.message, data }),
      rawEnvelope({ creator, type, data, epoch: 1n }),
      rawEnvelope({ creator, type, data, nonce: new Uint8Array(0) }),
      rawEnvelope({ creator, type, data, creatorBytes: new Uint8Array(0) }),
    );
    expect(codes(verdict)).to.deep.equal(Array(5).fill('BAD_COMMON_HEADER'));
  });

  it('is BAD_CREATOR_SIGNATURE when somebody else signed', async () => {
    const verdict = await judgeOne({ signedBy: lab.finance.client });
    expectCode(verdict, 'BAD_CREATOR_SIGNATURE', /does not verify/);
  });

  it('is BAD_CREATOR_SIGNATURE for a creator of an MSP that the channel lacks', async () => {
    const stranger = await (await createOrganization('StrangerMSP')).issue('clerk1', 'client');
    expectCode(
      await judgeOne({ creator: stranger }),
      'BAD_CREATOR_SIGNATURE',
      /not on the channel/,
    );
  });

  it('is BAD_CREATOR_SIGNATURE for a certificate of a foreign CA under a known MSP id', async () => {
    const impostor = await (await createOrganization('HrssMSP')).issue('clerk1', 'client');
    expectCode(await judgeOne({ creator: impostor }), 'BAD_CREATOR_SIGNATURE', /UNTRUSTED/);
  });

  it('is BAD_CREATOR_SIGNATURE for a revoked certificate', async () => {
    const { organization, client } = lab.hrss;
    const revocationList = [await organization.revoke(client)];
    const config = channelConfig({
      organizations: [
        { ...organization.definition, revocationList },
        lab.finance.organization.definition,
      ],
      orderer: lab.ordererOrganization.definition,
    });
    const { envelope } = transaction({ creator: client, endorsers, rwset: rwset(write('k')) });
    const verdict = await validateBlock(block(7n, envelope), { config, state: stateWith() });
    expectCode(verdict, 'BAD_CREATOR_SIGNATURE', /REVOKED/);
  });

  it('is BAD_CREATOR_SIGNATURE for an envelope of another channel', async () => {
    expectCode(
      await judgeOne({ channel: 'county' }),
      'BAD_CREATOR_SIGNATURE',
      /for channel county/,
    );
  });

  it('is VALID for an expired certificate, as Fabric looks at expiry only before ordering', async () => {
    const notAfter = new Date('2026-01-06T00:00:00Z');
    const expired = await lab.hrss.organization.issue('clerk2', 'client', { notAfter });
    expect(codes(await judgeOne({ creator: expired }))).to.deep.equal(['VALID']);
  });

  it('is UNSUPPORTED_TX_PAYLOAD for a config update that no orderer made a config of', async () => {
    const envelope = rawEnvelope({
      creator,
      type: headerType.configUpdate,
      data: Uint8Array.of(1),
    });
    expectCode(await judge(envelope), 'UNSUPPORTED_TX_PAYLOAD', /config update/);
  });

  it('is BAD_PROPOSAL_TXID when the id is not made from nonce and creator', async () => {
    const type = headerType.endorserTransaction;
    const envelope = rawEnvelope({ creator, type, data: Uint8Array.of(1), txId: 'mine' });
    expectCode(await judge(envelope), 'BAD_PROPOSAL_TXID', /mine is not/);
  });

  it('is INVALID_ENDORSER_TRANSACTION without an action, and for an answer to another proposal', async () => {
    const type = headerType.endorserTransaction;
    const other = transaction({ creator, endorsers, nonce: Buffer.alloc(24, 1) });
    const extension = encodeHeaderExtension(CHAINCODE);
    const { data } = decodePayload(other.payload);
    const verdict = await judge(
      rawEnvelope({ creator, type, data: new Uint8Array(0) }),
      rawEnvelope({ creator, type, data, extension, nonce: Buffer.alloc(24, 2) }),
    );
    expect(codes(verdict)).to.deep.equal(Array(2).fill('INVALID_ENDORSER_TRANSACTION'));
    expect(verdict.transactions[1]?.reason).to.match(/hashes differ/);
  });

  it('is DUPLICATE_TXID when the ledger has the id, also of a transaction that was not valid', async () => {
    const state = stateWith();
    const invalid = transaction({ creator, endorsers: [], rwset: rwset(write('k')) });
    const first = await commit(lab.config, state, block(7n, invalid.envelope));
    expect(codes(first)).to.deep.equal(['ENDORSEMENT_POLICY_FAILURE']);
    const again = await commit(lab.config, state, block(8n, invalid.envelope));
    expectCode(again, 'DUPLICATE_TXID', /in the ledger already/);
  });

  it('is DUPLICATE_TXID for the second of two in a block, unless the first is not valid', async () => {
    const input = { creator, nonce: Buffer.alloc(24, 3), rwset: rwset(write('k')) };
    const good = transaction({ ...input, endorsers }).envelope;
    const bad = transaction({ ...input, endorsers: [] }).envelope;
    expect(codes(await judge(good, good))).to.deep.equal(['VALID', 'DUPLICATE_TXID']);
    expect(codes(await judge(bad, good))).to.deep.equal(['ENDORSEMENT_POLICY_FAILURE', 'VALID']);
  });

  it('is BAD_HEADER_EXTENSION when the header does not say which chaincode is asked', async () => {
    const verdict = await judgeOne({ headerExtension: GARBAGE });
    expectCode(verdict, 'BAD_HEADER_EXTENSION', /cannot be read/);
  });

  it('is BAD_RESPONSE_PAYLOAD for an endorsed action that is absent or cannot be read', async () => {
    const absent = await judgeOne({ action: { bytes: undefined } });
    expectCode(absent, 'BAD_RESPONSE_PAYLOAD', /missing its extension/);
    const unreadable = await judgeOne({ action: { bytes: GARBAGE } });
    expectCode(unreadable, 'BAD_RESPONSE_PAYLOAD', /cannot be read/);
  });

  it('is BAD_RWSET for a read-write set that cannot be read', async () => {
    expectCode(await judgeOne({ results: GARBAGE }), 'BAD_RWSET', /cannot be read/);
  });

  it('is INVALID_OTHER_REASON when header or action name no chaincode at all', async () => {
    const nowhere = Uint8Array.of(0x78, 0x01);
    const header = await judgeOne({ headerExtension: nowhere });
    expectCode(header, 'INVALID_OTHER_REASON', /header extension names no chaincode/);
    const action = await judgeOne({ action: { bytes: nowhere } });
    expectCode(action, 'INVALID_OTHER_REASON', /action names no chaincode/);
  });

  it('is INVALID_CONFIG_TRANSACTION for a config transaction without a config', async () => {
    const empty = { creator: lab.orderer, type: headerType.config, data: new Uint8Array(0) };
    expectCode(await judge(rawEnvelope(empty)), 'INVALID_CONFIG_TRANSACTION', /holds no config/);
  });

  it('is INVALID_CHAINCODE when names differ, the version is missing or nothing is defined', async () => {
    const answeredBy = { name: 'other', version: '1.0' };
    expectCode(await judgeOne({ answeredBy }), 'INVALID_CHAINCODE', /other answered/);
    const unversioned = { name: CHAINCODE, version: '' };
    expectCode(await judgeOne({ answeredBy: unversioned }), 'INVALID_CHAINCODE', /no version/);
    expectCode(await judgeOne({ chaincode: 'unheard' }), 'INVALID_CHAINCODE', /unheard is defined/);
  });

  it('is INVALID_CHAINCODE for writes to a namespace of the system, which defines no chaincode', async () => {
    for (const name of ['lscc', 'qscc', 'cscc', '']) {
      const changes = { rwset: [namespace({ name, writes: [write('k')] })] };
      expectCode(await judgeOne(changes), 'INVALID_CHAINCODE', /is defined/);
    }
  });

  it('does not mind reads in a namespace that is not defined', async () => {
    const changes = { rwset: [namespace({ name: 'lscc', reads: [{ key: 'k' }] })] };
    expect(codes(await judgeOne(changes))).to.deep.equal(['VALID']);
  });

  it('is INVALID_OTHER_REASON for an event of another chaincode', async () => {
    const event = { chaincodeId: 'other', txId: '', eventName: 'e', payload: new Uint8Array(0) };
    const verdict = await judgeOne({ events: encodeChaincodeEvent(event) });
    expectCode(verdict, 'INVALID_OTHER_REASON', /claims to be of other/);
  });

  it('is ILLEGAL_WRITESET when a namespace stands twice', async () => {
    const results = encodeTxRwSet([...rwset(write('a')), ...rwset(write('b'))]);
    expectCode(await judgeOne({ results }), 'ILLEGAL_WRITESET', /stands twice/);
  });

  it('is ENDORSEMENT_POLICY_FAILURE when too few endorsed, or one endorsed twice', async () => {
    const one = await judgeOne({ endorsers: [lab.hrss.peer] });
    expectCode(one, 'ENDORSEMENT_POLICY_FAILURE', /1 of the 3 Endorsement policies hold/);
    const twice = await judgeOne({ endorsers: [lab.hrss.peer, lab.hrss.peer] });
    expectCode(twice, 'ENDORSEMENT_POLICY_FAILURE', /1 of the 3/);
  });

  it('is ENDORSEMENT_POLICY_FAILURE for clients, forged signatures and foreign endorsers', async () => {
    const failure = 'ENDORSEMENT_POLICY_FAILURE';
    const clients = [lab.hrss.client, lab.finance.client];
    expectCode(await judgeOne({ endorsers: clients }), failure, /0 of the 3/);
    expectCode(await judgeOne({ forgedEndorsements: true }), failure, /0 of the 3/);
    const impostor = await (await createOrganization('FinanceMSP')).issue('peer0', 'peer');
    expectCode(await judgeOne({ endorsers: [lab.hrss.peer, impostor] }), failure, /1 of the 3/);
  });

  it('is ENDORSEMENT_POLICY_FAILURE for a chaincode whose policy the channel lacks', async () => {
    const broken = definition({
      validationParameter: new WireWriter().string(2, '/Channel/Application/Nothing').finish(),
    });
    const { envelope } = transaction({ creator, endorsers, rwset: rwset(write('k')) });
    const state = stateWith({ [CHAINCODE]: broken });
    const verdict = await validateBlock(block(7n, envelope), { config: lab.config, state });
    expectCode(verdict, 'ENDORSEMENT_POLICY_FAILURE', /not in the channel config/);
  });

  it('is that of the first check that fails: the creator before the id, the id before endorsements', async () => {
    const type = headerType.endorserTransaction;
    const input = { creator, type, data: Uint8Array.of(1), txId: 'mine' };
    const envelope = rawEnvelope({ ...input, creatorBytes: lab.finance.client.identity });
    expect(codes(await judge(envelope))).to.deep.equal(['BAD_CREATOR_SIGNATURE']);
    const unreadable = await judgeOne({ results: GARBAGE, endorsers: [] });
    expect(codes(unreadable)).to.deep.equal(['BAD_RWSET']);
  });

  it('does not depend on how signatures are checked', async () => {
    const input = { creator, rwset: rwset(write('k')) };
    const good = transaction({ ...input, endorsers }).envelope;
    const bad = transaction({ ...input, endorsers, signedBy: lab.finance.client }).envelope;
    const parsed = block(7n, good, bad, good);
    const context = { config: lab.config, state: stateWith() };
    const verdict = await validateBlock(parsed, { ...context, verify: verifySignatureAsync });
    expect(verdict).to.deep.equal(await validateBlock(parsed, context));
    expect(codes(verdict)).to.deep.equal(['VALID', 'BAD_CREATOR_SIGNATURE', 'DUPLICATE_TXID']);
  });

  it('is given for every transaction of a block, however spoilt its neighbours are', async () => {
    const good = transaction({ creator, endorsers, rwset: rwset(write('k')) }).envelope;
    const verdict = await judge(GARBAGE, good, new Uint8Array(0));
    expect(codes(verdict)).to.deep.equal(['INVALID_OTHER_REASON', 'VALID', 'BAD_COMMON_HEADER']);
    expect(verdict.transactions.map(({ type }) => type)).to.deep.equal([-1, 3, -1]);
    expect(verdict.updates.writes[0]?.next?.version).to.deep.equal({ block: 7n, tx: 1 });
  });

  it('survives any flipped bit of a transaction without an error', async () => {
    const { envelope } = transaction({ creator, endorsers, rwset: rwset(write('k')) });
    const spoilt = Array.from({ length: 200 }, (_, index) => {
      const copy = Uint8Array.from(envelope);
      const position = (index * 37) % copy.length;
      copy[position] = (copy[position] ?? 0) ^ (1 << (index % 8));
      return copy;
    });
    const verdict = await judge(...spoilt);
    expect(codes(verdict)).to.not.include('VALID');
    expect(verdict.transactions.every(({ reason }) => reason !== '')).to.equal(true);
  });

  it('is no code but a stop where Fabric stops: a plugin that no peer has, a spoilt definition', async () => {
    const { envelope } = transaction({ creator, endorsers, rwset: rwset(write('k')) });
    const custom = stateWith({ [CHAINCODE]: definition({ validationPlugin: 'ours' }) });
    const context = { config: lab.config, state: custom };
    const verdict = await validateBlock(block(7n, envelope), context);
    expect(verdict.halt).to.deep.equal({
      position: 0,
      reason: 'no peer has the validation plugin ours',
    });
    const spoilt = stateWith();
    put(spoilt, '_lifecycle', `namespaces/metadata/${CHAINCODE}`, { block: 2n, tx: 0 });
    const other = await validateBlock(block(7n, envelope), { config: lab.config, state: spoilt });
    expect(other.halt?.reason).to.match(/the definition of matters/);
  });

  it('cannot be given under rules older than V2_0', async () => {
    const config = { ...lab.config, application: undefined };
    const failed = await validateBlock(block(7n), { config, state: stateWith() }).catch(
      (error: unknown) => error,
    );
    expect(failed).to.be.instanceOf(LedgerError).and.to.include({ code: 'MALFORMED_CONFIG' });
  });

  it('keeps the config out of reach of chaincodes', async () => {
    const changes = { rwset: [namespace({ name: '', writes: [write(CONFIG_KEY)] })] };
    expect(codes(await judgeOne(changes))).to.deep.equal(['INVALID_CHAINCODE']);
  });
});
