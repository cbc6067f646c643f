import type { CaseRecord } from '@yici/domain/model';
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
  submission,
  without,
} from '../chaincode/support/story.js';
import { acceptedCase, hearing, march, workingDays } from '../chaincode/support/timed.js';

const anyLaw = { law: '某法', clause: '第一条', rank: 'law' } as const;

describe('H5: one clerk stops the clock for 200 days by naming any law', () => {
  let ledger: RuleLedger;
  const start = async (day: number, days: number, more: object = {}, user = 'offices.clerk1') =>
    (await ledger.run(
      'case.startSpecialProcedure',
      { ...hearing(caseNo, days), ...more },
      by(user, march(day)),
    )) as CaseRecord;
  const codes = ({ flags }: CaseRecord) => flags.map(({ code }) => code);

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await acceptedCase(ledger);
  });

  it('is not the clerk’s: what the guide does not announce, the head signs and the supervision office sees', async () => {
    const unlisted = { procedure: 'quarantine' };
    await expectRefusal(ledger, 'PROCEDURE_BASIS_WRONG', () => start(4, 200, unlisted));
    const { rank, ...unranked } = anyLaw;
    expect(rank).to.equal('law');
    await expectRefusal(ledger, 'PROCEDURE_BASIS_WRONG', () =>
      start(4, 200, { ...unlisted, ...unranked }),
    );
    await expectRefusal(ledger, 'PROCEDURE_NEEDS_HEAD', () =>
      start(4, 5, { ...unlisted, ...anyLaw }),
    );
    const record = await start(4, 5, { ...unlisted, ...anyLaw }, 'offices.head1');
    expect(codes(record)).to.deep.equal(['procedureBeyondGuide']);
    expect(record.parties).to.include('supervision');
    expect(record.pauses?.[0]).to.deep.include({
      ...anyLaw,
      beyondGuide: true,
      watchedBy: 'supervision',
    });
  });

  it('takes the basis from the guide, and no other', async () => {
    await expectRefusal(ledger, 'PROCEDURE_BASIS_WRONG', () => start(4, 5, anyLaw));
    const record = await start(4, 5);
    expect(record.pauses?.[0]).to.include({ law: '行政许可法', clause: '第四十六条', rank: 'law' });
    expect(codes(record)).to.deep.equal([]);
    expect(record.parties).to.not.include('supervision');
  });

  it('goes beyond the time that the guide tells only by a head, however it is cut into pieces', async () => {
    await expectRefusal(ledger, 'PROCEDURE_NEEDS_HEAD', () => start(4, 21));
    await start(4, 15);
    const again = { grounds: digestOf('the witness is ill') };
    await expectRefusal(ledger, 'PROCEDURE_NEEDS_HEAD', () => start(26, 6, again));
    const record = await start(26, 6, again, 'offices.head1');
    expect(codes(record)).to.deep.equal(['procedureProlonged', 'procedureBeyondGuide']);
  });

  it('keeps on the case on how many working days the clock stood still', async () => {
    expect((await start(4, 5)).stoppedDays).to.equal(5);
    // 03-05 to 03-13: seven working days, three of which both cover.
    expect((await start(6, 5, { procedure: 'test' })).stoppedDays).to.equal(7);
    const end = { caseNo, no: 2 };
    const ended = await ledger.run('case.endSpecialProcedure', end, by('offices.clerk1', march(9)));
    expect(ended).to.include({ stoppedDays: 5 });
  });

  it('needs the head by an old version of a matter, whose guide announces none', async () => {
    const old = { ...without(leaseMatter, 'guide'), taskCode: '331100JG000700011' };
    await publishMatter(ledger, old, 'offices');
    const own = { caseNo: `${old.taskCode}-20260302-0001` };
    const filed = { ...submission(), ...own, taskCode: old.taskCode };
    await ledger.run('case.submit', filed, by('hrss.clerk1', march(2)));
    await ledger.run('case.receive', own, by('offices.clerk1', march(2)));
    await ledger.run('case.accept', own, by('offices.clerk1', march(3)));
    const hear = { ...hearing(own.caseNo, 5), ...anyLaw, limit: workingDays(5) };
    await expectRefusal(ledger, 'PROCEDURE_NEEDS_HEAD', () =>
      ledger.run('case.startSpecialProcedure', hear, by('offices.clerk1', march(4))),
    );
    const record = await ledger.run(
      'case.startSpecialProcedure',
      hear,
      by('offices.head1', march(4)),
    );
    expect(codes(record as CaseRecord)).to.deep.equal(['procedureBeyondGuide']);
  });
});
