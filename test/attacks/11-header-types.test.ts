import { expect } from 'chai';
import { encodeTxRwSet, headerType, WireWriter } from '@yici/ledger';
import { NetworkError, type ChannelLedger } from '@yici/network/testing';
import { define, makeLab, put, write, type Lab } from '../integration/storage/support/lab.js';
import { rawEnvelope } from '../support/ledger/transaction.js';
import { rejection } from '../support/peer/rejection.js';

/**
 * The attacker has a user's certificate of any department and hands the orderer envelopes that are no transactions. SmartBFT
 * consenters of Fabric 3.1.5 stop ordering over one of them; nothing of the kind may get into a block here.
 */
describe('attack: envelopes of types that are no transactions', () => {
  let lab: Lab;
  let ledger: ChannelLedger;

  before(async () => {
    lab = await makeLab();
    ledger = await lab.open();
    await ledger.order(define(lab));
  });

  after(async () => {
    await ledger.close();
    await lab.remove();
  });

  const envelope = (type: number): Uint8Array =>
    rawEnvelope({
      creator: lab.clerk,
      type,
      channel: lab.channel,
      data: new WireWriter().bytes(1, encodeTxRwSet([])).finish(),
    });

  const types = [
    headerType.message,
    headerType.config,
    headerType.ordererTransaction,
    headerType.deliverSeekInfo,
    headerType.chaincodePackage,
    7,
    99,
    2_147_483_647,
  ];
  for (const type of types) {
    it(`do not get into a block: type ${String(type)}`, async () => {
      const { height } = ledger;
      const refused = await rejection(ledger.order(envelope(type)), NetworkError);
      expect(refused.code).to.equal('ORDERER_REFUSED');
      expect(refused.details).to.deep.include({ status: 400 });
      expect(ledger.height).to.equal(height);
    });
  }

  it('do not keep others from being ordered', async () => {
    const waiting = types.map((type) => ledger.order(envelope(type)));
    const one = ledger.order(write(lab, [put('k', 'v')]).envelope);
    expect((await Promise.allSettled(waiting)).map(({ status }) => status)).to.not.include(
      'fulfilled',
    );
    expect((await one).code).to.equal(0);
  });
});
