import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { by, documentOf, expectRefusal, foundRegistry } from '../support/story.js';

describe('duties', () => {
  const duty = {
    department: 'hrss',
    code: 'HRSS-07',
    title: { zh: '机关工资', en: 'Pay' },
    clause: '（七）负责机关事业单位工资',
    document: documentOf('三定〔2024〕7号'),
    effectiveFrom: '2024-01-01',
  };

  it('are registered by the department or the Establishment Office, version after version', async () => {
    const ledger = new RuleLedger();
    await foundRegistry(ledger);
    await ledger.run('duty.register', duty, by('hrss.clerk1'));
    await expectRefusal(ledger, 'DUTY_UNCHANGED', () =>
      ledger.run('duty.register', duty, by('establishment.clerk1')),
    );
    const changed = { ...duty, clause: '（七）负责机关事业单位工资和退休' };
    await ledger.run('duty.register', changed, by('establishment.clerk1'));
    expect(ledger.get('duty', 'hrss', 'HRSS-07')?.version).to.equal(2);
    expect(ledger.get('dutyVersion', 'hrss', 'HRSS-07', '000001')?.clause).to.equal(duty.clause);
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('duty.register', duty, by('finance.clerk1')),
    );
    await expectRefusal(ledger, 'DEPARTMENT_UNKNOWN', () =>
      ledger.run('duty.register', { ...duty, department: 'nobody' }, by('establishment.clerk1')),
    );
  });
});
