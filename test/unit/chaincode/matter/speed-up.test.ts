import { speedUp } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  expectRefusal,
  foundEverything,
  leaseMatter,
  publishMatter,
} from '../support/story.js';

describe('the speed-up rate', () => {
  const days = (value: number) => ({ value, unit: 'workingDay' }) as const;

  it('is (old - new) / old, and negative when it became slower', () => {
    expect(speedUp({ previousLimit: days(20), promisedLimit: days(7) })).to.deep.equal({
      previous: 20,
      promised: 7,
      unit: 'workingDay',
      rate: 0.65,
    });
    expect(speedUp({ previousLimit: days(3), promisedLimit: days(2) })?.rate).to.equal(0.3333);
    expect(speedUp({ previousLimit: days(5), promisedLimit: days(7) })?.rate).to.equal(-0.4);
  });

  it('is not there without a previous limit, or for one in other days', () => {
    expect(speedUp({ promisedLimit: days(7) })).to.equal(undefined);
    const calendar = { value: 20, unit: 'calendarDay' } as const;
    expect(speedUp({ previousLimit: calendar, promisedLimit: days(7) })).to.equal(undefined);
  });

  it('takes no past from a later version that the published one does not know', async () => {
    const ledger = new RuleLedger();
    await foundEverything(ledger);
    const draft = (value: number) =>
      ledger.run(
        'matter.draft',
        { ...leaseMatter, previousLimit: days(value), promisedLimit: days(6) },
        by('offices.clerk1'),
      );
    const details = await expectRefusal(ledger, 'PREVIOUS_LIMIT_INVALID', () => draft(90));
    expect(details['previousLimit']).to.deep.equal(days(90));
    await draft(7);
    const other = { ...leaseMatter, taskCode: '331100JG000800008', previousLimit: days(15) };
    await publishMatter(ledger, other, 'offices');
    await ledger.run('matter.draft', other, by('offices.clerk1'));
    await ledger.run('matter.draft', { ...other, previousLimit: days(7) }, by('offices.clerk1'));
  });
});
