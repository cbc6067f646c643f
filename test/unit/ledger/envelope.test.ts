import { createHash } from 'node:crypto';
import { common, peer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import fc from 'fast-check';
import {
  buildEnvelope,
  buildProposal,
  buildResponsePayload,
  buildTransactionPayload,
  encodeChaincodeEvent,
  encodeIdentity,
  decodeIdentity,
  endorsementMessage,
  headerType,
  newTransactionId,
  parseEnvelope,
  parseProposal,
  parseSignedProposal,
  parseTransaction,
  proposalHash,
  timestampFromDate,
  timestampToDate,
  transactionProposalHash,
  transactionResults,
  WireWriter,
} from '@yici/ledger';
import { decodeTransactionAction, type ProposalInput } from '@yici/ledger/testing';
import { anyString, hex, refused, someBytes, text } from './support/bytes.js';

const name = anyString.filter((value) => value !== '');
const someArgs = fc.array(fc.uint8Array({ maxLength: 12 }), { maxLength: 4 });
const anyProposal: fc.Arbitrary<ProposalInput> = fc.record({
  channel: name,
  chaincode: name,
  args: someArgs,
  creator: someBytes,
  nonce: someBytes,
  timestamp: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  transient: fc.dictionary(name, someBytes).map((entries) => new Map(Object.entries(entries))),
  isInit: fc.boolean(),
});

const plain: ProposalInput = {
  channel: 'yici',
  chaincode: 'yici',
  args: [text('case:submit'), text('{}')],
  creator: encodeIdentity('HrssMSP', 'certificate'),
  nonce: new Uint8Array(24).fill(7),
  timestamp: new Date('2026-01-02T03:04:05.678Z'),
};

function transactionOf(input: ProposalInput) {
  const proposal = buildProposal(input);
  const event = { chaincodeId: 'yici', txId: 'id', eventName: 'case.submit', payload: text('{}') };
  const responsePayload = buildResponsePayload({
    proposalBytes: proposal.bytes,
    results: text('rwset'),
    events: encodeChaincodeEvent(event),
    response: { status: 200, message: 'OK', payload: text('record') },
    chaincode: { name: 'yici', version: '1' },
  });
  const endorsements = ['HrssMSP', 'FinanceMSP'].map((mspId) => ({
    endorser: encodeIdentity(mspId, 'certificate'),
    signature: text(mspId),
  }));
  const payload = buildTransactionPayload({
    proposalBytes: proposal.bytes,
    responsePayload,
    endorsements,
  });
  return { proposal, event, responsePayload, endorsements, payload };
}

describe('ledger: proposals', () => {
  it('names a transaction by the hash of nonce and creator', () => {
    const expected = createHash('sha256').update('nonce').update('creator').digest('hex');
    expect(newTransactionId(text('creator'), text('nonce'))).to.equal(expected);
    expect(buildProposal(plain).transactionId).to.equal(
      newTransactionId(plain.creator, plain.nonce),
    );
  });

  it('reads back every proposal that it builds', () => {
    fc.assert(
      fc.property(anyProposal, (input) => {
        const { bytes, transactionId } = buildProposal(input);
        const parsed = parseProposal(bytes);
        expect(parsed).to.deep.include({
          channel: input.channel,
          transactionId,
          chaincode: input.chaincode,
          args: input.args,
          creator: input.creator,
          nonce: input.nonce,
          isInit: input.isInit,
        });
        expect(new Map(parsed.transient)).to.deep.equal(new Map(input.transient));
        const { timestamp } = parsed.channelHeader;
        expect(timestamp && timestampToDate(timestamp)).to.deep.equal(input.timestamp);
      }),
    );
  });

  it('writes the very bytes that the generated protobuf classes write', () => {
    fc.assert(
      fc.property(anyProposal, (input) => {
        const { bytes } = buildProposal(input);
        const proposal = peer.Proposal.deserializeBinary(bytes);
        expect(hex(proposal.serializeBinary())).to.equal(hex(bytes));
        const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
        const channelHeader = header.getChannelHeader_asU8();
        expect(
          hex(common.ChannelHeader.deserializeBinary(channelHeader).serializeBinary()),
        ).to.equal(hex(channelHeader));
        const payload = peer.ChaincodeProposalPayload.deserializeBinary(proposal.getPayload_asU8());
        const invocation = peer.ChaincodeInvocationSpec.deserializeBinary(payload.getInput_asU8());
        expect(hex(invocation.serializeBinary())).to.equal(hex(payload.getInput_asU8()));
        expect(invocation.getChaincodeSpec()?.getInput()?.getArgsList_asU8()).to.deep.equal(
          input.args,
        );
      }),
    );
  });

  it('hashes a proposal without its transient data', () => {
    const secret = { ...plain, transient: new Map([['secret', text('value')]]) };
    const open = buildProposal(plain).bytes;
    expect(hex(proposalHash(buildProposal(secret).bytes))).to.equal(hex(proposalHash(open)));
    const proposal = peer.Proposal.deserializeBinary(open);
    const header = common.Header.deserializeBinary(proposal.getHeader_asU8());
    const expected = createHash('sha256')
      .update(header.getChannelHeader_asU8())
      .update(header.getSignatureHeader_asU8())
      .update(proposal.getPayload_asU8())
      .digest('hex');
    expect(hex(proposalHash(open))).to.equal(expected);
  });

  const signedProposal = (bytes: Uint8Array, signature: Uint8Array) =>
    new WireWriter().bytes(1, bytes).bytes(2, signature).finish();

  it('reads a signed proposal and refuses one without signature or proposal', () => {
    const { bytes } = buildProposal(plain);
    const signed = parseSignedProposal(signedProposal(bytes, text('signature')));
    expect(hex(signed.proposalBytes)).to.equal(hex(bytes));
    expect(signed.proposal.chaincode).to.equal('yici');
    const none = new Uint8Array(0);
    refused('MALFORMED_BYTES', () => parseSignedProposal(signedProposal(bytes, none)));
    refused('MALFORMED_BYTES', () => parseSignedProposal(signedProposal(none, text('s'))));
  });

  it('refuses garbage and cut-off proposals with a code, never another error', () => {
    const { bytes } = buildProposal(plain);
    for (let length = 0; length < bytes.length; length += 1) {
      refused('MALFORMED_BYTES', () => parseProposal(bytes.subarray(0, length)));
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (garbage) => {
        refused('MALFORMED_BYTES', () => parseProposal(garbage));
      }),
    );
  });

  it('refuses a proposal that names no chaincode', () => {
    refused('MALFORMED_BYTES', () =>
      parseProposal(buildProposal({ ...plain, chaincode: '' }).bytes),
    );
  });

  it('keeps times before 1970 and refuses what is no time', () => {
    const early = new Date(-1);
    expect(timestampFromDate(early)).to.deep.equal({ seconds: -1n, nanos: 999_000_000 });
    expect(timestampToDate(timestampFromDate(early))).to.deep.equal(early);
    refused('MALFORMED_BYTES', () => timestampFromDate(new Date(Number.NaN)));
  });
});

