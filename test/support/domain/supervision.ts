import { commandNames, commands } from '@yici/domain/model';
import { commandRoutes } from '@yici/gateway/testing';
import { expect } from 'chai';
import type { Answer } from '../../integration/gateway/support/api.js';
import { commit, digestOf, fileCase } from '../../integration/gateway/support/story.js';
import { refusal, type MovingStand } from './stand.js';
import { sealedVoucher } from '../vouchers.js';

const text = digestOf('words');
const document = digestOf('document');
const office = 'supervision.supervisor1';
const clerk = 'offices.clerk1';
const head = 'offices.head1';
const limit = { value: 3, unit: 'workingDay' };
const mandate = {
  mandate: 'headInstruction',
  mandateNumber: '市府督〔2026〕1号',
  mandateDocument: document,
};
const conditions = [
  'serviceOfReform',
  'noBannedAct',
  'dueProcedure',
  'noPersonalGain',
  'harmPreventedOrMended',
];

const codeOf = (answer: Answer) => [answer.status, answer.at('code')];

/**
 * Cards with their explanation, appeal and ruling, reminders, orders and evaluations, on a stand that was seeded and whose
 * present moves on by months. Registers the tests.
 */
export function tellsSupervision(stand: () => MovingStand): void {
  let caseNo: string;
  let cardId: string;
  const refused = async (user: string, path: string, body: unknown) =>
    codeOf(await refusal(stand(), user, path, body));
  /** Cases whose cards are judged here. */
  const judged: string[] = [];
  const cardsOf = async (user: string, cases: readonly string[], query = '') =>
    (await stand().api.get(user, `/v1/cards?limit=200${query}`))
      .each('items', 'cardId')
      .filter((id) => cases.some((each) => String(id).startsWith(`${each}.`)));
  const raise = (colour: string, of = caseNo) => ({ caseNo: of, what: 'reply', colour });

  before(async () => {
    caseNo = await fileCase(stand().api, 'data.clerk1');
  });

  it('raises no card before its day, whoever asks, and each once', async () => {
    expect(await refused(office, '/v1/cards', raise('red'))).to.deep.equal([422, 'CARD_NOT_DUE']);
    stand().goOn(20);
    expect(await refused(office, '/v1/cards', raise('yellow'))).to.deep.equal([
      422,
      'CARD_NOT_DUE',
    ]);
    const card = await commit(stand().api, 'data.clerk1', '/v1/cards', raise('red'));
    cardId = card.str('result.cardId');
    expect(card.at('result.department')).to.equal('offices');
    for (const user of ['data.clerk1', clerk, office]) {
      expect(await refused(user, '/v1/cards', raise('red'))).to.deep.equal([409, 'ALREADY_EXISTS']);
    }
    const nowhere = raise('red', caseNo.replace(/\d$/, '9'));
    expect(await refused(office, '/v1/cards', nowhere)).to.deep.equal([404, 'NOT_FOUND']);
  });

  it('shows a card to those whom the case concerns, and to supervisors', async () => {
    for (const [user, sees] of [
      [clerk, 1],
      ['data.clerk1', 1],
      [office, 1],
      ['supervision.head1', 0],
    ] as const) {
      expect(await cardsOf(user, [caseNo]), user).to.have.lengthOf(sees);
    }
    expect(await cardsOf(clerk, [caseNo], '&colour=yellow')).to.deep.equal([]);
  });

  /** What waits in a department's inbox about a card, an order or a case. */
  const todosOf = async (user: string, id: string) => {
    const inbox = await stand().api.get(user, '/v1/inbox?limit=200');
    const ids = ['cardId', 'orderId', 'caseNo'];
    return (inbox.list('items') as Readonly<Record<string, unknown>>[])
      .filter((row) => ids.some((name) => row[name] === id))
      .map(({ todo }) => todo);
  };
  const waiting = (user: string, waits: string) => cardsOf(user, [caseNo], `&waits=${waits}`);

  it('is explained once, by the department whose limit it was', async () => {
    expect(await todosOf(clerk, cardId)).to.deep.equal(['explainCard']);
    expect(await todosOf('data.clerk1', cardId)).to.deep.equal([]);
    expect(await waiting(office, 'explanation')).to.deep.equal([cardId]);
    expect(await waiting(office, 'ruling')).to.deep.equal([]);
    const path = `/v1/cards/${cardId}/explain`;
    const body = { code: 'workload', text };
    expect(await refused('data.clerk1', path, body)).to.deep.equal([403, 'WRONG_DEPARTMENT']);
    expect(await refused(office, path, body)).to.deep.equal([403, 'ROLE_REFUSED']);
    const explained = await commit(stand().api, clerk, path, body);
    expect(explained.at('result.explanation.late')).to.equal(false);
    expect(await todosOf(clerk, cardId)).to.deep.equal([]);
    expect(await waiting(office, 'explanation')).to.deep.equal([]);
    expect(await refused(head, path, body)).to.deep.equal([409, 'ALREADY_EXPLAINED']);
    expect(await refused(clerk, '/v1/cards/none/explain', body)).to.deep.equal([404, 'NOT_FOUND']);
  });

  it('is appealed against by a head, and exempted only on all five conditions', async () => {
    const appeal = `/v1/cards/${cardId}/appeal`;
    const rule = `/v1/cards/${cardId}/rule`;
    const exempt = { outcome: 'exempted', document, conditions };
    expect(await refused(office, rule, exempt)).to.deep.equal([422, 'APPEAL_MISSING']);
    const ground = { ground: 'goodFaith', text };
    expect(await refused(clerk, appeal, ground)).to.deep.equal([403, 'ROLE_REFUSED']);
    expect(await refused('data.head1', appeal, ground)).to.deep.equal([403, 'WRONG_DEPARTMENT']);
    await commit(stand().api, head, appeal, ground);
    expect(await todosOf(office, cardId)).to.deep.equal(['ruleCard']);
    expect(await waiting(clerk, 'ruling')).to.deep.equal([cardId]);
    expect(await refused(head, appeal, ground)).to.deep.equal([409, 'ALREADY_APPEALED']);
    expect(await refused(clerk, rule, exempt)).to.deep.equal([403, 'ROLE_REFUSED']);
    expect(await refused(head, rule, exempt)).to.deep.equal([403, 'OWN_CAUSE']);
    const four = { ...exempt, conditions: conditions.slice(1) };
    expect(await refused(office, rule, four)).to.deep.equal([422, 'EXEMPTION_UNFOUNDED']);
    const ruled = await commit(stand().api, office, rule, exempt);
    expect(ruled.at('result.ruling.outcome')).to.equal('exempted');
    expect(await todosOf(office, cardId)).to.deep.equal([]);
    expect(await waiting(office, 'ruling')).to.deep.equal([]);
    for (const [user, path, body] of [
      [office, rule, exempt],
      [head, appeal, ground],
      [clerk, `/v1/cards/${cardId}/explain`, { code: 'other', text }],
    ] as const) {
      expect(await refused(user, path, body)).to.deep.equal([409, 'CARD_CLOSED']);
    }
  });

  it('is not ruled on by who raised it, and not appealed against after thirty days', async () => {
    const other = await fileCase(stand().api, 'data.clerk1');
    stand().goOn(20);
    const card = await commit(stand().api, office, '/v1/cards', raise('red', other));
    const path = `/v1/cards/${card.str('result.cardId')}`;
    await commit(stand().api, head, `${path}/appeal`, { ground: 'factsWrong', text });
    expect(await refused(office, `${path}/rule`, { outcome: 'upheld', document })).to.deep.equal([
      403,
      'MAKER_IS_CHECKER',
    ]);
    const third = await fileCase(stand().api, 'data.clerk1');
    judged.push(caseNo, other, third);
    stand().goOn(20);
    const late = await commit(stand().api, 'data.clerk1', '/v1/cards', raise('red', third));
    // A thirtieth day that is a day off moves on; no run of days off is that long.
    stand().goOn(45);
    const latePath = `/v1/cards/${late.str('result.cardId')}`;
    expect(await refused(head, `${latePath}/appeal`, { ground: 'factsWrong', text })).to.deep.equal(
      [422, 'APPEAL_TOO_LATE'],
    );
    const explained = await commit(stand().api, clerk, `${latePath}/explain`, {
      code: 'other',
      text,
    });
    expect(explained.at('result.explanation.late')).to.equal(true);
  });

  it('can be neither skipped nor deleted: no command and no method takes a card away', async () => {
    const onCards = commandRoutes.filter(({ path }) => path.startsWith('/v1/cards'));
    expect(onCards.map(({ name }) => name).sort()).to.deep.equal([
      'card.appeal',
      'card.explain',
      'card.raise',
      'card.raiseOther',
      'card.rule',
    ]);
    for (const method of ['DELETE', 'PUT', 'PATCH']) {
      const answer = await stand().api.fetch(office, `/v1/cards/${cardId}`, { method });
      expect([404, 405], method).to.include(answer.status);
    }
    const cards = await cardsOf(office, judged);
    expect(cards).to.include(cardId);
    expect(cards).to.have.lengthOf(3);
  });

  it('reminds a party, on the record and without a duty to answer', async () => {
    const urge = { urgeId: 'urge-1', caseNo, department: 'offices', note: '请尽快受理' };
    await commit(stand().api, office, '/v1/urges', urge);
    expect(await refused(office, '/v1/urges', urge)).to.deep.equal([409, 'ALREADY_EXISTS']);
    const stranger = { ...urge, urgeId: 'urge-2', department: 'supervision' };
    expect(await refused(office, '/v1/urges', stranger)).to.deep.equal([403, 'NOT_A_PARTY']);
    const listed = await stand().api.get(clerk, `/v1/urges?caseNo=${caseNo}`);
    expect(listed.each('items', 'urgeId')).to.include('urge-1');
  });

  it('orders a department to act by a day, until a reply satisfies', async () => {
    const order = {
      orderId: 'ord-1',
      department: 'offices',
      caseNo,
      subject: '逾期整改',
      document,
      ...mandate,
      limit,
    };
    expect(await refused(clerk, '/v1/orders', order)).to.deep.equal([403, 'ROLE_REFUSED']);
    expect(await refused(head, '/v1/orders', order)).to.deep.equal([403, 'OWN_CAUSE']);
    const unknown = { ...order, department: 'nobody' };
    expect(await refused(office, '/v1/orders', unknown)).to.deep.equal([403, 'DEPARTMENT_UNKNOWN']);
    const issued = await commit(stand().api, office, '/v1/orders', order);
    const second = { ...order, orderId: 'ord-2' };
    expect(await refused(office, '/v1/orders', second)).to.deep.equal([409, 'ORDER_RUNNING']);
    expect(issued.str('result.dueOn') > issued.str('result.issuedAt').slice(0, 10)).to.equal(true);
    const conclude = '/v1/orders/ord-1/conclude';
    const reply = '/v1/orders/ord-1/reply';
    const done = { satisfied: true, document };
    expect(await todosOf(head, 'ord-1')).to.deep.equal(['replyOrder']);
    expect(await refused(office, conclude, done)).to.deep.equal([409, 'ORDER_NOT_OPEN']);
    expect(await refused('data.head1', reply, { document })).to.deep.equal([
      403,
      'WRONG_DEPARTMENT',
    ]);
    expect(await refused(clerk, reply, { document })).to.deep.equal([403, 'ROLE_REFUSED']);
    stand().goOn(14);
    const late = await commit(stand().api, head, reply, { document });
    expect(late.at('result.replies.0.late')).to.equal(true);
    expect(await todosOf(head, 'ord-1')).to.deep.equal([]);
    expect(await todosOf(office, 'ord-1')).to.deep.equal(['concludeOrder']);
    expect(await refused(head, reply, { document })).to.deep.equal([409, 'ORDER_NOT_OPEN']);
    await commit(stand().api, office, conclude, { satisfied: false, document, limit });
    await commit(stand().api, head, reply, { document });
    const closed = await commit(stand().api, office, conclude, done);
    expect(await todosOf(office, 'ord-1')).to.deep.equal([]);
    expect(closed.at('result.status')).to.equal('closed');
    const mine = await stand().api.get(clerk, '/v1/orders?status=closed');
    expect(mine.each('items', 'orderId')).to.deep.equal(['ord-1']);
    expect((await stand().api.get('data.clerk1', '/v1/orders')).list('items')).to.deep.equal([]);
  });

  it('has a conclusion reviewed by the government, on the ordered department’s request', async () => {
    const path = '/v1/orders/ord-1';
    const ask = { ground: 'evidenceInsufficient', text };
    const decide = { outcome: 'upheld', document };
    expect(await refused(clerk, `${path}/ask-review`, ask)).to.deep.equal([403, 'ROLE_REFUSED']);
    expect(await refused(head, `${path}/ask-review`, ask)).to.deep.equal([422, 'FUNCTION_VACANT']);
    const functions = ['government'];
    const acting = 'establishment';
    await commit(stand().api, `${acting}.head1`, '/v1/departments/update', { claim: functions });
    for (const other of ['data', 'offices', 'supervision']) {
      const claims = (await stand().api.get(head, `/v1/departments/${acting}`)).list('claims');
      if (claims.length === 0) continue;
      const confirm = `/v1/departments/${acting}/confirm`;
      await commit(stand().api, `${other}.head1`, confirm, { functions });
    }
    expect(await refused(`${acting}.head1`, `${path}/decide-review`, decide)).to.deep.equal([
      422,
      'APPEAL_MISSING',
    ]);
    await commit(stand().api, head, `${path}/ask-review`, ask);
    expect(await todosOf(`${acting}.head1`, 'ord-1')).to.deep.equal(['reviewConclusion']);
    expect(await refused(head, `${path}/decide-review`, decide)).to.deep.equal([403, 'OWN_CAUSE']);
    const seen = await stand().api.get(`${acting}.head1`, '/v1/orders');
    expect(seen.each('items', 'orderId')).to.deep.equal(['ord-1']);
    const decided = await commit(stand().api, `${acting}.head1`, `${path}/decide-review`, decide);
    expect(decided.at('result.replies.1.review.decision.outcome')).to.equal('upheld');
    expect(await todosOf(`${acting}.head1`, 'ord-1')).to.deep.equal([]);
  });

  it('takes an evaluation of a delivered case, a bad one with its reason and its answer', async () => {
    const { api } = stand();
    const number = await fileCase(api, 'data.clerk1');
    const path = `/v1/cases/${number}`;
    const give = `/v1/evaluations/${number}/give`;
    expect(await refused('data.clerk1', give, { score: 1 })).to.deep.equal([
      409,
      'EVALUATION_NOT_OPEN',
    ]);
    await commit(api, clerk, `${path}/receive`, {});
    await commit(api, clerk, `${path}/accept`, sealedVoucher);
    const opinion = { stepId: 'headcount', answer: 'agree' };
    await commit(api, 'establishment.clerk1', `${path}/opinion`, opinion);
    await commit(api, head, `${path}/decide`, { outcome: 'granted', document });
    await commit(api, clerk, `${path}/complete`, { result: document });
    await commit(api, clerk, `${path}/deliver`, { form: 'web' });
    expect(await refused('data.clerk1', give, { score: 5 })).to.deep.equal([
      422,
      'EVALUATION_UNEXPLAINED',
    ]);
    expect(await refused(clerk, give, { score: 1 })).to.deep.equal([403, 'WRONG_DEPARTMENT']);
    await commit(api, 'data.clerk1', give, { score: 5, note: text });
    expect(await refused('data.clerk1', give, { score: 1 })).to.deep.equal([409, 'ALREADY_EXISTS']);
    expect(await todosOf(clerk, number)).to.deep.equal(['answerEvaluation', 'archive']);
    const answered = await commit(api, clerk, `/v1/evaluations/${number}/answer`, { document });
    expect(answered.at('result.answer')).to.be.an('object');
    expect(await todosOf(clerk, number)).to.deep.equal(['archive']);
    const followed = await commit(api, 'data.clerk1', `/v1/evaluations/${number}/follow-up`, {
      score: 2,
    });
    expect([followed.at('result.score'), followed.at('result.followUp.score')]).to.deep.equal([
      5, 2,
    ]);
    const listed = await api.get(clerk, '/v1/evaluations?owner=offices');
    expect(listed.each('items', 'caseNo')).to.deep.equal([number]);
  });

  it('lets a supervisor write supervision and nothing else: every other command is refused', async () => {
    const mine = ['card.raise', 'card.raiseOther', 'card.rule'].concat([
      'audit.record',
      'order.conclude',
      'order.issue',
      'urge.send',
    ]);
    const others = commandNames.filter((name) => !mine.includes(name));
    for (const name of others) {
      expect(commands[name].roles, name).to.not.include('supervisor');
      const route = commandRoutes.find((one) => one.name === name)!;
      const path = route.path.replace(/\{\w+\}/, route.key === 'year' ? '2026' : caseNo);
      const answer = await stand().api.post(office, path, {});
      expect([400, 403], `${name}: ${answer.text}`).to.include(answer.status);
      if (answer.status === 400) expect(answer.at('code'), name).to.equal('VALIDATION_FAILED');
      else expect(answer.at('code'), name).to.equal('ROLE_REFUSED');
    }
    // Whole commands of every kind, refused for the role and for nothing else.
    for (const [path, body] of [
      [`/v1/cases/${caseNo}/receive`, {}],
      [`/v1/cases/${caseNo}/deem-accepted`, {}],
      [`/v1/cases/${caseNo}/withdraw`, { reasonCode: 'other' }],
      [`/v1/cards/${cardId}/explain`, { code: 'other', text }],
      ['/v1/orders/ord-1/reply', { document }],
    ] as const) {
      expect(await refused(office, path, body), path).to.deep.equal([403, 'ROLE_REFUSED']);
    }
  });

  it('gives the supervisor’s powers to the supervision office only', async () => {
    const holder = await stand().api.get(clerk, '/v1/departments/supervision');
    expect(holder.list('functions'), holder.text).to.include('supervision');
    const asHead = await refused('supervision.head1', '/v1/orders', {
      ...{ orderId: 'ord-9', department: 'offices', subject: 'x', document, ...mandate, limit },
    });
    expect(asHead).to.deep.equal([403, 'ROLE_REFUSED']);
  });
}
