import type { CaseRecord } from '@yici/domain/model';
import { canonicalDigest, chainStart } from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  attested,
  by,
  caseNo,
  deliveredCase,
  digestOf,
  expectRefusal,
  foundEverything,
  issueAttestations,
  morning,
  reason,
  receivedCase,
  reviewedCase,
} from '../support/story.js';

const granted = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
const refused = { caseNo, outcome: 'refused', document: digestOf('decision') } as const;
const agree = (stepId: string) => ({ caseNo, stepId, answer: 'agree' }) as const;

describe('opinions', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await receivedCase(ledger);
    await ledger.run('case.accept', { caseNo }, by('offices.clerk1', morning('2026-03-03')));
  });
  const at = (user: string, date = '2026-03-04') => by(user, morning(date));

  it('are given once, each by its own department (R10)', async () => {
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.opinion', agree('finance'), at('establishment.clerk1')),
    );
    await ledger.run('case.opinion', agree('finance'), at('finance.clerk1'));
    await expectRefusal(ledger, 'ALREADY_ANSWERED', () =>
      ledger.run('case.opinion', agree('finance'), at('finance.head1')),
    );
    await expectRefusal(ledger, 'STEP_UNKNOWN', () =>
      ledger.run('case.opinion', agree('nothing'), at('finance.clerk1')),
    );
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('case.opinion', agree('finance'), at('finance.service1')),
    );
  });

  it('open a sequential step when the last prior one is given (R9)', async () => {
    await expectRefusal(ledger, 'STEP_NOT_OPEN', () =>
      ledger.run('case.opinion', agree('registry'), at('data.clerk1')),
    );
    const first = (await ledger.run(
      'case.opinion',
      agree('finance'),
      at('finance.clerk1'),
    )) as CaseRecord;
    expect(first).to.include({ state: 'IN_REVIEW', nationalNumber: 8 });
    expect(first.steps[2]?.status).to.equal('waiting');
    const second = (await ledger.run(
      'case.opinion',
      agree('headcount'),
      at('establishment.clerk1', '2026-03-05'),
    )) as CaseRecord;
    expect(second.steps[2]).to.include({
      status: 'open',
      startedAt: morning('2026-03-05'),
      dueOn: '2026-03-10',
    });
  });

  it('that disagree need a reason', async () => {
    const disagree = { ...agree('finance'), answer: 'disagree' } as const;
    await expectRefusal(ledger, 'REASON_REQUIRED', () =>
      ledger.run('case.opinion', disagree, at('finance.clerk1')),
    );
    await ledger.run('case.opinion', { ...disagree, reason }, at('finance.clerk1'));
  });

  it('count when late, and are flagged', async () => {
    const record = (await ledger.run(
      'case.opinion',
      agree('finance'),
      at('finance.clerk1', '2026-03-09'),
    )) as CaseRecord;
    expect(record.steps[0]).to.include({ dueOn: '2026-03-06', late: true });
    expect(record.flags.map(({ code }) => code)).to.deep.equal(['lateOpinion']);
  });

  it('are not given before acceptance', async () => {
    const other = new RuleLedger();
    await foundEverything(other);
    await receivedCase(other);
    await expectRefusal(other, 'WRONG_STATE', () =>
      other.run('case.opinion', agree('finance'), at('finance.clerk1')),
    );
  });
});

