import type { CaseRecord } from '@yici/domain/model';
import { expect } from 'chai';
import { registerDuties } from '../chaincode/support/duties.js';
import { RuleLedger } from '../chaincode/support/ledger.js';
import {
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  leaseMatter,
  morning,
  publishMatter,
  reason,
  receivedCase,
  submission,
} from '../chaincode/support/story.js';

const day = (date: string) => (user: string) => by(user, morning(date));
const monday = day('2026-03-02');
const tuesday = day('2026-03-03');
const wednesday = day('2026-03-04');
const thursday = day('2026-03-05');

const notCompetent = { ...reason, code: 'notCompetent', competentOrgan: '另一部门' } as const;
const clause = (id: string) => ({ clauseOf: id, dutyCode: `${id.toUpperCase()}-01` });

/** Departments that say "not mine" in turn, each in another way. */
describe('H2: "not mine" is said by a clause, is counted, and ends with coordination', () => {
  let ledger: RuleLedger;
  const record = (no = caseNo) => ledger.get('case', no)!;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await registerDuties(ledger);
    await receivedCase(ledger);
  });

  it('an opinion or a decision is no way to say it', async () => {
    await ledger.run('case.accept', { caseNo }, tuesday('offices.clerk1'));
    for (const code of ['outsideDuty', 'notCompetent'] as const) {
      const named = { ...reason, code, competentOrgan: '另一部门' };
      const answer = { caseNo, stepId: 'finance', answer: 'disagree', reason: named } as const;
      await expectRefusal(ledger, 'TRANSFER_REQUIRED', () =>
        ledger.run('case.opinion', answer, tuesday('finance.clerk1')),
      );
    }
    for (const [stepId, user] of [
      ['finance', 'finance.clerk1'],
      ['headcount', 'establishment.clerk1'],
      ['registry', 'data.clerk1'],
    ] as const) {
      await ledger.run('case.opinion', { caseNo, stepId, answer: 'agree' }, tuesday(user));
    }
    const outside = { ...reason, code: 'outsideDuty' } as const;
    const document = digestOf('decision');
    const refusal = { caseNo, outcome: 'refused', document, reason: outside } as const;
    await expectRefusal(ledger, 'TRANSFER_REQUIRED', () =>
      ledger.run('case.decide', refusal, wednesday('offices.head1')),
    );
  });

  /** The finance bureau's own matter, to which the applicant is sent. */
  const other = { ...leaseMatter, taskCode: '331100JG000800008' };
  const sentOn = `${other.taskCode}-20260304-0001`;
  const fileThere = async () => {
    await publishMatter(ledger, other, 'finance');
    const again = { ...submission(), caseNo: sentOn, taskCode: other.taskCode };
    await ledger.run('case.submit', again, wednesday('hrss.clerk1'));
    await ledger.run('case.receive', { caseNo: sentOn }, wednesday('finance.clerk1'));
    const covering = { ...clause('offices'), dutyCode: 'OFFICES-02' };
    await ledger.run(
      'duty.register',
      {
        ...{ department: 'offices', code: covering.dutyCode, clause: '（二）' },
        ...{ title: { zh: '职责', en: 'duty' }, effectiveFrom: '2024-01-01' },
        document: { number: '三定', title: '三定', ...digestOf('三定') },
        covers: [{ taskCode: other.taskCode }],
      },
      tuesday('offices.head1'),
    );
    const named = { department: 'offices', code: covering.dutyCode, version: 1 };
    await ledger.run('duty.confirm', named, tuesday('establishment.head1'));
    return covering;
  };

  it('a refusal for want of competence cites a clause that covers the case', async () => {
    const refusal = { caseNo, reason: notCompetent };
    await expectRefusal(ledger, 'REASON_REQUIRED', () =>
      ledger.run('case.refuse', refusal, tuesday('offices.clerk1')),
    );
    const cited = { ...refusal, ...clause('finance') };
    await expectRefusal(ledger, 'DUTY_UNKNOWN', () =>
      ledger.run('case.refuse', { ...cited, dutyCode: 'NONE-1' }, tuesday('offices.clerk1')),
    );
    const refused = (await ledger.run(
      'case.refuse',
      cited,
      tuesday('offices.clerk1'),
    )) as CaseRecord;
    expect(refused).to.include({ state: 'NOT_ACCEPTED', bounces: 1 });
    expect(refused.flags.map(({ code }) => code)).to.deep.equal(['bounced']);
  });

  it('whom another department named does not send the applicant on: it goes to coordination', async () => {
    const first = { caseNo, reason: notCompetent, ...clause('finance') };
    await ledger.run('case.refuse', first, tuesday('offices.clerk1'));
    const covering = await fileThere();
    const second = { caseNo: sentOn, reason: notCompetent, ...covering };
    const details = await expectRefusal(ledger, 'COORDINATION_REQUIRED', () =>
      ledger.run('case.refuse', second, thursday('finance.clerk1')),
    );
    expect(details).to.include({ bounces: 2 });
    const asked = { caseNo: sentOn, ...covering };
    await ledger.run('case.requestCoordination', asked, thursday('finance.clerk1'));
    expect(ledger.get('dutyRuling', `${sentOn}-R1`)).to.deep.include({
      ...{ status: 'open', office: 'establishment', responsible: 'finance', bounces: [] },
    });
    await expectRefusal(ledger, 'DUTY_RULING_OPEN', () =>
      ledger.run('case.refuse', second, thursday('finance.clerk1')),
    );
  });

  it('a department that nobody named may refuse, once', async () => {
    const first = { caseNo, reason: notCompetent, ...clause('data') };
    await ledger.run('case.refuse', first, tuesday('offices.clerk1'));
    const covering = await fileThere();
    const second = { caseNo: sentOn, reason: notCompetent, ...covering };
    await ledger.run('case.refuse', second, thursday('finance.clerk1'));
    expect(record(sentOn)).to.include({ state: 'NOT_ACCEPTED', bounces: 1 });
  });

  it('what was accepted and is offered on is counted, and after that only coordination is left', async () => {
    const offer = (to: string) => ({ caseNo, to, dutyCode: `${to.toUpperCase()}-01` });
    await ledger.run('case.offerTransfer', offer('finance'), tuesday('offices.clerk1'));
    await ledger.run('case.acceptTransfer', { caseNo }, tuesday('finance.clerk1'));
    await ledger.run('case.offerTransfer', offer('offices'), tuesday('finance.clerk1'));
    expect(record()).to.include({ bounces: 1 });
    await ledger.run('case.acceptTransfer', { caseNo }, wednesday('offices.clerk1'));
    await expectRefusal(ledger, 'COORDINATION_REQUIRED', () =>
      ledger.run('case.offerTransfer', offer('finance'), wednesday('offices.clerk1')),
    );
    const asked = { caseNo, ...clause('finance') };
    await ledger.run('case.requestCoordination', asked, wednesday('offices.clerk1'));
    expect(ledger.get('dutyRuling', `${caseNo}-R1`)).to.deep.include({ responsible: 'offices' });
  });

  it('is coordinated only after the departments tried to settle it, by the clause of another', async () => {
    const asked = { caseNo, ...clause('finance') };
    await expectRefusal(ledger, 'NEGOTIATION_MISSING', () =>
      ledger.run('case.requestCoordination', asked, monday('offices.clerk1')),
    );
    const offer = { caseNo, to: 'finance', dutyCode: 'FINANCE-01' };
    await ledger.run('case.offerTransfer', offer, monday('offices.clerk1'));
    const decline = { caseNo, ...clause('offices') };
    await ledger.run('case.declineTransfer', decline, tuesday('finance.clerk1'));
    await expectRefusal(ledger, 'TRANSFER_INVALID', () =>
      ledger.run(
        'case.requestCoordination',
        { caseNo, ...clause('offices') },
        tuesday('offices.clerk1'),
      ),
    );
    await ledger.run('case.requestCoordination', asked, tuesday('offices.clerk1'));
    const ruling = ledger.get('dutyRuling', `${caseNo}-R1`)!;
    expect(ruling.requested?.by.user).to.equal('offices.clerk1');
    expect(ruling.bounces.map(({ status }) => status)).to.deep.equal(['declined']);
  });
});
