import type { CommandInput, DutyOverlapRecord, ReviewRecord } from '@yici/domain/model';
import { mostMarkedAtOnce } from '@yici/domain/rules';
import { expect } from 'chai';
import { decidedBy } from '../support/duties.js';
import { RuleLedger } from '../support/ledger.js';
import { appointGovernment } from '../support/shares.js';
import {
  by,
  documentOf,
  expectRefusal,
  foundEverything,
  leaseMatter,
  morning,
  publishMany,
  publishMatter,
  taskCode,
  without,
} from '../support/story.js';

const duty: CommandInput<'duty.register'> = {
  department: 'offices',
  code: 'OFFICES-03',
  title: { zh: '办公用房管理', en: 'Office space' },
  clause: '（三）负责市级机关办公用房管理',
  document: documentOf('三定〔2024〕9号'),
  effectiveFrom: '2024-01-01',
};
const changed = { ...duty, clause: '（三）负责市级机关办公用房统一管理' };

describe('a matter and the duty it rests on', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await ledger.run('duty.register', duty, by('offices.clerk1', morning('2026-01-06')));
    const content = { ...leaseMatter, dutyCode: duty.code, effectiveFrom: '2026-01-20' };
    await publishMatter(ledger, content, 'offices', 'establishment', morning('2026-01-07'));
  });

  const change = (at = morning('2026-02-13'), content = changed) =>
    ledger.run('duty.register', content, by('establishment.clerk1', at));
  const review = (dutyVersion = 2) =>
    ledger.get('review', taskCode, '000002', `00000${dutyVersion}`);
  const sign = async (user: string, at = morning('2026-02-24'), dutyVersion = 2) =>
    (await ledger.run(
      'matter.review',
      { taskCode, version: 2, dutyVersion },
      by(user, at),
    )) as ReviewRecord;
  const link = () => ledger.get('matterOfDuty', 'offices', duty.code, taskCode);

  it('are linked when the matter is published, by the version that was read', () => {
    expect(link()).to.deep.include({ matterVersion: 2, dutyVersion: 1, cosigner: 'establishment' });
    expect(ledger.get('matter', taskCode, '000002')?.dutyVersion).to.equal(1);
  });

  it('open a review of ten working days when the duty changes; the matter stays published', async () => {
    expect(await change()).to.deep.include({ version: 2, linked: { found: 1, marked: 1 } });
    // 2026-02-13 and ten working days, over the Spring Festival with its make-up Saturdays: by the calendar of chinese-days.
    expect(review()).to.deep.include({
      status: 'open',
      owner: 'offices',
      startedOn: '2026-02-13',
      dueOn: '2026-03-05',
      limitDays: 10,
      previousDutyVersion: 1,
      calendars: [{ year: 2026, version: 1 }],
    });
    expect(link()?.review).to.equal(2);
    expect(ledger.get('matter', taskCode, '000002')?.status).to.equal('published');
  });

  it('end the review with both heads’ signatures, in any order', async () => {
    await change();
    expect((await sign('establishment.head1')).status).to.equal('open');
    expect(await sign('offices.head1')).to.deep.include({
      status: 'closed',
      outcome: 'confirmed',
      late: false,
    });
    expect(link()).to.include({ dutyVersion: 2 }).and.not.have.property('review');
  });

  it('call a review late that ends after its day', async () => {
    await change();
    await sign('establishment.head1', morning('2026-03-05'));
    // The first instant after the due day in Shanghai.
    expect((await sign('offices.head1', '2026-03-05T16:00:00.000Z')).late).to.equal(true);
  });

  it('let nobody else review, nobody twice, not whoever changed the duty, and nothing that is not open', async () => {
    await expectRefusal(ledger, 'REVIEW_NOT_OPEN', () => sign('offices.head1'));
    await ledger.run('duty.register', changed, by('establishment.head1', morning('2026-02-13')));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => sign('finance.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => sign('offices.clerk1'));
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => sign('establishment.head1'));
    await expectRefusal(ledger, 'REVIEW_NOT_OPEN', () => sign('offices.head1', undefined, 3));
    await sign('offices.head1');
    await expectRefusal(ledger, 'ALREADY_CONFIRMED', () => sign('offices.head2'));
    await sign('establishment.head2');
    await expectRefusal(ledger, 'REVIEW_NOT_OPEN', () => sign('offices.head1'));
  });

  it('give no more time when the duty changes again: the review is overtaken and its clock goes on', async () => {
    await change();
    await sign('offices.head1');
    await change(morning('2026-03-04'), { ...changed, clause: '（三）再次修改' });
    expect(review()).to.include({ status: 'closed', outcome: 'overtaken' });
    expect(review(3)).to.deep.include({
      status: 'open',
      startedOn: '2026-02-13',
      dueOn: '2026-03-05',
      signatures: [],
      previousDutyVersion: 1,
    });
    await expectRefusal(ledger, 'REVIEW_NOT_OPEN', () => sign('establishment.head1'));
  });

  it('end the review when a new version is published, and the link with the duty it left', async () => {
    await change();
    const next = without({ ...leaseMatter, effectiveFrom: '2026-04-01' }, 'dutyCode');
    await publishMatter(ledger, next, 'offices', 'establishment', morning('2026-02-24'));
    expect(review()).to.include({ status: 'closed', outcome: 'superseded' });
    expect(link()).to.include({ endedAt: morning('2026-02-24') });
    await change(morning('2026-02-25'), { ...changed, clause: '（三）三次修改' });
    expect(ledger.all('review')).to.have.length(1);
  });

  it('end the review when the version is retired', async () => {
    await change();
    await ledger.run(
      'matter.retire',
      { taskCode, version: 2, reasonCode: 'merged' },
      by('offices.head1', morning('2026-02-24')),
    );
    expect(review()).to.include({ status: 'closed', outcome: 'retired' });
    expect(link()).to.include({ endedAt: morning('2026-02-24') });
  });

  it('are not published on a duty that changed after the draft', async () => {
    const at = morning('2026-02-10');
    const content = { ...leaseMatter, dutyCode: duty.code, effectiveFrom: '2026-04-01' };
    const drafted = await ledger.run('matter.draft', content, by('offices.clerk1', at));
    const digest = drafted.kind === 'matter' ? drafted.contentDigest : '';
    const version = { taskCode, version: 3 };
    for (const user of ['offices.head1', 'establishment.head1']) {
      await ledger.run('matter.cosign', { ...version, contentDigest: digest }, by(user, at));
    }
    await change();
    const details = await expectRefusal(ledger, 'DUTY_CHANGED', () =>
      ledger.run('matter.publish', version, by('offices.clerk1', morning('2026-02-24'))),
    );
    expect(details).to.include({ drafted: 1, now: 2 });
  });

  it('are not changed to what the duty says already', async () => {
    await expectRefusal(ledger, 'DUTY_UNCHANGED', () =>
      ledger.run('duty.register', duty, by('offices.clerk1')),
    );
  });

  it('have no due day in a year without a calendar, so the change waits for it', async () => {
    await expectRefusal(ledger, 'CALENDAR_MISSING', () => change(morning('2027-01-04')));
  });

  it('are all marked: the first fifty by the change, the rest by any member, on the same clock', async () => {
    const last = await publishMany(ledger, mostMarkedAtOnce, duty.code);
    expect(await change()).to.deep.include({ linked: { found: 51, marked: 50 } });
    expect(ledger.all('review')).to.have.length(50);
    const mark = (code: string) =>
      ledger.run(
        'matter.markForReview',
        { taskCode: code },
        by('hrss.service1', morning('2026-03-02')),
      );
    expect(await mark(last)).to.deep.include({ startedOn: '2026-02-13', dueOn: '2026-03-05' });
    await expectRefusal(ledger, 'REVIEW_NOT_DUE', () => mark(last));
    await expectRefusal(ledger, 'REVIEW_NOT_DUE', () => mark(taskCode));
    await expectRefusal(ledger, 'NOT_FOUND', () => mark('331100JG000000000'));
  });
});

