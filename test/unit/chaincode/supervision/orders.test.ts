import { commands, refusalWords } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { appointGovernment } from '../support/shares.js';
import {
  by,
  caseNo,
  deliveredCase,
  digestOf,
  expectRefusal,
  foundEverything,
  morning,
  receivedCase,
} from '../support/story.js';

const text = digestOf('words');
const supervisor = (date: string, n = 1) => by(`supervision.supervisor${n}`, morning(date));

describe('supervision orders, reminders and evaluations', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await deliveredCase(ledger);
  });
  const order = {
    orderId: 'ord-1',
    department: 'finance',
    caseNo,
    subject: '逾期整改',
    document: text,
    mandate: 'governmentDecision',
    mandateNumber: '市府督〔2026〕1号',
    mandateDocument: text,
    limit: { value: 3, unit: 'workingDay' },
  } as const;

  it('order a department to act by a day, until a reply satisfies', async () => {
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('order.issue', order, by('finance.clerk1')),
    );
    await expectRefusal(ledger, 'OWN_CAUSE', () =>
      ledger.run('order.issue', order, by('finance.head1')),
    );
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('order.issue', order, by('supervision.head1')),
    );
    const issued = await ledger.run('order.issue', order, supervisor('2026-03-09'));
    expect(issued).to.include({ dueOn: '2026-03-12', status: 'open' });
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('order.issue', order, supervisor('2026-03-09')),
    );
    const { orderId } = order;
    const conclude = { orderId, satisfied: false, document: text };
    await expectRefusal(ledger, 'ORDER_NOT_OPEN', () =>
      ledger.run('order.conclude', conclude, supervisor('2026-03-10')),
    );
    const reply = { orderId, document: text };
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('order.reply', reply, by('offices.head1', morning('2026-03-10'))),
    );
    await ledger.run('order.reply', reply, by('finance.head1', morning('2026-03-13')));
    await expectRefusal(ledger, 'ORDER_NOT_OPEN', () =>
      ledger.run('order.reply', reply, by('finance.head1', morning('2026-03-13'))),
    );
    const again = await ledger.run('order.conclude', conclude, supervisor('2026-03-16'));
    expect(again).to.include({ status: 'open', dueOn: '2026-03-19' });
    await ledger.run('order.reply', reply, by('finance.head1', morning('2026-03-17')));
    const done = await ledger.run(
      'order.conclude',
      { ...conclude, satisfied: true },
      supervisor('2026-03-18'),
    );
    expect(done).to.have.property('status', 'closed');
    expect(done).to.have.nested.property('replies[0].late', true);
    expect(done).to.have.nested.property('replies[1].late', false);
  });

  it('need somebody to be ordered, and a case that exists', async () => {
    const refused = (change: object) => () =>
      ledger.run('order.issue', { ...order, ...change }, supervisor('2026-03-09'));
    await expectRefusal(ledger, 'DEPARTMENT_UNKNOWN', refused({ department: 'nobody' }));
    const other = caseNo.replace(/.$/, '9');
    await expectRefusal(ledger, 'NOT_FOUND', refused({ caseNo: other }));
  });

  it('rest on a decision or an instruction of the government', async () => {
    const { mandate, ...bare } = order;
    expect(mandate).to.equal('governmentDecision');
    await expectRefusal(ledger, 'VALIDATION_FAILED', () =>
      ledger.run('order.issue', bare as typeof order, supervisor('2026-03-09')),
    );
  });

  it('are one at a time on a case to a department', async () => {
    await ledger.run('order.issue', order, supervisor('2026-03-09'));
    const second = { ...order, orderId: 'ord-2' };
    const details = await expectRefusal(ledger, 'ORDER_RUNNING', () =>
      ledger.run('order.issue', second, supervisor('2026-03-10')),
    );
    expect(details).to.include({ orderId: 'ord-1', department: 'finance' });
    const elsewhere = { ...order, orderId: 'ord-3', department: 'offices' };
    await ledger.run('order.issue', elsewhere, supervisor('2026-03-10'));
    const { orderId } = order;
    const head = by('finance.head1', morning('2026-03-10'));
    await ledger.run('order.reply', { orderId, document: text }, head);
    const done = { orderId, satisfied: true, document: text };
    await ledger.run('order.conclude', done, supervisor('2026-03-10'));
    await ledger.run('order.issue', second, supervisor('2026-03-11'));
  });

  it('have their conclusion reviewed once, asked for in thirty days, decided by the government', async () => {
    await ledger.run('order.issue', order, supervisor('2026-03-09'));
    const { orderId } = order;
    const head = (day: string) => by('finance.head1', morning(day));
    const ask = { orderId, ground: 'evidenceInsufficient', text } as const;
    await expectRefusal(ledger, 'CONCLUSION_MISSING', () =>
      ledger.run('order.askReview', ask, head('2026-03-10')),
    );
    await ledger.run('order.reply', { orderId, document: text }, head('2026-03-10'));
    const unmet = { orderId, satisfied: false, document: text };
    await ledger.run('order.conclude', unmet, supervisor('2026-03-12'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('order.askReview', ask, by('hrss.head1', morning('2026-03-13'))),
    );
    await expectRefusal(ledger, 'FUNCTION_VACANT', () =>
      ledger.run('order.askReview', ask, head('2026-03-13')),
    );
    await appointGovernment(ledger);
    // The thirtieth day is Saturday 2026-04-11.
    const details = await expectRefusal(ledger, 'APPEAL_TOO_LATE', () =>
      ledger.run('order.askReview', ask, head('2026-04-14')),
    );
    expect(details).to.include({ until: '2026-04-13' });
    const decide = { orderId, outcome: 'upheld', document: text } as const;
    const government = by('offices.head1', morning('2026-05-14'));
    await expectRefusal(ledger, 'APPEAL_MISSING', () =>
      ledger.run('order.decideReview', decide, government),
    );
    const asked = await ledger.run('order.askReview', ask, head('2026-04-13'));
    expect(asked).to.have.nested.property('replies[0].review.decideBy', '2026-05-13');
    await expectRefusal(ledger, 'ALREADY_APPEALED', () =>
      ledger.run('order.askReview', ask, head('2026-04-13')),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('order.decideReview', decide, by('supervision.head1', morning('2026-05-14'))),
    );
    const decided = await ledger.run('order.decideReview', decide, government);
    expect(decided).to.have.nested.property('replies[0].review.decision.late', true);
    expect(decided, 'the order goes on').to.have.property('status', 'open');
  });

  it('remind parties only, by parties or supervisors', async () => {
    const urge = { urgeId: 'urg-1', caseNo, department: 'finance', note: '请办理' };
    await ledger.run('urge.send', urge, supervisor('2026-03-09'));
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('urge.send', urge, supervisor('2026-03-09')),
    );
    await expectRefusal(ledger, 'NOT_A_PARTY', () =>
      ledger.run(
        'urge.send',
        { ...urge, urgeId: 'urg-2', department: 'supervision' },
        supervisor('2026-03-09'),
      ),
    );
    const itself = await expectRefusal(ledger, 'NOT_A_PARTY', () =>
      ledger.run('urge.send', { ...urge, urgeId: 'urg-3' }, by('finance.clerk1')),
    );
    expect(itself).to.have.property('problem', 'reminder');
  });

  it('have no evaluation to answer before there is one', async () => {
    const answer = { caseNo, document: digestOf('answer') };
    const none = await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('evaluation.answer', answer, by('offices.clerk1')),
    );
    const { sentence } = refusalWords({ code: 'NOT_FOUND', details: none }, 'zh') ?? {};
    expect(sentence).to.equal(`未找到办件“${caseNo}”的好差评。`);
  });

  it('evaluate a delivered case once, a bad one with its reason, which is answered', async () => {
    const give = { caseNo, score: 5 };
    const applicant = by('hrss.clerk1', morning('2026-03-09'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('evaluation.give', give, by('finance.clerk1')),
    );
    await expectRefusal(ledger, 'EVALUATION_UNEXPLAINED', () =>
      ledger.run('evaluation.give', give, applicant),
    );
    const given = await ledger.run('evaluation.give', { ...give, note: text }, applicant);
    expect(given).to.include({ owner: 'offices', answerBy: '2026-03-16' });
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('evaluation.give', { caseNo, score: 1 }, applicant),
    );
    const answer = { caseNo, document: text };
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('evaluation.answer', answer, applicant),
    );
    const owner = by('offices.clerk1', morning('2026-03-17'));
    expect(await ledger.run('evaluation.answer', answer, owner)).to.have.nested.property(
      'answer.late',
      true,
    );
    await expectRefusal(ledger, 'ALREADY_ANSWERED', () =>
      ledger.run('evaluation.answer', answer, owner),
    );
  });

  it('evaluate once more after the answer: the first mark stays', async () => {
    const applicant = by('hrss.clerk1', morning('2026-03-09'));
    await ledger.run('evaluation.give', { caseNo, score: 5, note: text }, applicant);
    const again = { caseNo, score: 4 };
    await expectRefusal(ledger, 'FOLLOW_UP_NOT_OPEN', () =>
      ledger.run('evaluation.followUp', again, applicant),
    );
    const owner = by('offices.clerk1', morning('2026-03-10'));
    await ledger.run('evaluation.answer', { caseNo, document: text }, owner);
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('evaluation.followUp', again, owner),
    );
    await expectRefusal(ledger, 'EVALUATION_UNEXPLAINED', () =>
      ledger.run('evaluation.followUp', again, applicant),
    );
    const mended = await ledger.run('evaluation.followUp', { caseNo, score: 2 }, applicant);
    expect(mended).to.deep.include({ score: 5 });
    expect(mended).to.have.nested.property('followUp.score', 2);
    await expectRefusal(ledger, 'FOLLOW_UP_NOT_OPEN', () =>
      ledger.run('evaluation.followUp', { caseNo, score: 1 }, applicant),
    );
  });

  it('do not evaluate what is not delivered, and answer no good evaluation', async () => {
    const other = new RuleLedger();
    await foundEverything(other);
    await receivedCase(other);
    const applicant = by('hrss.clerk1', morning('2026-03-09'));
    await expectRefusal(other, 'EVALUATION_NOT_OPEN', () =>
      other.run('evaluation.give', { caseNo, score: 1 }, applicant),
    );
    await ledger.run('evaluation.give', { caseNo, score: 1 }, applicant);
    await expectRefusal(ledger, 'EVALUATION_GOOD', () =>
      ledger.run(
        'evaluation.answer',
        { caseNo, document: text },
        by('offices.clerk1', morning('2026-03-10')),
      ),
    );
  });

  it('are all that a supervisor’s key can write (R15)', () => {
    const open = Object.entries({ ...commands })
      .filter(([, { roles }]) => roles.includes('supervisor'))
      .map(([name]) => name.split('.')[0]);
    expect([...new Set(open)].sort()).to.deep.equal(['audit', 'card', 'order', 'urge']);
  });
});
