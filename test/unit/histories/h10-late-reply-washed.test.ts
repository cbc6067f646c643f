import { watchedOfShare } from '@yici/domain/model';
import { shareFacts } from '@yici/gateway/testing';
import { expect } from 'chai';
import { RuleLedger } from '../chaincode/support/ledger.js';
import { filedShare, grant, publishPay, refuse, shareId } from '../chaincode/support/shares.js';
import { by, foundRegistry, importCalendar, morning } from '../chaincode/support/story.js';

const ids = { shareId, disputeId: 'd-1' };
const on = (user: string, date: string) => by(user, morning(date));

/** The reply was due on 2026-03-16. The provider lets it pass, and then has a dispute order what it should have answered. */
describe('H10: a late reply washed by a dispute', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundRegistry(ledger);
    await importCalendar(ledger, 2025);
    await importCalendar(ledger, 2026);
    await publishPay(ledger);
    await filedShare(ledger);
  });
  const share = () => ledger.get('share', shareId)!;
  const lateReplies = () =>
    watchedOfShare(share(), ledger.get('shareGrant', shareId)).filter(
      ({ clock, actedOn }) => clock.what === 'reply' && actedOn !== undefined,
    );
  const figures = () =>
    shareFacts(share())
      .map(({ fact: { day, numbers } }) => ({ day, ...numbers }))
      .filter((figures) => 'due' in figures);

  const ordered = async (date: string) => {
    const claim = { ...ids, subject: 'lateReply', claim: '逾期未答复' } as const;
    await ledger.run('sharing.dispute', claim, on('finance.clerk1', date));
    const agreed = { ...ids, order: 'provide', note: '同意共享' } as const;
    for (const side of ['finance', 'hrss']) {
      await ledger.run('sharing.decideDispute', agreed, on(`${side}.head1`, date));
    }
  };

  it('leaves the missed reply with the share and with its figure', async () => {
    await ordered('2026-03-18');
    const missed = [{ day: '2026-03-16', due: 1, inTime: 0 }];
    expect(lateReplies().map(({ clock }) => clock.dueOn)).to.deep.equal(['2026-03-16']);
    expect(figures()).to.deep.equal(missed);
    await grant(ledger, '2026-03-19');
    expect(lateReplies().map(({ clock }) => clock.dueOn)).to.deep.equal(['2026-03-16']);
    expect(figures()[0]).to.include({ due: 1, inTime: 0, days: 17 });
  });

  it('leaves a refusal that came late as late, with its card', async () => {
    await refuse(ledger, '2026-03-17');
    await ordered('2026-03-18');
    expect(lateReplies().map(({ clock }) => clock.dueOn)).to.deep.equal(['2026-03-16']);
    expect(figures()[0]).to.include({ due: 1, inTime: 0, refused: 1, days: 15 });
  });

  it('takes no second order as a reason for yet another limit', async () => {
    await ordered('2026-03-18');
    const due = share().reply!.dueOn;
    const claim = { shareId, disputeId: 'd-2', subject: 'lateReply', claim: '仍未答复' } as const;
    await ledger.run('sharing.dispute', claim, on('finance.clerk1', '2026-04-02'));
    const agreed = { shareId, disputeId: 'd-2', order: 'provide', note: '同意' } as const;
    for (const side of ['finance', 'hrss']) {
      await ledger.run('sharing.decideDispute', agreed, on(`${side}.head1`, '2026-04-02'));
    }
    expect(share().reply!.dueOn).to.equal(due);
  });
});
