import type { CaseSources } from '@yici/client';
import { registerDuties, rulingOf, standsIn } from '../../chaincode/support/duties.js';
import { RuleLedger } from '../../chaincode/support/ledger.js';
import {
  agreeing,
  attested,
  by,
  caseNo,
  digestOf,
  foundEverything,
  issueAttestations,
  morning,
  submission,
} from '../../chaincode/support/story.js';

const names: Readonly<Record<string, string>> = {
  hrss: '人力社保局',
  offices: '机关事务中心',
  finance: '财政局',
  establishment: '编办',
  data: '数据局',
  supervision: '督查室',
};

/** A case that the rules carried through bounces, a ruling by a delegate and a returned step to its delivery. */
export async function bouncedCase(): Promise<CaseSources> {
  const ledger = new RuleLedger();
  await foundEverything(ledger);
  await registerDuties(ledger);
  for (const [key, record] of ledger.state) {
    if (record.kind !== 'department') continue;
    ledger.state.set(key, {
      ...record,
      name: { zh: names[record.id] ?? record.id, en: record.id },
    });
  }
  await ledger.run('case.submit', submission(), by('hrss.clerk1', morning('2026-03-02')));
  await ledger.run(
    'case.receive',
    { caseNo, voucherNo: 'V-1' },
    by('offices.clerk1', morning('2026-03-02')),
  );
  await issueAttestations(ledger, morning('2026-03-02'));
  await ledger.run(
    'case.accept',
    { caseNo, attested },
    by('offices.clerk1', morning('2026-03-03')),
  );
  await passOn(ledger);
  await remind(ledger);
  await finish(ledger);
  await judge(ledger);
  const record = ledger.get('case', caseNo)!;
  return {
    record,
    events: ledger.chain(caseNo),
    matter: ledger.get('matter', record.taskCode, '000001')!,
    departments: ledger.all('department'),
    attestations: ledger.all('attestation'),
    rulings: ledger.all('dutyRuling'),
    delegations: ledger.all('delegation'),
    cards: ledger.all('card'),
    urges: ledger.all('urge'),
    evaluation: ledger.get('evaluation', caseNo)!,
  };
}

async function passOn(ledger: RuleLedger): Promise<void> {
  const stepId = 'finance';
  for (const day of ['2026-03-03', '2026-03-04']) {
    const offer = { caseNo, stepId, to: 'supervision', dutyCode: 'SUPERVISION-01' };
    await ledger.run('case.offerTransfer', offer, by('finance.clerk1', morning(day)));
    const decline = { caseNo, stepId, clauseOf: 'finance', dutyCode: 'FINANCE-01' };
    await ledger.run('case.declineTransfer', decline, by('supervision.head1', morning(day)));
  }
  await standsIn(ledger, 'd-1', '2026-03-04');
  const { proposal, decision } = rulingOf(`${caseNo}-R1`);
  await ledger.run(
    'dutyRuling.propose',
    proposal,
    by('establishment.head2', morning('2026-03-04')),
  );
  await ledger.run('dutyRuling.decide', decision, {
    ...by('establishment.clerk2', morning('2026-03-04')),
    under: 'd-1',
  });
  const step = { caseNo, stepId: 'headcount' };
  const reason = { code: 'stillIncomplete', text: digestOf('unreadable') } as const;
  await ledger.run(
    'case.returnStep',
    { ...step, reason },
    by('establishment.clerk1', morning('2026-03-04')),
  );
  await ledger.run(
    'case.resendStep',
    { ...step, document: digestOf('readable') },
    by('offices.clerk1', morning('2026-03-04')),
  );
}

async function finish(ledger: RuleLedger): Promise<void> {
  for (const { stepId, user } of agreeing) {
    const who = stepId === 'finance' ? 'supervision.head1' : user;
    await ledger.run(
      'case.opinion',
      { caseNo, stepId, answer: 'agree' },
      by(who, morning('2026-03-05')),
    );
  }
  const granted = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
  await ledger.run('case.decide', granted, by('offices.head1', morning('2026-03-05')));
  const result = digestOf('reply');
  await ledger.run(
    'case.complete',
    { caseNo, result },
    by('offices.clerk1', morning('2026-03-06')),
  );
  await ledger.run(
    'case.deliver',
    { caseNo, form: 'web' },
    by('offices.clerk1', morning('2026-03-06')),
  );
}

/** A reminder, and the yellow card of the step that is due on 2026-03-06. */
async function remind(ledger: RuleLedger): Promise<void> {
  const note = '请尽快出具意见';
  const urge = { urgeId: 'u-1', caseNo, department: 'establishment', note };
  await ledger.run('urge.send', urge, by('offices.clerk1', morning('2026-03-04')));
  const card = { caseNo, what: 'opinion', step: 'headcount', colour: 'yellow' } as const;
  const raised = await ledger.run('card.raise', card, by('offices.clerk1', morning('2026-03-05')));
  const cardId = raised.kind === 'card' ? raised.cardId : '';
  const text = digestOf('explanation');
  const explain = { cardId, code: 'workload', text } as const;
  await ledger.run('card.explain', explain, by('establishment.clerk1', morning('2026-03-05')));
}

/** A bad evaluation, which is answered. */
async function judge(ledger: RuleLedger): Promise<void> {
  const bad = { caseNo, score: 4, note: digestOf('slow') };
  await ledger.run('evaluation.give', bad, by('hrss.clerk1', morning('2026-03-09')));
  const answer = { caseNo, document: digestOf('measures') };
  await ledger.run('evaluation.answer', answer, by('offices.head1', morning('2026-03-10')));
}
