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
    reasonCode: 'survey',
    grounds: digestOf('grounds'),
  });
  const approval = { caseNo, notice: digestOf('letter') };
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

  it('moves both limits of the whole, and no step’s, when a second head approves it', async () => {
    const pending = await ask(10);
    expect(pending).to.include({ state: 'ACCEPTED', dueOn: '2026-03-12' });
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => approve('offices.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => approve('offices.clerk2'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => approve('finance.head1'));
    const record = await approve();
    expect(record).to.include({
      state: 'EXTENDED',
      nationalNumber: 8,
      dueOn: '2026-03-26',
      statutoryDueOn: '2026-04-15',
    });
    expect(record.steps[0]?.dueOn).to.equal('2026-03-06');
    expect(record.extension?.approval).to.deep.include({ notice: digestOf('letter') });
    const finish = caseClocks(record).find(({ what }) => what === 'finish');
    expect(finish).to.include({ dueOn: '2026-03-26', limitDays: 17 });
  });

  it('comes once', async () => {
    await ask(5);
    await approve();
    await expectRefusal(ledger, 'EXTENSION_ONCE', () => ask(5, 6));
    await expectRefusal(ledger, 'EXTENSION_ONCE', () => approve('offices.head2', 6));
  });

  it('has at most fifteen days, and cites the government’s approval beyond ten (art 42)', async () => {
    const details = await expectRefusal(ledger, 'EXTENSION_TOO_LONG', () => ask(16));
    expect(details).to.deep.equal({ asked: 16, most: 15, joint: true });
    await ask(15);
    await expectRefusal(ledger, 'GOVERNMENT_APPROVAL_MISSING', () => approve());
    const record = await approve('offices.head2', 5, {
      government: documentOf('丽政函〔2026〕7号'),
    });
    expect(record.dueOn).to.equal('2026-04-02');
  });

  it('has at most ten days where no other department takes part', async () => {
    const [finance] = leaseMatter.flow;
    const alone: MatterContent = {
      ...leaseMatter,
      taskCode: '331100JG000700009',
      materials: leaseMatter.materials.filter(({ source }) => source === 'applicant'),
      flow: [{ ...finance!, department: 'offices' }],
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
    const details = await expectRefusal(ledger, 'EXTENSION_TOO_LONG', () =>
      ledger.run(
        'case.requestExtension',
        { ...asked(11), ...single },
        by('offices.clerk1', march(4)),
      ),
    );
    expect(details).to.deep.equal({ asked: 11, most: 10, joint: false });
  });

  it('saves nothing that is overdue', async () => {
    await expectRefusal(ledger, 'EXTENSION_TOO_LATE', () => ask(5, 13));
    await ask(5, 12);
    await expectRefusal(ledger, 'EXTENSION_TOO_LATE', () => approve('offices.head2', 13));
    expect((await approve('offices.head2', 12)).dueOn).to.equal('2026-03-19');
  });

  it('is not approved before it is asked for, and a new request takes the place of a pending one', async () => {
    await expectRefusal(ledger, 'EXTENSION_NOT_REQUESTED', () => approve());
    await ask(5);
    await ask(3, 5, 'offices.clerk1');
    expect((await approve('offices.head1', 5)).dueOn).to.equal('2026-03-17');
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
    expect(record).to.include({ state: 'SPECIAL_PROCEDURE', dueOn: '2026-03-26' });
    const ended = await ledger.run(
      'case.endSpecialProcedure',
      { caseNo, no: 1 },
      by('offices.clerk1', march(12)),
    );
    expect(ended).to.include({ state: 'EXTENDED', nationalNumber: 10, dueOn: '2026-03-26' });
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
