import type { CaseRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { registerDuties } from '../support/duties.js';
import { RuleLedger } from '../support/ledger.js';
import {
  attested,
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  issueAttestations,
  morning,
  reason,
  receivedCase,
  submission,
  taskCode,
  without,
} from '../support/story.js';

const limit = (value: number) => ({ value, unit: 'workingDay' }) as const;
const items = [{ code: 'quote', deficiency: 'unclear' as const }];

describe('answering a filed case', () => {
  let ledger: RuleLedger;
  const clerk = (date: string) => by('offices.clerk1', morning(date));
  const applicant = (date: string) => by('hrss.clerk1', morning(date));
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('begins with the owner’s receipt, once', async () => {
    await ledger.run('case.submit', submission(), applicant('2026-03-02'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.receive', { caseNo }, by('finance.clerk1')),
    );
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('case.accept', { caseNo }, clerk('2026-03-02')),
    );
    await ledger.run('case.receive', { caseNo }, clerk('2026-03-02'));
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('case.receive', { caseNo }, clerk('2026-03-02')),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('case.receive', { caseNo: `${taskCode}-20260302-9999` }, clerk('2026-03-02')),
    );
  });

  it('accepts a complete case, fixes its due dates and opens the parallel steps at one instant (R6, R9)', async () => {
    await receivedCase(ledger);
    const record = (await ledger.run('case.accept', { caseNo }, clerk('2026-03-03'))) as CaseRecord;
    expect(record).to.deep.include({
      state: 'ACCEPTED',
      nationalNumber: 3,
      dueOn: '2026-03-12',
      statutoryDueOn: '2026-03-31',
    });
    expect(record.acceptance).to.deep.include({ how: 'accepted', on: '2026-03-03' });
    const [finance, headcount, registry] = record.steps;
    expect(finance).to.include({
      status: 'open',
      startedAt: morning('2026-03-03'),
      dueOn: '2026-03-06',
    });
    expect(headcount?.startedAt).to.equal(finance?.startedAt);
    expect(registry).to.include({ status: 'waiting' }).and.not.have.property('startedAt');
  });

  it('accepts late with effect from the day of receipt (R4)', async () => {
    await receivedCase(ledger);
    const record = (await ledger.run('case.accept', { caseNo }, clerk('2026-03-16'))) as CaseRecord;
    expect(record.acceptance?.on).to.equal('2026-03-02');
    expect(record.dueOn).to.equal('2026-03-11');
  });

  it('does not accept while a tolerable material is missing, but accepts tolerantly', async () => {
    await receivedCase(ledger, ['application']);
    await expectRefusal(ledger, 'MATERIAL_MISSING', () =>
      ledger.run('case.accept', { caseNo }, clerk('2026-03-03')),
    );
    const tolerant = {
      caseNo,
      tolerated: ['quote'],
      limit: limit(3),
      pledge: digestOf('pledge'),
    };
    await expectRefusal(ledger, 'TOLERATED_LIST_WRONG', () =>
      ledger.run(
        'case.tolerantAccept',
        { ...tolerant, tolerated: ['quote', 'stamp'] },
        clerk('2026-03-03'),
      ),
    );
    for (const [code, tolerated] of [
      ['MATERIAL_NOT_TOLERABLE', ['quote', 'application']],
      ['MATERIAL_UNKNOWN', ['quote', 'other']],
    ] as const) {
      await expectRefusal(ledger, code, () =>
        ledger.run(
          'case.tolerantAccept',
          { ...tolerant, tolerated: [...tolerated] },
          clerk('2026-03-03'),
        ),
      );
    }
    const record = (await ledger.run(
      'case.tolerantAccept',
      tolerant,
      clerk('2026-03-03'),
    )) as CaseRecord;
    expect(record.state).to.equal('TOLERANT_ACCEPTED');
    expect(record.tolerated).to.deep.equal({
      codes: ['quote'],
      limit: limit(3),
      dueOn: '2026-03-06',
      pledge: digestOf('pledge'),
    });
  });

  it('does not accept tolerantly when nothing is missing', async () => {
    await receivedCase(ledger);
    await expectRefusal(ledger, 'NOTHING_MISSING', () =>
      ledger.run(
        'case.tolerantAccept',
        { caseNo, tolerated: ['quote'], limit: limit(3) },
        clerk('2026-03-03'),
      ),
    );
  });

  it('takes the tolerated material until its day, and nothing else', async () => {
    await receivedCase(ledger, ['application']);
    const tolerant = {
      caseNo,
      tolerated: ['quote'],
      limit: limit(3),
      pledge: digestOf('pledge'),
    };
    await ledger.run('case.tolerantAccept', tolerant, clerk('2026-03-03'));
    const given = (code: string) => ({ caseNo, materials: [{ code, document: digestOf(code) }] });
    await expectRefusal(ledger, 'MATERIAL_NOT_REQUESTED', () =>
      ledger.run('case.supplement', given('plan'), applicant('2026-03-04')),
    );
    await expectRefusal(ledger, 'MATERIAL_MISSING', () =>
      ledger.run('case.supplement', { caseNo, materials: [] }, applicant('2026-03-04')),
    );
    await expectRefusal(ledger, 'SUPPLEMENT_OVERDUE', () =>
      ledger.run('case.supplement', given('quote'), applicant('2026-03-09')),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.supplement', given('quote'), by('finance.clerk1', morning('2026-03-04'))),
    );
    const record = (await ledger.run(
      'case.supplement',
      given('quote'),
      applicant('2026-03-06'),
    )) as CaseRecord;
    expect(record).to.include({ state: 'TOLERANT_ACCEPTED' }).and.not.have.property('tolerated');
    await expectRefusal(ledger, 'MATERIAL_NOT_REQUESTED', () =>
      ledger.run('case.supplement', given('quote'), applicant('2026-03-06')),
    );
  });

  it('asks once for what is listed and not shared, and waits (R3)', async () => {
    await receivedCase(ledger);
    const notice = (code: string) => ({
      caseNo,
      items: [{ code, deficiency: 'missing' as const }],
      limit: limit(5),
    });
    await expectRefusal(ledger, 'MATERIAL_UNKNOWN', () =>
      ledger.run('case.supplementNotice', notice('other'), clerk('2026-03-03')),
    );
    await expectRefusal(ledger, 'MATERIAL_SHARED', () =>
      ledger.run('case.supplementNotice', notice('headcount'), clerk('2026-03-03')),
    );
    const record = (await ledger.run(
      'case.supplementNotice',
      { caseNo, items, limit: limit(5) },
      clerk('2026-03-03'),
    )) as CaseRecord;
    expect(record).to.include({ state: 'SUPPLEMENT_NOTIFIED', nationalNumber: 6 });
    expect(record.notices[0]?.dueOn).to.equal('2026-03-10');
  });

  it('takes the supplement whole, and the owner’s five days begin again', async () => {
    await receivedCase(ledger);
    const asked = [...items, { code: 'application', deficiency: 'wrong' as const }];
    await ledger.run(
      'case.supplementNotice',
      { caseNo, items: asked, limit: limit(5) },
      clerk('2026-03-03'),
    );
    const quote = { code: 'quote', document: digestOf('quote 2') };
    const application = { code: 'application', document: digestOf('application 2') };
    await expectRefusal(ledger, 'MATERIAL_MISSING', () =>
      ledger.run('case.supplement', { caseNo, materials: [quote] }, applicant('2026-03-05')),
    );
    const materials = [quote, application];
    const record = (await ledger.run(
      'case.supplement',
      { caseNo, materials },
      applicant('2026-03-05'),
    )) as CaseRecord;
    expect(record).to.include({
      state: 'RECEIVED',
      nationalNumber: 7,
      clockFrom: '2026-03-05',
      replyBy: '2026-03-12',
    });
    const held = record.materials.find(({ code }) => code === 'quote');
    expect(held?.evidence).to.deep.equal({ kind: 'document', document: quote.document });
  });

  it('gives no second notice without a new fact, and flags one with it (R3)', async () => {
    await receivedCase(ledger);
    const notice = { caseNo, items, limit: limit(5) };
    await ledger.run('case.supplementNotice', notice, clerk('2026-03-03'));
    const materials = [{ code: 'quote', document: digestOf('quote 2') }];
    await ledger.run('case.supplement', { caseNo, materials }, applicant('2026-03-04'));
    await expectRefusal(ledger, 'SECOND_NOTICE', () =>
      ledger.run('case.supplementNotice', notice, clerk('2026-03-05')),
    );
    const newFact = {
      ground: 'contradicted',
      note: '报价单位已注销',
      document: digestOf('fact'),
    } as const;
    const record = (await ledger.run(
      'case.supplementNotice',
      { ...notice, newFact },
      by('offices.head1', morning('2026-03-05')),
    )) as CaseRecord;
    expect(record.flags).to.deep.equal([{ code: 'secondNotice', seq: 4 }]);
  });

  it('gives ten notices at most', async () => {
    await receivedCase(ledger);
    const fact = { ground: 'expiredSince', note: '新事实', document: digestOf('fact') } as const;
    const notice = { caseNo, items, limit: limit(5), newFact: fact };
    const heads = ['offices.head1', 'offices.head2'];
    const give = (n: number) =>
      ledger.run('case.supplementNotice', notice, by(heads[n % 2]!, morning('2026-03-03')));
    const materials = [{ code: 'quote', document: digestOf('quote 2') }];
    for (let n = 0; n < 10; n += 1) {
      await give(n);
      await ledger.run('case.supplement', { caseNo, materials }, applicant('2026-03-03'));
    }
    await expectRefusal(ledger, 'LIMIT_REACHED', () => give(10));
  });

  it('refuses at the door only with ground, reason and remedy (R5)', async () => {
    await receivedCase(ledger);
    const refuse = (given: object) => () =>
      ledger.run('case.refuse', { caseNo, ...given }, clerk('2026-03-03'));
    const bare = without(reason, 'remedy');
    expect(await expectRefusal(ledger, 'REASON_REQUIRED', refuse({}))).to.deep.equal({
      missing: ['reason'],
    });
    await expectRefusal(ledger, 'REASON_REQUIRED', refuse({ reason }));
    expect(
      await expectRefusal(
        ledger,
        'REASON_REQUIRED',
        refuse({ reason: { ...bare, code: 'notCompetent' } }),
      ),
    ).to.deep.equal({ missing: ['remedy', 'competentOrgan'] });
    await expectRefusal(
      ledger,
      'NOTICE_REQUIRED',
      refuse({ reason: { ...reason, code: 'stillIncomplete' } }),
    );
    const given = { ...reason, code: 'notCompetent' as const, competentOrgan: '财政局' };
    expect(await expectRefusal(ledger, 'REASON_REQUIRED', refuse({ reason: given }))).to.deep.equal(
      {
        missing: ['clauseOf', 'dutyCode'],
      },
    );
    await registerDuties(ledger);
    const cited = { reason: given, clauseOf: 'finance', dutyCode: 'FINANCE-01' };
    const record = (await refuse(cited)()) as CaseRecord;
    expect(record).to.include({ state: 'NOT_ACCEPTED', nationalNumber: 5, bounces: 1 });
  });

  it('refuses as still incomplete after the notice was answered', async () => {
    await receivedCase(ledger);
    await ledger.run(
      'case.supplementNotice',
      { caseNo, items, limit: limit(5) },
      clerk('2026-03-03'),
    );
    const materials = [{ code: 'quote', document: digestOf('quote 2') }];
    await ledger.run('case.supplement', { caseNo, materials }, applicant('2026-03-04'));
    const refusal = { ...reason, code: 'stillIncomplete' as const };
    await ledger.run('case.refuse', { caseNo, reason: refusal }, clerk('2026-03-05'));
    expect(ledger.get('case', caseNo)?.state).to.equal('NOT_ACCEPTED');
  });

  it('deems a case withdrawn whose notice was not answered, and not a day early', async () => {
    await receivedCase(ledger);
    await ledger.run(
      'case.supplementNotice',
      { caseNo, items, limit: limit(5) },
      clerk('2026-03-03'),
    );
    await expectRefusal(ledger, 'SUPPLEMENT_NOT_OVERDUE', () =>
      ledger.run('case.deemWithdrawn', { caseNo }, clerk('2026-03-10')),
    );
    const materials = [{ code: 'quote', document: digestOf('quote 2') }];
    await expectRefusal(ledger, 'SUPPLEMENT_OVERDUE', () =>
      ledger.run('case.supplement', { caseNo, materials }, applicant('2026-03-11')),
    );
    const record = await ledger.run('case.deemWithdrawn', { caseNo }, clerk('2026-03-11'));
    expect(record).to.include({ state: 'DEEMED_WITHDRAWN', nationalNumber: 2 });
  });

  it('lets the applicant withdraw, numbered by whether it had been accepted', async () => {
    await receivedCase(ledger);
    const withdraw = { caseNo, reasonCode: 'notNeeded' as const };
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.withdraw', withdraw, clerk('2026-03-03')),
    );
    await ledger.run('case.accept', { caseNo }, clerk('2026-03-03'));
    const record = await ledger.run('case.withdraw', withdraw, applicant('2026-03-04'));
    expect(record).to.include({ state: 'WITHDRAWN', nationalNumber: 14 });
    await expectRefusal(ledger, 'CASE_CLOSED', () =>
      ledger.run('case.withdraw', withdraw, applicant('2026-03-04')),
    );
  });

  it('counts an attestation instead of a document only for its own case, data set and requester', async () => {
    await receivedCase(ledger);
    await issueAttestations(ledger, morning('2026-03-02'));
    const swapped = attested.map(({ code }, index) => ({
      code,
      attestationId: attested[1 - index]!.attestationId,
    }));
    const details = await expectRefusal(ledger, 'ATTESTATION_MISMATCH', () =>
      ledger.run('case.accept', { caseNo, attested: swapped }, clerk('2026-03-03')),
    );
    expect(details['wrong']).to.deep.equal(['datasetId']);
    const record = (await ledger.run(
      'case.accept',
      { caseNo, attested },
      clerk('2026-03-03'),
    )) as CaseRecord;
    expect(
      record.materials.filter(({ evidence }) => evidence.kind === 'attestation'),
    ).to.have.length(2);
  });

  it('keeps the calendar version a case used when a correction comes into force', async () => {
    await receivedCase(ledger);
    const { days, notice } = ledger.get('calendarVersion', '2026', '000001')!;
    const offDays = [...days.offDays, '2026-03-04', '2026-03-05', '2026-03-06'];
    const content = { year: 2026, days: { ...days, offDays }, notice };
    const proposed = (await ledger.run('calendar.import', content, by('data.clerk1'))) as {
      contentDigest: string;
    };
    await ledger.run(
      'calendar.confirm',
      { year: 2026, version: 2, contentDigest: proposed.contentDigest },
      by('hrss.head1'),
    );
    const record = (await ledger.run('case.accept', { caseNo }, clerk('2026-03-03'))) as CaseRecord;
    expect(record.dueOn).to.equal('2026-03-12');
    const fresh = (await ledger.run(
      'case.submit',
      { ...submission(), caseNo: `${taskCode}-20260302-0002` },
      applicant('2026-03-02'),
    )) as CaseRecord;
    expect(fresh.replyBy).to.equal('2026-03-12');
    expect(fresh.calendars).to.deep.equal([{ year: 2026, version: 2 }]);
  });
});
