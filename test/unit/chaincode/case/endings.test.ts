import type { CaseRecord } from '@yici/domain/model';
import { caseClocks } from '@yici/domain/model';
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
  receivedCase,
  reviewedCase,
  submission,
  reason,
} from '../support/story.js';
import {
  march,
  promise,
  promisedCaseNo,
  publishPromisedMatter,
  revoking,
  workingDays,
} from '../support/timed.js';

const document = digestOf('revocation');

describe('the revocation of an acceptance (Zhejiang regulation art 11)', () => {
  let ledger: RuleLedger;
  const overdue = revoking(caseNo, 'supplementOverdue');
  const revoke = async (day: number, user = 'offices.head1', input: typeof overdue = overdue) =>
    (await ledger.run('case.revokeAcceptance', input, by(user, march(day)))) as CaseRecord;
  const tolerant = { caseNo, tolerated: ['quote'], limit: workingDays(3) };
  const accept = async (more: object = {}) =>
    (await ledger.run(
      'case.tolerantAccept',
      { ...tolerant, ...more },
      by('offices.clerk1', march(3)),
    )) as CaseRecord;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('rests on the promise that the acceptance rested on', async () => {
    await receivedCase(ledger, ['application']);
    await expectRefusal(ledger, 'PLEDGE_REQUIRED', () => accept());
    expect((await accept({ pledge: digestOf('on paper') })).tolerated?.pledge).to.deep.equal(
      digestOf('on paper'),
    );
  });

  it('takes the promise from the form', async () => {
    const pledge = digestOf('pledge');
    const filed = { ...submission(['application']), pledge };
    await ledger.run('case.submit', filed, by('hrss.clerk1', march(2)));
    await ledger.run('case.receive', { caseNo }, by('offices.clerk1', march(2)));
    expect((await accept()).tolerated?.pledge).to.deep.equal(pledge);
  });

  it('ends a case whose tolerated materials did not come in time, with reasons and remedy', async () => {
    await receivedCase(ledger, ['application']);
    await accept({ pledge: digestOf('pledge') });
    await expectRefusal(ledger, 'SUPPLEMENT_NOT_OVERDUE', () => revoke(6));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => revoke(9, 'finance.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => revoke(9, 'offices.clerk2'));
    const { remedy, ...bare } = overdue.reason;
    expect(remedy).to.not.equal('');
    await expectRefusal(ledger, 'REASON_REQUIRED', () =>
      revoke(9, 'offices.head1', { ...overdue, reason: bare as typeof overdue.reason }),
    );
    await expectRefusal(ledger, 'REASON_REQUIRED', () =>
      revoke(9, 'offices.head1', revoking(caseNo, 'obtainedByDeceit')),
    );
    const record = await revoke(9);
    expect(record).to.include({ state: 'ACCEPTANCE_REVOKED', nationalNumber: 15 });
    expect(record.revocation).to.deep.include({ of: 'acceptance', document });
    expect(caseClocks(record)).to.deep.equal([]);
    await expectRefusal(ledger, 'CASE_CLOSED', () => revoke(10));
  });

  it('ends a case too whose tolerated materials came and still do not meet the requirements', async () => {
    await receivedCase(ledger, ['application']);
    await accept({ pledge: digestOf('pledge') });
    const unmet = { ...overdue, reason: { ...overdue.reason, code: 'stillIncomplete' as const } };
    const again = () => ledger.run('case.revokeAcceptance', unmet, by('offices.head1', march(5)));
    await expectRefusal(ledger, 'NOTHING_TOLERATED', again);
    const materials = [{ code: 'quote', document: digestOf('unreadable') }];
    await ledger.run('case.supplement', { caseNo, materials }, by('hrss.clerk1', march(4)));
    expect(await again()).to.include({ state: 'ACCEPTANCE_REVOKED' });
  });

  it('is not signed by who accepted', async () => {
    await receivedCase(ledger, ['application']);
    await ledger.run(
      'case.tolerantAccept',
      { ...tolerant, pledge: digestOf('pledge') },
      by('offices.head1', march(3)),
    );
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => revoke(9));
    expect((await revoke(9, 'offices.head2')).state).to.equal('ACCEPTANCE_REVOKED');
  });

  it('is of no case that was complete, or accepted by the owner’s silence', async () => {
    await receivedCase(ledger, ['application']);
    await ledger.run('case.deemAccepted', { caseNo }, by('finance.clerk1', march(10)));
    await expectRefusal(ledger, 'NOTHING_TOLERATED', () => revoke(20));
    const complete = caseNo.replace(/1$/, '2');
    await ledger.run(
      'case.submit',
      { ...submission(), caseNo: complete },
      by('hrss.clerk1', march(2)),
    );
    await ledger.run('case.receive', { caseNo: complete }, by('offices.clerk1', march(2)));
    await ledger.run('case.accept', { caseNo: complete }, by('offices.clerk1', march(3)));
    await expectRefusal(ledger, 'NOTHING_TOLERATED', () =>
      revoke(20, 'offices.head1', { ...overdue, caseNo: complete }),
    );
  });
});

