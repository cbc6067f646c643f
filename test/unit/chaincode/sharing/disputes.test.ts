import type { CommandInput } from '@yici/domain/model';
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
    const { stage, order, note, by: who, at, on } = proposal!;
    const outcome = { stage, order, note, by: who, at, on };
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
