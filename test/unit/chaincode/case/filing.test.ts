import type { CaseRecord } from '@yici/domain/model';
import { chainStart } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  caseNo,
  expectRefusal,
  foundEverything,
  morning,
  submission,
  taskCode,
} from '../support/story.js';

describe('filing a case', () => {
  let ledger: RuleLedger;
  const filed = by('hrss.clerk1', morning('2026-03-02'));
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('opens its chain, names its parties and sets the day by which the owner must answer', async () => {
    const record = (await ledger.run('case.submit', submission(), filed)) as CaseRecord;
    expect(record).to.deep.include({
      state: 'SUBMITTED',
      nationalNumber: 1,
      applicant: 'hrss',
      owner: 'offices',
      parties: ['data', 'establishment', 'finance', 'hrss', 'offices'],
      clockFrom: '2026-03-02',
      replyBy: '2026-03-09',
      calendars: [{ year: 2026, version: 1 }],
      nextSeq: 1,
    });
    expect(ledger.chain(caseNo)[0]).to.deep.include({
      seq: 0,
      prev: chainStart,
      state: 'SUBMITTED',
    });
    expect(ledger.events.at(-1)).to.deep.include({ name: 'case.submit', caseNo, seq: 0 });
  });

  it('is refused against a version that is a draft, retired, or unknown (R1)', async () => {
    await ledger.run(
      'matter.retire',
      { taskCode, version: 1, reasonCode: 'other' },
      by('offices.head1'),
    );
    await expectRefusal(ledger, 'MATTER_NOT_PUBLISHED', () =>
      ledger.run('case.submit', submission(), filed),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('case.submit', { ...submission(), matterVersion: 9 }, filed),
    );
  });

  it('is refused outside the days on which the version is in force (R1)', async () => {
    const early = { ...submission(), caseNo: `${taskCode}-20251230-0001` };
    await expectRefusal(ledger, 'MATTER_NOT_EFFECTIVE', () =>
      ledger.run('case.submit', early, by('hrss.clerk1', morning('2025-12-30'))),
    );
  });

  it('is refused without a required material, unless it is shared or tolerable (R2)', async () => {
    const details = await expectRefusal(ledger, 'MATERIAL_MISSING', () =>
      ledger.run('case.submit', submission(['quote']), filed),
    );
    const name = { zh: '租用申请', en: 'Lease application' };
    expect(details).to.deep.equal({
      codes: ['application'],
      materials: [{ code: 'application', name }],
    });
    await ledger.run('case.submit', submission(['application']), filed);
  });

  it('is refused with a material that is not listed, or that comes by sharing', async () => {
    await expectRefusal(ledger, 'MATERIAL_UNKNOWN', () =>
      ledger.run('case.submit', submission(['application', 'other']), filed),
    );
    await expectRefusal(ledger, 'MATERIAL_SHARED', () =>
      ledger.run('case.submit', submission(['application', 'headcount']), filed),
    );
  });

  it('is refused under a number that exists, or of another matter or day', async () => {
    await ledger.run('case.submit', submission(), filed);
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('case.submit', submission(), filed),
    );
    for (const wrong of ['X-20260302-0002', `${taskCode}-20260303-0002`]) {
      await expectRefusal(ledger, 'CASE_NUMBER_INVALID', () =>
        ledger.run('case.submit', { ...submission(), caseNo: wrong }, filed),
      );
    }
    const yesterday = { ...submission(), caseNo: `${taskCode}-20260301-0002` };
    await expectRefusal(ledger, 'CASE_NUMBER_INVALID', () =>
      ledger.run('case.submit', yesterday, filed),
    );
    const justAfterMidnight = { ...filed, at: '2026-03-01T16:04:59.000Z' };
    await ledger.run('case.submit', yesterday, justAfterMidnight);
  });

  it('may give up a number that another case has, and no other', async () => {
    const given = { ...submission(), caseNo: `${taskCode}-20260302-0002` };
    const instead = { ...given, insteadOf: submission().caseNo };
    const details = await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('case.submit', instead, filed),
    );
    expect(details).to.deep.equal({ caseNo: instead.insteadOf });
    await ledger.run('case.submit', submission(), filed);
    const record = await ledger.run('case.submit', instead, filed);
    expect(record).to.not.have.property('insteadOf');
  });

  it('is refused in a year without a calendar, not on its eve', async () => {
    const eve = { ...submission(), caseNo: `${taskCode}-20261230-0001` };
    await ledger.run('case.submit', eve, by('hrss.clerk1', morning('2026-12-30')));
    const late = { ...submission(), caseNo: `${taskCode}-20270104-0001` };
    const details = await expectRefusal(ledger, 'CALENDAR_MISSING', () =>
      ledger.run('case.submit', late, by('hrss.clerk1', morning('2027-01-04'))),
    );
    expect(details).to.deep.equal({ year: 2027 });
  });

  it('is refused to roles that do not file', async () => {
    for (const user of ['supervision.supervisor1', 'data.gateway', 'hrss.admin']) {
      await expectRefusal(ledger, 'ROLE_REFUSED', () =>
        ledger.run('case.submit', submission(), by(user)),
      );
    }
  });
});
