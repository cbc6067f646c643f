import type { JournalAnchorRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { by, expectRefusal, foundEverything, morning } from '../support/story.js';

const head = (text: string) => ({ seq: 7, head: text.repeat(64).slice(0, 64) });

describe('anchors of audit journals', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });
  const anchor = async (user: string, day: string, newest = head('a')) =>
    (await ledger.run('journal.anchor', newest, by(user, morning(day)))) as JournalAnchorRecord;

  it('are the gateway’s own to anchor, by its own name, and nobody else’s', async () => {
    for (const user of ['finance.clerk1', 'finance.head1', 'supervision.supervisor1']) {
      await expectRefusal(ledger, 'ROLE_REFUSED', () => anchor(user, '2026-04-20'));
    }
    expect(await anchor('finance.gateway1', '2026-04-20')).to.deep.include({
      ...head('a'),
      department: 'finance',
      gateway: 'finance.gateway1',
      day: '2026-04-20',
    });
  });

  it('are anchored once a day: no head is put in the place of another', async () => {
    await anchor('finance.gateway1', '2026-04-20');
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      anchor('finance.gateway1', '2026-04-20', head('b')),
    );
    await anchor('finance.gateway2', '2026-04-20', head('b'));
    await anchor('finance.gateway1', '2026-04-21', head('b'));
    expect(ledger.all('journalAnchor')).to.have.lengthOf(3);
  });
});
