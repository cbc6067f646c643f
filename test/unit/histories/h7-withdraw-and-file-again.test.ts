import type { CaseRecord } from '@yici/domain/model';
import { caseClocks, refilingDays, shiftDate } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../chaincode/support/ledger.js';
import {
  caseOf,
  decidePart,
  publishParts,
  publishTransfer,
  transferCode,
  transferNo,
  transferSubmission,
} from '../chaincode/support/one-thing-story.js';
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
      { caseNo, reasonCode: 'other' },
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
      { caseNo: other, reasonCode: 'other' },
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

describe('H7, where the applicant files again through a one thing', () => {
  const clerk = (day: number) => by('supervision.clerk1', march(day));
  const second = `${transferCode}-20260304-0002`;
  let ledger: RuleLedger;
  const submit = (no: string, day: number) =>
    ledger.run(
      'oneThing.submit',
      { ...transferSubmission(), no, cases: [{ node: 'use', caseNo: caseOf('use', dated(day)) }] },
      clerk(day),
    );
  const dated = (day: number) => `202603${day.toString().padStart(2, '0')}`;
  /** Another department moves it on. */
  const advance = async (no: string, day: number) => {
    const cases = (['pay', 'medical'] as const).map((node) => ({
      node,
      caseNo: caseOf(node, dated(day)),
    }));
    await ledger.run('oneThing.advance', { no, cases }, by('finance.clerk1', march(day)));
  };
  const withdraw = (id: 'use' | 'pay', day: number) =>
    ledger.run(
      'case.withdraw',
      { caseNo: caseOf(id, dated(day)), reasonCode: 'other' },
      clerk(day),
    );
  const refiles = (id: 'use' | 'pay' | 'medical', day: number) =>
    ledger.get('case', caseOf(id, dated(day)))?.refiles;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await publishParts(ledger);
    await publishTransfer(ledger);
    await submit(transferNo, 2);
  });

  it('links a part that opens with it', async () => {
    await withdraw('use', 2);
    await submit(second, 4);
    expect(refiles('use', 4)).to.include({ caseNo: caseOf('use'), how: 'WITHDRAWN', late: false });
  });

  it('links a part that others open later, and leaves the trace of one that they opened', async () => {
    await decidePart(ledger, caseOf('use'), 'establishment', '2026-03-02');
    await advance(transferNo, 3);
    await withdraw('pay', 3);
    await submit(second, 4);
    await decidePart(ledger, caseOf('use', dated(4)), 'establishment', '2026-03-04');
    await advance(second, 5);
    expect(refiles('use', 4)).to.equal(undefined);
    expect(refiles('pay', 5)).to.include({ caseNo: caseOf('pay', dated(3)), how: 'WITHDRAWN' });
    expect(refiles('medical', 5)).to.equal(undefined);
  });
});
