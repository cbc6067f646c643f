import { decidedBy } from './duties.js';
import type { Runner } from './story.js';
import { by, digestOf, morning, reason } from './story.js';

/** One step is declined once and brought to coordination; another is forwarded, disagrees, and is decided by the government. */
export async function disagreed(runner: Runner, disputed: string): Promise<void> {
  const on = (user: string, day: string) => by(user, morning(day));
  const finance = { caseNo: disputed, stepId: 'finance' };
  const offer = { ...finance, to: 'supervision', dutyCode: 'SUPERVISION-01' };
  await runner.run('case.offerTransfer', offer, on('finance.clerk1', '2026-03-04'));
  const decline = { ...finance, clauseOf: 'finance', dutyCode: 'FINANCE-01' };
  await runner.run('case.declineTransfer', decline, on('supervision.head1', '2026-03-04'));
  const asked = { ...finance, clauseOf: 'supervision', dutyCode: 'SUPERVISION-01' };
  await runner.run('case.requestCoordination', asked, on('finance.clerk1', '2026-03-05'));
  const step = { caseNo: disputed, stepId: 'headcount' };
  const document = digestOf('letter');
  const above = on('establishment.clerk1', '2026-03-05');
  await runner.run(
    'case.opinion',
    { ...step, answer: 'forward', document, organ: '省委编办' },
    above,
  );
  await runner.run(
    'case.answerForwarded',
    { ...step, answer: 'disagree', document, reason },
    above,
  );
  await runner.run(
    'case.recordMeeting',
    { ...step, document, attended: ['establishment', 'offices'] },
    on('offices.clerk1', '2026-03-06'),
  );
  await runner.run(
    'case.reviseOpinion',
    { ...step, answer: 'disagree', document },
    on('establishment.clerk1', '2026-03-09'),
  );
  await runner.run(
    'case.ruleOpinion',
    { ...step, outcome: 'lifted', document, ...decidedBy },
    on('offices.head1', '2026-03-09'),
  );
}

/** A department that is not competent names the one that is. */
export async function sentElsewhere(runner: Runner, refused: string): Promise<void> {
  const clerk = by('offices.clerk1', morning('2026-03-03'));
  const organ = { ...reason, code: 'notCompetent', competentOrgan: '财政局' } as const;
  const cited = { clauseOf: 'finance', dutyCode: 'FINANCE-01' };
  await runner.run('case.refuse', { caseNo: refused, reason: organ, ...cited }, clerk);
}
