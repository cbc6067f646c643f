import type { CaseRecord } from '@yici/domain/model';
import { lateActs } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { acceptedAmongDuties, confirmDuty, duty, rulingOf } from '../support/duties.js';
import {
  by,
  caseNo,
  digestOf,
  expectRefusal,
  morning,
  submission,
  taskCode,
  without,
} from '../support/story.js';

const rulingId = `${caseNo}-R1`;
const day = (date: string) => (user: string) => by(user, morning(date));
const monday = day('2026-03-02');
const tuesday = day('2026-03-03');
const wednesday = day('2026-03-04');

/** Offers of the finance step, which is finance's, to supervision. */
const stepOffer = { caseNo, stepId: 'finance', to: 'supervision', dutyCode: 'SUPERVISION-01' };
const stepDecline = { caseNo, stepId: 'finance', clauseOf: 'finance', dutyCode: 'FINANCE-01' };
const caseOffer = { caseNo, to: 'finance', dutyCode: 'FINANCE-01' };
const { proposal, decision: ruling } = rulingOf(rulingId);

describe('handing over (R12)', () => {
  let ledger: RuleLedger;
  const record = () => ledger.get('case', caseNo)!;
  const step = (id: string) => record().steps.find((known) => known.id === id)!;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await acceptedAmongDuties(ledger);
  });

  it('keeps who received the case named, whoever has it later (首问负责)', async () => {
    const first = { department: 'offices', role: 'clerk', user: 'offices.clerk1' };
    expect(record().firstAsked).to.deep.equal(first);
    await ledger.run('case.offerTransfer', caseOffer, tuesday('offices.clerk1'));
    expect(record().parties).to.include('establishment');
    await ledger.run('case.acceptTransfer', { caseNo }, wednesday('finance.clerk1'));
    expect(record()).to.include({ owner: 'finance' });
    expect(record().firstAsked).to.deep.equal(first);
  });

  it('takes no case that nobody has received', async () => {
    const unreceived = { ...submission(), caseNo: caseNo.replace(/1$/, '2') };
    await ledger.run('case.submit', unreceived, monday('hrss.clerk1'));
    const offer = { ...caseOffer, caseNo: unreceived.caseNo };
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('case.offerTransfer', offer, monday('offices.clerk1')),
    );
  });

  it('leaves the sender responsible until the receiver signs, and no clock moves', async () => {
    const before = record();
    await ledger.run('case.offerTransfer', caseOffer, wednesday('offices.clerk1'));
    expect(record()).to.include({ owner: 'offices', dueOn: before.dueOn, state: before.state });
    expect(record().handovers).to.have.length(1);
    expect(record().handovers![0]).to.deep.include({
      subject: { kind: 'case' },
      from: 'offices',
      to: 'finance',
      clause: { department: 'finance', code: 'FINANCE-01', version: 1 },
      status: 'offered',
      answerBy: '2026-03-09',
    });
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run(
        'case.supplement',
        { caseNo, materials: [], attested: [] },
        wednesday('finance.clerk1'),
      ),
    );
    await ledger.run('case.acceptTransfer', { caseNo }, day('2026-03-05')('finance.clerk1'));
    expect(record()).to.include({
      owner: 'finance',
      dueOn: before.dueOn,
      statutoryDueOn: before.statutoryDueOn,
    });
    expect(record().handovers![0]).to.deep.include({
      status: 'accepted',
      filedWith: 'establishment',
      answeredBy: { department: 'finance', role: 'clerk', user: 'finance.clerk1' },
    });
    expect(record().flags.map(({ code }) => code)).to.deep.equal(['transferred']);
  });

  it('hands a step over with its start and its due date', async () => {
    const before = step('finance');
    await ledger.run('case.offerTransfer', stepOffer, tuesday('finance.clerk1'));
    expect(step('finance').department).to.equal('finance');
    expect(record().parties).to.include('supervision');
    const { stepId } = stepOffer;
    await ledger.run('case.acceptTransfer', { caseNo, stepId }, wednesday('supervision.clerk1'));
    expect(step('finance')).to.deep.equal({ ...before, department: 'supervision' });
    const answer = { caseNo, stepId, answer: 'agree' } as const;
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.opinion', answer, wednesday('finance.clerk1')),
    );
    await ledger.run('case.opinion', answer, wednesday('supervision.clerk1'));
  });

  it('leaves what the sender had missed with the sender, and gives no card to the receiver for it', async () => {
    const late = day('2026-03-09');
    await ledger.run('case.offerTransfer', stepOffer, late('finance.clerk1'));
    const { stepId } = stepOffer;
    await ledger.run('case.acceptTransfer', { caseNo, stepId }, late('supervision.clerk1'));
    const [missed, ...others] = record().endedClocks!.filter((one) => one.late);
    expect(missed).to.deep.include({
      ...{ what: 'opinion', step: 'finance', department: 'finance', dueOn: '2026-03-06' },
    });
    expect(others).to.deep.equal([]);
    const raise = { caseNo, what: 'opinion', step: 'finance', colour: 'red' } as const;
    const card = await ledger.run('card.raise', raise, day('2026-03-10')('data.clerk1'));
    expect(card).to.deep.include({ department: 'finance' });
    const answer = { caseNo, stepId, answer: 'agree' } as const;
    await ledger.run('case.opinion', answer, day('2026-03-11')('supervision.clerk1'));
    const late11 = lateActs(record()).filter(({ clock }) => clock.step === 'finance');
    expect(late11.map(({ clock }) => clock.department)).to.deep.equal(['finance']);
  });

  it('lets a new owner decide what the old one accepted', async () => {
    await ledger.run('case.offerTransfer', caseOffer, tuesday('offices.clerk1'));
    await ledger.run('case.acceptTransfer', { caseNo }, tuesday('finance.clerk1'));
    for (const [stepId, user] of [
      ['finance', 'finance.clerk1'],
      ['headcount', 'establishment.clerk1'],
      ['registry', 'data.clerk1'],
    ] as const) {
      await ledger.run('case.opinion', { caseNo, stepId, answer: 'agree' }, wednesday(user));
    }
    const decision = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.decide', decision, wednesday('offices.head1')),
    );
    await ledger.run('case.decide', decision, wednesday('finance.head1'));
    expect(record()).to.include({ state: 'DECIDED_GRANTED' });
  });

  it('is the responsible department’s alone to offer', async () => {
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.offerTransfer', caseOffer, tuesday('finance.clerk1')),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.offerTransfer', stepOffer, tuesday('offices.clerk1')),
    );
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('case.offerTransfer', stepOffer, tuesday('finance.service1')),
    );
  });

  it('cites a clause of the receiver that is registered and in force', async () => {
    for (const wrong of [{ dutyCode: 'NONE-01' }, { dutyCode: 'OFFICES-01' }]) {
      const details = await expectRefusal(ledger, 'DUTY_UNKNOWN', () =>
        ledger.run('case.offerTransfer', { ...caseOffer, ...wrong }, tuesday('offices.clerk1')),
      );
      expect(details).to.deep.include({ department: 'finance', code: wrong.dutyCode });
    }
    const future = { ...duty('finance'), code: 'FINANCE-02', effectiveFrom: '2026-03-04' };
    await ledger.run('duty.register', future, monday('finance.head1'));
    await confirmDuty(ledger, future, 1, morning('2026-03-02'));
    const offer = { ...caseOffer, dutyCode: 'FINANCE-02' };
    await expectRefusal(ledger, 'DUTY_NOT_IN_FORCE', () =>
      ledger.run('case.offerTransfer', offer, tuesday('offices.clerk1')),
    );
    await ledger.run('case.offerTransfer', offer, wednesday('offices.clerk1'));
  });

  it('cites no clause that nobody confirmed, or that does not name the matter or the step', async () => {
    const entered = { ...duty('finance'), code: 'FINANCE-03' };
    await ledger.run('duty.register', entered, monday('finance.head1'));
    const offer = { ...caseOffer, dutyCode: entered.code };
    await expectRefusal(ledger, 'DUTY_NOT_CONFIRMED', () =>
      ledger.run('case.offerTransfer', offer, tuesday('offices.clerk1')),
    );
    const registry = [{ taskCode, stepId: 'registry' }];
    for (const [code, covers] of [
      ['FINANCE-04', undefined],
      ['FINANCE-05', registry],
    ] as const) {
      const other = {
        ...without({ ...entered, code }, 'covers'),
        ...(covers === undefined ? {} : { covers: [...covers] }),
      };
      await ledger.run('duty.register', other, monday('finance.head1'));
      await confirmDuty(ledger, other, 1, morning('2026-03-02'));
      await expectRefusal(ledger, 'DUTY_NOT_CONCERNED', () =>
        ledger.run('case.offerTransfer', { ...offer, dutyCode: code }, tuesday('offices.clerk1')),
      );
    }
  });

  it('cites the version that was confirmed, whatever the department has entered since', async () => {
    const emptied = { ...without(duty('finance'), 'covers'), clause: '（一）空' };
    await ledger.run('duty.register', emptied, monday('finance.head1'));
    await ledger.run('case.offerTransfer', caseOffer, tuesday('offices.clerk1'));
    expect(record().handovers![0]!.clause).to.include({ code: 'FINANCE-01', version: 1 });
  });

  it('goes neither to oneself nor to the applicant', async () => {
    for (const [to, problem] of [
      ['offices', 'toItself'],
      ['hrss', 'toApplicant'],
    ] as const) {
      const offer = { caseNo, to, dutyCode: `${to.toUpperCase()}-01` };
      const details = await expectRefusal(ledger, 'TRANSFER_INVALID', () =>
        ledger.run('case.offerTransfer', offer, tuesday('offices.clerk1')),
      );
      expect(details['problem']).to.equal(problem);
    }
  });

  it('takes one offer of a subject at a time, until it was not answered in time', async () => {
    await ledger.run('case.offerTransfer', stepOffer, tuesday('finance.clerk1'));
    const other = { ...stepOffer, to: 'data', dutyCode: 'DATA-01' };
    const details = await expectRefusal(ledger, 'TRANSFER_PENDING', () =>
      ledger.run('case.offerTransfer', other, day('2026-03-06')('finance.clerk1')),
    );
    expect(details).to.include({ to: 'supervision', answerBy: '2026-03-06' });
    await ledger.run('case.offerTransfer', other, day('2026-03-09')('finance.clerk1'));
    expect(record().handovers!.map(({ status }) => status)).to.deep.equal([
      'unanswered',
      'offered',
    ]);
    // The case itself is another subject.
    await ledger.run('case.offerTransfer', caseOffer, day('2026-03-09')('offices.clerk1'));
  });

  it('is answered by its receiver alone, and only when there is an offer', async () => {
    await expectRefusal(ledger, 'TRANSFER_NOT_OFFERED', () =>
      ledger.run('case.acceptTransfer', { caseNo }, tuesday('finance.clerk1')),
    );
    await ledger.run('case.offerTransfer', caseOffer, tuesday('offices.clerk1'));
    for (const user of ['offices.clerk1', 'data.clerk1']) {
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
        ledger.run('case.acceptTransfer', { caseNo }, tuesday(user)),
      );
      await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
        ledger.run('case.declineTransfer', without(stepDecline, 'stepId'), tuesday(user)),
      );
    }
    const own = { caseNo, clauseOf: 'finance', dutyCode: 'FINANCE-01' };
    const details = await expectRefusal(ledger, 'TRANSFER_INVALID', () =>
      ledger.run('case.declineTransfer', own, tuesday('finance.clerk1')),
    );
    expect(details['problem']).to.equal('ownClause');
  });

  it('hands over no step that waits, is answered or does not exist', async () => {
    const offer = (stepId: string) => ({ ...stepOffer, stepId });
    await expectRefusal(ledger, 'STEP_UNKNOWN', () =>
      ledger.run('case.offerTransfer', offer('moon'), tuesday('finance.clerk1')),
    );
    await expectRefusal(ledger, 'STEP_NOT_OPEN', () =>
      ledger.run('case.offerTransfer', offer('registry'), tuesday('data.clerk1')),
    );
    const answer = { caseNo, stepId: 'finance', answer: 'agree' } as const;
    await ledger.run('case.opinion', answer, tuesday('finance.clerk1'));
    await expectRefusal(ledger, 'ALREADY_ANSWERED', () =>
      ledger.run('case.offerTransfer', stepOffer, tuesday('finance.clerk1')),
    );
  });

  it('ends an offer whose step the sender answers or whose case ends', async () => {
    await ledger.run('case.offerTransfer', stepOffer, tuesday('finance.clerk1'));
    await ledger.run('case.offerTransfer', caseOffer, tuesday('offices.clerk1'));
    const answer = { caseNo, stepId: 'finance', answer: 'agree' } as const;
    await ledger.run('case.opinion', answer, tuesday('finance.clerk1'));
    expect(record().handovers!.map(({ status }) => status)).to.deep.equal(['ended', 'offered']);
    await ledger.run('case.withdraw', { caseNo, reasonCode: 'other' }, tuesday('hrss.clerk1'));
    expect(record().handovers!.map(({ status }) => status)).to.deep.equal(['ended', 'ended']);
    await expectRefusal(ledger, 'CASE_CLOSED', () =>
      ledger.run('case.acceptTransfer', { caseNo }, tuesday('finance.clerk1')),
    );
  });

  describe('bouncing', () => {
    const bounce = async (on: (user: string) => ReturnType<typeof by>) => {
      await ledger.run('case.offerTransfer', stepOffer, on('finance.clerk1'));
      return ledger.run('case.declineTransfer', stepDecline, on('supervision.clerk1'));
    };
    const open = async () => {
      await bounce(tuesday);
      await bounce(wednesday);
      return ledger.get('dutyRuling', rulingId)!;
    };
    const propose = (on = wednesday) =>
      ledger.run('dutyRuling.propose', proposal, on('establishment.head1'));
    const registrar = wednesday('establishment.head2');

    it('needs the clause that says it is not the receiver’s', async () => {
      await ledger.run('case.offerTransfer', stepOffer, tuesday('finance.clerk1'));
      await expectRefusal(ledger, 'DUTY_UNKNOWN', () =>
        ledger.run(
          'case.declineTransfer',
          { ...stepDecline, dutyCode: 'NONE-01' },
          tuesday('supervision.clerk1'),
        ),
      );
    });

    it('counts on the case and leaves everything where it was', async () => {
      const before = step('finance');
      const after = (await bounce(tuesday)) as CaseRecord;
      expect(after.bounces).to.equal(1);
      expect(after.flags.map(({ code }) => code)).to.deep.equal(['bounced']);
      expect(after.handovers![0]).to.deep.include({
        status: 'declined',
        counterClause: { department: 'finance', code: 'FINANCE-01', version: 1 },
      });
      expect(step('finance')).to.deep.equal(before);
      expect(ledger.all('dutyRuling')).to.deep.equal([]);
    });

    it('opens a duty ruling by itself the second time, due in seven working days', async () => {
      const opened = await open();
      expect(opened).to.deep.include({
        status: 'open',
        office: 'establishment',
        responsible: 'finance',
        subject: { kind: 'step', stepId: 'finance' },
        dueOn: '2026-03-13',
      });
      expect(opened.bounces.map(({ status }) => status)).to.deep.equal(['declined', 'declined']);
      expect(record()).to.deep.include({ bounces: 2 });
      expect(record().rulings).to.deep.equal([
        {
          rulingId,
          subject: opened.subject,
          office: 'establishment',
          openedAt: opened.openedAt,
          dueOn: '2026-03-13',
        },
      ]);
      expect(step('finance')).to.include({ department: 'finance', dueOn: '2026-03-06' });
    });

    it('counts over the subjects of a case', async () => {
      await bounce(tuesday);
      await ledger.run('case.offerTransfer', caseOffer, tuesday('offices.clerk1'));
      const decline = { caseNo, clauseOf: 'offices', dutyCode: 'OFFICES-01' };
      await ledger.run('case.declineTransfer', decline, tuesday('finance.clerk1'));
      expect(ledger.get('dutyRuling', rulingId)).to.deep.include({ subject: { kind: 'case' } });
      expect(ledger.get('dutyRuling', rulingId)!.bounces).to.have.length(1);
    });

    it('takes no more offers of that subject while the ruling is open, nor after it', async () => {
      await open();
      await expectRefusal(ledger, 'DUTY_RULING_OPEN', () =>
        ledger.run('case.offerTransfer', stepOffer, wednesday('finance.clerk1')),
      );
      await ledger.run('case.offerTransfer', caseOffer, wednesday('offices.clerk1'));
      await propose();
      await ledger.run('dutyRuling.decide', ruling, registrar);
      const back = { ...stepOffer, to: 'finance', dutyCode: 'FINANCE-01' };
      const details = await expectRefusal(ledger, 'DUTY_RULED', () =>
        ledger.run('case.offerTransfer', back, wednesday('supervision.clerk1')),
      );
      expect(details).to.deep.equal({ rulingId, department: 'supervision' });
    });
  });
});
