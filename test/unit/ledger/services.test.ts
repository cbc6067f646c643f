import { gateway, orderer } from '@hyperledger/fabric-protos';
import { expect } from 'chai';
import fc from 'fast-check';
import { deliverResponse, gatewayRequest, parseEnvelope, seekEnvelope } from '@yici/ledger';
import { anyString, hex, someBytes, text } from './support/bytes.js';

const reader = { creator: text('reader'), sign: () => text('signed'), tlsCertHash: text('hash') };
const { BLOCK_UNTIL_READY, FAIL_IF_NOT_READY } = orderer.SeekInfo.SeekBehavior;

async function seek(range: Parameters<typeof seekEnvelope>[0]) {
  const now = new Date('2026-01-02T03:04:05.678Z');
  const envelope = parseEnvelope(await seekEnvelope(range, reader, now, new Uint8Array(24)));
  return { ...envelope, info: orderer.SeekInfo.deserializeBinary(envelope.data) };
}

const numbers = (info: orderer.SeekInfo) =>
  [info.getStart(), info.getStop()].map((at) => at?.getSpecified()?.getNumber());

describe('ledger: what Fabric’s services are asked and answer', () => {
  it('asks for blocks from one to another, for ever, or refused where one is not there yet', async () => {
    const [all, some, now] = await Promise.all([
      seek({ channel: 'yici', from: 0n }),
      seek({ channel: 'yici', from: 3n, to: 5n }),
      seek({ channel: 'yici', from: 3n, to: 3n, failIfNotReady: true }),
    ]);
    expect(numbers(all.info)).to.deep.equal([0, Number.MAX_SAFE_INTEGER]);
    expect(numbers(some.info)).to.deep.equal([3, 5]);
    expect([some, now].map(({ info }) => info.getBehavior())).to.deep.equal([
      BLOCK_UNTIL_READY,
      FAIL_IF_NOT_READY,
    ]);
    expect(some.channelHeader).to.deep.include({ channelId: 'yici', tlsCertHash: text('hash') });
    expect(some.signatureHeader.creator).to.deep.equal(reader.creator);
  });

  it('asks for the newest block', async () => {
    const { info } = await seek({ channel: 'yici', newest: true });
    expect([info.getStart(), info.getStop()].map((at) => at?.hasNewest())).to.deep.equal([
      true,
      true,
    ]);
  });

  it('tells a block, even an empty one, from the status that ends a stream', () => {
    const block = Uint8Array.of(0x12, 0);
    expect(deliverResponse.decode(block).block).to.deep.equal(new Uint8Array());
    const { block: none, status } = deliverResponse.decode(Uint8Array.of(0x08, 0xc8, 0x01));
    expect({ none, status }).to.deep.equal({ none: undefined, status: 200 });
  });

  it('writes the very requests that the generated protobuf classes write', () => {
    fc.assert(
      fc.property(anyString, anyString, someBytes, fc.array(anyString), (txId, channel, id, to) => {
        const bytes = gatewayRequest({ txId, channel }, id);
        const status = gateway.CommitStatusRequest.deserializeBinary(bytes);
        expect([status.getTransactionId(), status.getChannelId()]).to.deep.equal([txId, channel]);
        expect(hex(status.getIdentity_asU8())).to.equal(hex(id));
        const asked = gatewayRequest({ txId, channel }, new Uint8Array(), to);
        const endorse = gateway.EndorseRequest.deserializeBinary(asked);
        expect(hex(endorse.serializeBinary())).to.equal(hex(asked));
        expect(endorse.getEndorsingOrganizationsList()).to.deep.equal(to);
      }),
    );
  });
});
