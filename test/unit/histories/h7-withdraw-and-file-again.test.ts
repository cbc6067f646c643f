import type { CaseRecord } from '@yici/domain/model';
import { caseClocks, refilingDays, shiftDate } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../chaincode/support/ledger.js';
import {
  by,
  caseNo,
  expectRefusal,
  foundEverything,
  morning,
  submission,
  taskCode,
} from '../chaincode/support/story.js';
import { acceptedCase, march } from '../chaincode/support/timed.js';

describe('H7: the applicant is persuaded to withdraw and to file again, which erases lateness', () => {
  let ledger: RuleLedger;
  const withdraw = async (day: number) =>
    (await ledger.run(
      'case.withdraw',
      { caseNo, reasonCode: 'x' },
      by('hrss.clerk1', march(day)),
    )) as CaseRecord;
  const refile = async (date: string, user = 'hrss.clerk1') => {
    const again = { ...submission(), caseNo: `${taskCode}-${date.replaceAll('-', '')}-0009` };
    return (await ledger.run('case.submit', again, by(user, morning(date)))) as CaseRecord;
  };
  const codes = ({ flags }: CaseRecord) => flags.map(({ code }) => code);

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await acceptedCase(ledger);
  });

  it('leaves the lateness with the case: of the owner and of each department that owed an opinion', async () => {
    const record = await withdraw(16);
    expect(caseClocks(record)).to.deep.equal([]);
    const late = record.endedClocks?.filter((ended) => ended.late);
    expect(
      late?.map(({ what, step = '', department, dueOn }) => [what, step, department, dueOn]),
    ).to.deep.equal([
      ['opinion', 'finance', 'finance', '2026-03-06'],
      ['opinion', 'headcount', 'establishment', '2026-03-06'],
      ['finish', '', 'offices', '2026-03-12'],
    ]);
    expect(codes(record)).to.deep.equal(['withdrawnAfterLimit']);
  });

  it('still brings the red card', async () => {
    await withdraw(16);
    const card = { caseNo, what: 'finish', colour: 'red' } as const;
    expect(await ledger.run('card.raise', card, by('hrss.clerk1', march(18)))).to.include({
      department: 'offices',
    });
    await expectRefusal(ledger, 'CARD_NOT_DUE', () =>
      ledger.run('card.raise', { ...card, what: 'statutory' }, by('hrss.clerk1', march(18))),
    );
  });

  it('says nothing of a withdrawal in time', async () => {
    const record = await withdraw(5);
    expect(record.endedClocks?.some(({ late }) => late)).to.equal(false);
    expect(codes(record)).to.deep.equal([]);
    await expectRefusal(ledger, 'CARD_NOT_DUE', () =>
      ledger.run(
        'card.raise',
        { caseNo, what: 'finish', colour: 'red' },
        by('hrss.clerk1', march(20)),
      ),
    );
  });

  it('links what the same applicant files again', async () => {
    await withdraw(16);
    expect((await refile('2026-03-17')).refiles).to.deep.equal({
      caseNo,
      how: 'WITHDRAWN',
      endedOn: '2026-03-16',
      late: true,
    });
  });

  it('links neither another applicant’s filing nor one long after', async () => {
    await withdraw(16);
    expect((await refile('2026-03-17', 'finance.clerk1')).refiles).to.equal(undefined);
    const last = shiftDate('2026-03-16', refilingDays);
    expect((await refile(last)).refiles?.caseNo).to.equal(caseNo);
    expect((await refile(shiftDate(last, 1))).refiles).to.equal(undefined);
  });

  it('keeps the lateness of a door that let five days pass before the withdrawal', async () => {
    const other = `${taskCode}-20260302-0002`;
    await ledger.run(
      'case.submit',
      { ...submission(), caseNo: other },
      by('hrss.clerk1', march(2)),
    );
    const record = (await ledger.run(
      'case.withdraw',
      { caseNo: other, reasonCode: 'x' },
      by('hrss.clerk1', march(11)),
    )) as CaseRecord;
    expect(record.endedClocks).to.deep.equal([
      {
        ...{ what: 'reply', department: 'offices', startedOn: '2026-03-02', dueOn: '2026-03-09' },
        ...{ limitDays: 5, endedAt: march(11), late: true },
      },
    ]);
    expect(codes(record)).to.deep.equal(['withdrawnAfterLimit']);
  });
});
