import type { CommandInput } from '@yici/domain/model';
import { watchedOfShare } from '@yici/domain/model';
import { shareClocks } from '@yici/domain/rules';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { by, expectRefusal, foundRegistry, importCalendar, morning } from '../support/story.js';
import {
  deliveredShare,
  filedShare,
  grant,
  payDataset,
  publishPay,
  shareId,
} from '../support/shares.js';

const act = (user: string, date: string) => by(user, morning(date));

async function foundSharing(): Promise<RuleLedger> {
  const ledger = new RuleLedger();
  await foundRegistry(ledger);
  await importCalendar(ledger, 2025);
  await importCalendar(ledger, 2026);
  await publishPay(ledger);
  return ledger;
}

describe('the end of a share', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = await foundSharing();
    await deliveredShare(ledger);
  });
  const share = () => ledger.get('share', shareId)!;
  const end = (reason: CommandInput<'sharing.end'>['reason'], user: string, date: string) =>
    ledger.run('sharing.end', { shareId, reason }, act(user, date));
  const suspend = (ground = 'otherPurpose', user = 'finance.clerk1') =>
    ledger.run(
      'sharing.suspend',
      { shareId, ground, note: 'n', limit: { value: 3, unit: 'workingDay' } },
      act(user, '2026-03-10'),
    );

  it('is not the provider’s to bring about without a ground (art 27)', async () => {
    for (const reason of ['notNeeded', 'purposeMet', 'misuse'] as const) {
      await expectRefusal(ledger, 'SHARE_STOP_REFUSED', () =>
        end(reason, 'finance.clerk1', '2026-03-10'),
      );
    }
    for (const ground of ['inconvenient', 'insecure', 'keptTooLong']) {
      await expectRefusal(ledger, 'SHARE_STOP_REFUSED', () => suspend(ground));
    }
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => suspend('otherPurpose', 'hrss.clerk1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      end('purposeMet', 'data.clerk1', '2026-03-10'),
    );
  });

  it('follows misuse only after time to mend (art 27)', async () => {
    await suspend();
    expect(shareClocks(share())).to.deep.equal([
      {
        what: 'mend',
        department: 'hrss',
        startedOn: '2026-03-10',
        dueOn: '2026-03-13',
        limitDays: 3,
      },
    ]);
    await expectRefusal(ledger, 'WRONG_STATE', () => suspend());
    await expectRefusal(ledger, 'SHARE_STOP_REFUSED', () =>
      end('misuse', 'finance.clerk1', '2026-03-13'),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      end('misuse', 'hrss.clerk1', '2026-03-16'),
    );
    await end('misuse', 'finance.clerk1', '2026-03-16');
    expect(share().ended?.reason).to.equal('misuse');
  });

  it('is spared by what was mended, if the provider accepts it', async () => {
    const mend = (user: string) =>
      ledger.run('sharing.mend', { shareId, note: 'n' }, act(user, '2026-03-11'));
    const resume = (user: string) =>
      ledger.run('sharing.resume', { shareId, note: 'n' }, act(user, '2026-03-12'));
    await expectRefusal(ledger, 'WRONG_STATE', () => mend('hrss.clerk1'));
    await expectRefusal(ledger, 'WRONG_STATE', () => resume('finance.clerk1'));
    await suspend();
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => mend('finance.clerk1'));
    await mend('hrss.clerk1');
    expect(shareClocks(share())).to.deep.equal([]);
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => resume('hrss.clerk1'));
    await resume('finance.clerk1');
    expect(share().state).to.equal('GRANTED');
  });

  it('is judged by the lead authority where it suspended itself (art 27)', async () => {
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      suspend('otherPurpose', 'supervision.clerk1'),
    );
    await suspend('thirdParty', 'data.clerk1');
    const resume = (user: string) =>
      ledger.run('sharing.resume', { shareId, note: 'n' }, act(user, '2026-03-12'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => resume('finance.clerk1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      end('misuse', 'finance.clerk1', '2026-03-16'),
    );
    await resume('data.clerk1');
    await suspend('thirdParty', 'data.clerk1');
    await expectRefusal(ledger, 'SHARE_STOP_REFUSED', () =>
      end('misuse', 'data.clerk1', '2026-03-13'),
    );
    await end('misuse', 'data.clerk1', '2026-03-16');
    expect(share().ended?.by.department).to.equal('data');
  });

  it('is not there for what the lead authority orders to be corrected (art 40)', async () => {
    const order = (user: string) =>
      ledger.run(
        'sharing.orderCorrection',
        { shareId, ground: 'insecure', note: 'n', limit: { value: 3, unit: 'workingDay' } },
        act(user, '2026-03-10'),
      );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => order('finance.clerk1'));
    await order('data.clerk1');
    expect(share().state).to.equal('GRANTED');
    expect(shareClocks(share())[0]).to.include({ what: 'mend', dueOn: '2026-03-13' });
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => order('data.clerk1'));
    const mend = { shareId, note: 'mended' };
    await ledger.run('sharing.mend', mend, act('hrss.clerk1', '2026-03-16'));
    expect(shareClocks(share())).to.deep.equal([]);
    const late = watchedOfShare(share(), ledger.get('shareGrant', shareId));
    expect(late.map(({ clock, actedOn }) => [clock.what, clock.dueOn, actedOn])).to.deep.equal([
      ['mend', '2026-03-13', '2026-03-16'],
    ]);
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('sharing.mend', mend, act('hrss.clerk1', '2026-03-16')),
    );
    await order('data.clerk1');
  });

  describe('that its provider has to bring about (art 27)', () => {
    const propose = (what: 'end' | 'change' = 'end', user = 'finance.clerk1') =>
      ledger.run(
        'sharing.proposeChange',
        { shareId, what, reason: 'the system closes', from: '2026-03-20' },
        act(user, '2026-03-10'),
      );
    const agree = (seq: number, user = 'hrss.head1') =>
      ledger.run('sharing.agreeChange', { shareId, seq }, act(user, '2026-03-11'));
    const seq = () => share().serviceChange!.seq;

    it('is agreed with the requester and filed with the lead authority', async () => {
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => propose('end', 'hrss.clerk1'));
      await expectRefusal(ledger, 'NOTHING_TO_CONSENT', () => agree(4));
      await propose();
      const chain = ledger.all('shareEvent').filter((event) => event.seq === seq());
      expect(chain.map(({ type }) => type)).to.deep.equal(['sharing.proposeChange']);
      await expectRefusal(ledger, 'SHARE_STOP_REFUSED', () =>
        end('agreed', 'finance.clerk1', '2026-03-20'),
      );
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => agree(seq(), 'finance.head1'));
      await expectRefusal(ledger, 'ROLE_REFUSED', () => agree(seq(), 'hrss.clerk1'));
      await agree(seq());
      expect(share().serviceChange?.agreed?.filedWith).to.equal('data');
      await expectRefusal(ledger, 'NOTHING_TO_CONSENT', () => agree(seq()));
      await expectRefusal(ledger, 'SHARE_STOP_REFUSED', () =>
        end('agreed', 'finance.clerk1', '2026-03-19'),
      );
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
        end('agreed', 'hrss.clerk1', '2026-03-20'),
      );
      await end('agreed', 'finance.clerk1', '2026-03-20');
      expect(share().ended).to.include({ reason: 'agreed', on: '2026-03-20' });
    });

    it('is no end where only a change was agreed', async () => {
      await propose('change');
      await agree(seq());
      await expectRefusal(ledger, 'SHARE_STOP_REFUSED', () =>
        end('agreed', 'finance.clerk1', '2026-03-20'),
      );
      await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
        ledger.run(
          'sharing.proposeChange',
          { shareId, what: 'end', reason: 'r', from: '2026-03-11' },
          act('finance.clerk1', '2026-03-12'),
        ),
      );
    });
  });

  it('is recorded by any member when the term is over', async () => {
    await expectRefusal(ledger, 'SHARE_STOP_REFUSED', () =>
      end('termOver', 'data.clerk1', '2026-05-29'),
    );
    await end('termOver', 'data.clerk1', '2026-06-01');
    expect(share().ended).to.include({ on: '2026-05-29', disposeBy: '2026-06-05' });
  });

  it('is followed by disposal within the retention of the grant, which purges the values (art 27, 29)', async () => {
    const dispose = (user: string, date: string) =>
      ledger.run('sharing.dispose', { shareId, note: 'deleted' }, act(user, date));
    await expectRefusal(ledger, 'WRONG_STATE', () => dispose('hrss.clerk1', '2026-03-10'));
    await end('purposeMet', 'hrss.clerk1', '2026-03-10');
    expect(shareClocks(share())[0]).to.include({ what: 'dispose', dueOn: '2026-03-17' });
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => dispose('finance.clerk1', '2026-03-11'));
    expect(ledger.privately.size, 'two reading roles at two departments').to.equal(4);
    await dispose('hrss.clerk1', '2026-03-17');
    expect(share().disposal).to.include({ how: 'requester', late: false });
    expect(ledger.privately.size).to.equal(0);
    const [delivered] = ledger.get('shareGrant', shareId)!.deliveries;
    expect(delivered?.fields, 'the digests stay').to.have.length(2);
    await expectRefusal(ledger, 'WRONG_STATE', () => dispose('hrss.clerk1', '2026-03-17'));
  });

  it('purges what was kept too long, by any member, and shows it', async () => {
    const purge = (date: string) =>
      ledger.run('sharing.purgeExpired', { shareId }, act('data.service1', date));
    await expectRefusal(ledger, 'WRONG_STATE', () => purge('2026-03-18'));
    await end('purposeMet', 'hrss.clerk1', '2026-03-10');
    await expectRefusal(ledger, 'DISPOSAL_NOT_DUE', () => purge('2026-03-17'));
    await purge('2026-03-18');
    expect(share().disposal).to.include({ how: 'term', late: true });
    expect(ledger.privately.size).to.equal(0);
  });
});

