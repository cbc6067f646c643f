import type { CaseRecord, MatterContent } from '@yici/domain/model';
import { expect } from 'chai';
import { sealedVoucher } from '../../../support/vouchers.js';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  leaseMatter,
  publishMatter,
  reason,
  receivedCase,
  submission,
  without,
} from '../support/story.js';
import { march, revoking, workingDays } from '../support/timed.js';

describe('the voucher of an answer at the door (Administrative Licensing Law art 32(2))', () => {
  let ledger: RuleLedger;
  const clerk = by('offices.clerk1', march(3));
  const refusal = { ...reason, code: 'notRequired' as const };
  const sealed = {
    number: sealedVoucher.voucherNo,
    date: '2026-03-03',
    document: sealedVoucher.voucher,
    seal: { system: sealedVoucher.sealSystem, evidence: sealedVoucher.seal },
  };
  beforeEach(async () => {
    ledger = new RuleLedger();
    ledger.seals = false;
    await foundEverything(ledger);
  });

  it('is whole, or nothing is accepted or refused', async () => {
    await receivedCase(ledger);
    for (const missing of ['voucherNo', 'voucher', 'sealSystem', 'seal'] as const) {
      const part = without(sealedVoucher, missing);
      for (const attempt of [
        () => ledger.run('case.accept', { caseNo, ...part }, clerk),
        () => ledger.run('case.refuse', { caseNo, reason: refusal, ...part }, clerk),
      ]) {
        const details = await expectRefusal(ledger, 'VOUCHER_REQUIRED', attempt);
        expect(details).to.deep.equal({ missing: [missing] });
      }
    }
  });

  it('is kept with the date of the act, its document and its seal', async () => {
    await receivedCase(ledger);
    const other = ledger.copy();
    const accepted = (await ledger.run(
      'case.accept',
      { caseNo, ...sealedVoucher },
      clerk,
    )) as CaseRecord;
    expect(accepted.acceptance?.voucher).to.deep.equal(sealed);
    const refused = (await other.run(
      'case.refuse',
      { caseNo, reason: refusal, ...sealedVoucher },
      clerk,
    )) as CaseRecord;
    expect(refused.refusalAct).to.deep.include({ voucher: sealed, at: march(3) });
  });

  it('goes out with a tolerant acceptance', async () => {
    await receivedCase(ledger, ['application']);
    const pledge = digestOf('pledge');
    const tolerant = { caseNo, tolerated: ['quote'], limit: workingDays(3), pledge };
    await expectRefusal(ledger, 'VOUCHER_REQUIRED', () =>
      ledger.run('case.tolerantAccept', tolerant, clerk),
    );
    const record = (await ledger.run(
      'case.tolerantAccept',
      { ...tolerant, ...sealedVoucher },
      clerk,
    )) as CaseRecord;
    expect(record.acceptance?.voucher).to.deep.equal(sealed);
  });

  it('goes out with the revocation of an acceptance (Zhejiang regulation art 11(4))', async () => {
    await receivedCase(ledger, ['application']);
    const pledge = digestOf('pledge');
    const tolerant = { caseNo, tolerated: ['quote'], limit: workingDays(3), pledge };
    await ledger.run('case.tolerantAccept', { ...tolerant, ...sealedVoucher }, clerk);
    const overdue = revoking(caseNo, 'supplementOverdue');
    const head = by('offices.head1', march(9));
    const details = await expectRefusal(ledger, 'VOUCHER_REQUIRED', () =>
      ledger.run('case.revokeAcceptance', overdue, head),
    );
    expect(details).to.deep.equal({ missing: ['voucherNo', 'voucher', 'sealSystem', 'seal'] });
    const record = (await ledger.run(
      'case.revokeAcceptance',
      { ...overdue, ...sealedVoucher },
      head,
    )) as CaseRecord;
    expect(record.revocation?.voucher).to.deep.equal({ ...sealed, date: '2026-03-09' });
  });

  it('is not needed of what is finished on the spot, unless it is refused', async () => {
    const taskCode = '331100JG000700009';
    const quick: MatterContent = {
      ...leaseMatter,
      taskCode,
      caseType: 'onTheSpot',
      flow: [],
      promisedLimit: workingDays(0),
      onTheSpotMinutes: 30,
    };
    await publishMatter(ledger, quick, 'offices');
    const filed = { ...submission(), taskCode, caseNo: `${taskCode}-20260303-0001` };
    await ledger.run('case.submit', filed, by('hrss.clerk1', march(3)));
    const number = { caseNo: filed.caseNo };
    await ledger.run('case.receive', number, clerk);
    await expectRefusal(ledger, 'VOUCHER_REQUIRED', () =>
      ledger.run('case.accept', { ...number, voucherNo: 'SL-1' }, clerk),
    );
    await expectRefusal(ledger, 'VOUCHER_REQUIRED', () =>
      ledger.run('case.refuse', { ...number, reason: refusal }, clerk),
    );
    const record = (await ledger.run('case.accept', number, clerk)) as CaseRecord;
    expect(record.acceptance).to.not.have.property('voucher');
  });

  it('is none of what silence accepted', async () => {
    await receivedCase(ledger);
    const record = (await ledger.run(
      'case.deemAccepted',
      { caseNo },
      by('finance.service1', march(10)),
    )) as CaseRecord;
    expect(record.acceptance).to.include({ how: 'deemed' }).and.not.have.property('voucher');
  });
});
