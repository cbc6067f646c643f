import type { AttestationRecord, CommandInput } from '@yici/domain/model';
import { verdictAt, verifyAttestation } from '@yici/domain/rules';
import { expect } from 'chai';
import { RuleLedger } from '../support/ledger.js';
import {
  attestation,
  by,
  caseNo,
  closedDataset,
  dataset,
  digestOf,
  expectRefusal,
  foundEverything,
  morning,
  openDataset,
  publishDataset,
  receivedCase,
  taskCode,
} from '../support/story.js';

describe('attestations', () => {
  let ledger: RuleLedger;
  const id = 'att-budget';
  const issuer = (date: string) => by('finance.clerk1', morning(date));
  const issue = (
    changes: Partial<CommandInput<'attestation.issue'>> = {},
    user = 'finance.clerk1',
  ) =>
    ledger.run(
      'attestation.issue',
      { ...attestation(id, 'finance.budget'), ...changes },
      by(user, morning('2026-03-02')),
    );
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
    await receivedCase(ledger);
  });
  const change = (action: 'suspend' | 'resume' | 'revoke', date: string, user = 'finance.head1') =>
    ledger.run(
      `attestation.${action}`,
      { attestationId: id, reasonCode: 'underReview' },
      by(user, morning(date)),
    );
  const current = () => ledger.get('attestation', id)!;

  it('are issued by the source department of the data set, for a party of an open case', async () => {
    await expectRefusal(ledger, 'ISSUER_NOT_ACCREDITED', () => issue({}, 'hrss.clerk1'));
    await expectRefusal(ledger, 'DATASET_UNKNOWN', () => issue({ datasetId: 'nothing' }));
    await expectRefusal(ledger, 'NOT_A_PARTY', () => issue({ requester: 'supervision' }));
    await expectRefusal(ledger, 'NOT_FOUND', () => issue({ caseNo: `${taskCode}-20260302-9999` }));
    await expectRefusal(ledger, 'FIELD_UNKNOWN', () =>
      issue({ fields: [{ code: 'other', ...digestOf('x') }] }),
    );
    await issue();
    expect(ledger.get('attestationOfCase', caseNo, id)).to.not.equal(undefined);
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => issue());
    await ledger.run('case.withdraw', { caseNo, reasonCode: 'other' }, by('hrss.clerk1'));
    await expectRefusal(ledger, 'CASE_CLOSED', () => issue({ attestationId: 'another' }));
  });

  it('are issued by another department that the published entry names', async () => {
    const named = { ...dataset('finance.budget'), issuers: ['hrss'] };
    await ledger.run('dataset.register', named, by('finance.clerk1'));
    await expectRefusal(ledger, 'ISSUER_NOT_ACCREDITED', () => issue({}, 'hrss.clerk1'));
    await publishDataset(ledger, named, 'finance');
    await issue({}, 'hrss.clerk1');
    expect(current().issuer).to.equal('hrss');
  });

  it('are not issued for a class that is not shared, nor for a time that is over', async () => {
    await ledger.run('dataset.register', openDataset('finance.fresh'), by('finance.clerk1'));
    await expectRefusal(ledger, 'DATASET_NOT_PUBLISHED', () =>
      issue({ datasetId: 'finance.fresh' }),
    );
    await publishDataset(ledger, closedDataset('finance.budget'), 'finance');
    await expectRefusal(ledger, 'SHARE_CLASS_REFUSED', () => issue());
    await publishDataset(ledger, dataset('finance.budget'), 'finance');
    await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
      issue({ validFrom: '2026-01-01T00:00:00.000Z', validTo: '2026-02-01T00:00:00.000Z' }),
    );
    await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
      issue({ validFrom: '2026-06-01T00:00:00.000Z', validTo: '2026-06-01T00:00:00.000Z' }),
    );
  });

  it('are valid from issue to expiry, to the millisecond', async () => {
    await issue();
    const issued = morning('2026-03-02');
    expect(verdictAt(current(), '2026-03-02T00:59:59.999Z')).to.deep.equal({
      verdict: 'notYet',
      until: issued,
    });
    expect(verdictAt(current(), issued)).to.deep.equal({
      verdict: 'valid',
      since: issued,
      until: '2026-06-01T00:00:00.000Z',
    });
    expect(verdictAt(current(), '2026-05-31T23:59:59.999Z').verdict).to.equal('valid');
    expect(verdictAt(current(), '2026-06-01T00:00:00.000Z')).to.deep.equal({
      verdict: 'expired',
      since: '2026-06-01T00:00:00.000Z',
    });
  });

  it('remember every suspension, resumption and revocation with its instant', async () => {
    await issue();
    await change('suspend', '2026-03-10');
    await change('resume', '2026-03-12');
    await change('revoke', '2026-03-20');
    const verdicts = ['2026-03-09', '2026-03-10', '2026-03-11', '2026-03-12', '2026-03-20'].map(
      (date) => verdictAt(current(), morning(date)).verdict,
    );
    expect(verdicts).to.deep.equal(['valid', 'suspended', 'suspended', 'valid', 'revoked']);
    expect(verdictAt(current(), morning('2027-01-01'))).to.deep.equal({
      verdict: 'revoked',
      since: morning('2026-03-20'),
    });
  });

  it('change only by their issuer and only as their status allows', async () => {
    await issue();
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      change('suspend', '2026-03-10', 'hrss.head1'),
    );
    await expectRefusal(ledger, 'ROLE_REFUSED', () =>
      change('revoke', '2026-03-10', 'finance.clerk1'),
    );
    await expectRefusal(ledger, 'WRONG_STATE', () => change('resume', '2026-03-10'));
    await change('suspend', '2026-03-10');
    await expectRefusal(ledger, 'WRONG_STATE', () => change('suspend', '2026-03-10'));
    await change('revoke', '2026-03-11');
    for (const action of ['suspend', 'resume', 'revoke'] as const) {
      await expectRefusal(ledger, 'WRONG_STATE', () => change(action, '2026-03-12'));
    }
  });

  it('can always still be revoked, however often they were suspended', async () => {
    await issue();
    for (let n = 0; n < 63; n += 1) await change(n % 2 === 0 ? 'suspend' : 'resume', '2026-03-10');
    await expectRefusal(ledger, 'LIMIT_REACHED', () => change('resume', '2026-03-10'));
    await change('revoke', '2026-03-10');
  });

  it('are verified field by field', async () => {
    await issue();
    const field = { code: 'total', ...digestOf(`salt ${id}`) };
    const answer = verifyAttestation(
      current(),
      { attestationId: id, fields: [field, { ...field, ...digestOf('other') }] },
      morning('2026-03-03'),
    );
    expect(answer).to.deep.include({ verdict: 'valid', issuer: 'finance', requester: 'offices' });
    expect(answer.fields.map(({ match }) => match)).to.deep.equal([true, false]);
  });

  const use = {
    attestationId: id,
    useId: 'use-1',
    scenario: 'Office-space lease approval',
    process: 'Compared with the application',
    effect: 'No statement asked of the applicant',
    storage: 'Not stored',
  };

  it('have their use recorded by the requester, once, while they are valid', async () => {
    await issue();
    const requester = (date: string) => by('offices.service1', morning(date));
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('attestation.recordUse', use, issuer('2026-03-03')),
    );
    await ledger.run('attestation.recordUse', use, requester('2026-03-03'));
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      ledger.run('attestation.recordUse', use, requester('2026-03-03')),
    );
    await change('suspend', '2026-03-10');
    const second = { ...use, useId: 'use-2' };
    const details = await expectRefusal(ledger, 'ATTESTATION_NOT_VALID', () =>
      ledger.run('attestation.recordUse', second, requester('2026-03-11')),
    );
    expect(details['verdict']).to.equal('suspended');
    const usedAt = morning('2026-03-09');
    await ledger.run('attestation.recordUse', { ...second, usedAt }, requester('2026-03-11'));
    await expectRefusal(ledger, 'VALIDITY_INVALID', () =>
      ledger.run(
        'attestation.recordUse',
        { ...use, useId: 'use-3', usedAt: morning('2026-03-12') },
        requester('2026-03-11'),
      ),
    );
    await expectRefusal(ledger, 'NOT_FOUND', () =>
      ledger.run(
        'attestation.recordUse',
        { ...use, attestationId: 'nothing' },
        requester('2026-03-11'),
      ),
    );
  });

  it('keep nothing of a value but its salted digest', async () => {
    await issue();
    const [field] = (current() satisfies AttestationRecord).fields;
    expect(Object.keys(field!).sort()).to.deep.equal(['code', 'digest', 'digestAlg']);
  });
});
