import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import { appointGovernment } from '../support/shares.js';
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

  it('count once the Establishment Office’s head has confirmed them, another person than who entered them', async () => {
    const ledger = new RuleLedger();
    await foundRegistry(ledger);
    const named = { department: 'hrss', code: 'HRSS-07', version: 1 };
    const confirm = (user: string, version = 1) =>
      ledger.run('duty.confirm', { ...named, version }, by(user));
    await expectRefusal(ledger, 'NOT_FOUND', () => confirm('establishment.head1'));
    await ledger.run('duty.register', duty, by('establishment.head2'));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () => confirm('hrss.head1'));
    await expectRefusal(ledger, 'ROLE_REFUSED', () => confirm('establishment.clerk1'));
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () => confirm('establishment.head2'));
    await expectRefusal(ledger, 'NOT_FOUND', () => confirm('establishment.head1', 2));
    await confirm('establishment.head1');
    await expectRefusal(ledger, 'ALREADY_CONFIRMED', () => confirm('establishment.head1'));
    const kept = ledger.get('dutyVersion', 'hrss', 'HRSS-07', '000001');
    expect(kept?.confirmation?.by.user).to.equal('establishment.head1');
    // A department does not take the clause back by entering it anew.
    await ledger.run('duty.register', { ...duty, clause: '（七）空' }, by('hrss.clerk1'));
    expect(ledger.get('duty', 'hrss', 'HRSS-07')).to.include({ version: 2, confirmedVersion: 1 });
    expect(ledger.get('duty', 'hrss', 'HRSS-07')).to.not.have.property('confirmation');
  });

  it('of the Establishment Office itself are the government’s to confirm where a department acts for it', async () => {
    const ledger = new RuleLedger();
    await foundRegistry(ledger);
    await appointGovernment(ledger);
    const own = { ...duty, department: 'establishment', code: 'EST-01' };
    await ledger.run('duty.register', own, by('establishment.clerk1'));
    const named = { department: 'establishment', code: 'EST-01', version: 1 };
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('duty.confirm', named, by('establishment.head1')),
    );
    await ledger.run('duty.confirm', named, by('offices.head1'));
  });
});
