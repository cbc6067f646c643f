import { functionQuorum } from '@yici/domain/rules';
import { expect } from 'chai';
import { RuleLedger, type Act } from '../support/ledger.js';
import { by, department, expectRefusal, foundRegistry, mspOf } from '../support/story.js';

describe('the department registry', () => {
  let ledger: RuleLedger;
  beforeEach(() => {
    ledger = new RuleLedger();
  });

  it('takes no delegation and no application signature before there is a department to have them', async () => {
    const appSignature = {
      alg: 'SM2withSM3',
      keyId: '0'.repeat(32),
      value: Buffer.alloc(70).toString('base64'),
    };
    const register = (more: object, act: Act) =>
      ledger.run('department.register', { ...department('finance'), ...more }, act);
    const delegate: Act = { ...by('finance.clerk1'), under: 'dlg-0001' };
    await expectRefusal(ledger, 'VALIDATION_FAILED', () => register({}, delegate));
    await expectRefusal(ledger, 'VALIDATION_FAILED', () =>
      register({ appSignature }, by('finance.head1')),
    );
  });

  it('lets each department register itself once, by its administrator or its head', async () => {
    await ledger.run('department.register', department('hrss'), by('hrss.admin'));
    expect(ledger.get('department', 'hrss')).to.deep.include({ mspId: 'HrssMSP', functions: [] });
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('department.register', department('other'), by('hrss.head1')),
    );
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('department.register', department('hrss'), by('finance.head1')),
    );
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      ledger.run('department.register', department('finance'), by('finance.clerk1')),
    );
  });

  it('says of a department, if it wants, its system and that it is vertically managed', async () => {
    const entry = { ...department('hrss'), vertical: true, systemId: 'hrss-core' };
    await ledger.run('department.register', entry, by('hrss.admin'));
    expect(ledger.get('department', 'hrss')).to.include({ vertical: true, systemId: 'hrss-core' });
    await ledger.run('department.update', { systemId: 'hrss-2' }, by('hrss.head1'));
    expect(ledger.get('department', 'hrss')).to.include({ vertical: true, systemId: 'hrss-2' });
    await ledger.run('department.register', department('finance'), by('finance.admin'));
    expect(ledger.get('department', 'finance')).to.not.have.any.keys('vertical', 'systemId');
  });

  it('puts a function in force only when a majority, and never fewer than three, declared for it', async () => {
    expect([1, 2, 3, 4, 5, 6, 14].map(functionQuorum)).to.deep.equal([3, 3, 3, 3, 3, 4, 8]);
    for (const id of Object.keys(mspOf)) {
      await ledger.run('department.register', department(id), by(`${id}.admin`));
    }
    const confirm = (user: string) =>
      ledger.run(
        'department.confirm',
        { id: 'establishment', functions: ['establishment'] },
        by(user),
      );
    await confirm('finance.head1');
    await confirm('hrss.head1');
    expect(ledger.get('functionHolder', 'establishment')).to.equal(undefined);
    await confirm('offices.head1');
    expect(ledger.get('functionHolder', 'establishment')?.department).to.equal('establishment');
    const entry = ledger.get('department', 'establishment');
    expect(entry?.functions).to.deep.equal(['establishment']);
    expect(entry?.claims).to.deep.equal([]);
  });

  it('counts no department twice and never the claimant’s own word', async () => {
    for (const id of Object.keys(mspOf)) {
      await ledger.run('department.register', department(id), by(`${id}.admin`));
    }
    const confirm = { id: 'data', functions: ['leadAuthority' as const] };
    await expectRefusal(ledger, 'MAKER_IS_CHECKER', () =>
      ledger.run('department.confirm', confirm, by('data.head1')),
    );
    await ledger.run('department.confirm', confirm, by('hrss.head1'));
    await expectRefusal(ledger, 'ALREADY_CONFIRMED', () =>
      ledger.run('department.confirm', confirm, by('hrss.admin')),
    );
    await expectRefusal(ledger, 'FUNCTION_NOT_CLAIMED', () =>
      ledger.run(
        'department.confirm',
        { id: 'data', functions: ['supervision'] },
        by('hrss.head1'),
      ),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run(
        'department.confirm',
        { id: 'nobody', functions: ['supervision'] },
        by('hrss.head1'),
      ),
    );
  });

  it('moves a function to the department whose claim gathers the quorum', async () => {
    await foundRegistry(ledger);
    await ledger.run('department.update', { claim: ['leadAuthority'] }, by('hrss.head1'));
    for (const id of ['finance', 'offices', 'supervision']) {
      await ledger.run(
        'department.confirm',
        { id: 'hrss', functions: ['leadAuthority'] },
        by(`${id}.head1`),
      );
    }
    expect(ledger.get('functionHolder', 'leadAuthority')?.department).to.equal('hrss');
    expect(ledger.get('department', 'data')?.functions).to.deep.equal([]);
  });

  it('lets a department change its entry and drop a claim, but neither repeat nor invent one', async () => {
    await foundRegistry(ledger);
    await ledger.run(
      'department.update',
      { regionCode: '331102', claim: ['supervision'] },
      by('hrss.head1'),
    );
    expect(ledger.get('department', 'hrss')?.regionCode).to.equal('331102');
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('department.update', { claim: ['supervision'] }, by('hrss.head1')),
    );
    await ledger.run('department.update', { withdrawClaim: ['supervision'] }, by('hrss.head1'));
    await expectRefusal(ledger, 'FUNCTION_NOT_CLAIMED', () =>
      ledger.run('department.update', { withdrawClaim: ['supervision'] }, by('hrss.head1')),
    );
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('department.update', { claim: ['leadAuthority'] }, by('data.head1')),
    );
  });
});
