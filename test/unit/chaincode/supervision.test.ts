import {
  cardIdOf,
  commands,
  exemptionConditions,
  type CardRecord,
  type CaseClockKind,
} from '@yici/domain/model';
import { caseLights, createWorkingDayCounter } from '@yici/domain/rules';
import { expect } from 'chai';
import { RuleLedger } from './support/ledger.js';
import {
  by,
  caseNo,
  deliveredCase,
  digestOf,
  expectRefusal,
  foundEverything,
  morning,
  receivedCase,
} from './support/story.js';

const text = digestOf('words');
const supervisor = (date: string, n = 1) => by(`supervision.supervisor${n}`, morning(date));

/** The case of the story: filed on Monday 2026-03-02, accepted on the 3rd, two steps of some days from then, 7 days in all. */
describe('warning cards', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await receivedCase(ledger);
  });
  const accept = () =>
    ledger.run('case.accept', { caseNo }, by('offices.clerk1', morning('2026-03-03')));
  const lights = (today: string) => {
    const record = ledger.get('case', caseNo);
    if (record === undefined) return [];
    const counter = createWorkingDayCounter(ledger.calendar(record.calendars));
    return caseLights(record, today, counter).map((light) => cardIdOf(caseNo, light));
  };
  const raise = (what: CaseClockKind, colour: CardRecord['colour'], date: string, step?: string) =>
    ledger.run(
      'card.raise',
      { caseNo, what, colour, ...(step === undefined ? {} : { step }) },
      by('finance.clerk1', morning(date)),
    ) as CardRecord;

  it('turn yellow one working day before the last, red after it, over a weekend too', () => {
    const yellow = `${caseNo}.reply.20260309.yellow`;
    expect(lights('2026-03-05')).to.deep.equal([]);
    for (const day of ['2026-03-06', '2026-03-07', '2026-03-08', '2026-03-09']) {
      expect(lights(day), day).to.deep.equal([yellow]);
    }
    expect(lights('2026-03-10')).to.deep.equal([`${caseNo}.reply.20260309.red`]);
  });

  it('are computed for every step and for the whole', () => {
    accept();
    const { dueOn = '', steps } = ledger.get('case', caseNo) ?? {};
    const open = steps?.filter(({ status }) => status === 'open').map(({ id }) => id);
    const red = lights('2026-03-30');
    for (const id of open ?? [])
      expect(
        red.some((card) => card.includes(`.opinion.${id}.`)),
        id,
      ).to.equal(true);
    expect(red).to.include(`${caseNo}.finish.${dueOn.replaceAll('-', '')}.red`);
  });

  it('are not given before a clock has come to them, whoever asks', () => {
    for (const [what, colour] of [
      ['reply', 'yellow'],
      ['reply', 'red'],
      ['finish', 'red'],
    ] as const) {
      const details = expectRefusal(ledger, 'CARD_NOT_DUE', () =>
        raise(what, colour, '2026-03-05'),
      );
      expect(details).to.have.property('due');
    }
    expectRefusal(ledger, 'CARD_NOT_DUE', () => raise('reply', 'red', '2026-03-09'));
  });

  it('are raised once, by anybody, and name whose limit it was', () => {
    const card = raise('reply', 'red', '2026-03-10');
    expect(card).to.include({ department: 'offices', colour: 'red', explainBy: '2026-03-17' });
    expectRefusal(ledger, 'ALREADY_EXISTS', () => raise('reply', 'red', '2026-03-11'));
    const { supervisor1, clerk } = { supervisor1: supervisor('2026-03-12'), clerk: card.raisedBy };
    expect(clerk.user).to.equal('finance.clerk1');
    expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('card.raise', { caseNo, what: 'reply', colour: 'red' }, supervisor1),
    );
  });

  it('stay for an act that came too late', () => {
    accept();
    const step = ledger
      .get('case', caseNo)
      ?.steps.find(({ department }) => department === 'finance');
    const stepId = step?.id ?? '';
    ledger.run(
      'case.opinion',
      { caseNo, stepId, answer: 'agree' },
      by('finance.clerk1', morning('2026-03-20')),
    );
    const card = raise('opinion', 'red', '2026-03-23', stepId);
    expect(card.clock).to.include({ actedOn: '2026-03-20', step: stepId });
    expect(card.department).to.equal('finance');
  });

  it('are explained once by the department, late on the record', () => {
    const { cardId } = raise('reply', 'red', '2026-03-10');
    const explain = { cardId, code: 'workload', text } as const;
    expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('card.explain', explain, by('finance.clerk1', morning('2026-03-11'))),
    );
    const late = ledger.run('card.explain', explain, by('offices.clerk1', morning('2026-03-18')));
    expect((late as CardRecord).explanation?.late).to.equal(true);
    expectRefusal(ledger, 'ALREADY_EXPLAINED', () =>
      ledger.run('card.explain', explain, by('offices.head1', morning('2026-03-18'))),
    );
    expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('card.explain', { ...explain, cardId: `${caseNo}.none` }, by('offices.clerk1')),
    );
  });

  it('are appealed against once, within thirty days, and ruled on by another supervisor', () => {
    const { cardId } = ledger.run(
      'card.raise',
      { caseNo, what: 'reply', colour: 'red' },
      supervisor('2026-03-10'),
    ) as CardRecord;
    const appeal = { cardId, ground: 'goodFaith', text } as const;
    const rule = { cardId, outcome: 'exempted', document: text } as const;
    expectRefusal(ledger, 'APPEAL_MISSING', () =>
      ledger.run('card.rule', rule, supervisor('2026-03-11', 2)),
    );
    expectRefusal(ledger, 'APPEAL_TOO_LATE', () =>
      ledger.run('card.appeal', appeal, by('offices.head1', morning('2026-04-10'))),
    );
    ledger.run('card.appeal', appeal, by('offices.head1', morning('2026-04-09')));
    expectRefusal(ledger, 'ALREADY_APPEALED', () =>
      ledger.run('card.appeal', appeal, by('offices.head1', morning('2026-04-09'))),
    );
    expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      ledger.run('card.rule', rule, supervisor('2026-04-10')),
    );
    const details = expectRefusal(ledger, 'EXEMPTION_UNFOUNDED', () =>
      ledger.run(
        'card.rule',
        { ...rule, conditions: ['noPersonalGain'] },
        supervisor('2026-04-10', 2),
      ),
    );
    expect(details['missing']).to.have.length(4);
    const conditions = [...exemptionConditions];
    const ruled = ledger.run('card.rule', { ...rule, conditions }, supervisor('2026-04-10', 2));
    expect((ruled as CardRecord).ruling?.outcome).to.equal('exempted');
    expectRefusal(ledger, 'CARD_CLOSED', () =>
      ledger.run('card.rule', { ...rule, conditions }, supervisor('2026-04-11', 2)),
    );
    expect(ledger.all('card'), 'it stays').to.have.length(1);
  });

  it('of a paused clock do not show', () => {
    accept();
    ledger.run(
      'case.startSpecialProcedure',
      {
        caseNo,
        procedure: 'hearing',
        law: '行政许可法',
        clause: '第四十六条',
        limit: { value: 10, unit: 'workingDay' },
        notice: text,
      },
      by('offices.clerk1', morning('2026-03-04')),
    );
    expect(lights('2026-03-12').filter((id) => /\.(opinion|finish)\./.test(id))).to.deep.equal([]);
  });
});

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
    limit: { value: 3, unit: 'workingDay' },
  } as const;

  it('order a department to act by a day, until a reply satisfies', () => {
    expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('order.issue', order, by('finance.head1')),
    );
    const issued = ledger.run('order.issue', order, supervisor('2026-03-09'));
    expect(issued).to.include({ dueOn: '2026-03-12', status: 'open' });
    expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('order.issue', order, supervisor('2026-03-09')),
    );
    const { orderId } = order;
    const conclude = { orderId, satisfied: false, document: text };
    expectRefusal(ledger, 'ORDER_NOT_OPEN', () =>
      ledger.run('order.conclude', conclude, supervisor('2026-03-10')),
    );
    const reply = { orderId, document: text };
    expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('order.reply', reply, by('offices.head1', morning('2026-03-10'))),
    );
    ledger.run('order.reply', reply, by('finance.head1', morning('2026-03-13')));
    expectRefusal(ledger, 'ORDER_NOT_OPEN', () =>
      ledger.run('order.reply', reply, by('finance.head1', morning('2026-03-13'))),
    );
    const again = ledger.run('order.conclude', conclude, supervisor('2026-03-16'));
    expect(again).to.include({ status: 'open', dueOn: '2026-03-19' });
    ledger.run('order.reply', reply, by('finance.head1', morning('2026-03-17')));
    const done = ledger.run(
      'order.conclude',
      { ...conclude, satisfied: true },
      supervisor('2026-03-18'),
    );
    expect(done).to.have.property('status', 'closed');
    expect(done).to.have.nested.property('replies[0].late', true);
    expect(done).to.have.nested.property('replies[1].late', false);
  });

  it('need somebody to be ordered, and a case that exists', () => {
    const refused = (change: object) => () =>
      ledger.run('order.issue', { ...order, ...change }, supervisor('2026-03-09'));
    expectRefusal(ledger, 'DEPARTMENT_UNKNOWN', refused({ department: 'nobody' }));
    const other = caseNo.replace(/.$/, '9');
    expectRefusal(ledger, 'NOT_FOUND', refused({ caseNo: other }));
  });

  it('remind parties only, by parties or supervisors', () => {
    const urge = { urgeId: 'urg-1', caseNo, department: 'finance', note: '请办理' };
    ledger.run('urge.send', urge, supervisor('2026-03-09'));
    expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('urge.send', urge, supervisor('2026-03-09')),
    );
    expectRefusal(ledger, 'NOT_A_PARTY', () =>
      ledger.run(
        'urge.send',
        { ...urge, urgeId: 'urg-2', department: 'supervision' },
        supervisor('2026-03-09'),
      ),
    );
  });

  it('evaluate a delivered case once, a bad one with its reason, which is answered', () => {
    const give = { caseNo, score: 5 };
    const applicant = by('hrss.clerk1', morning('2026-03-09'));
    expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('evaluation.give', give, by('finance.clerk1')),
    );
    expectRefusal(ledger, 'EVALUATION_UNEXPLAINED', () =>
      ledger.run('evaluation.give', give, applicant),
    );
    const given = ledger.run('evaluation.give', { ...give, note: text }, applicant);
    expect(given).to.include({ owner: 'offices', answerBy: '2026-03-16' });
    expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('evaluation.give', { caseNo, score: 1 }, applicant),
    );
    const answer = { caseNo, document: text };
    expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('evaluation.answer', answer, applicant),
    );
    const owner = by('offices.clerk1', morning('2026-03-17'));
    expect(ledger.run('evaluation.answer', answer, owner)).to.have.nested.property(
      'answer.late',
      true,
    );
    expectRefusal(ledger, 'ALREADY_ANSWERED', () => ledger.run('evaluation.answer', answer, owner));
  });

  it('do not evaluate what is not delivered, and answer no good evaluation', async () => {
    const other = new RuleLedger();
    await foundEverything(other);
    await receivedCase(other);
    const applicant = by('hrss.clerk1', morning('2026-03-09'));
    expectRefusal(other, 'EVALUATION_NOT_OPEN', () =>
      other.run('evaluation.give', { caseNo, score: 1 }, applicant),
    );
    ledger.run('evaluation.give', { caseNo, score: 1 }, applicant);
    expectRefusal(ledger, 'EVALUATION_GOOD', () =>
      ledger.run(
        'evaluation.answer',
        { caseNo, document: text },
        by('offices.clerk1', morning('2026-03-10')),
      ),
    );
  });

  it('are all that a supervisor’s key can write (R15)', () => {
    const open = Object.entries(commands)
      .filter(([, { roles }]) => (roles as readonly string[]).includes('supervisor'))
      .map(([name]) => name.split('.')[0]);
    expect([...new Set(open)].sort()).to.deep.equal(['audit', 'card', 'order', 'urge']);
  });
});
