import '../support/quiet.js';
import type { ContractErrorCode, Role } from '@yici/domain/model';
import { ContractError, implicitCollection, valuesCollection } from '@yici/domain/model';
import { expect } from 'chai';
import { ContractLedger } from '../support/contract-ledger.js';
import { by, foundRegistry, importCalendar, morning } from '../support/story.js';
import {
  deliveredShare,
  delivery,
  filedShare,
  grant,
  publishPay,
  shareId,
  terms,
  values,
} from '../support/shares.js';

async function refusal(code: ContractErrorCode, attempt: Promise<unknown>): Promise<void> {
  try {
    await attempt;
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    expect(error.code, error.message).to.equal(code);
    return;
  }
  expect.fail(`expected ${code}, but it was done`);
}

const mspIds = ['FinanceMSP', 'HrssMSP'];

describe('the values of a share', () => {
  let ledger: ContractLedger;
  const on = (user: string) => by(user, morning('2026-03-06'));
  const collections = () => [
    ...new Set([...ledger.privately.keys()].map((key) => key.split(' ')[0])),
  ];
  const read = (mspId: string, role: Role) =>
    ledger.query('sharing.values', { shareId }, mspId, role);

  beforeEach(async () => {
    ledger = new ContractLedger();
    await foundRegistry(ledger);
    await importCalendar(ledger, 2025);
    await importCalendar(ledger, 2026);
    await publishPay(ledger);
  });

  describe('whose grant names the readers', () => {
    beforeEach(async () => {
      await filedShare(ledger);
      const readers = {
        provider: ['clerk' as const],
        requester: ['head' as const, 'service' as const],
      };
      await grant(ledger, '2026-03-03', { readers });
      await ledger.run('sharing.deliver', delivery, by('finance.service1', morning('2026-03-04')), {
        values,
      });
    });

    it('go to those collections and no other', () => {
      expect(collections()).to.deep.equal([
        'values-FinanceMSP-clerk',
        'values-HrssMSP-head',
        'values-HrssMSP-service',
      ]);
    });

    it('are read by those roles and no other, whichever collection an official asks for', async () => {
      for (const [mspId, role] of [
        ['FinanceMSP', 'clerk'],
        ['HrssMSP', 'head'],
        ['HrssMSP', 'service'],
      ] as const) {
        expect((await read(mspId, role)).deliveries[0]?.values).to.deep.equal(values);
      }
      await refusal('ROLE_REFUSED', read('FinanceMSP', 'head'));
      await refusal('ROLE_REFUSED', read('HrssMSP', 'clerk'));
      for (const mspId of mspIds) {
        await refusal('ROLE_REFUSED', read(mspId, 'admin'));
        await refusal('ROLE_REFUSED', read(mspId, 'gateway'));
      }
    });

    it('are purged from all of them', async () => {
      await ledger.run('sharing.end', { shareId, reason: 'purposeMet' }, on('hrss.clerk1'));
      await ledger.run('sharing.dispose', { shareId, note: '已删' }, on('hrss.clerk1'));
      expect(ledger.privately.size).to.equal(0);
    });

    it('leave nothing to move', async () => {
      await refusal(
        'NOTHING_TO_MOVE',
        ledger.run('sharing.moveValues', { shareId }, on('hrss.clerk1')),
      );
    });
  });

  it('have readers at each side, each role once', async () => {
    await filedShare(ledger);
    const act = by('finance.clerk1', morning('2026-03-03'));
    for (const provider of [[], ['clerk', 'clerk'], ['supervisor'], ['admin']]) {
      const readers = { provider, requester: ['clerk'] } as never;
      await refusal('VALIDATION_FAILED', ledger.run('sharing.grant', { ...terms, readers }, act));
    }
  });

  describe('delivered when they went to implicit collections', () => {
    const moved = (user: string) => ledger.run('sharing.moveValues', { shareId }, on(user));
    const grantKey = () => ledger.keyOf('shareGrant', shareId);

    /** What the ledger and the collections held before grants named their readers. */
    beforeEach(async () => {
      await deliveredShare(ledger);
      const { terms: now, ...rest } = JSON.parse(ledger.state.get(grantKey())!.toString()) as {
        terms: Record<string, unknown>;
      };
      const { readers, ...before } = now;
      expect(readers).to.deep.equal({
        provider: ['clerk', 'head'],
        requester: ['clerk', 'head'],
      });
      ledger.state.set(grantKey(), Buffer.from(JSON.stringify({ ...rest, terms: before })));
      const held = [...ledger.privately];
      ledger.privately.clear();
      for (const mspId of mspIds) {
        const [key = '', text = ''] = held.find(([name]) => name.includes(mspId)) ?? [];
        ledger.privately.set(
          key.replace(valuesCollection(mspId, 'clerk'), implicitCollection(mspId)),
          text,
        );
      }
      expect(collections()).to.deep.equal(mspIds.map(implicitCollection));
    });

    it('are moved by each department out of its own, under the digests on the ledger', async () => {
      const state = new Map(ledger.state);
      expect((await read('HrssMSP', 'clerk')).deliveries).to.deep.equal([]);
      await moved('hrss.clerk1');
      expect(collections()).to.deep.equal([
        '_implicit_org_FinanceMSP',
        'values-HrssMSP-clerk',
        'values-HrssMSP-head',
      ]);
      expect((await read('HrssMSP', 'head')).deliveries[0]?.values).to.deep.equal(values);
      await refusal('NOTHING_TO_MOVE', moved('hrss.head1'));
      await moved('finance.head1');
      expect(collections()).to.not.include('_implicit_org_FinanceMSP');
      expect([...ledger.state], 'nothing is written for others to see').to.deep.equal([...state]);
    });

    it('are moved by nobody else, and by no system', async () => {
      await refusal('NOT_A_PARTY', moved('data.clerk1'));
      await refusal('ROLE_REFUSED', moved('hrss.service1'));
    });

    it('are not moved when they are not those of the digests', async () => {
      for (const [key, text] of ledger.privately) {
        ledger.privately.set(key, text.replace('4711.25', '1'));
      }
      await refusal('DELIVERY_MISMATCH', moved('hrss.clerk1'));
    });

    it('are purged from wherever they lie when the data are disposed of', async () => {
      await moved('hrss.clerk1');
      await ledger.run('sharing.end', { shareId, reason: 'purposeMet' }, on('hrss.clerk1'));
      await ledger.run('sharing.dispose', { shareId, note: '已删' }, on('hrss.clerk1'));
      expect(ledger.privately.size).to.equal(0);
    });
  });
});