describe('the revocation of a decision (R14)', () => {
  let ledger: RuleLedger;
  const deceit = revoking(caseNo, 'obtainedByDeceit');
  const revoke = async (user = 'offices.head2', input: typeof deceit = deceit) =>
    (await ledger.run('case.revokeDecision', input, by(user, march(20)))) as CaseRecord;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('undoes a delivered decision by another head, with reasons and remedy', async () => {
    const before = await deliveredCase(ledger);
    const past = ledger.chain(caseNo);
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => revoke('offices.head1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => revoke('supervision.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => revoke('offices.clerk1'));
    await expectRefusal(ledger, 'REASON_REQUIRED', () =>
      revoke('offices.head2', revoking(caseNo, 'supplementOverdue')),
    );
    const record = await revoke();
    expect(record).to.include({ state: 'DECISION_REVOKED', nationalNumber: 15 });
    expect(record.decision).to.deep.equal(before.decision);
    expect(record.revocation).to.deep.include({ of: 'decision', document });
    expect(ledger.chain(caseNo).slice(0, -1)).to.deep.equal(past);
    expect(ledger.all('brokenCommitment')).to.deep.equal([]);
    await expectRefusal(ledger, 'CASE_CLOSED', () => revoke('offices.head3'));
  });

  it('is not done where it could gravely harm the public interest, as another head records (art 69(3))', async () => {
    const before = await deliveredCase(ledger);
    const kept = { code: 'obtainedByDeceit', text: digestOf('public interest') } as const;
    const keep = async (user = 'offices.head2', given: object = kept) =>
      (await ledger.run(
        'case.keepDecision',
        { caseNo, reason: { ...kept, ...given }, document },
        by(user, march(20)),
      )) as CaseRecord;
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => keep('offices.head1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => keep('supervision.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => keep('offices.clerk1'));
    await expectRefusal(ledger, 'REASON_REQUIRED', () =>
      keep('offices.head2', { code: 'supplementOverdue' }),
    );
    await expectRefusal(ledger, 'INSPECTION_NOT_FAILED', () =>
      keep('offices.head2', { code: 'commitmentBroken' }),
    );
    const record = await keep();
    expect(record).to.deep.include({ state: before.state, result: before.result });
    expect(record.kept).to.deep.equal([
      {
        ...{ reason: kept, document, at: march(20) },
        by: { department: 'offices', role: 'head', user: 'offices.head2' },
      },
    ]);
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => keep('offices.head3'));
    expect((await revoke('offices.head3')).state).to.equal('DECISION_REVOKED');
  });

  it('is of what was granted: a refusal granted nothing', async () => {
    await reviewedCase(ledger);
    const decide = { caseNo, outcome: 'refused', document: digestOf('decision'), reason } as const;
    await ledger.run('case.decide', decide, by('offices.head1', march(5)));
    await expectRefusal(ledger, 'WRONG_STATE', () => revoke());
    const complete = { caseNo, result: digestOf('reply') };
    await ledger.run('case.complete', complete, by('offices.clerk1', march(6)));
    await expectRefusal(ledger, 'NOTHING_GRANTED', () => revoke());
    await expectRefusal(ledger, 'NOTHING_GRANTED', () =>
      ledger.run('case.keepDecision', deceit, by('offices.head2', march(20))),
    );
  });

  it('keeps a revoked decision from being completed', async () => {
    await reviewedCase(ledger);
    const decide = { caseNo, outcome: 'granted', document: digestOf('decision') } as const;
    await ledger.run('case.decide', decide, by('offices.head1', march(5)));
    await revoke();
    await expectRefusal(ledger, 'CASE_CLOSED', () =>
      ledger.run(
        'case.complete',
        { caseNo, result: digestOf('reply') },
        by('offices.clerk1', march(20)),
      ),
    );
  });

  it('needs a decision', async () => {
    await reviewedCase(ledger);
    await expectRefusal(ledger, 'WRONG_STATE', () => revoke());
  });

  it('exports a grant that began with a tolerated gap as number 12', async () => {
    await receivedCase(ledger, ['application']);
    const clerk = by('offices.clerk1', march(3));
    const pledge = digestOf('pledge');
    const gap = { caseNo, tolerated: ['quote'], limit: workingDays(3), pledge };
    await ledger.run('case.tolerantAccept', gap, clerk);
    for (const { department, id } of ledger.get('case', caseNo)!.steps) {
      const opinion = { caseNo, stepId: id, answer: 'agree' } as const;
      await ledger.run('case.opinion', opinion, by(`${department}.clerk1`, march(4)));
    }
    const refused = {
      caseNo,
      outcome: 'refused',
      document,
      reason: { ...deceit.reason, code: 'conditionsNotMet' },
    } as const;
    const trial = new Map(ledger.state);
    const complete = { caseNo, result: digestOf('reply') };
    await ledger.run('case.decide', refused, by('offices.head1', march(5)));
    expect(await ledger.run('case.complete', complete, clerk)).to.include({ nationalNumber: 13 });
    ledger.state.clear();
    for (const [key, value] of trial) ledger.state.set(key, value);
    await grantWithEverything(ledger);
    expect(await ledger.run('case.complete', complete, clerk)).to.include({ nationalNumber: 12 });
  });
});