describe('the decision', () => {
  let ledger: RuleLedger;
  const head = by('offices.head1', morning('2026-03-05'));
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('is the head’s, with ten working days to deliver', async () => {
    await reviewedCase(ledger);
    for (const [user, code] of [
      ['offices.clerk1', 'ROLE_REFUSED'],
      ['finance.head1', 'WRONG_DEPARTMENT'],
    ] as const) {
      await expectRefusal(ledger, code, () => ledger.run('case.decide', granted, by(user)));
    }
    const record = (await ledger.run('case.decide', granted, head)) as CaseRecord;
    expect(record).to.include({ state: 'DECIDED_GRANTED', deliverBy: '2026-03-19' });
  });

  it('is not taken by the official who accepted', async () => {
    await receivedCase(ledger);
    await ledger.run('case.accept', { caseNo }, by('offices.head1', morning('2026-03-03')));
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => ledger.run('case.decide', granted, head));
  });

  it('waits for every opinion', async () => {
    await receivedCase(ledger);
    await ledger.run('case.accept', { caseNo }, by('offices.clerk1', morning('2026-03-03')));
    const details = await expectRefusal(ledger, 'OPINIONS_OUTSTANDING', () =>
      ledger.run('case.decide', granted, head),
    );
    expect(details).to.deep.equal({
      steps: [
        { stepId: 'finance', department: 'finance' },
        { stepId: 'headcount', department: 'establishment' },
        { stepId: 'registry', department: 'data' },
      ],
    });
  });

  /** Answered by all, `finance` as given, without any attestation attached. */
  async function answered(answer: 'agree' | 'disagree'): Promise<void> {
    await receivedCase(ledger);
    await ledger.run('case.accept', { caseNo }, by('offices.clerk1', morning('2026-03-03')));
    const finance = { ...agree('finance'), answer, ...(answer === 'agree' ? {} : { reason }) };
    await ledger.run('case.opinion', finance, by('finance.clerk1', morning('2026-03-04')));
    await ledger.run(
      'case.opinion',
      agree('headcount'),
      by('establishment.clerk1', morning('2026-03-04')),
    );
    await ledger.run('case.opinion', agree('registry'), by('data.clerk1', morning('2026-03-04')));
  }

  it('cannot be a grant against a department’s disagreement', async () => {
    await answered('disagree');
    const details = await expectRefusal(ledger, 'OPINION_DISAGREES', () =>
      ledger.run('case.decide', granted, head),
    );
    expect(details).to.deep.equal({ steps: [{ stepId: 'finance', department: 'finance' }] });
    await expectRefusal(ledger, 'REASON_REQUIRED', () => ledger.run('case.decide', refused, head));
    await ledger.run('case.decide', { ...refused, reason }, head);
    await ledger.run('case.complete', { caseNo, result: digestOf('letter') }, by('offices.clerk1'));
    expect(ledger.get('case', caseNo)).to.include({ state: 'COMPLETED', nationalNumber: 13 });
  });

  it('cannot be a grant before the shared materials are attested, and takes them at the last moment', async () => {
    await answered('agree');
    const details = await expectRefusal(ledger, 'MATERIAL_MISSING', () =>
      ledger.run('case.decide', granted, head),
    );
    expect(details).to.deep.equal({
      codes: ['headcount', 'budget'],
      attestations: [
        {
          code: 'headcount',
          name: { zh: '编制数', en: 'Headcount' },
          datasetId: 'establishment.headcount',
          department: 'establishment',
        },
        {
          code: 'budget',
          name: { zh: '资金来源', en: 'Budget source' },
          datasetId: 'finance.budget',
          department: 'finance',
        },
      ],
    });
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('case.decide', { ...granted, attested }, head),
    );
    await issueAttestations(ledger, morning('2026-03-04'));
    await ledger.run('case.decide', { ...granted, attested }, head);
  });

  it('cannot be a grant on an attestation that has been revoked meanwhile', async () => {
    await reviewedCase(ledger);
    await ledger.run(
      'attestation.revoke',
      { attestationId: 'att-budget', reasonCode: 'dataWrong' },
      by('finance.head1', morning('2026-03-04')),
    );
    const details = await expectRefusal(ledger, 'ATTESTATION_NOT_VALID', () =>
      ledger.run('case.decide', granted, head),
    );
    expect(details).to.include({ attestationId: 'att-budget', verdict: 'revoked' });
  });

  it('cannot be a grant while a tolerated material is outstanding', async () => {
    await receivedCase(ledger, ['application']);
    await issueAttestations(ledger, morning('2026-03-02'));
    await ledger.run(
      'case.tolerantAccept',
      {
        caseNo,
        tolerated: ['quote'],
        limit: { value: 3, unit: 'workingDay' },
        pledge: digestOf('pledge'),
        attested,
      },
      by('offices.clerk1', morning('2026-03-03')),
    );
    for (const [stepId, user] of [
      ['finance', 'finance.clerk1'],
      ['headcount', 'establishment.clerk1'],
      ['registry', 'data.clerk1'],
    ] as const) {
      await ledger.run('case.opinion', agree(stepId), by(user, morning('2026-03-04')));
    }
    const details = await expectRefusal(ledger, 'MATERIAL_MISSING', () =>
      ledger.run('case.decide', granted, head),
    );
    const name = { zh: '租金报价', en: 'Rental quote' };
    expect(details).to.deep.equal({ codes: ['quote'], materials: [{ code: 'quote', name }] });
  });
});