describe('the duplicate-duty detector', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  const topic = 'office-space';
  const claim = (department: string, more: Partial<CommandInput<'duty.register'>> = {}) =>
    ledger.run(
      'duty.register',
      { ...duty, department, code: `${department}-1`, topic, ...more },
      by(`${department}.clerk1`),
    );
  const drop = (department: string) =>
    ledger.run(
      'duty.register',
      { ...duty, department, code: `${department}-1` },
      by(`${department}.clerk1`),
    );
  const overlap = (round = 1) => ledger.get('dutyOverlap', topic, `00000${round}`);
  const ruling = (
    kind: CommandInput<'duty.proposeOverlap'>['kind'],
    lead?: string,
    round = 1,
  ): CommandInput<'duty.proposeOverlap'> => ({
    topic,
    round,
    kind,
    ...(lead === undefined ? {} : { lead }),
    text: '裁定',
    document: documentOf('编办〔2026〕3号'),
  });
  const propose = (input: CommandInput<'duty.proposeOverlap'>, user = 'establishment.head1') =>
    ledger.run('duty.proposeOverlap', input, by(user));
  const register = async (input: CommandInput<'duty.proposeOverlap'>, user: string) =>
    (await ledger.run(
      'duty.resolveOverlap',
      { ...input, organ: decidedBy.organ },
      by(user),
    )) as DutyOverlapRecord;
  /** Proposed by one official of the Establishment Office, its decision registered by another. */
  const rule = async (input: CommandInput<'duty.proposeOverlap'>) => {
    await propose(input);
    return register(input, 'establishment.head2');
  };

  it('finds a topic that a second department claims, not one that a department claims twice', async () => {
    await claim('offices');
    await claim('offices', { code: 'offices-2' });
    expect(ledger.all('dutyOverlap')).to.deep.equal([]);
    await claim('finance');
    expect(overlap()?.claims.map(({ department, code }) => `${department} ${code}`)).to.deep.equal([
      'offices offices-1',
      'offices offices-2',
      'finance finance-1',
    ]);
    await claim('hrss');
    expect(overlap()?.claims).to.have.length(4);
    expect(ledger.all('dutyOverlap')).to.have.length(1);
  });

  it('closes by itself when all but one drop the topic', async () => {
    await claim('offices');
    await claim('finance');
    await drop('finance');
    expect(overlap()).to.include({ status: 'withdrawn', topic });
    await claim('finance', { clause: '又来' });
    expect(overlap(2)).to.include({ status: 'open', round: 2 });
  });

  it('ends with the ruling that assigns the topic; a new claim opens the next round', async () => {
    await claim('offices');
    await claim('finance');
    expect(await rule(ruling('assigned', 'offices'))).to.deep.include({ status: 'ruled' });
    expect(ledger.get('dutyOfTopic', topic, 'finance', 'finance-1')?.withdrawn).to.equal(true);
    await claim('offices', { clause: '仍是我们' });
    expect(overlap(2)).to.equal(undefined);
    await claim('finance', { clause: '仍要' });
    expect(overlap(2)).to.include({ status: 'open' });
  });

  for (const input of [ruling('shared', 'finance'), ruling('distinct')]) {
    it(`leaves those alone whom a ruling of ${input.kind} duties names, and nobody else`, async () => {
      await claim('offices');
      await claim('finance');
      await rule(input);
      await claim('finance', { clause: '新条款' });
      expect(ledger.all('dutyOverlap')).to.have.length(1);
      await claim('hrss');
      expect(overlap(2)?.claims).to.have.length(3);
    });
  }

  it('is proposed by the Establishment Office and decided by the government, signed or registered', async () => {
    const input = ruling('assigned', 'offices');
    await claim('offices');
    await claim('finance');
    for (const act of [propose, register]) {
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => act(input, 'offices.head1'));
    }
    await expectRefusal(ledger, 'ROLE_REFUSED', () => propose(input, 'establishment.clerk1'));
    await expectRefusal(ledger, 'COORDINATION_MISSING', () =>
      register(input, 'establishment.head2'),
    );
    await propose(input);
    expect(overlap()).to.deep.include({ status: 'open' });
    expect(overlap()?.proposal).to.deep.include({ kind: 'assigned', lead: 'offices' });
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => register(input, 'establishment.head1'));
    await expectRefusal(ledger, 'DECISION_UNNAMED', () =>
      ledger.run('duty.resolveOverlap', input, by('establishment.head2')),
    );
    const decided = await register(input, 'establishment.head2');
    expect(decided.ruling).to.deep.include({ organ: decidedBy.organ });
    await expectRefusal(ledger, 'WRONG_STATE', () => register(input, 'establishment.head2'));
  });

  it('is the government’s to decide, without a proposal, where the Establishment Office claims it too', async () => {
    await claim('finance');
    await claim('establishment');
    const input = ruling('assigned', 'establishment');
    await expectRefusal(ledger, 'FUNCTION_VACANT', () => propose(input));
    await appointGovernment(ledger);
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => propose(input));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => register(input, 'establishment.head1'));
    await ledger.run('duty.resolveOverlap', input, by('offices.head1'));
    expect(overlap()).to.include({ status: 'ruled' });
  });

  it('refuses a ruling without a claimant to lead, or with one where the duties differ', async () => {
    await claim('offices');
    await claim('finance');
    for (const input of [
      ruling('assigned'),
      ruling('shared', 'hrss'),
      ruling('distinct', 'offices'),
    ]) {
      await expectRefusal(ledger, 'OVERLAP_RULING_INVALID', () => propose(input));
    }
    await expectRefusal(ledger, 'NOT_FOUND', () => propose(ruling('assigned', 'offices', 2)));
  });

  it('does not let whoever found it rule', async () => {
    await claim('offices');
    await ledger.run(
      'duty.register',
      { ...duty, department: 'finance', code: 'finance-1', topic },
      by('establishment.head1'),
    );
    const input = ruling('assigned', 'offices');
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => propose(input));
    await propose(input, 'establishment.head2');
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => register(input, 'establishment.head1'));
    await register(input, 'establishment.head3');
  });
});
