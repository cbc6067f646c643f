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

  for (const area of ['publicSafety', 'financialSafety', 'ecology', 'health'] as const) {
    it(`does not concern ${area}`, async () => {
      const concerns = { ...promisedMatter.commitment!.concerns, [area]: true };
      const details = await expectRefusal(ledger, 'COMMITMENT_RISK', () => draft({ concerns }));
      expect(details).to.deep.equal({ areas: [area] });
    });
  }

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

  it('that fails for good leaves the revocation, and bars the applicant’s commitments in that matter', async () => {
    await deliveredPromise(ledger);
    const broken = revoking(promisedCaseNo, 'commitmentBroken');
    const revoke = (at = head(20)) => ledger.run('case.revokeDecision', broken, at);
    await expectRefusal(ledger, 'INSPECTION_NOT_FAILED', () => revoke());
    await inspect({ ...failed, correction });
    await expectRefusal(ledger, 'INSPECTION_NOT_FAILED', () => revoke());
    await inspect(failed, head(18));
    expect(await revoke()).to.include({ state: 'DECISION_REVOKED', nationalNumber: 15 });
    const again = { ...promise(), caseNo: promisedCaseNo.replace(/1$/, '2') };
    const { commitment, ...plain } = again;
    expect(commitment).to.not.equal(undefined);
    const applicant = by('hrss.clerk1', march(2));
    const details = await expectRefusal(ledger, 'COMMITMENT_BARRED', () =>
      ledger.run('case.submit', again, applicant),
    );
    expect(details).to.include({ caseNo: promisedCaseNo });
    await ledger.run('case.submit', plain, applicant);
    const other = { ...again, caseNo: promisedCaseNo.replace(/1$/, '3') };
    await ledger.run('case.submit', other, by('finance.clerk1', march(2)));
  });
});
