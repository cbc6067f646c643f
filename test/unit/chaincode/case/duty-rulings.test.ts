import type { DutyRulingRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { acceptedAmongDuties, decidedBy, rulingOf } from '../support/duties.js';
import { appointGovernment } from '../support/shares.js';
import { by, caseNo, digestOf, expectRefusal, morning, without } from '../support/story.js';

const rulingId = `${caseNo}-R1`;
const day = (date: string) => (user: string) => by(user, morning(date));
const tuesday = day('2026-03-03');
const wednesday = day('2026-03-04');

/** Offers of the finance step, which is finance's, to supervision. */
const stepOffer = { caseNo, stepId: 'finance', to: 'supervision', dutyCode: 'SUPERVISION-01' };
const stepDecline = { caseNo, stepId: 'finance', clauseOf: 'finance', dutyCode: 'FINANCE-01' };
const { proposal, decision: ruling } = rulingOf(rulingId);

describe('a question of duty (Order 486 art 10)', () => {
  let ledger: RuleLedger;
  const record = () => ledger.get('case', caseNo)!;
  const step = (id: string) => record().steps.find((known) => known.id === id)!;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await acceptedAmongDuties(ledger);
  });

  const open = async () => {
    for (const on of [tuesday, wednesday]) {
      await ledger.run('case.offerTransfer', stepOffer, on('finance.clerk1'));
      await ledger.run('case.declineTransfer', stepDecline, on('supervision.clerk1'));
    }
  };
  const propose = (on = wednesday) =>
    ledger.run('dutyRuling.propose', proposal, on('establishment.head1'));
  const registrar = wednesday('establishment.head2');

  it('moves the responsibility without the loser’s consent, in the case’s chain, at no cost of time', async () => {
    await open();
    const before = step('finance');
    await propose();
    expect(step('finance'), 'an opinion moves nothing').to.deep.equal(before);
    expect(record().rulings![0]!.proposed).to.deep.include({ decideBy: '2026-03-13' });
    const decided = (await ledger.run('dutyRuling.decide', ruling, registrar)) as DutyRulingRecord;
    expect(decided).to.deep.include({ kind: 'dutyRuling', status: 'decided' });
    expect(decided.decision).to.deep.include({
      department: 'supervision',
      clause: { department: 'supervision', code: 'SUPERVISION-01', version: 1 },
      document: digestOf('decision'),
      ...decidedBy,
      late: false,
      effect: 'moved',
    });
    expect(step('finance')).to.deep.equal({ ...before, department: 'supervision' });
    const last = ledger.chain(caseNo).at(-1)!;
    expect(last).to.deep.include({ type: 'dutyRuling.decide', seq: record().nextSeq - 1 });
    expect(last.by.user).to.equal('establishment.head2');
    expect(last.data).to.deep.include({ rulingId, department: 'supervision' });
    expect(record().rulings![0]).to.include({ department: 'supervision' });
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('dutyRuling.decide', ruling, registrar),
    );
  });

  it('may confirm the sender, or name a third department', async () => {
    await open();
    const sender = { ...ruling, department: 'finance', dutyCode: 'FINANCE-01' };
    await propose();
    await ledger.run('dutyRuling.decide', sender, registrar);
    expect(ledger.get('dutyRuling', rulingId)!.decision!.effect).to.equal('confirmed');
    expect(step('finance').department).to.equal('finance');
  });

  it('is proposed by the Establishment Office’s head, by a registered clause, and never for the applicant', async () => {
    await open();
    for (const user of ['finance.head1', 'supervision.head1', 'offices.head1']) {
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
        ledger.run('dutyRuling.propose', proposal, wednesday(user)),
      );
    }
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('dutyRuling.propose', proposal, wednesday('establishment.clerk1')),
    );
    const head = wednesday('establishment.head1');
    await expectRefusal(ledger, 'DUTY_UNKNOWN', () =>
      ledger.run('dutyRuling.propose', { ...proposal, dutyCode: 'FINANCE-01' }, head),
    );
    const applicant = { ...proposal, department: 'hrss', dutyCode: 'HRSS-01' };
    await expectRefusal(ledger, 'TRANSFER_INVALID', () =>
      ledger.run('dutyRuling.propose', applicant, head),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('dutyRuling.propose', { ...proposal, rulingId: `${caseNo}-R9` }, head),
    );
    await propose();
    await expectRefusal(ledger, 'WRONG_STATE', () => propose());
  });

  it('is decided by nobody before the Establishment Office has proposed, and not by it alone', async () => {
    await open();
    await expectRefusal(ledger, 'COORDINATION_MISSING', () =>
      ledger.run('dutyRuling.decide', ruling, registrar),
    );
    await propose();
    await expectRefusal(ledger, 'DECISION_UNNAMED', () =>
      ledger.run('dutyRuling.decide', without(ruling, 'number'), registrar),
    );
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      ledger.run('dutyRuling.decide', ruling, wednesday('establishment.head1')),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('dutyRuling.decide', ruling, wednesday('supervision.head1')),
    );
    await ledger.run('dutyRuling.decide', ruling, registrar);
  });

  it('is signed by the government where a department acts for it, which may decide otherwise', async () => {
    await appointGovernment(ledger);
    await open();
    await propose();
    const otherwise = {
      ...{ rulingId, department: 'finance', dutyCode: 'FINANCE-01' },
      document: digestOf('decision'),
    };
    await ledger.run('dutyRuling.decide', otherwise, wednesday('offices.head1'));
    const { proposal: kept, decision } = ledger.get('dutyRuling', rulingId)!;
    expect(kept).to.deep.include({ department: 'supervision', decides: 'offices' });
    expect(decision).to.deep.include({ department: 'finance', effect: 'confirmed' });
  });

  it('is the government’s without a proposal where the Establishment Office is in the dispute', async () => {
    await appointGovernment(ledger);
    const offer = { ...stepOffer, to: 'establishment', dutyCode: 'ESTABLISHMENT-01' };
    for (const on of [tuesday, wednesday]) {
      await ledger.run('case.offerTransfer', offer, on('finance.clerk1'));
      await ledger.run('case.declineTransfer', stepDecline, on('establishment.head1'));
    }
    expect(ledger.get('dutyRuling', rulingId)).to.deep.include({
      office: 'offices',
      ownCause: true,
    });
    for (const user of ['establishment.head1', 'establishment.head2']) {
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
        ledger.run('dutyRuling.propose', proposal, wednesday(user)),
      );
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
        ledger.run('dutyRuling.decide', ruling, wednesday(user)),
      );
    }
    await ledger.run('dutyRuling.decide', ruling, wednesday('offices.head1'));
  });

  it('is not proposed or decided by an official who took part in the dispute', async () => {
    await appointGovernment(ledger);
    const offer = { caseNo, to: 'finance', dutyCode: 'FINANCE-01' };
    const decline = { caseNo, clauseOf: 'offices', dutyCode: 'OFFICES-01' };
    for (const on of [tuesday, wednesday]) {
      await ledger.run('case.offerTransfer', offer, on('offices.head1'));
      await ledger.run('case.declineTransfer', decline, on('finance.clerk1'));
    }
    await propose();
    // The government's own office is in the dispute: it does not sign what is decided about it.
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('dutyRuling.decide', ruling, wednesday('offices.head2')),
    );
    await ledger.run('dutyRuling.decide', ruling, registrar);
  });

  it('says when it comes late', async () => {
    await open();
    await propose(day('2026-03-16'));
    expect(ledger.get('dutyRuling', rulingId)!.proposal).to.include({
      late: true,
      decideBy: '2026-03-25',
    });
    await ledger.run('dutyRuling.decide', ruling, day('2026-03-26')('establishment.head2'));
    expect(ledger.get('dutyRuling', rulingId)!.decision!.late).to.equal(true);
  });

  it('still answers the question when the step was answered meanwhile, and moves nothing', async () => {
    await open();
    const answer = { caseNo, stepId: 'finance', answer: 'agree' } as const;
    await ledger.run('case.opinion', answer, wednesday('finance.clerk1'));
    await propose();
    await ledger.run('dutyRuling.decide', ruling, registrar);
    expect(ledger.get('dutyRuling', rulingId)!.decision!.effect).to.equal('none');
    expect(step('finance').department).to.equal('finance');
    expect(ledger.chain(caseNo).at(-1)).to.include({ type: 'dutyRuling.decide' });
  });

  it('writes nothing into a case that is closed (R14)', async () => {
    await open();
    await ledger.run('case.withdraw', { caseNo, reasonCode: 'other' }, wednesday('hrss.clerk1'));
    const closed = record();
    await propose();
    await ledger.run('dutyRuling.decide', ruling, registrar);
    expect(record()).to.deep.equal(closed);
    expect(ledger.get('dutyRuling', rulingId)!.decision!.effect).to.equal('none');
  });
});
