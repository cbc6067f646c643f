import type { CommandInput } from '@yici/domain/model';
import { watchedOfShare } from '@yici/domain/model';
import { shareClocks } from '@yici/domain/rules';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  expectRefusal,
  foundRegistry,
  importCalendar,
  morning,
  publishDataset,
} from '../support/story.js';
import {
  appointGovernment,
  deliveredShare,
  filedShare,
  grant,
  grantedShare,
  payDataset,
  publishPay,
  refuse,
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

describe('a dispute about a share (art 28)', () => {
  let ledger: RuleLedger;
  const ids = { shareId, disputeId: 'd-1' };
  beforeEach(async () => {
    ledger = await foundSharing();
  });
  const share = () => ledger.get('share', shareId)!;
  const dispute = () => ledger.get('dispute', shareId, 'd-1')!;
  const open = (user = 'hrss.clerk1', disputeId = 'd-1') =>
    ledger.run(
      'sharing.dispute',
      { shareId, disputeId, subject: 'refusal', claim: 'claim' },
      act(user, '2026-03-09'),
    );
  const escalate = (user = 'hrss.clerk1', date = '2026-03-10') =>
    ledger.run('sharing.escalateDispute', { ...ids, note: 'no agreement' }, act(user, date));
  const decide = (
    order: CommandInput<'sharing.decideDispute'>['order'],
    user: string,
    date = '2026-03-11',
  ) => ledger.run('sharing.decideDispute', { ...ids, order, note: 'n' }, act(user, date));
  const refused = async () => {
    await filedShare(ledger);
    await refuse(ledger, '2026-03-06');
  };
  /** The lead authority proposes, and both sides say the same. */
  const coordinate = async (order: CommandInput<'sharing.decideDispute'>['order']) => {
    for (const user of ['data.head1', 'hrss.head1', 'finance.head1']) await decide(order, user);
  };

  it('is opened by one of the two sides, one at a time', async () => {
    await refused();
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => open('data.clerk1'));
    await open();
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => open());
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => open('finance.clerk1', 'd-2'));
    expect(dispute().stages.map(({ stage, on }) => [stage, on])).to.deep.equal([
      ['negotiation', '2026-03-09'],
    ]);
  });

  it('is settled in negotiation when both say the same', async () => {
    await refused();
    await open();
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => decide('provide', 'data.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => decide('provide', 'hrss.clerk1'));
    await decide('provide', 'hrss.head1');
    await decide('provide', 'hrss.head2');
    expect(dispute().status, 'one side does not agree with itself').to.equal('open');
    await decide('none', 'finance.head1');
    expect(dispute().status).to.equal('open');
    await decide('none', 'hrss.head1');
    expect(dispute().outcomes.map(({ stage, order }) => [stage, order])).to.deep.equal([
      ['negotiation', 'none'],
    ]);
    expect(share().state).to.equal('REFUSED');
    await expectRefusal(ledger, 'WRONG_STATE', () => decide('none', 'hrss.head1'));
    await expectRefusal(ledger, 'DISPUTE_LADDER', () => escalate());
  });

  it('climbs from negotiation to coordination to the government, each rung with its day', async () => {
    await appointGovernment(ledger);
    await refused();
    await open();
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => escalate('data.clerk1'));
    await escalate();
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => decide('provide', 'finance.head1'));
    await expectRefusal(ledger, 'DISPUTE_LADDER', () => escalate());
    await decide('none', 'data.head1');
    await expectRefusal(ledger, 'DISPUTE_LADDER', () => escalate('hrss.clerk1', '2026-03-12'));
    await decide('provide', 'hrss.head1');
    await escalate('hrss.clerk1', '2026-03-12');
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      decide('provide', 'data.head1', '2026-03-13'),
    );
    await decide('provide', 'offices.head1', '2026-03-13');
    expect(dispute().stages.map(({ stage, on }) => [stage, on])).to.deep.equal([
      ['negotiation', '2026-03-09'],
      ['coordination', '2026-03-10'],
      ['government', '2026-03-12'],
    ]);
    await expectRefusal(ledger, 'DISPUTE_LADDER', () => escalate('finance.clerk1', '2026-03-16'));
  });

  it('is not decided by coordination, which binds when both sides agree to what is proposed (art 28)', async () => {
    await refused();
    await open();
    await escalate();
    await decide('provide', 'data.head1');
    expect(share().state, 'a proposal orders nothing').to.equal('REFUSED');
    await decide('provide', 'hrss.head1');
    expect(dispute().status).to.equal('open');
    await decide('provide', 'finance.head1');
    expect(dispute()).to.include({ status: 'decided', stage: 'coordination' });
    expect(dispute().outcomes.map(({ order, by: { department } }) => [order, department])).to.eql([
      ['provide', 'data'],
    ]);
    expect(share()).to.include({ state: 'FILED', bound: true });
    await expectRefusal(ledger, 'DISPUTE_LADDER', () => escalate());
  });

  it('has what was proposed put anew, which both sides answer anew', async () => {
    await refused();
    await open();
    await escalate();
    await decide('provide', 'data.head1');
    await decide('provide', 'hrss.head1');
    await decide('none', 'data.head1');
    expect(dispute().proposal?.answers).to.deep.equal([]);
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => decide('none', 'offices.head1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => escalate('offices.clerk1'));
    await decide('none', 'finance.head1');
    await decide('provide', 'hrss.head1');
    await decide('none', 'hrss.head1');
    expect(dispute().status, 'the last word of a side counts').to.equal('decided');
    expect(share().state).to.equal('REFUSED');
  });

  it('goes on from a coordination of before, when the coordinator decided alone', async () => {
    await appointGovernment(ledger);
    await refused();
    await open();
    await escalate();
    await decide('none', 'data.head1');
    const { proposal, ...before } = dispute();
    const { answers: _answers, ...outcome } = proposal!;
    const [key = ''] = [...ledger.state].find(([, { kind }]) => kind === 'dispute') ?? [];
    ledger.state.set(key, { ...before, status: 'decided', outcomes: [outcome] });
    await escalate('hrss.clerk1', '2026-03-12');
    await decide('provide', 'offices.head1', '2026-03-13');
    expect(share()).to.include({ state: 'FILED', bound: true });
  });

  it('waits for a government’s office to be there', async () => {
    await refused();
    await open();
    await escalate();
    await decide('none', 'data.head1');
    await escalate('data.head1');
    await expectRefusal(ledger, 'FUNCTION_VACANT', () => decide('provide', 'offices.head1'));
  });

  it('skips the lead authority where it is itself a side', async () => {
    await publishDataset(ledger, { ...payDataset, datasetId: 'data.map' }, 'data');
    await filedShare(ledger, { datasetId: 'data.map' });
    await open();
    await escalate();
    expect(dispute().stage).to.equal('government');
  });

  const place = (id: string, level: 'province' | 'city' | 'county', regionCode: string) =>
    ledger.run('department.update', { level, regionCode }, by(`${id}.head1`));
  const appoint = async (id: string, name: 'superiorLead' | 'superiorGovernment') => {
    await ledger.run('department.update', { claim: [name] }, by(`${id}.head1`));
    for (const other of ['hrss', 'finance', 'data', 'establishment'].filter((o) => o !== id)) {
      if (ledger.get('functionHolder', name)?.department === id) continue;
      await ledger.run('department.confirm', { id, functions: [name] }, by(`${other}.head1`));
    }
  };

  it('is coordinated across levels and places by the nearest lead authority above both (art 28)', async () => {
    await place('hrss', 'county', '331102');
    await refused();
    await open();
    await escalate();
    expect(dispute().coordinator, 'a city bureau is above its county').to.equal('data');
    expect(share().parties).to.deep.equal(['data', 'finance', 'hrss']);

    await place('hrss', 'city', '330100');
    await filedShare(ledger, { shareId: 'share-2' });
    const of = { shareId: 'share-2', disputeId: 'd-1' };
    await ledger.run(
      'sharing.dispute',
      { ...of, subject: 'lateReply', claim: 'c' },
      act('hrss.clerk1', '2026-03-09'),
    );
    const up = () =>
      ledger.run('sharing.escalateDispute', { ...of, note: 'n' }, act('hrss.clerk1', '2026-03-10'));
    await expectRefusal(ledger, 'FUNCTION_VACANT', up);
    await appoint('supervision', 'superiorLead');
    await expectRefusal(ledger, 'FUNCTION_VACANT', up);
    await place('supervision', 'province', '330000');
    await up();
    expect(ledger.get('dispute', 'share-2', 'd-1')?.coordinator).to.equal('supervision');
    expect(ledger.get('share', 'share-2')?.parties).to.include('supervision');
    const settle = (user: string) =>
      ledger.run(
        'sharing.decideDispute',
        { ...of, order: 'none', note: 'n' },
        act(user, '2026-03-11'),
      );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => settle('data.head1'));
    await settle('supervision.head1');
  });

  it('is decided by the government of the level and place that coordinated (art 28)', async () => {
    await appointGovernment(ledger);
    await place('supervision', 'province', '330000');
    await appoint('supervision', 'superiorLead');
    await place('hrss', 'province', '330000');
    await refused();
    await open();
    await escalate();
    await decide('provide', 'supervision.head1');
    await decide('none', 'finance.head1');
    await escalate('finance.clerk1', '2026-03-11');
    await expectRefusal(ledger, 'FUNCTION_VACANT', () => decide('none', 'offices.head1'));
    await place('establishment', 'province', '330000');
    await appoint('establishment', 'superiorGovernment');
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => decide('none', 'offices.head1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => decide('none', 'supervision.head1'));
    await decide('none', 'establishment.head1');
    expect(dispute().outcomes.map(({ stage }) => stage)).to.deep.equal([
      'coordination',
      'government',
    ]);
  });

  it('binds the provider to reply anew, and not to refuse again', async () => {
    await refused();
    await open();
    await escalate();
    await coordinate('provide');
    expect(share()).to.include({ state: 'FILED', bound: true });
    expect(share().reply).to.include({ startedOn: '2026-03-11', dueOn: '2026-03-25' });
    expect(share().openDispute).to.equal(undefined);
    await expectRefusal(ledger, 'DISPUTE_BINDS', () => refuse(ledger, '2026-03-12'));
    await grant(ledger, '2026-03-12');
  });

  it('orders only what the share’s state allows, and the share follows', async () => {
    await grantedShare(ledger);
    await open('finance.clerk1');
    await escalate();
    await expectRefusal(ledger, 'WRONG_STATE', () => decide('provide', 'data.head1'));
    await expectRefusal(ledger, 'WRONG_STATE', () => decide('resume', 'data.head1'));
    await coordinate('end');
    expect(share().ended).to.include({ reason: 'disputeDecided', disposeBy: '2026-03-18' });
  });

  it('lets a suspended use go on', async () => {
    await grantedShare(ledger);
    const limit = { value: 3, unit: 'workingDay' } as const;
    const misuse = { shareId, ground: 'thirdParty', note: 'n', limit };
    await ledger.run('sharing.suspend', misuse, act('finance.clerk1', '2026-03-09'));
    await open();
    await escalate();
    await coordinate('resume');
    expect(share().state).to.equal('GRANTED');
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