/** The quote arrives, and the two shared materials by attestation. */
async function grantWithEverything(ledger: RuleLedger): Promise<void> {
  await issueAttestations(ledger, march(4));
  const materials = [{ code: 'quote', document: digestOf('quote') }];
  await ledger.run('case.supplement', { caseNo, materials }, by('hrss.clerk1', march(5)));
  const granted = { caseNo, outcome: 'granted', document, attested } as const;
  await ledger.run('case.decide', granted, by('offices.head1', march(5)));
}

describe('a notice that marks fields of the form (R3)', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });

  it('is refused by a matter that lists no such field, and when it marks nothing', async () => {
    await receivedCase(ledger);
    const notice = { caseNo, limit: workingDays(5) };
    const clerk = by('offices.clerk1', march(3));
    const fields = [{ code: 'area', deficiency: 'wrong' as const }];
    await expectRefusal(ledger, 'FORM_FIELD_UNKNOWN', () =>
      ledger.run('case.supplementNotice', { ...notice, fields }, clerk),
    );
    await expectRefusal(ledger, 'NOTHING_MISSING', () =>
      ledger.run('case.supplementNotice', notice, clerk),
    );
    await expectRefusal(ledger, 'NOTHING_MISSING', () =>
      ledger.run('case.supplementNotice', { ...notice, items: [], fields: [] }, clerk),
    );
  });

  it('brings the form anew, and only then', async () => {
    await publishPromisedMatter(ledger);
    const id = { caseNo: promisedCaseNo };
    await ledger.run('case.submit', promise(), by('hrss.clerk1', march(2)));
    await ledger.run('case.receive', id, by('offices.clerk1', march(2)));
    const marks = {
      fields: [{ code: 'area', deficiency: 'wrong' as const, note: '面积与平面图不符' }],
      items: [{ code: 'application', deficiency: 'unclear' as const }],
    };
    const notified = (await ledger.run(
      'case.supplementNotice',
      { ...id, ...marks, limit: workingDays(5) },
      by('offices.clerk1', march(3)),
    )) as CaseRecord;
    expect(notified.notices[0]).to.deep.include(marks);
    const applicant = by('hrss.clerk1', march(4));
    const materials = [{ code: 'application', document: digestOf('new') }];
    await expectRefusal(ledger, 'FORM_REQUIRED', () =>
      ledger.run('case.supplement', { ...id, materials }, applicant),
    );
    const form = digestOf('form 2');
    const record = await ledger.run('case.supplement', { ...id, materials, form }, applicant);
    expect((record as CaseRecord).form).to.deep.equal(form);
  });

  it('is what a new form needs', async () => {
    await receivedCase(ledger);
    const items = [{ code: 'quote', deficiency: 'unclear' as const }];
    await ledger.run(
      'case.supplementNotice',
      { caseNo, items, limit: workingDays(5) },
      by('offices.clerk1', march(3)),
    );
    const materials = [{ code: 'quote', document: digestOf('new') }];
    await expectRefusal(ledger, 'FORM_NOT_REQUESTED', () =>
      ledger.run(
        'case.supplement',
        { caseNo, materials, form: digestOf('form 2') },
        by('hrss.clerk1', march(4)),
      ),
    );
  });
});

