import '../support/quiet.js';
import type { ContractErrorCode } from '@yici/domain/model';
import { ContractError } from '@yici/domain/model';
import { expect } from 'chai';
import { ContractLedger } from '../support/contract-ledger.js';
import { by, foundRegistry, importCalendar, morning } from '../support/story.js';
import {
  deliveredShare,
  delivery,
  grantedShare,
  publishPay,
  shareId,
  values,
} from '../support/shares.js';

async function refusal(code: ContractErrorCode, attempt: Promise<unknown>): Promise<ContractError> {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    expect(error.code, error.message).to.equal(code);
    return error;
  }
  return expect.fail(`expected ${code}, but it was done`);
}

describe('the sharing contract', () => {
  let ledger: ContractLedger;
  const provider = by('finance.service1', morning('2026-03-04'));
  beforeEach(async () => {
    ledger = new ContractLedger();
    await foundRegistry(ledger);
    await importCalendar(ledger, 2025);
    await importCalendar(ledger, 2026);
    await publishPay(ledger);
  });

  it('gives each of the two departments the values from its own collection', async () => {
    await deliveredShare(ledger);
    for (const [key, text] of ledger.privately) {
      if (key.startsWith('values-HrssMSP')) ledger.privately.set(key, text.replace('4711.25', '0'));
    }
    const own = await ledger.query('sharing.values', { shareId }, 'FinanceMSP');
    expect(own.deliveries[0]?.values, 'its own collection, not the other').to.deep.equal(values);
    const others = await ledger.query('sharing.values', { shareId }, 'HrssMSP');
    expect(others.deliveries[0]?.values[1]?.value).to.equal('0');
  });

  it('gives the values to no third department, the lead authority included', async () => {
    await deliveredShare(ledger);
    for (const mspId of ['DataBureauMSP', 'SupervisionMSP', 'StrangerMSP']) {
      await refusal('NOT_A_PARTY', ledger.query('sharing.values', { shareId }, mspId));
    }
    await refusal('NOT_FOUND', ledger.query('sharing.values', { shareId: 'none' }));
  });

  it('takes a delivery without values, and has none to give', async () => {
    await grantedShare(ledger);
    await ledger.run('sharing.deliver', delivery, provider);
    expect((await ledger.query('sharing.values', { shareId })).deliveries).to.deep.equal([]);
    expect(ledger.privately.size).to.equal(0);
  });

  it('refuses private values of a wrong shape without repeating them', async () => {
    await grantedShare(ledger);
    const [first] = values;
    for (const secret of [
      { values: [{ ...first, salt: '00' }] },
      { values: [{ ...first, more: 1 }] },
      { values: [] },
      '九级',
    ]) {
      const { message } = await refusal(
        'VALIDATION_FAILED',
        ledger.run('sharing.deliver', delivery, provider, secret),
      );
      expect(message).to.not.include('九级');
    }
  });

  it('takes nothing private with any other command', async () => {
    await grantedShare(ledger);
    const act = by('hrss.clerk1', morning('2026-03-04'));
    await refusal(
      'VALIDATION_FAILED',
      ledger.run('sharing.end', { shareId, reason: 'notNeeded' }, act, { values }),
    );
  });

  it('answers its queries with what was written', async () => {
    await deliveredShare(ledger);
    expect(await ledger.query('sharing.get', { shareId })).to.include({ state: 'GRANTED' });
    const grant = await ledger.query('sharing.grantOf', { shareId });
    expect(grant.deliveries).to.have.length(1);
    const { records } = await ledger.query('sharing.events', { shareId });
    expect(records.map(({ type }) => type)).to.deep.equal([
      'sharing.request',
      'sharing.consent',
      'sharing.grant',
      'sharing.consentReply',
    ]);
    expect((await ledger.query('sharing.receipts', { shareId })).records).to.deep.equal([]);
    await refusal('NOT_FOUND', ledger.query('sharing.get', { shareId: 'none' }));
    await refusal('NOT_FOUND', ledger.query('sharing.grantOf', { shareId: 'none' }));
  });

  it('gives the grant’s key an endorsement policy of provider and requester', async () => {
    await grantedShare(ledger);
    const policy = ledger.policies.get(ledger.keyOf('shareGrant', shareId))?.toString('latin1');
    expect(policy).to.include('FinanceMSP').and.include('HrssMSP');
    expect(policy).to.not.include('DataBureauMSP');
  });
});
