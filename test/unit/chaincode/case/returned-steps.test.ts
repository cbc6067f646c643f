import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  by,
  caseNo,
  digestOf,
  expectRefusal,
  foundEverything,
  morning,
  reason,
  receivedCase,
  without,
} from '../support/story.js';

const tuesday = (user: string) => by(user, morning('2026-03-03'));
const wednesday = (user: string) => by(user, morning('2026-03-04'));

describe('returning a step (退件)', () => {
  let ledger: RuleLedger;
  const step = (id: string) => ledger.get('case', caseNo)!.steps.find((known) => known.id === id)!;

  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await receivedCase(ledger);
    await ledger.run('case.accept', { caseNo }, tuesday('offices.clerk1'));
  });

  const back = {
    caseNo,
    stepId: 'finance',
    reason: { code: 'stillIncomplete', text: digestOf('unreadable') },
  } as const;
  const again = { caseNo, stepId: 'finance', document: digestOf('readable') };

  it('leaves the step open, its department responsible and its clock running', async () => {
    const before = step('finance');
    await ledger.run('case.returnStep', back, tuesday('finance.clerk1'));
    expect(without(step('finance'), 'returned')).to.deep.equal(before);
    expect(step('finance').returned).to.deep.include({ reasonCode: 'stillIncomplete' });
    await ledger.run('case.resendStep', again, wednesday('offices.clerk1'));
    expect(step('finance').returned!.resent).to.deep.include({ document: again.document });
    expect(step('finance')).to.include({ status: 'open', dueOn: before.dueOn });
  });

  it('happens once, with reasons, by its department', async () => {
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.returnStep', back, tuesday('offices.clerk1')),
    );
    await expectRefusal(ledger, 'REASON_REQUIRED', () =>
      ledger.run('case.returnStep', without(back, 'reason'), tuesday('finance.clerk1')),
    );
    await ledger.run('case.returnStep', back, tuesday('finance.clerk1'));
    await expectRefusal(ledger, 'ALREADY_RETURNED', () =>
      ledger.run('case.returnStep', back, tuesday('finance.clerk1')),
    );
  });

  it('is no way to say "not my duty"', async () => {
    for (const code of ['outsideDuty', 'notCompetent'] as const) {
      const attempt = { ...back, reason: { ...reason, code, competentOrgan: '财政局' } };
      await expectRefusal(ledger, 'TRANSFER_REQUIRED', () =>
        ledger.run('case.returnStep', attempt, tuesday('finance.clerk1')),
      );
    }
  });

  it('is answered by the owner, when there is something to answer', async () => {
    await expectRefusal(ledger, 'STEP_NOT_RETURNED', () =>
      ledger.run('case.resendStep', again, tuesday('offices.clerk1')),
    );
    await ledger.run('case.returnStep', back, tuesday('finance.clerk1'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('case.resendStep', again, tuesday('finance.clerk1')),
    );
    await ledger.run('case.resendStep', again, tuesday('offices.clerk1'));
    await expectRefusal(ledger, 'STEP_NOT_RETURNED', () =>
      ledger.run('case.resendStep', again, tuesday('offices.clerk1')),
    );
  });
});
