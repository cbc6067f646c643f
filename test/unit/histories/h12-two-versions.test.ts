import type { MatterContent, MatterRecord } from '@yici/domain/model';
import { shiftDate } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../chaincode/support/ledger.js';
import {
  by,
  expectRefusal,
  foundEverything,
  leaseMatter,
  morning,
  publishMatter,
  submission,
  taskCode,
} from '../chaincode/support/story.js';

describe('H12: two versions of a matter in force at once', () => {
  let ledger: RuleLedger;
  let numbers = 0;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    numbers = 0;
  });

  const publish = (change: Partial<MatterContent>, day = '2026-01-05') =>
    publishMatter(ledger, { ...leaseMatter, ...change }, 'offices', 'establishment', morning(day));

  /** The versions against which a case can be filed on that day. */
  async function inForceOn(day: string): Promise<number[]> {
    const versions: number[] = [];
    for (const { version } of ledger.all('matter')) {
      numbers += 1;
      const number = `${taskCode}-${day.replaceAll('-', '')}-${String(numbers).padStart(4, '0')}`;
      const filing = { ...submission(), caseNo: number, matterVersion: version };
      const filed = ledger.copy().run('case.submit', filing, by('hrss.clerk1', morning(day)));
      await filed.then(
        () => versions.push(version),
        () => undefined,
      );
    }
    return versions;
  }

  it('cannot be: a version that begins before one published earlier takes its place too', async () => {
    await publish({ effectiveFrom: '2026-06-01' });
    await publish({ effectiveFrom: '2026-04-01' });
    expect(await inForceOn('2026-03-31')).to.deep.equal([1]);
    expect(await inForceOn('2026-04-01')).to.deep.equal([3]);
    expect(await inForceOn('2026-05-29')).to.deep.equal([3]);
    expect(await inForceOn('2026-06-01')).to.deep.equal([3]);
    expect(ledger.get('matter', taskCode, '000002')).to.include({ supersededBy: 3 });
  });

  it('nor does one reach back over what was filed: it begins on the day of its publication', async () => {
    await publish({ effectiveFrom: '2026-01-01' }, '2026-03-04');
    expect(ledger.get('matter', taskCode, '000001')).to.include({ effectiveTo: '2026-03-03' });
    expect(await inForceOn('2026-03-03')).to.deep.equal([1]);
    expect(await inForceOn('2026-03-04')).to.deep.equal([2]);
  });

  it('nor is one prolonged beyond its own end by the one after it', async () => {
    await publish({ effectiveFrom: '2026-02-02', effectiveTo: '2026-03-06' });
    await publish({ effectiveFrom: '2026-04-01' });
    expect(await inForceOn('2026-03-06')).to.deep.equal([2]);
    expect(await inForceOn('2026-03-09')).to.deep.equal([]);
    expect(await inForceOn('2026-04-01')).to.deep.equal([3]);
  });

  it('so on every day one is, whatever is published in whatever order', async () => {
    for (const month of ['09', '03', '12', '07', '05']) {
      await publish({ effectiveFrom: `2026-${month}-02` });
    }
    for (let day = '2026-01-05'; day < '2026-12-28'; day = shiftDate(day, 9)) {
      expect(await inForceOn(day), day).to.have.length(1);
    }
  });

  it('and none is published that would end before it begins', async () => {
    const draft = { ...leaseMatter, effectiveTo: '2026-02-28' };
    const drafted = (await ledger.run(
      'matter.draft',
      draft,
      by('offices.clerk1', morning('2026-03-02')),
    )) as MatterRecord;
    const { version, contentDigest } = drafted;
    for (const user of ['offices.head1', 'establishment.head1']) {
      const cosign = { taskCode, version, contentDigest };
      await ledger.run('matter.cosign', cosign, by(user, morning('2026-03-02')));
    }
    await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
      ledger.run(
        'matter.publish',
        { taskCode, version },
        by('offices.clerk1', morning('2026-03-02')),
      ),
    );
  });
});
