import type { CaseRecord, MatterContent } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../chaincode/support/ledger.js';
import {
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  leaseMatter,
  publishMatter,
  reviewedCase,
  without,
} from '../chaincode/support/story.js';
import { acceptedCase, march } from '../chaincode/support/timed.js';

const taskCode = '331100JG000700098';
const lookupNo = `${taskCode}-20260302-0001`;
const [application] = leaseMatter.materials;

/** An on-the-spot item of thirty minutes, without steps. */
const lookup: MatterContent = {
  ...without(leaseMatter, 'statutoryLimit'),
  ...{ taskCode, caseType: 'onTheSpot', onTheSpotMinutes: 30 },
  promisedLimit: { value: 0, unit: 'workingDay' },
  materials: application === undefined ? [] : [application],
  flow: [],
};

/** Monday 2026-03-02, by the clock of Shanghai. */
const at = (time: string) => new Date(`2026-03-02T${time}:00+08:00`).toISOString();

describe('H6: midnight, and the minute of an on-the-spot item', () => {
  let ledger: RuleLedger;
  const own = { caseNo: lookupNo };
  const clerk = (time: string) => by('offices.clerk1', at(time));

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  async function acceptedLookup(): Promise<void> {
    await publishMatter(ledger, lookup, 'offices');
    const materials = [{ code: 'application', document: digestOf('application') }];
    const filed = { ...own, taskCode, matterVersion: 1, form: digestOf('form'), materials };
    await ledger.run('case.submit', filed, by('hrss.clerk1', at('09:00')));
    await ledger.run('case.receive', own, clerk('09:00'));
    await ledger.run('case.accept', own, clerk('10:00'));
  }
  const hear = (time: string) =>
    ledger.run(
      'case.startSpecialProcedure',
      {
        ...own,
        procedure: 'hearing',
        limit: { value: 5, unit: 'workingDay' },
        notice: digestOf('letter'),
      },
      clerk(time),
    );
  const withdraw = async (caseNumber: string, when: string) =>
    (await ledger.run(
      'case.withdraw',
      { caseNo: caseNumber, reasonCode: 'other' },
      by('hrss.clerk1', when),
    )) as CaseRecord;

  it('an item missed by minutes is not made timely by a special procedure that starts afterwards', async () => {
    await acceptedLookup();
    const record = (await hear('10:31')) as CaseRecord;
    expect(record).to.include({ dueAt: at('10:30'), dueOn: '2026-03-02' });
    await ledger.run(
      'card.raise',
      { ...own, what: 'finish', colour: 'red' },
      by('hrss.clerk1', '2026-03-10T01:00:00.000Z'),
    );
  });

  it('one that starts within them lets days count', async () => {
    await acceptedLookup();
    expect(await hear('10:30')).to.include({ dueOn: '2026-03-09' });
    expect(ledger.get('case', lookupNo)).to.not.have.property('dueAt');
  });

  it('nobody is late because another’s stamp ran ahead, neither by the minute nor at midnight', async () => {
    await acceptedLookup();
    const ahead = await withdraw(lookupNo, at('10:34'));
    const finish = ahead.endedClocks?.find(({ what }) => what === 'finish');
    expect(finish).to.include({ dueAt: at('10:30'), late: false });
    expect(ahead.flags).to.deep.equal([]);
    await acceptedCase(ledger);
    const { dueOn } = ledger.get('case', caseNo)!;
    const past = await withdraw(caseNo, `${dueOn!}T16:04:00.000Z`);
    expect(past.endedClocks?.find(({ what }) => what === 'finish')?.late).to.equal(false);
  });

  it('what was done inside its limit stays on time, whatever others stamped before', async () => {
    await acceptedCase(ledger);
    const { dueOn } = ledger.get('case', caseNo)!.steps[0]!;
    const answer = { caseNo, answer: 'agree' } as const;
    await ledger.run(
      'case.opinion',
      { ...answer, stepId: 'headcount' },
      by('establishment.clerk1', `${dueOn!}T16:03:00.000Z`),
    );
    const record = (await ledger.run(
      'case.opinion',
      { ...answer, stepId: 'finance' },
      by('finance.clerk1', `${dueOn!}T15:59:00.000Z`),
    )) as CaseRecord;
    const late = record.endedClocks?.map(({ what, step, late: was }) => [what, step, was]);
    expect(late).to.deep.include(['opinion', 'finance', false]);
    expect(late).to.deep.include(['opinion', 'headcount', true]);
    await expectRefusal(ledger, 'CARD_NOT_DUE', () =>
      ledger.run(
        'card.raise',
        { caseNo, what: 'opinion', step: 'finance', colour: 'red' },
        by('hrss.clerk1', march(20)),
      ),
    );
  });

  it('completes on its last day, a minute before its end, and leaves no late clock', async () => {
    await reviewedCase(ledger);
    const { dueOn } = ledger.get('case', caseNo)!;
    const decide = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    await ledger.run('case.decide', decide, by('offices.head1', march(5)));
    const done = (await ledger.run(
      'case.complete',
      { caseNo, result: digestOf('reply') },
      by('offices.clerk1', `${dueOn!}T15:59:59.999Z`),
    )) as CaseRecord;
    expect(done.endedClocks?.filter(({ late }) => late)).to.deep.equal([]);
    const names = done.endedClocks?.map(({ what }) => what);
    expect(names).to.include.members(['reply', 'opinion', 'finish', 'statutory']);
  });
});
