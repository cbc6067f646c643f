import type { ShareRecord } from '@yici/domain/model';
import { canonicalDigest, chainStart } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { foundRegistry, importCalendar } from '../support/story.js';
import { deliveredShare, publishPay, shareId, tellSharing } from '../support/shares.js';

describe('the chain of a share', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundRegistry(ledger);
    await importCalendar(ledger, 2025);
    await importCalendar(ledger, 2026);
    await tellSharing(ledger);
  });
  const chainOf = (share: ShareRecord) =>
    ledger
      .all('shareEvent')
      .filter((event) => event.shareId === share.shareId)
      .sort((a, b) => a.seq - b.seq);

  it('holds every act with the digest of the one before, the deliveries among them', () => {
    expect(ledger.all('share')).to.have.length(5);
    for (const share of ledger.all('share')) {
      const events = chainOf(share);
      let prev = chainStart;
      for (const [index, event] of events.entries()) {
        expect([event.seq, event.prev]).to.deep.equal([index, prev]);
        prev = canonicalDigest(event);
      }
      expect([share.head, share.nextSeq, share.state]).to.deep.equal([
        prev,
        events.length,
        events.at(-1)?.state,
      ]);
      const instants = events.map(({ at }) => at);
      expect(share.updatedAt).to.equal([...instants].sort().at(-1));
    }
    const types = chainOf(ledger.get('share', shareId)!).map(({ type }) => type);
    expect(types.slice(0, 6)).to.deep.equal([
      'sharing.request',
      'sharing.consent',
      'sharing.grant',
      'sharing.consentReply',
      'sharing.deliver',
      'sharing.confirm',
    ]);
  });

  it('says who delivered, in which transaction, and nothing of the values', async () => {
    const [delivered] = chainOf(ledger.get('share', shareId)!).filter(
      ({ type }) => type === 'sharing.deliver',
    );
    const [first] = ledger.get('shareGrant', shareId)!.deliveries;
    expect(delivered).to.deep.include({ txId: first!.txId, by: first!.by, at: first!.at });
    const fresh = new RuleLedger();
    await foundRegistry(fresh);
    await importCalendar(fresh, 2025);
    await importCalendar(fresh, 2026);
    await publishPay(fresh);
    await deliveredShare(fresh);
    const everything = JSON.stringify([...fresh.state]) + JSON.stringify(fresh.events);
    for (const secret of ['九级', '4711.25', '0a0a0a0a', '0b0b0b0b']) {
      expect(everything).to.not.include(secret);
    }
    expect([...fresh.privately.keys()].map((key) => key.split(' ')[0])).to.deep.equal([
      'values-FinanceMSP-clerk',
      'values-FinanceMSP-head',
      'values-HrssMSP-clerk',
      'values-HrssMSP-head',
    ]);
  });
});