describe('the clocks of data sharing', () => {
  it('run for whoever has to act, from the record alone', async () => {
    const ledger = await foundSharing();
    const clocksOf = (kind: 'share' | 'shareGrant' | 'dataset') =>
      ledger
        .all(kind)
        .flatMap((record) => shareClocks(record))
        .map(({ what, department, dueOn }) => [what, department, dueOn]);
    await filedShare(ledger);
    expect(clocksOf('share')).to.deep.equal([['reply', 'finance', '2026-03-16']]);
    await grant(ledger, '2026-03-03');
    expect(clocksOf('share')).to.deep.equal([]);
    expect(clocksOf('shareGrant')).to.deep.equal([['deliver', 'finance', '2026-03-31']]);
    const change = {
      ...{ datasetId: 'finance.pay', changedOn: '2026-03-02', reason: 'r' },
      cause: 'duty' as const,
    };
    await ledger.run('dataset.noteChange', change, act('finance.clerk1', '2026-03-03'));
    expect(clocksOf('dataset')).to.deep.equal([['update', 'finance', '2026-03-16']]);
    const worded = await ledger.run(
      'dataset.register',
      payDataset,
      act('finance.clerk1', '2026-03-04'),
    );
    expect(worded.kind === 'datasetVersion' && shareClocks(worded, 'data')).to.deep.equal([]);
  });
});
