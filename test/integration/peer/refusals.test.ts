import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { status } from '@grpc/grpc-js';
import { common, gateway, type peer } from '@hyperledger/fabric-protos';
import { createSigner } from '@yici/ledger';
import { dataFolder } from '@yici/network';
import {
  NetworkError,
  prepareFolder,
  readUser,
  resolveTopology,
  RpcError,
  type IdentityFiles,
  type PeerGateway,
} from '@yici/network/testing';
import { expect } from 'chai';
import { Lab } from '../../support/peer/lab.js';
import { labTopology, mspOf } from '../../support/peer/lab-topology.js';
import { RawClient, type ProposalParts } from '../../support/peer/raw-client.js';
import { rejection } from '../../support/peer/rejection.js';

const minutes = 60_000;
const curveOrder = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');

/** The same signature with the other s, which Fabric refuses. */
function highS(der: Uint8Array): Uint8Array {
  const rLength = der[3] ?? 0;
  const r = der.subarray(4, 4 + rLength);
  const s = BigInt(`0x${Buffer.from(der.subarray(6 + rLength)).toString('hex')}`);
  const high = Buffer.from((curveOrder - s).toString(16).padStart(64, '0'), 'hex');
  const padded = Buffer.concat([Buffer.of(0), high]);
  const body = Buffer.concat([Buffer.of(2, r.length), r, Buffer.of(2, padded.length), padded]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

/** A clerk of departments of the same names, but of another network. */
async function stranger(): Promise<IdentityFiles> {
  const directory = await mkdtemp(join(tmpdir(), 'yici-stranger-'));
  try {
    const folder = dataFolder(directory);
    const topology = await resolveTopology({ topology: labTopology }, folder);
    prepareFolder(topology, folder, new Date());
    return readUser(topology, directory, 'archive.clerk1');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

describe('what the embedded peer refuses', function () {
  this.timeout(60_000);
  let lab: Lab;
  let client: RawClient;
  let door: PeerGateway;
  let now = (): Date => new Date();

  const refusal = async (
    proposal: peer.SignedProposal,
  ): Promise<{ code: number; message: string | undefined }> => {
    const height = lab.ledger.height;
    const evaluated = await rejection(door.evaluate(client.evaluateRequest(proposal)), RpcError);
    const endorsed = await rejection(door.endorse(client.endorseRequest(proposal)), RpcError);
    expect(endorsed.code).to.equal(status.ABORTED);
    const said = [endorsed, evaluated].map(({ details }) => details[0]?.message);
    // The peer's own time may be another second by then.
    const [one, other] = said.map((message) => message?.replace(/peer time [^,]+/, 'peer time'));
    expect(one).to.equal(other);
    expect(lab.ledger.height).to.equal(height);
    return { code: evaluated.code, message: evaluated.details[0]?.message };
  };
  const refused = (parts: ProposalParts): ReturnType<typeof refusal> =>
    refusal(client.signed(client.proposal(parts).bytes));

  before(async () => {
    lab = await Lab.open({ clock: () => now() });
    await lab.deploy({ name: 'lab', sequence: 1 });
    client = new RawClient(lab.user('archive.clerk1'));
    door = lab.peer.gateway(mspOf.archive);
  });

  afterEach(() => {
    now = () => new Date();
  });

  after(async () => {
    await lab.close();
  });

  it('requests without what they are for, and bytes that are no request', async () => {
    const request = (field: number, ...bytes: number[]) =>
      Uint8Array.of((field << 3) | 2, bytes.length, ...bytes);
    const unsigned = new gateway.SubmitRequest();
    unsigned.setPreparedTransaction(new common.Envelope());
    const needed = 'the proposed transaction must contain a signed proposal';
    const cases: readonly (readonly ['endorse' | 'submit', Uint8Array, string | RegExp])[] = [
      ['endorse', new Uint8Array(0), needed],
      // A signed proposal that is empty, and one that is a signature alone.
      ['endorse', request(3), needed],
      ['endorse', request(3, 0x12, 1, 7), needed],
      ['endorse', request(3, 0x0a, 9), /^invalid endorse request: /],
      ['endorse', Uint8Array.of(0x1a, 5, 1), /^invalid endorse request: /],
      ['submit', new Uint8Array(0), 'a prepared transaction is required'],
      ['submit', unsigned.serializeBinary(), 'prepared transaction must be signed'],
      ['submit', Uint8Array.of(0x1a, 5, 1), /^invalid submit request: /],
      ['submit', request(3, 0x12, 9), /^invalid submit request: /],
    ];
    for (const [method, bytes, message] of cases) {
      const refused = await rejection(door[method](bytes), RpcError);
      expect(refused.code).to.equal(status.INVALID_ARGUMENT);
      if (typeof message === 'string') expect(refused.message).to.equal(message);
      else expect(refused.message).to.match(message);
    }
  });

  it('a proposal more than 15 minutes old or early', async () => {
    for (const away of [-16 * minutes, 16 * minutes]) {
      const { code, message } = await refused({ timestamp: new Date(Date.now() + away) });
      expect(code).to.equal(status.FAILED_PRECONDITION);
      expect(message).to.match(
        /^request unauthorized due to incorrect timestamp .*timewindow 15m0s$/,
      );
    }
    const late = client.proposal({ timestamp: new Date(Date.now() - 14 * minutes) });
    await door.evaluate(client.evaluateRequest(client.signed(late.bytes)));
  });

  it('a certificate that has expired', async () => {
    const later = new Date(Date.now() + 11 * 365 * 24 * 60 * minutes);
    now = () => later;
    expect(await refused({ timestamp: later })).to.deep.equal({
      code: status.FAILED_PRECONDITION,
      message: 'proposal client identity expired',
    });
  });

  it('a certificate of another network, whatever MSP it claims', async () => {
    const foreign = new RawClient(await stranger());
    const { bytes } = foreign.proposal();
    const { message } = await refusal(foreign.signed(bytes));
    expect(message).to.equal(
      'error validating proposal: access denied: channel [lab] creator org [ArchiveMSP]',
    );
  });

  it('an MSP the channel does not have', async () => {
    const files = lab.user('archive.clerk1');
    const foreign = new RawClient({ ...files, mspId: 'NobodyMSP' });
    const { message } = await refusal(foreign.signed(foreign.proposal().bytes));
    expect(message).to.equal(
      'error validating proposal: access denied: channel [lab] creator org unknown, creator is malformed',
    );
  });

  it('a proposal changed after it was signed', async () => {
    const { bytes } = client.proposal({ args: ['get', 'abcdefgh'] });
    const changed = Buffer.from(bytes);
    changed.write('x', changed.indexOf('abcdefgh'));
    const { message } = await refusal(client.signed(changed, client.sign(bytes)));
    expect(message).to.match(/access denied: channel \[lab\] creator org \[ArchiveMSP\]$/);
  });

  it('a signature by another key', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const { bytes } = client.proposal();
    const { message } = await refusal(client.signed(bytes, createSigner(privateKey)(bytes)));
    expect(message).to.match(/access denied/);
  });

  it('a signature with a high s', async () => {
    const { bytes } = client.proposal();
    const { message } = await refusal(client.signed(bytes, highS(client.sign(bytes))));
    expect(message).to.match(/access denied/);
  });

  it('a transaction id that is not the hash of nonce and creator', async () => {
    const { bytes, transactionId } = client.proposal();
    const changed = Buffer.from(bytes);
    changed.write('0'.repeat(64), changed.indexOf(transactionId));
    const { message } = await refusal(client.signed(changed, client.sign(changed)));
    expect(message).to.match(/incorrectly computed txid/);
  });

  it('a transaction id that is already on the ledger', async () => {
    const { bytes, transactionId } = client.proposal({ args: ['put', 'once', 'x'] });
    const signed = client.signed(bytes);
    const endorsed = await door.endorse(client.endorseRequest(signed));
    await door.submit(client.submitRequest(endorsed));
    const { message } = await refusal(signed);
    expect(message).to.match(new RegExp(`^duplicate transaction found \\[${transactionId}\\]`));
  });

  it('a chaincode nobody defined', async () => {
    const { bytes } = client.proposal({ chaincode: 'nothing' });
    const signed = client.signed(bytes);
    const error = await rejection(door.evaluate(client.evaluateRequest(signed)), RpcError);
    expect(error.code).to.equal(status.FAILED_PRECONDITION);
    expect(error.message).to.equal(
      'no peers available to evaluate chaincode nothing in channel lab',
    );
  });

  it('another channel', async () => {
    const { bytes } = client.proposal({ channel: 'elsewhere' });
    const request = client.evaluateRequest(client.signed(bytes));
    const error = await rejection(door.evaluate(request), RpcError);
    expect(error.code).to.equal(status.FAILED_PRECONDITION);
  });

  it('bytes that are no message', async () => {
    const garbage = Buffer.from('ffffffffffffffff', 'hex');
    for (const call of [
      door.evaluate(garbage),
      door.endorse(garbage),
      door.submit(garbage),
      door.commitStatus(garbage),
      door.evaluate(new Uint8Array(0)),
      door.endorse(new Uint8Array(0)),
      door.submit(new Uint8Array(0)),
      door.commitStatus(new Uint8Array(0)),
    ]) {
      expect((await rejection(call, RpcError)).code).to.equal(status.INVALID_ARGUMENT);
    }
    const proposal = client.evaluateRequest(client.signed(garbage));
    expect((await rejection(door.evaluate(proposal), RpcError)).code).to.equal(
      status.INVALID_ARGUMENT,
    );
  });

  it('a status question that its asker did not sign', async () => {
    const other = new RawClient(lab.user('budget.clerk1'));
    const request = client.statusRequest('0'.repeat(64), other.sign);
    const error = await rejection(door.commitStatus(request), RpcError);
    expect(error.code).to.equal(status.PERMISSION_DENIED);
  });

  it('to wait for a commit longer than the asker does', async () => {
    const patience = AbortSignal.timeout(50);
    const request = client.statusRequest('0'.repeat(64));
    const error = await rejection(door.commitStatus(request, patience), RpcError);
    expect(error.code).to.equal(status.CANCELLED);
  });

  it('an order that is no transaction', async () => {
    const request = new gateway.SubmitRequest();
    const envelope = client.submitRequest(new Uint8Array(0));
    request.setPreparedTransaction(
      gateway.SubmitRequest.deserializeBinary(envelope).getPreparedTransaction(),
    );
    const error = await rejection(door.submit(request.serializeBinary()), RpcError);
    expect(error.code).to.equal(status.ABORTED);
    expect(error.message).to.match(/status=BAD_REQUEST/);
  });

  it('to be a department that has no peer here', () => {
    expect(() => lab.peer.gateway('NobodyMSP'))
      .to.throw(NetworkError)
      .with.property('code', 'IDENTITY_UNKNOWN');
  });
});
