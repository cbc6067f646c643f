import { readFileSync } from 'node:fs';
import { Client, credentials, type ClientDuplexStream } from '@grpc/grpc-js';
import { common, orderer, peer } from '@hyperledger/fabric-protos';
import {
  blockMetadataIndex,
  buildTransactionPayload,
  encodeChannelHeader,
  encodePayload,
  encodeSignatureHeader,
  headerType,
  metadataAt,
  parseBlock,
  timestampFromDate,
} from '@yici/ledger';
import { departmentPaths } from '@yici/network/testing';
import { expect } from 'chai';
import { Lab, labChannel } from '../../support/peer/lab.js';
import { labDepartments, mspOf } from '../../support/peer/lab-topology.js';
import { RawClient } from '../../support/peer/raw-client.js';

const { Status, TxValidationCode } = { ...common, ...peer };

/** One answer of a stream. */
function next<Request, Message>(stream: ClientDuplexStream<Request, Message>): Promise<Message> {
  return new Promise((resolve, reject) => {
    stream.once('data', resolve);
    stream.once('error', reject);
  });
}

describe('the older ways into the embedded peer', function () {
  this.timeout(60_000);
  let lab: Lab;
  let client: RawClient;
  let ordering: orderer.AtomicBroadcastClient;
  let peers: Map<string, peer.EndorserClient>;

  const endorse = (mspId: string, signed: peer.SignedProposal): Promise<peer.ProposalResponse> =>
    new Promise((resolve, reject) => {
      peers.get(mspId)?.processProposal(signed, (error, response) => {
        if (response) {
          resolve(response);
        } else {
          reject(error ?? new TypeError('neither an answer nor an error'));
        }
      });
    });

  const seek = (
    start: orderer.SeekPosition,
    stop: orderer.SeekPosition,
    wait = true,
  ): common.Envelope => {
    const info = new orderer.SeekInfo();
    info.setStart(start);
    info.setStop(stop);
    const { BLOCK_UNTIL_READY, FAIL_IF_NOT_READY } = orderer.SeekInfo.SeekBehavior;
    info.setBehavior(wait ? BLOCK_UNTIL_READY : FAIL_IF_NOT_READY);
    const payload = encodePayload(
      {
        channelHeader: encodeChannelHeader({
          type: headerType.deliverSeekInfo,
          channelId: labChannel,
          timestamp: timestampFromDate(new Date()),
        }),
        signatureHeader: encodeSignatureHeader({
          creator: client.creator,
          nonce: new Uint8Array(24),
        }),
      },
      info.serializeBinary(),
    );
    const envelope = new common.Envelope();
    envelope.setPayload(payload);
    envelope.setSignature(client.sign(payload));
    return envelope;
  };
  const at = (number: number): orderer.SeekPosition => {
    const specified = new orderer.SeekSpecified();
    specified.setNumber(number);
    const position = new orderer.SeekPosition();
    position.setSpecified(specified);
    return position;
  };

  before(async () => {
    lab = await Lab.open();
    await lab.deploy({ name: 'lab', sequence: 1 });
    client = new RawClient(lab.user('archive.clerk1'));
    const root = (tls: { root: string }): Buffer => readFileSync(tls.root);
    const archive = departmentPaths(lab.directory, 'archive');
    ordering = new orderer.AtomicBroadcastClient(
      lab.peer.addresses.orderer ?? '',
      credentials.createSsl(root(archive.orderer.tls)),
    );
    peers = new Map(
      labDepartments.map((id) => [
        mspOf[id],
        new peer.EndorserClient(lab.addressOf(id), lab.credentials(id)),
      ]),
    );
  });

  after(async () => {
    for (const open of [ordering, ...peers.values()]) {
      if (open instanceof Client) {
        open.close();
      }
    }
    await lab.close();
  });

  it('endorse at each peer, assemble, broadcast', async () => {
    const { bytes, transactionId } = client.proposal({ args: ['put', 'old', 'way'] });
    const signed = client.signed(bytes);
    const responses = await Promise.all(
      [mspOf.archive, mspOf.budget].map((mspId) => endorse(mspId, signed)),
    );
    const [first, second] = responses;
    expect(first?.getResponse()?.getStatus()).to.equal(200);
    expect(first?.getPayload_asB64()).to.equal(second?.getPayload_asB64());
    const payload = buildTransactionPayload({
      proposalBytes: bytes,
      responsePayload: first?.getPayload_asU8() ?? new Uint8Array(0),
      endorsements: responses.map((response) => ({
        endorser: response.getEndorsement()?.getEndorser_asU8() ?? new Uint8Array(0),
        signature: response.getEndorsement()?.getSignature_asU8() ?? new Uint8Array(0),
      })),
    });
    const envelope = new common.Envelope();
    envelope.setPayload(payload);
    envelope.setSignature(client.sign(payload));
    const stream = ordering.broadcast();
    stream.write(envelope);
    expect((await next(stream)).getStatus()).to.equal(Status.SUCCESS);
    const committed = await lab.ledger.whenCommitted(transactionId);
    expect(committed.code).to.equal(TxValidationCode.VALID);
    stream.end();
  });

  it('answers a proposal that fails with its status, and one that is no good with an error', async () => {
    const failing = client.proposal({ args: ['fail', 'no'] });
    const response = await endorse(mspOf.archive, client.signed(failing.bytes));
    expect(response.getResponse()?.getStatus()).to.equal(500);
    expect(response.hasEndorsement()).to.equal(false);
    const { bytes } = client.proposal();
    const error = await endorse(mspOf.archive, client.signed(bytes, new Uint8Array([1]))).catch(
      (refused: unknown) => refused,
    );
    expect(error)
      .to.have.property('details')
      .that.matches(/access denied/);
    const elsewhere = client.proposal({ channel: 'elsewhere' });
    const missing = await endorse(mspOf.archive, client.signed(elsewhere.bytes));
    expect(missing.getResponse()?.getMessage()).to.equal("channel 'elsewhere' not found");
  });

  it('refuses an envelope that it would not order, and says why', async () => {
    const envelope = new common.Envelope();
    envelope.setPayload(Buffer.from('nothing'));
    const stream = ordering.broadcast();
    stream.write(envelope);
    const answer = await next(stream);
    expect(answer.getStatus()).to.equal(Status.BAD_REQUEST);
    expect(answer.getInfo()).to.match(/cannot be read/);
    stream.end();
  });

  it('delivers blocks as an orderer has them: without validation codes', async () => {
    const stream = ordering.deliver();
    stream.write(seek(at(1), at(2)));
    const blocks = [await next(stream), await next(stream)].map((one) => one.getBlock());
    expect(blocks.map((block) => block?.getHeader()?.getNumber())).to.deep.equal([1, 2]);
    expect((await next(stream)).getStatus()).to.equal(Status.SUCCESS);
    const sent = parseBlock(blocks[0]?.serializeBinary() ?? new Uint8Array(0));
    expect(metadataAt(sent, blockMetadataIndex.transactionsFilter)).to.have.length(0);
    expect(metadataAt(sent, blockMetadataIndex.signatures)).to.have.length.greaterThan(0);
    // The same stream takes another question.
    stream.write(seek(at(0), at(0)));
    expect((await next(stream)).getBlock()?.getHeader()?.getNumber()).to.equal(0);
    stream.end();
  });

  it('says NOT_FOUND for a block that is not there yet, if the client does not wait', async () => {
    const stream = ordering.deliver();
    const height = Number(lab.ledger.height);
    stream.write(seek(at(height), at(height), false));
    expect((await next(stream)).getStatus()).to.equal(Status.NOT_FOUND);
    stream.end();
    const beyond = ordering.deliver();
    beyond.write(seek(at(height + 5), at(height + 9)));
    expect((await next(beyond)).getStatus()).to.equal(Status.NOT_FOUND);
    beyond.end();
    const backwards = ordering.deliver();
    backwards.write(seek(at(2), at(1)));
    expect((await next(backwards)).getStatus()).to.equal(Status.BAD_REQUEST);
    backwards.end();
  });

  it('delivers nothing to whom the channel does not know', async () => {
    const envelope = seek(at(0), at(0));
    envelope.setSignature(Buffer.from('forged'));
    const stream = ordering.deliver();
    stream.write(envelope);
    expect((await next(stream)).getStatus()).to.equal(Status.FORBIDDEN);
    stream.end();
  });
});