describe('a case that is opened for a new decision', () => {
  let ledger: RuleLedger;
  const document = digestOf('review');
  const reopen = (
    ground: 'coordination' | 'revocation' = 'coordination',
    user = 'offices.head2',
    day = 16,
  ) =>
    ledger.run(
      'case.reopen',
      { caseNo, ground, document },
      by(user, march(day)),
    ) as Promise<CaseRecord>;
  const refuse = { caseNo, outcome: 'refused', document: digestOf('decision'), reason } as const;
  const grant = { caseNo, outcome: 'granted', document: digestOf('new decision') } as const;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await reviewedCase(ledger);
  });

  it('has a clock of its own, and keeps what was decided before', async () => {
    await ledger.run('case.decide', refuse, by('offices.head1', march(5)));
    const record = await reopen();
    expect(record).to.include({ state: 'IN_REVIEW', dueOn: '2026-03-25' });
    expect(record.reopenings?.[0]).to.deep.include({ ground: 'coordination', document });
    expect(record.reopenings?.[0]?.decision?.outcome).to.equal('refused');
    const clock = caseClocks(record).find(({ what }) => what === 'finish');
    expect(clock).to.include({ startedOn: '2026-03-16', dueOn: '2026-03-25' });
    const decided = await ledger.run('case.decide', grant, by('offices.head1', march(17)));
    expect(decided).to.include({ state: 'DECIDED_GRANTED' });
  });

  it('is opened by another head of the owner, and a grant only once it was revoked', async () => {
    await ledger.run('case.decide', grant, by('offices.head1', march(5)));
    await expectRefusal(ledger, 'WRONG_STATE', () => reopen());
    const revocation = revoking(caseNo, 'obtainedByDeceit');
    await ledger.run('case.revokeDecision', revocation, by('offices.head2', march(9)));
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => reopen('revocation', 'offices.head1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => reopen('revocation', 'hrss.head1'));
    const record = await reopen('revocation');
    expect(record.revocation).to.equal(undefined);
    expect(record.reopenings?.[0]?.revocation?.reason.code).to.equal('obtainedByDeceit');
  });

  it('is so five times at most', async () => {
    for (let day = 9; day <= 13; day++) {
      await ledger.run('case.decide', refuse, by('offices.head1', march(day)));
      await reopen('coordination', 'offices.head2', day);
    }
    await ledger.run('case.decide', refuse, by('offices.head1', march(16)));
    await expectRefusal(ledger, 'LIMIT_REACHED', () => reopen());
  });
});