describe('ledger: transactions', () => {
  it('carries a proposal through endorsement into an envelope and back', () => {
    const made = transactionOf({ ...plain, transient: new Map([['secret', text('value')]]) });
    const envelope = parseEnvelope(buildEnvelope(made.payload, text('signature')));
    expect(envelope.channelHeader).to.include({
      type: headerType.endorserTransaction,
      channelId: 'yici',
      txId: made.proposal.transactionId,
      epoch: 0n,
    });
    expect(envelope.signatureHeader.creator).to.deep.equal(plain.creator);
    const transaction = parseTransaction(envelope.data);
    expect(transactionResults(envelope.data)).to.deep.equal(text('rwset'));
    expect(transaction).to.deep.include({
      chaincode: 'yici',
      chaincodeVersion: '1',
      args: plain.args,
      results: text('rwset'),
      response: { status: 200, message: 'OK', payload: text('record') },
      event: made.event,
      endorsements: made.endorsements,
      creator: plain.creator,
      nonce: plain.nonce,
    });
    expect(hex(transaction.responsePayload)).to.equal(hex(made.responsePayload));
    const hash = transactionProposalHash(envelope.headers.channelHeader, transaction);
    expect(hash).to.deep.equal(transaction.proposalHash);
    expect(Buffer.from(made.payload).includes('secret')).to.equal(false);
  });

  it('writes the very bytes that the generated protobuf classes write', () => {
    const { payload, responsePayload } = transactionOf(plain);
    const parsed = common.Payload.deserializeBinary(payload);
    expect(hex(parsed.serializeBinary())).to.equal(hex(payload));
    const transaction = peer.Transaction.deserializeBinary(parsed.getData_asU8());
    expect(hex(transaction.serializeBinary())).to.equal(hex(parsed.getData_asU8()));
    const action = transaction.getActionsList()[0]!;
    const actionPayload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
    expect(hex(actionPayload.serializeBinary())).to.equal(hex(action.getPayload_asU8()));
    const answer = peer.ProposalResponsePayload.deserializeBinary(responsePayload);
    const chaincodeAction = peer.ChaincodeAction.deserializeBinary(answer.getExtension_asU8());
    expect(hex(chaincodeAction.serializeBinary())).to.equal(hex(answer.getExtension_asU8()));
  });

  it('keeps one endorsement per endorser, the first', () => {
    const { proposal, responsePayload, endorsements } = transactionOf(plain);
    const twice = [...endorsements, { ...endorsements[0]!, signature: text('again') }];
    const payload = buildTransactionPayload({
      proposalBytes: proposal.bytes,
      responsePayload,
      endorsements: twice,
    });
    const { data } = parseEnvelope(buildEnvelope(payload, text('s')));
    expect(parseTransaction(data).endorsements).to.deep.equal(endorsements);
  });

  it('has endorsers sign the response payload followed by their identity', () => {
    expect(hex(endorsementMessage(text('payload'), text('endorser')))).to.equal(
      hex(text('payloadendorser')),
    );
  });

  it('names the level that cannot be read', () => {
    const header = new common.Header();
    const payload = new common.Payload();
    const level = (bytes: Uint8Array) =>
      refused('MALFORMED_BYTES', () => parseEnvelope(bytes)).details['message'];
    expect(level(text('garbage'))).to.equal('common.Envelope');
    expect(level(buildEnvelope(text('garbage'), text('s')))).to.equal('common.Payload');
    expect(level(buildEnvelope(payload.serializeBinary(), text('s')))).to.equal('common.Header');
    header.setChannelHeader(text('garbage'));
    payload.setHeader(header);
    expect(level(buildEnvelope(payload.serializeBinary(), text('s')))).to.equal(
      'common.ChannelHeader',
    );
    header.setChannelHeader(new common.ChannelHeader().serializeBinary());
    header.setSignatureHeader(text('garbage'));
    expect(level(buildEnvelope(payload.serializeBinary(), text('s')))).to.equal(
      'common.SignatureHeader',
    );
  });

  it('refuses a transaction that has not exactly one action', () => {
    const transaction = new peer.Transaction();
    refused('MALFORMED_BYTES', () => decodeTransactionAction(transaction.serializeBinary()));
    const { data } = parseEnvelope(buildEnvelope(transactionOf(plain).payload, text('s')));
    const action = peer.Transaction.deserializeBinary(data).getActionsList()[0]!;
    transaction.setActionsList([action, action]);
    const error = refused('MALFORMED_BYTES', () => parseTransaction(transaction.serializeBinary()));
    refused('MALFORMED_BYTES', () => transactionResults(transaction.serializeBinary()));
    expect(error.details).to.deep.equal({ message: 'protos.Transaction', actions: 2 });
  });

  it('reads a transaction whose invocation is garbage, since peers never look at it', () => {
    const { data } = parseEnvelope(buildEnvelope(transactionOf(plain).payload, text('s')));
    const transaction = peer.Transaction.deserializeBinary(data);
    const action = transaction.getActionsList()[0]!;
    const payload = peer.ChaincodeActionPayload.deserializeBinary(action.getPayload_asU8());
    payload.setChaincodeProposalPayload(text('garbage'));
    action.setPayload(payload.serializeBinary());
    const parsed = parseTransaction(transaction.serializeBinary());
    expect(parsed.invocation).to.equal(undefined);
    expect(parsed.args).to.deep.equal([]);
    expect(parsed.chaincode).to.equal('yici');
  });

  it('refuses every cut-off envelope or reads it, but never fails otherwise', () => {
    const bytes = buildEnvelope(transactionOf(plain).payload, text('signature'));
    for (let length = 0; length < bytes.length; length += 1) {
      refusesOrReads(bytes.subarray(0, length));
    }
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, value) => {
        refusesOrReads(bytes.map((byte, index) => (index === at ? value : byte)));
      }),
      { numRuns: 500 },
    );
  });
});

describe('ledger: serialized identities', () => {
  it('reads back what it writes', () => {
    fc.assert(
      fc.property(name, someBytes, (mspId, certificate) => {
        const bytes = encodeIdentity(mspId, certificate);
        expect(decodeIdentity(bytes)).to.deep.equal({ mspId, certificate });
      }),
    );
  });

  it('refuses an identity without MSP id or certificate', () => {
    refused('MALFORMED_BYTES', () => decodeIdentity(encodeIdentity('', 'pem')));
    refused('MALFORMED_BYTES', () => decodeIdentity(encodeIdentity('HrssMSP', '')));
    refused('MALFORMED_BYTES', () => decodeIdentity(text('garbage')));
  });
});

function refusesOrReads(bytes: Uint8Array): void {
  try {
    parseTransaction(parseEnvelope(bytes).data);
  } catch (error) {
    expect(error).to.include({ name: 'LedgerError', code: 'MALFORMED_BYTES' });
  }
}
