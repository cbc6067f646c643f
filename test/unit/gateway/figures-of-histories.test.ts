import type { CaseRecord } from '@yici/domain/model';
import { caseFacts } from '@yici/gateway/testing';
import { expect } from 'chai';
import { RuleLedger } from '../chaincode/support/ledger.js';
import {
  by,
  caseNo,
  foundEverything,
  morning,
  submission,
  taskCode,
} from '../chaincode/support/story.js';
import { acceptedCase, march } from '../chaincode/support/timed.js';
import { FactLedger } from './support/ledger-of-facts.js';

const inMarch = { from: '2026-03-01', to: '2026-03-31' };

/** Accepted on 3 March, due on the 12th; two opinions due on the 6th. The records are those that the rules write. */
describe('figures of a case as the rules write it', () => {
  let ledger: RuleLedger;
  const withdraw = async (day: number) =>
    (await ledger.run(
      'case.withdraw',
      { caseNo, reasonCode: 'other' },
      by('hrss.clerk1', march(day)),
    )) as CaseRecord;
  /** Reads figures of the records on the last day of March. */
  const figures = async (...records: CaseRecord[]) => {
    const around = {
      matter: ledger.get('matter', taskCode, '000001')?.content,
      department: (id: string) => ledger.get('department', id),
    };
    const facts = records.flatMap((record) => caseFacts(record, around));
    return FactLedger.open(facts, '2026-03-31');
  };

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await acceptedCase(ledger);
  });

  it('count it as late when it was withdrawn after its limit, and its refiling', async () => {
    const late = await withdraw(16);
    const again = { ...submission(), caseNo: `${taskCode}-20260317-0009` };
    const second = (await ledger.run(
      'case.submit',
      again,
      by('hrss.clerk1', morning('2026-03-17')),
    )) as CaseRecord;
    const facts = await figures(late, second);
    expect(await facts.groups('on-time-rate', 'department', inMarch)).to.deep.equal({ offices: 0 });
    expect(await facts.groups('withdrawals-after-limit', 'department', inMarch)).to.deep.equal({
      offices: 1,
    });
    expect(await facts.numbers('refilings-after-lateness', inMarch)).to.deep.equal([1, null, 1]);
    await facts.close();
  });

  it('count it as kept when it was withdrawn in time, with the steps that ended with it', async () => {
    const facts = await figures(await withdraw(5));
    expect(await facts.groups('on-time-rate', 'how', inMarch)).to.deep.equal({ WITHDRAWN: 1 });
    expect(await facts.numbers('withdrawals-after-limit', inMarch)).to.deep.equal([0, null, 0]);
    expect(await facts.figure('step-dwell', inMarch)).to.include({ denominator: 2, p90: 48 });
    expect(await facts.numbers('steps-late', inMarch)).to.deep.equal([0, 2, 0]);
    await facts.close();
  });

  it('count what nobody answers as late, and as dwelling to the end of the period', async () => {
    const facts = await figures(ledger.get('case', caseNo)!);
    expect(await facts.numbers('on-time-rate', inMarch)).to.deep.equal([0, 1, 0]);
    expect(await facts.numbers('steps-late', inMarch)).to.deep.equal([2, 2, 1]);
    const firstWeek = { ...inMarch, to: '2026-03-07' };
    const [week, month] = await Promise.all(
      [firstWeek, { ...inMarch, to: '2026-03-30' }].map((days) => facts.figure('step-dwell', days)),
    );
    expect([week?.denominator, month?.denominator]).to.deep.equal([2, 2]);
    expect(Number(month?.value) - Number(week?.value)).to.equal(23 * 24);
    await facts.close();
  });
});
