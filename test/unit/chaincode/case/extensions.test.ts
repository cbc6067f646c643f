import type { CaseRecord, MatterContent } from '@yici/domain/model';
import { caseClocks } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  caseNo,
  digestOf,
  documentOf,
  expectRefusal,
  foundEverything,
  leaseMatter,
  publishMatter,
  submission,
} from '../support/story.js';
import { acceptedCase, hearing, march, workingDays } from '../support/timed.js';

describe('an extension (R8)', () => {
  let ledger: RuleLedger;
  const asked = (days: number) => ({
    caseNo,
    limit: workingDays(days),
    reasonCode: 'siteSurvey' as const,
    grounds: digestOf('grounds'),
  });
  const approval = {
    caseNo,
    notice: digestOf('letter'),
    government: documentOf('丽政函〔2026〕7号'),
  };
  const ask = async (days: number, day = 4, user = 'offices.head1') =>
    (await ledger.run('case.requestExtension', asked(days), by(user, march(day)))) as CaseRecord;
  const approve = async (user = 'offices.head2', day = 5, more: object = {}) =>
    (await ledger.run(
      'case.approveExtension',
      { ...approval, ...more },
      by(user, march(day)),
    )) as CaseRecord;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await acceptedCase(ledger);
  });

  it('lengthens the statutory limit, not a shorter promise and no step, when a second head approves it', async () => {
    const pending = await ask(10);
    expect(pending).to.include({ state: 'ACCEPTED', dueOn: '2026-03-12' });
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => approve('offices.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => approve('offices.clerk2'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => approve('finance.head1'));
    const record = await approve();
    expect(record).to.include({
      state: 'EXTENDED',
      nationalNumber: 8,
      dueOn: '2026-03-12',
      statutoryDueOn: '2026-04-15',
    });
    expect(record.steps[0]?.dueOn).to.equal('2026-03-06');
    expect(record.extension?.approval).to.deep.include({ notice: digestOf('letter') });
    const clock = (what: string) => caseClocks(record).find((one) => one.what === what);
    expect(clock('finish')).to.include({ dueOn: '2026-03-12', limitDays: 7 });
    expect(clock('statutory')).to.include({ dueOn: '2026-04-15', limitDays: 30 });
  });

  it('comes once', async () => {
    await ask(5);
    await approve();
    await expectRefusal(ledger, 'EXTENSION_ONCE', () => ask(5, 6));
    await expectRefusal(ledger, 'EXTENSION_ONCE', () => approve('offices.head2', 6));
  });

  it('of joint handling has at most fifteen days, and cites the government’s approval whatever its length (art 42(2))', async () => {
    const details = await expectRefusal(ledger, 'EXTENSION_TOO_LONG', () => ask(16));
    expect(details).to.deep.equal({ asked: 16, most: 15, joint: true });
    await ask(1);
    const { government, ...alone } = approval;
    await expectRefusal(ledger, 'GOVERNMENT_APPROVAL_MISSING', () =>
      ledger.run('case.approveExtension', alone, by('offices.head2', march(5))),
    );
    await ask(15);
    const record = await approve();
    expect(record.extension?.approval).to.deep.include({ government });
    expect(record.statutoryDueOn).to.equal('2026-04-22');
  });

  /** The lease handled by its owner alone, accepted on 03-03. */
  async function acceptedAlone(change: Partial<MatterContent> = {}): Promise<{ caseNo: string }> {
    const [finance] = leaseMatter.flow;
    const alone: MatterContent = {
      ...leaseMatter,
      taskCode: '331100JG000700009',
      materials: leaseMatter.materials.filter(({ source }) => source === 'applicant'),
      flow: [{ ...finance!, department: 'offices' }],
      ...change,
    };
    await publishMatter(ledger, alone, 'offices');
    const single = { caseNo: `${alone.taskCode}-20260302-0001` };
    await ledger.run(
      'case.submit',
      { ...submission(), ...single, taskCode: alone.taskCode },
      by('hrss.clerk1', march(2)),
    );
    await ledger.run('case.receive', single, by('offices.clerk1', march(2)));
    await ledger.run('case.accept', single, by('offices.clerk1', march(3)));
    return single;
  }
  const askAlone = (single: { caseNo: string }, days: number) =>
    ledger.run(
      'case.requestExtension',
      { ...asked(days), ...single },
      by('offices.clerk1', march(4)),
    );

  it('has at most ten days where no other department takes part, with the own head’s approval', async () => {
    const single = await acceptedAlone();
    const details = await expectRefusal(ledger, 'EXTENSION_TOO_LONG', () => askAlone(single, 11));
    expect(details).to.deep.equal({ asked: 11, most: 10, joint: false });
    await askAlone(single, 10);
    const own = { ...single, notice: digestOf('letter') };
    const record = await ledger.run('case.approveExtension', own, by('offices.head1', march(5)));
    expect(record).to.include({ statutoryDueOn: '2026-04-15' });
  });

  it('moves a promise that is the statutory limit itself', async () => {
    const single = await acceptedAlone({ promisedLimit: workingDays(20) });
    await askAlone(single, 5);
    const own = { ...single, notice: digestOf('letter') };
    const record = await ledger.run('case.approveExtension', own, by('offices.head1', march(5)));
    expect(record).to.include({ dueOn: '2026-04-08', statutoryDueOn: '2026-04-08' });
  });

  it('lengthens nothing where no law sets a limit', async () => {
    const { statutoryLimit, ...rest } = leaseMatter;
    expect(statutoryLimit).to.not.equal(undefined);
    await publishMatter(ledger, { ...rest, taskCode: '331100JG000700009' }, 'offices');
    const own = { caseNo: '331100JG000700009-20260302-0001' };
    const filed = { ...submission(), ...own, taskCode: '331100JG000700009' };
    await ledger.run('case.submit', filed, by('hrss.clerk1', march(2)));
    await ledger.run('case.receive', own, by('offices.clerk1', march(2)));
    await ledger.run('case.accept', own, by('offices.clerk1', march(3)));
    await expectRefusal(ledger, 'EXTENSION_UNFOUNDED', () => askAlone(own, 5));
  });

  it('leaves a missed promise missed while statutory days remain', async () => {
    await ask(5, 13);
    const record = await approve('offices.head2', 16);
    expect(record).to.include({ dueOn: '2026-03-12', statutoryDueOn: '2026-04-08' });
    const card = { caseNo, what: 'finish', colour: 'red' } as const;
    await ledger.run('card.raise', card, by('hrss.clerk1', march(17)));
  });

  it('saves nothing that is overdue', async () => {
    await expectRefusal(ledger, 'EXTENSION_TOO_LATE', () => ask(5, 32));
    await ask(5, 31);
    await expectRefusal(ledger, 'EXTENSION_TOO_LATE', () => approve('offices.head2', 32));
    expect((await approve('offices.head2', 31)).statutoryDueOn).to.equal('2026-04-08');
  });

  it('is not approved before it is asked for, and a new request takes the place of a pending one', async () => {
    await expectRefusal(ledger, 'EXTENSION_NOT_REQUESTED', () => approve());
    await ask(5);
    await ask(3, 5, 'offices.clerk1');
    expect((await approve('offices.head1', 5)).statutoryDueOn).to.equal('2026-04-03');
  });

  it('adds to the days of a special procedure, whichever comes first', async () => {
    await ask(5);
    await approve();
    await ledger.run(
      'case.startSpecialProcedure',
      hearing(caseNo, 5),
      by('offices.clerk1', march(5)),
    );
    const record = ledger.get('case', caseNo);
    expect(record).to.include({ state: 'SPECIAL_PROCEDURE', dueOn: '2026-03-19' });
    const ended = await ledger.run(
      'case.endSpecialProcedure',
      { caseNo, no: 1 },
      by('offices.clerk1', march(12)),
    );
    expect(ended).to.include({ state: 'EXTENDED', nationalNumber: 10, dueOn: '2026-03-19' });
  });

  it('keeps its state until the decision, and can be decided', async () => {
    await ask(5);
    await approve();
    for (const [stepId, user] of [
      ['finance', 'finance.clerk1'],
      ['headcount', 'establishment.clerk1'],
      ['registry', 'data.clerk1'],
    ] as const) {
      const opinion = { caseNo, stepId, answer: 'agree' } as const;
      expect(await ledger.run('case.opinion', opinion, by(user, march(5)))).to.include({
        state: 'EXTENDED',
      });
    }
    const decide = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    expect(await ledger.run('case.decide', decide, by('offices.head1', march(6)))).to.include({
      state: 'DECIDED_GRANTED',
    });
  });
});
