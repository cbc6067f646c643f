import type { CaseRecord, MatterContent } from '@yici/domain/model';
import { caseClocks } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  caseNo,
  deliveredCase,
  digestOf,
  expectRefusal,
  foundEverything,
  leaseMatter,
  morning,
  publishMatter,
} from '../support/story.js';
import {
  deliveredPromise,
  grantedPromise,
  march,
  promise,
  promisedCaseNo,
  promisedMatter,
  publishPromisedMatter,
  revoking,
  scope,
  workingDays,
} from '../support/timed.js';

const document = digestOf('report');
const failed = { caseNo: promisedCaseNo, result: 'fail', document } as const;
const passed = { caseNo: promisedCaseNo, result: 'pass', document } as const;
const correction = workingDays(5);
const head = (day: number, user = 'offices.head2') => by(user, march(day));

describe('a matter that takes commitments (Zhejiang regulation art 14)', () => {
  let ledger: RuleLedger;
  const draft = (change: Partial<NonNullable<MatterContent['commitment']>>) =>
    ledger.run(
      'matter.draft',
      { ...promisedMatter, commitment: { ...promisedMatter.commitment!, ...change } },
      by('offices.clerk1'),
    );
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  for (const area of [
    ...(['publicSafety', 'financialSafety', 'ecology', 'health'] as const),
    'lifeAndProperty' as const,
  ]) {
    it(`does not concern ${area}`, async () => {
      const concerns = { ...promisedMatter.commitment!.concerns, [area]: true };
      const details = await expectRefusal(ledger, 'COMMITMENT_RISK', () => draft({ concerns }));
      expect(details).to.deep.equal({ areas: [area] });
    });
  }

  it('says of every area that it does not concern it', async () => {
    const { lifeAndProperty, ...concerns } = promisedMatter.commitment!.concerns;
    expect(lifeAndProperty).to.equal(false);
    const details = await expectRefusal(ledger, 'COMMITMENT_RISK', () => draft({ concerns }));
    expect(details).to.deep.equal({ areas: ['lifeAndProperty'] });
  });

  it('is a licence', async () => {
    const other = { ...promisedMatter, matterType: '20', handlingLaws: [] };
    await expectRefusal(ledger, 'COMMITMENT_ONLY_LICENCES', () =>
      ledger.run('matter.draft', other, by('offices.clerk1')),
    );
  });

  it('lists the documents that set their scope, and another time to inspect', async () => {
    const undocumented = (change: Parameters<typeof draft>[0]) =>
      expectRefusal(ledger, 'COMMITMENT_UNDOCUMENTED', () => draft(change));
    await undocumented({ scopeDocument: '浙政发〔2020〕2号' });
    const limit = workingDays(30);
    await undocumented({ inspection: { limit, document: '浙建〔2020〕2号' } });
    await draft({ inspection: { limit, document: scope.number } });
  });

  it('takes them only for listed materials of the applicant', async () => {
    await expectRefusal(ledger, 'MATERIAL_UNKNOWN', () => draft({ materials: ['other'] }));
    await expectRefusal(ledger, 'COMMITMENT_NOT_ALLOWED', () => draft({ materials: ['budget'] }));
    await draft({});
  });
});

describe('a case filed with a commitment', () => {
  let ledger: RuleLedger;
  const file = async (input = promise()) =>
    (await ledger.run('case.submit', input, by('hrss.clerk1', march(2)))) as CaseRecord;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await publishPromisedMatter(ledger);
  });

  it('has its materials met by it', async () => {
    const record = await file();
    expect(record.commitment).to.deep.equal({
      document: digestOf('commitment'),
      materials: ['quote'],
    });
    expect(record.materials.find(({ code }) => code === 'quote')?.evidence).to.deep.equal({
      kind: 'commitment',
      document: digestOf('commitment'),
    });
  });

  it('names only materials that the matter allows it for, and gives none of them twice', async () => {
    const details = await expectRefusal(ledger, 'COMMITMENT_NOT_ALLOWED', () =>
      file(promise(['quote', 'application'])),
    );
    expect(details).to.deep.include({ codes: ['application'] });
    const quote = { code: 'quote', document: digestOf('quote') };
    const twice = promise();
    await expectRefusal(ledger, 'COMMITMENT_NOT_ALLOWED', () =>
      file({ ...twice, materials: [...twice.materials, quote] }),
    );
  });

  it('is not possible where the matter takes none', async () => {
    const { taskCode } = leaseMatter;
    await expectRefusal(ledger, 'COMMITMENT_NOT_ALLOWED', () =>
      file({ ...promise(), caseNo, taskCode }),
    );
  });
});

