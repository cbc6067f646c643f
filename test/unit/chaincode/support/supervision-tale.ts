import { auditRun } from './audits.js';
import { filedShare } from './shares.js';
import type { Runner } from './story.js';
import { by, caseNo, digestOf, morning } from './story.js';

/** Cards, a reminder, an order and an evaluation. */
export async function supervised(runner: Runner, late: string): Promise<void> {
  const text = digestOf('words');
  const office = by('supervision.supervisor1', morning('2026-04-20'));
  const card = await runner.run(
    'card.raise',
    { caseNo: late, what: 'reply', colour: 'red' },
    by('finance.clerk1', morning('2026-04-20')),
  );
  const cardId = card.kind === 'card' ? card.cardId : '';
  const head = by('offices.head1', morning('2026-04-20'));
  await runner.run('card.explain', { cardId, code: 'workload', text }, head);
  await runner.run('card.appeal', { cardId, ground: 'factsWrong', text }, head);
  await runner.run('card.rule', { cardId, outcome: 'upheld', document: text }, office);
  await filedShare(runner, { shareId: 'share-late' });
  const unanswered = { what: 'reply', colour: 'red', shareId: 'share-late' } as const;
  await runner.run('card.raiseOther', unanswered, office);
  const urge = { urgeId: 'urg-1', caseNo: late, department: 'offices', note: '请受理' };
  await runner.run('urge.send', urge, by('hrss.clerk1', morning('2026-04-20')));
  await ordered(runner, late);
  const bad = { caseNo, score: 5, note: text };
  const applicant = by('hrss.clerk1', morning('2026-04-20'));
  await runner.run('evaluation.give', bad, applicant);
  await runner.run('evaluation.answer', { caseNo, document: text }, head);
  await runner.run('evaluation.followUp', { caseNo, score: 2 }, applicant);
  await runner.run('audit.record', auditRun, office);
  const gateway = by('supervision.gateway1', morning('2026-04-20'));
  await runner.run('journal.anchor', { seq: 41_207, head: digestOf('line').digest }, gateway);
}

/** An order is replied to; its conclusion is contested, and the government decides. */
async function ordered(runner: Runner, late: string): Promise<void> {
  const document = digestOf('words');
  const orderId = 'ord-1';
  const office = by('supervision.supervisor1', morning('2026-04-20'));
  const head = by('finance.head1', morning('2026-04-20'));
  await runner.run(
    'order.issue',
    {
      ...{ orderId, department: 'finance', caseNo: late, subject: '逾期整改', document },
      mandate: 'headInstruction',
      mandateNumber: '市府督〔2026〕1号',
      mandateDocument: document,
      limit: { value: 3, unit: 'workingDay' },
    },
    office,
  );
  await runner.run('order.reply', { orderId, document }, head);
  await runner.run('order.conclude', { orderId, satisfied: false, document }, office);
  await runner.run('order.askReview', { orderId, ground: 'factsUnclear', text: document }, head);
  await runner.run(
    'order.decideReview',
    { orderId, outcome: 'cancelled', document },
    by('offices.head1', morning('2026-04-20')),
  );
}
