import type { CardRecord, DatasetRecord, ShareRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { datasetId, grant, publishPay, request, shareId, terms } from '../support/shares.js';
import {
  by,
  expectRefusal,
  foundEverything,
  morning,
  submission,
  taskCode,
} from '../support/story.js';
import { declare } from '../support/timed.js';

const december = (day: number) => morning(`2026-12-${day.toString()}`);
const newYear = morning('2027-01-04');

describe('in December, before the calendar of the next year is declared', () => {
  const term = { from: '2026-12-21', to: '2027-06-30' };
  const period = { from: '2026-12-21', to: '2027-05-31' };
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await publishPay(ledger);
  });

  const requested = async () => {
    await ledger.run('sharing.request', { ...request, term }, by('hrss.clerk1', december(21)));
    return (await ledger.run(
      'sharing.consent',
      { shareId },
      by('hrss.head1', december(21)),
    )) as ShareRecord;
  };

  it('a share is requested, and replied to, by the plain week', async () => {
    const share = await requested();
    expect(share.reply).to.include({ dueOn: '2027-01-04' });
    expect(share.calendars).to.deep.equal([
      { year: 2026, version: 1 },
      { year: 2027, version: 0 },
    ]);
    await grant(ledger, '2026-12-28', { period });
    expect(ledger.get('shareGrant', shareId)?.dueOn).to.equal('2027-01-25');
  });

  it('and what the share counts later goes by the calendar, once there is one', async () => {
    await requested();
    const days = { offDays: ['2027-01-01', '2027-01-15'], makeUpDays: [] };
    await declare(ledger, 2027, days, december(28));
    await grant(ledger, '2026-12-29', { period, uses: terms.uses });
    expect(ledger.get('shareGrant', shareId)?.dueOn).to.equal('2027-01-28');
    expect(ledger.get('share', shareId)?.calendars).to.deep.equal([
      { year: 2026, version: 1 },
      { year: 2027, version: 1 },
    ]);
  });

  it('a catalogue entry is to be updated', async () => {
    const noted = {
      datasetId,
      changedOn: '2026-12-21',
      cause: 'duty',
      reason: '职责调整',
    } as const;
    const record = (await ledger.run(
      'dataset.noteChange',
      noted,
      by('finance.clerk1', december(22)),
    )) as DatasetRecord;
    expect(record.change).to.include({ dueOn: '2027-01-04' });
  });

  it('a red card is explained', async () => {
    const own = { caseNo: `${taskCode}-20261214-0001` };
    await ledger.run('case.submit', { ...submission(), ...own }, by('hrss.clerk1', december(14)));
    const card = (await ledger.run(
      'card.raise',
      { ...own, what: 'reply', colour: 'red' },
      by('hrss.clerk1', december(28)),
    )) as CardRecord;
    expect(card.explainBy).to.equal('2027-01-04');
  });

  it('while in the new year itself nothing is counted without it', async () => {
    await ledger.run('sharing.request', { ...request, term }, by('hrss.clerk1', newYear));
    await expectRefusal(ledger, 'CALENDAR_MISSING', () =>
      ledger.run('sharing.consent', { shareId }, by('hrss.head1', newYear)),
    );
  });
});