describe('the inspection of a commitment', () => {
  let ledger: RuleLedger;
  const inspect = async (input: typeof failed | typeof passed | object, at = head(10)) =>
    (await ledger.run('case.recordInspection', input as typeof passed, at)) as CaseRecord;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('is due sixty working days after the grant, and ends with a pass', async () => {
    const granted = await grantedPromise(ledger);
    expect(granted.commitment?.inspectBy).to.equal('2026-06-02');
    const clock = caseClocks(granted).find(({ what }) => what === 'inspect');
    expect(clock).to.include({ department: 'offices', startedOn: '2026-03-05', limitDays: 60 });
    const record = await inspect(passed);
    expect(record.state).to.equal('DECIDED_GRANTED');
    expect(caseClocks(record).map(({ what }) => what)).to.not.include('inspect');
    await expectRefusal(ledger, 'INSPECTION_DONE', () => inspect(passed));
  });

  it('is due when the document says that the matter cites, where it cites one', async () => {
    const inspection = { limit: workingDays(30), document: scope.number };
    const commitment = { ...promisedMatter.commitment!, inspection };
    const granted = await grantedPromise(ledger, { ...promisedMatter, commitment });
    expect(granted.commitment?.inspectBy).to.equal('2026-04-17');
    const clock = caseClocks(granted).find(({ what }) => what === 'inspect');
    expect(clock).to.include({ limitDays: 30 });
  });

  it('is another official’s than the one that decided, of the owner', async () => {
    await grantedPromise(ledger);
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      inspect(passed, head(10, 'offices.head1')),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => inspect(passed, head(10, 'hrss.head1')));
  });

  it('sets a time to put right a first failure, within which only success is recorded', async () => {
    await deliveredPromise(ledger);
    await expectRefusal(ledger, 'CORRECTION_PERIOD_WRONG', () => inspect(failed));
    await expectRefusal(ledger, 'CORRECTION_PERIOD_WRONG', () =>
      inspect({ ...passed, correction }),
    );
    const record = await inspect({ ...failed, correction });
    expect(record).to.include({ state: 'DELIVERED' });
    expect(caseClocks(record)).to.deep.equal([
      {
        what: 'correct',
        department: 'hrss',
        startedOn: '2026-03-10',
        dueOn: '2026-03-17',
        limitDays: 5,
        paused: false,
      },
    ]);
    await expectRefusal(ledger, 'CORRECTION_RUNNING', () => inspect(failed, head(17)));
    await expectRefusal(ledger, 'CORRECTION_PERIOD_WRONG', () =>
      inspect({ ...failed, correction }, head(18)),
    );
    expect((await inspect(passed, head(17))).inspections).to.have.length(2);
    await expectRefusal(ledger, 'INSPECTION_DONE', () => inspect(failed, head(18)));
  });

  it('counts and is flagged when it comes late', async () => {
    await deliveredPromise(ledger);
    const record = await inspect(passed, by('offices.clerk1', '2026-06-03T01:00:00.000Z'));
    expect(record.flags.map(({ code }) => code)).to.deep.equal(['lateInspection']);
  });

  it('is of cases that were granted on one', async () => {
    await deliveredCase(ledger);
    await expectRefusal(ledger, 'NO_COMMITMENT', () => inspect({ ...passed, caseNo }));
    await publishPromisedMatter(ledger);
    await ledger.run('case.submit', promise(), by('hrss.clerk1', march(2)));
    await expectRefusal(ledger, 'WRONG_STATE', () => inspect(passed));
  });

  /** Inspected twice in vain and revoked on 20 March. */
  async function broken(input: object = {}): Promise<void> {
    await deliveredPromise(ledger);
    await inspect({ ...failed, correction });
    await inspect(failed, head(18));
    const revocation = { ...revoking(promisedCaseNo, 'commitmentBroken'), ...input };
    await ledger.run('case.revokeDecision', revocation, head(20));
  }
  /** Files with a commitment on that day. */
  const fileAgain = (day: string, change: object = {}) => {
    const number = promisedCaseNo.replace('20260302-0001', `${day.replaceAll('-', '')}-0002`);
    const input = { ...promise(), caseNo: number, ...change };
    return ledger.run('case.submit', input, by('hrss.clerk1', morning(day)));
  };

  it('that fails for good leaves the revocation, and bars the applicant’s commitments', async () => {
    await deliveredPromise(ledger);
    const revocation = revoking(promisedCaseNo, 'commitmentBroken');
    const revoke = (at = head(20)) => ledger.run('case.revokeDecision', revocation, at);
    await expectRefusal(ledger, 'INSPECTION_NOT_FAILED', () => revoke());
    await inspect({ ...failed, correction });
    await expectRefusal(ledger, 'INSPECTION_NOT_FAILED', () => revoke());
    await inspect(failed, head(18));
    expect(await revoke()).to.include({ state: 'DECISION_REVOKED', nationalNumber: 15 });
    const details = await expectRefusal(ledger, 'COMMITMENT_BARRED', () => fileAgain('2026-03-23'));
    expect(details).to.include({ caseNo: promisedCaseNo, until: '2031-03-20' });
    const { commitment, ...plain } = promise();
    expect(commitment).to.not.equal(undefined);
    const caseNo = promisedCaseNo.replace(/1$/, '4');
    await ledger.run('case.submit', { ...plain, caseNo }, by('hrss.clerk1', march(2)));
    const other = { ...promise(), caseNo: promisedCaseNo.replace(/1$/, '3') };
    await ledger.run('case.submit', other, by('finance.clerk1', march(2)));
  });

  it('bars them in every matter', async () => {
    await broken();
    const taskCode = '331100JG000700009';
    await publishMatter(ledger, { ...promisedMatter, taskCode }, 'offices');
    const elsewhere = { taskCode, caseNo: `${taskCode}-20260323-0001` };
    await expectRefusal(ledger, 'COMMITMENT_BARRED', () => fileAgain('2026-03-23', elsewhere));
  });

  it('bars them until the bad record ends', async () => {
    await broken({ badRecordUntil: '2026-06-30' });
    await expectRefusal(ledger, 'COMMITMENT_BARRED', () => fileAgain('2026-06-30'));
    await fileAgain('2026-07-01');
  });

  it('bars them until the bad record is repaired, which the owner’s head records once', async () => {
    await broken();
    const lift = (user = 'offices.head1') =>
      ledger.run('case.liftCommitmentBar', { caseNo: promisedCaseNo, document }, head(24, user));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => lift('hrss.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => lift('offices.clerk1'));
    await lift();
    await expectRefusal(ledger, 'ALREADY_CONFIRMED', () => lift());
    await fileAgain('2026-03-25');
  });
});
