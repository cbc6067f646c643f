import { caseClocks } from '@yici/domain/model';
import { caseLights } from '@yici/domain/rules';
import { expect } from 'chai';
import { acceptedAmongDuties } from '../chaincode/support/duties.js';
import { RuleLedger } from '../chaincode/support/ledger.js';
import { by, caseNo, digestOf, expectRefusal, morning } from '../chaincode/support/story.js';

const day = (date: string) => (user: string) => by(user, morning(date));
const tuesday = day('2026-03-03');
const wednesday = day('2026-03-04');
const friday = day('2026-03-06');
const nextWeek = day('2026-03-10');

const subject = { caseNo, stepId: 'finance' } as const;
const letter = digestOf('letter');
const forward = { ...subject, answer: 'forward', document: letter, organ: '省财政厅' } as const;
const answer = { ...subject, answer: 'agree', document: digestOf('answer') } as const;

/** An opinion "forwarded up" that settles the step, after which nobody waits for anything. */
describe('H3: what is forwarded up is not settled before the answer from above is there', () => {
  let ledger: RuleLedger;
  const record = () => ledger.get('case', caseNo)!;
  const step = () => record().steps.find(({ id }) => id === 'finance')!;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await acceptedAmongDuties(ledger);
  });

  it('names the organ above and carries the letter', async () => {
    for (const bare of [
      { ...subject, answer: 'forward', organ: '省财政厅' } as const,
      { ...subject, answer: 'forward', document: letter } as const,
    ]) {
      await expectRefusal(ledger, 'FORWARD_INCOMPLETE', () =>
        ledger.run('case.opinion', bare, wednesday('finance.clerk1')),
      );
    }
  });

  it('leaves the step open, its clock running, and the decision waiting', async () => {
    const { dueOn } = step();
    await ledger.run('case.opinion', forward, wednesday('finance.clerk1'));
    expect(step()).to.include({ status: 'open', dueOn });
    expect(step().forwarded).to.deep.include({ organ: '省财政厅', dueOn: '2026-03-09' });
    await ledger.run(
      'case.opinion',
      { caseNo, stepId: 'headcount', answer: 'agree' },
      wednesday('establishment.clerk1'),
    );
    expect(record().steps.find(({ id }) => id === 'registry')!.status).to.equal('waiting');
    const decision = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    await expectRefusal(ledger, 'OPINIONS_OUTSTANDING', () =>
      ledger.run('case.decide', decision, friday('offices.head1')),
    );
    const clocks = caseClocks(record()).filter((clock) => clock.step === 'finance');
    expect(clocks.map(({ what, dueOn: due }) => [what, due])).to.deep.equal([
      ['opinion', dueOn],
      ['above', '2026-03-09'],
    ]);
  });

  it('goes nowhere else meanwhile', async () => {
    await ledger.run('case.opinion', forward, wednesday('finance.clerk1'));
    await expectRefusal(ledger, 'OPINION_FORWARDED', () =>
      ledger.run('case.opinion', { ...subject, answer: 'agree' }, friday('finance.clerk1')),
    );
    const offer = { ...subject, to: 'supervision', dutyCode: 'SUPERVISION-01' };
    await expectRefusal(ledger, 'OPINION_FORWARDED', () =>
      ledger.run('case.offerTransfer', offer, friday('finance.clerk1')),
    );
    const back = { ...subject, reason: { code: 'stillIncomplete', text: digestOf('x') } } as const;
    await expectRefusal(ledger, 'OPINION_FORWARDED', () =>
      ledger.run('case.returnStep', back, friday('finance.clerk1')),
    );
  });

  it('is answered by the recorded answer from above, late on both clocks when it is late', async () => {
    await expectRefusal(ledger, 'NOT_FORWARDED', () =>
      ledger.run('case.answerForwarded', answer, tuesday('finance.clerk1')),
    );
    await ledger.run('case.opinion', forward, wednesday('finance.clerk1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.answerForwarded', answer, nextWeek('offices.clerk1')),
    );
    await ledger.run('case.answerForwarded', answer, nextWeek('finance.clerk1'));
    expect(step()).to.include({ status: 'answered', answer: 'agree', late: true });
    expect(step().forwarded?.answered).to.deep.include({ document: answer.document, late: true });
    const counter = { isWorkingDay: () => true } as never;
    const red = caseLights(record(), '2026-03-10', counter).filter(
      ({ clock, colour }) => clock.step === 'finance' && colour === 'red',
    );
    expect(red.map(({ clock }) => clock.what)).to.deep.equal(['opinion', 'above']);
    await expectRefusal(ledger, 'ALREADY_ANSWERED', () =>
      ledger.run('case.answerForwarded', answer, nextWeek('finance.clerk1')),
    );
  });

  it('is the organ’s own to answer where that is on the ledger', async () => {
    await ledger.run('case.opinion', { ...forward, above: 'data' }, wednesday('finance.clerk1'));
    expect(record().parties).to.include('data');
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.answerForwarded', answer, friday('finance.clerk1')),
    );
    await ledger.run('case.answerForwarded', answer, friday('data.clerk1'));
    expect(step()).to.include({ status: 'answered', department: 'finance', late: false });
  });
});
