import { caseClocks, lateActs, type CommandInput } from '@yici/domain/model';
import { expect } from 'chai';
import { decidedBy } from '../support/duties.js';
import { RuleLedger } from '../support/ledger.js';
import { appointGovernment } from '../support/shares.js';
import {
  attested,
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  issueAttestations,
  leaseMatter,
  morning,
  publishMatter,
  reason,
  receivedCase,
  submission,
  without,
} from '../support/story.js';

const day = (date: string) => (user: string) => by(user, morning(date));
const tuesday = day('2026-03-03');
const wednesday = day('2026-03-04');
const thursday = day('2026-03-05');
const friday = day('2026-03-06');

const subject = { caseNo, stepId: 'finance' } as const;
const document = digestOf('paper');
const meeting = { ...subject, document, attended: ['finance', 'offices'] };
const ruling: CommandInput<'case.ruleOpinion'> = { ...subject, outcome: 'lifted', document };
const grant = { caseNo, outcome: 'granted', document } as const;
const maintain = { ...subject, answer: 'disagree', document } as const;

describe('a department that disagrees', () => {
  let ledger: RuleLedger;
  const record = () => ledger.get('case', caseNo)!;
  const step = () => record().steps.find(({ id }) => id === 'finance')!;
  const clock = () => caseClocks(record()).find(({ what }) => what === 'disagreement');

  const answered = async () => {
    await issueAttestations(ledger, morning('2026-03-02'));
    await ledger.run('case.accept', { caseNo, attested }, tuesday('offices.clerk1'));
    const disagree = { ...subject, answer: 'disagree', reason } as const;
    await ledger.run('case.opinion', disagree, tuesday('finance.clerk1'));
    for (const [stepId, user] of [
      ['headcount', 'establishment.clerk1'],
      ['registry', 'data.clerk1'],
    ] as const) {
      await ledger.run('case.opinion', { caseNo, stepId, answer: 'agree' }, tuesday(user));
    }
  };
  const decide = (on = friday) => ledger.run('case.decide', grant, on('offices.head1'));

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await receivedCase(ledger);
    await answered();
  });

  it('stands against a grant, and it is the owner’s turn to meet with it', async () => {
    await expectRefusal(ledger, 'OPINION_DISAGREES', () => decide());
    expect(clock()).to.deep.include({
      department: 'offices',
      step: 'finance',
      dueOn: '2026-03-10',
    });
  });

  it('may agree after all, and the grant is free', async () => {
    const revised = { ...subject, answer: 'agree', document } as const;
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.reviseOpinion', revised, wednesday('offices.clerk1')),
    );
    await ledger.run('case.reviseOpinion', revised, wednesday('finance.clerk1'));
    expect(step()).to.include({ answer: 'agree' });
    expect(step().disagreement?.revised).to.deep.include({ document });
    expect(clock()).to.equal(undefined);
    await expectRefusal(ledger, 'OPINION_AGREES', () =>
      ledger.run('case.reviseOpinion', revised, wednesday('finance.clerk1')),
    );
    await decide();
  });

  it('is met with by the owner, both being there, and then says whether it stays with its opinion', async () => {
    await expectRefusal(ledger, 'MEETING_MISSING', () =>
      ledger.run('case.reviseOpinion', maintain, wednesday('finance.clerk1')),
    );
    const alone = { ...meeting, attended: ['data', 'offices'] };
    const details = await expectRefusal(ledger, 'MEETING_INCOMPLETE', () =>
      ledger.run('case.recordMeeting', alone, wednesday('offices.clerk1')),
    );
    expect(details['absent']).to.deep.equal(['finance']);
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.recordMeeting', meeting, wednesday('finance.clerk1')),
    );
    await ledger.run('case.recordMeeting', meeting, wednesday('offices.clerk1'));
    expect(clock()).to.deep.include({ department: 'finance', dueOn: '2026-03-09' });
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('case.recordMeeting', meeting, wednesday('offices.clerk1')),
    );
    await ledger.run('case.reviseOpinion', maintain, thursday('finance.clerk1'));
    expect(clock()).to.deep.include({ department: 'offices', dueOn: '2026-03-16' });
    await expectRefusal(ledger, 'OPINION_DISAGREES', () => decide());
  });

  it('is decided on by the government, registered by another official of the owner', async () => {
    const named = { ...ruling, ...decidedBy };
    await expectRefusal(ledger, 'MEETING_MISSING', () =>
      ledger.run('case.ruleOpinion', named, wednesday('offices.head1')),
    );
    await ledger.run('case.recordMeeting', meeting, wednesday('offices.clerk1'));
    await expectRefusal(ledger, 'MEETING_MISSING', () =>
      ledger.run('case.ruleOpinion', named, thursday('offices.head1')),
    );
    await ledger.run('case.reviseOpinion', maintain, thursday('finance.clerk1'));
    await expectRefusal(ledger, 'DECISION_UNNAMED', () =>
      ledger.run('case.ruleOpinion', without(named, 'organ'), friday('offices.head1')),
    );
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      ledger.run('case.ruleOpinion', named, friday('offices.clerk1')),
    );
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.ruleOpinion', named, friday('finance.head1')),
    );
    await ledger.run('case.ruleOpinion', named, friday('offices.head1'));
    expect(step()).to.include({ answer: 'disagree' });
    await expectRefusal(ledger, 'OPINION_RULED', () =>
      ledger.run('case.reviseOpinion', maintain, friday('finance.clerk1')),
    );
    await decide();
  });

  it('is not passed over when its disagreement is upheld, and its silence after the meeting wins nothing', async () => {
    await ledger.run('case.recordMeeting', meeting, wednesday('offices.clerk1'));
    const upheld = { ...ruling, ...decidedBy, outcome: 'upheld' } as const;
    await ledger.run('case.ruleOpinion', upheld, day('2026-03-10')('offices.head1'));
    const late = lateActs(record()).filter((act) => act.clock.what === 'disagreement');
    expect(late.map((act) => act.clock.department)).to.deep.equal(['finance']);
    await expectRefusal(ledger, 'OPINION_DISAGREES', () => decide(day('2026-03-10')));
    const refused = { ...grant, outcome: 'refused', reason } as const;
    await ledger.run('case.decide', refused, day('2026-03-10')('offices.head1'));
  });

  it('comes before the government’s own signature where a department acts for it and is no side', async () => {
    await appointGovernment(ledger);
    // The offices act for the government here and own the case: they do not sign in their own cause.
    await ledger.run('case.recordMeeting', meeting, wednesday('offices.clerk1'));
    await ledger.run('case.reviseOpinion', maintain, thursday('finance.clerk1'));
    await expectRefusal(ledger, 'DECISION_UNNAMED', () =>
      ledger.run('case.ruleOpinion', ruling, friday('offices.head1')),
    );
  });
});

it('a disagreement is only advice where the matter’s version says so', async () => {
  const ledger = new RuleLedger();
  await foundEverything(ledger);
  const flow = leaseMatter.flow.map((one) =>
    one.id === 'finance' ? { ...one, advisory: true as const } : one,
  );
  const advised = { ...leaseMatter, taskCode: '331100JG000800008', flow };
  await publishMatter(ledger, advised, 'offices');
  const no = `${advised.taskCode}-20260302-0001`;
  const filed = { ...submission(), caseNo: no, taskCode: advised.taskCode };
  await ledger.run('case.submit', filed, by('hrss.clerk1'));
  await ledger.run('case.receive', { caseNo: no }, by('offices.clerk1'));
  await ledger.run('case.accept', { caseNo: no }, tuesday('offices.clerk1'));
  const disagree = { caseNo: no, stepId: 'finance', answer: 'disagree', reason } as const;
  await ledger.run('case.opinion', disagree, tuesday('finance.clerk1'));
  const [step] = ledger.get('case', no)!.steps;
  expect(step).to.deep.include({ advisory: true, answer: 'disagree' });
  expect(step).to.not.have.property('disagreement');
});