describe('the end of a case', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('is delivered only after it is completed, and completed only after it is decided', async () => {
    await reviewedCase(ledger);
    const clerk = by('offices.clerk1', morning('2026-03-05'));
    const complete = { caseNo, result: digestOf('reply') };
    const deliver = { caseNo, form: 'web' } as const;
    await expectRefusal(ledger, 'WRONG_STATE', () => ledger.run('case.complete', complete, clerk));
    await ledger.run('case.decide', granted, by('offices.head1', morning('2026-03-05')));
    await expectRefusal(ledger, 'WRONG_STATE', () => ledger.run('case.deliver', deliver, clerk));
    await expectRefusal(ledger, 'WRONG_STATE', () =>
      ledger.run('case.withdraw', { caseNo, reasonCode: 'other' }, by('hrss.clerk1')),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.complete', complete, by('hrss.clerk1')),
    );
    await ledger.run('case.complete', complete, clerk);
    await ledger.run('case.deliver', deliver, clerk);
    const done = { state: 'DELIVERED', nationalNumber: 11, deliveryForm: 'web' };
    expect(ledger.get('case', caseNo)).to.include(done);
  });

  it('leaves nothing but corrections (R14), each a new event that points at the old one (R13)', async () => {
    const delivered = await deliveredCase(ledger);
    for (const attempt of [
      () => ledger.run('case.decide', granted, by('offices.head1')),
      () => ledger.run('case.opinion', agree('finance'), by('finance.clerk1')),
      () => ledger.run('case.deliver', { caseNo, form: 'web' }, by('offices.clerk1')),
      () => ledger.run('case.withdraw', { caseNo, reasonCode: 'other' }, by('hrss.clerk1')),
      () => ledger.run('case.deemAccepted', { caseNo }, by('hrss.clerk1')),
    ]) {
      await expectRefusal(ledger, 'CASE_CLOSED', attempt);
    }
    const before = ledger.chain(caseNo);
    const correction = { caseNo, seq: 3, reasonCode: 'clerical' as const, note: '依据条款号有误' };
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.correct', correction, by('hrss.head1')),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run('case.correct', { ...correction, seq: 99 }, by('finance.head1')),
    );
    const record = (await ledger.run(
      'case.correct',
      correction,
      by('finance.head1'),
    )) as CaseRecord;
    expect(record).to.include({ state: 'DELIVERED', nextSeq: delivered.nextSeq + 1 });
    const after = ledger.chain(caseNo);
    expect(after.slice(0, -1)).to.deep.equal(before);
    expect(after.at(-1)?.data).to.deep.include({ seq: 3, note: '依据条款号有误' });
  });

  it('takes a hundred corrections and no more', async () => {
    await deliveredCase(ledger);
    const correction = { caseNo, seq: 3, reasonCode: 'clerical' as const, note: 'x' };
    for (let n = 0; n < 100; n += 1) {
      await ledger.run('case.correct', correction, by('finance.head1'));
    }
    await expectRefusal(ledger, 'LIMIT_REACHED', () =>
      ledger.run('case.correct', correction, by('finance.head1')),
    );
  });

  it('can be proved complete from its chain', async () => {
    const record = await deliveredCase(ledger);
    let head = chainStart;
    for (const [seq, event] of ledger.chain(caseNo).entries()) {
      expect(event).to.include({ seq, prev: head });
      head = canonicalDigest(event);
    }
    expect(record).to.include({ head, nextSeq: ledger.chain(caseNo).length });
  });

  it('has the time that its own signer says, and does not turn the case’s back', async () => {
    await reviewedCase(ledger);
    const record = (await ledger.run(
      'case.decide',
      granted,
      by('offices.head1', '2026-03-04T00:58:00.000Z'),
    )) as CaseRecord;
    expect(record.decision?.at).to.equal('2026-03-04T00:58:00.000Z');
    expect(record.updatedAt).to.equal(morning('2026-03-04'));
  });
});
