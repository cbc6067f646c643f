import type { CaseRecord, CommandInput, DutyRulingRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { duty, registerDuties } from '../support/duties.js';
import {
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  issueAttestations,
  attested,
  morning,
  receivedCase,
  submission,
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
const ruling: CommandInput<'dutyRuling.decide'> = {
  rulingId,
  department: 'supervision',
  dutyCode: 'SUPERVISION-01',
  document: digestOf('ruling'),
};

describe('handing over (R12)', () => {
  let ledger: RuleLedger;
  const record = () => ledger.get('case', caseNo)!;
  const step = (id: string) => record().steps.find((known) => known.id === id)!;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await registerDuties(ledger);
    await receivedCase(ledger);
    await issueAttestations(ledger, morning('2026-03-02'));
    await ledger.run('case.accept', { caseNo, attested }, tuesday('offices.clerk1'));
  });

  it('keeps who received the case named, whoever has it later (首问负责)', async () => {
    const first = { department: 'offices', role: 'clerk', user: 'offices.clerk1' };
    expect(record().firstAsked).to.deep.equal(first);
    await ledger.run('case.offerTransfer', caseOffer, tuesday('offices.clerk1'));
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
      expect(details).to.deep.include({ department: 'finance', ...wrong });
    }
    const future = { ...duty('finance'), code: 'FINANCE-02', effectiveFrom: '2026-03-04' };
    await ledger.run('duty.register', future, monday('finance.head1'));
    const offer = { ...caseOffer, dutyCode: 'FINANCE-02' };
    await expectRefusal(ledger, 'DUTY_NOT_IN_FORCE', () =>
      ledger.run('case.offerTransfer', offer, tuesday('offices.clerk1')),
    );
    await ledger.run('case.offerTransfer', offer, wednesday('offices.clerk1'));
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
    await ledger.run('case.withdraw', { caseNo, reasonCode: 'x' }, tuesday('hrss.clerk1'));
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
      await ledger.run('dutyRuling.decide', ruling, wednesday('establishment.head1'));
      const back = { ...stepOffer, to: 'finance', dutyCode: 'FINANCE-01' };
      const details = await expectRefusal(ledger, 'DUTY_RULED', () =>
        ledger.run('case.offerTransfer', back, wednesday('supervision.clerk1')),
      );
      expect(details).to.deep.equal({ rulingId, department: 'supervision' });
    });

    it('moves the responsibility without the loser’s consent, in the case’s chain, at no cost of time', async () => {
      await open();
      const before = step('finance');
      const decided = (await ledger.run(
        'dutyRuling.decide',
        ruling,
        wednesday('establishment.head1'),
      )) as DutyRulingRecord;
      expect(decided).to.deep.include({ kind: 'dutyRuling', status: 'decided' });
      expect(decided.decision).to.deep.include({
        department: 'supervision',
        clause: { department: 'supervision', code: 'SUPERVISION-01', version: 1 },
        document: digestOf('ruling'),
        late: false,
        effect: 'moved',
      });
      expect(step('finance')).to.deep.equal({ ...before, department: 'supervision' });
      const last = ledger.chain(caseNo).at(-1)!;
      expect(last).to.deep.include({ type: 'dutyRuling.decide', seq: record().nextSeq - 1 });
      expect(last.by.user).to.equal('establishment.head1');
      expect(last.data).to.deep.include({ rulingId, department: 'supervision' });
      expect(record().rulings![0]).to.include({ department: 'supervision' });
      await expectRefusal(ledger, 'WRONG_STATE', () =>
        ledger.run('dutyRuling.decide', ruling, wednesday('establishment.head1')),
      );
    });

    it('may confirm the sender, or name a third department', async () => {
      await open();
      const sender = { ...ruling, department: 'finance', dutyCode: 'FINANCE-01' };
      await ledger.run('dutyRuling.decide', sender, wednesday('establishment.head1'));
      expect(ledger.get('dutyRuling', rulingId)!.decision!.effect).to.equal('confirmed');
      expect(step('finance').department).to.equal('finance');
    });

    it('is the Establishment Office’s head’s, by a registered clause, and never for the applicant', async () => {
      await open();
      for (const user of ['finance.head1', 'supervision.head1', 'offices.head1']) {
        await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
          ledger.run('dutyRuling.decide', ruling, wednesday(user)),
        );
      }
      await expectRefusal(ledger, 'ROLE_REFUSED', () =>
        ledger.run('dutyRuling.decide', ruling, wednesday('establishment.clerk1')),
      );
      const head = wednesday('establishment.head1');
      await expectRefusal(ledger, 'DUTY_UNKNOWN', () =>
        ledger.run('dutyRuling.decide', { ...ruling, dutyCode: 'FINANCE-01' }, head),
      );
      const applicant = { ...ruling, department: 'hrss', dutyCode: 'HRSS-01' };
      await expectRefusal(ledger, 'TRANSFER_INVALID', () =>
        ledger.run('dutyRuling.decide', applicant, head),
      );
      await expectRefusal(ledger, 'NOT_FOUND', () =>
        ledger.run('dutyRuling.decide', { ...ruling, rulingId: `${caseNo}-R9` }, head),
      );
    });

    it('is not decided by an official who took part in the dispute', async () => {
      const offer = { ...stepOffer, to: 'establishment', dutyCode: 'ESTABLISHMENT-01' };
      for (const on of [tuesday, wednesday]) {
        await ledger.run('case.offerTransfer', offer, on('finance.clerk1'));
        await ledger.run('case.declineTransfer', stepDecline, on('establishment.head1'));
      }
      await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
        ledger.run('dutyRuling.decide', ruling, wednesday('establishment.head1')),
      );
      await ledger.run('dutyRuling.decide', ruling, wednesday('establishment.head2'));
    });

    it('says when it comes late', async () => {
      await open();
      await ledger.run('dutyRuling.decide', ruling, day('2026-03-16')('establishment.head1'));
      expect(ledger.get('dutyRuling', rulingId)!.decision!.late).to.equal(true);
    });

    it('still answers the question when the step was answered meanwhile, and moves nothing', async () => {
      await open();
      const answer = { caseNo, stepId: 'finance', answer: 'agree' } as const;
      await ledger.run('case.opinion', answer, wednesday('finance.clerk1'));
      await ledger.run('dutyRuling.decide', ruling, wednesday('establishment.head1'));
      expect(ledger.get('dutyRuling', rulingId)!.decision!.effect).to.equal('none');
      expect(step('finance').department).to.equal('finance');
      expect(ledger.chain(caseNo).at(-1)).to.include({ type: 'dutyRuling.decide' });
    });

    it('writes nothing into a case that is closed (R14)', async () => {
      await open();
      await ledger.run('case.withdraw', { caseNo, reasonCode: 'x' }, wednesday('hrss.clerk1'));
      const closed = record();
      await ledger.run('dutyRuling.decide', ruling, wednesday('establishment.head1'));
      expect(record()).to.deep.equal(closed);
      expect(ledger.get('dutyRuling', rulingId)!.decision!.effect).to.equal('none');
    });
  });
});
