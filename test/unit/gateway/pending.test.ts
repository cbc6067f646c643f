import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PendingStore, commandRoutes, nextAttempt, openLevelStore } from '@yici/gateway/testing';
import { expect } from 'chai';

const command = {
  ...{ v: 1, id: 'tr_1', command: 'case.receive', issuedCaseNo: false, idempotencyKey: 'k' },
  ...{ owner: 'o', mspId: 'DataMSP', user: 'data.clerk1', creator: 'Yw==' },
  createdAt: '2026-06-01T00:00:00.000Z',
};
const attempt = {
  ...command,
  ...{ attempt: 2, input: { caseNo: 'A-20260601-0001' }, txId: 'f2', earlier: ['f1'] },
  ...{ timestamp: '2026-06-01T00:01:00.000Z', expiresAt: '2026-06-01T00:04:00.000Z' },
  proposal: 'cA==',
};
const endorsement = { payload: 'cGF5', result: { status: 'IN_REVIEW' } };
const error = { code: 'WRONG_STATE', detail: 'No.', source: 'contract', details: { state: 'x' } };

/** A record of each state with the fields that it has. */
const records = {
  proposed: attempt,
  endorsed: { ...attempt, ...endorsement },
  submitted: { ...attempt, ...endorsement, payloadSignature: 'cw==' },
  refused: { ...attempt, error },
} as const;

/** What a gateway wrote before each state had its own fields: every one of them, null where the state has none. */
const before = {
  ...{ proposalSignature: null, payload: null, payloadSignature: null },
  ...{ result: null, error: null },
};

describe('the store of transactions between their steps', () => {
  let directory: string;
  let level: Awaited<ReturnType<typeof openLevelStore>>;
  let pending: PendingStore;

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-pending-'));
    level = await openLevelStore(join(directory, 'pending'));
    pending = new PendingStore(level);
  });

  afterEach(async () => {
    await pending.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const store = (record: object) =>
    level.write([{ type: 'put', key: `t\u0000tr_1`, value: JSON.stringify(record) }]);

  for (const [state, fields] of Object.entries(records)) {
    it(`reads one that is ${state}, also as gateways wrote it before`, async () => {
      await store({ ...fields, state });
      const found = pending.find('tr_1');
      expect(found).to.deep.equal({ ...fields, state });
      await store({ ...before, proposalSignature: 'cw==', ...fields, state });
      expect(pending.find('tr_1')).to.deep.equal(found);
    });
  }

  it('refuses to read one that has not what its state has', async () => {
    for (const [state, fields] of Object.entries({
      endorsed: attempt,
      submitted: records.endorsed,
      refused: attempt,
      committed: records.submitted,
    })) {
      await store({ ...before, ...fields, state });
      expect(() => pending.find('tr_1'), state).to.throw();
    }
  });

  it('keeps of an attempt only the command when the next one is made', async () => {
    const route = commandRoutes.find(({ name }) => name === command.command)!;
    const target = { channel: 'door', chaincode: 'yici' };
    for (const [state, fields] of Object.entries(records)) {
      await store({ ...fields, state });
      const { transaction } = nextAttempt(target, pending.find('tr_1')!, route, attempt.input, {
        now: new Date('2026-06-01T01:00:00Z'),
      });
      expect(transaction).to.have.all.keys({ ...attempt, state });
      expect(transaction).to.include({ ...command, state: 'proposed', attempt: 3 });
      expect(transaction.earlier, state).to.deep.equal(['f1', 'f2']);
    }
  });

  it('finds one by every attempt’s Fabric id and by its key, until its time is over', async () => {
    const first = { ...attempt, v: 1 as const, attempt: 1, txId: 'f1', earlier: [] };
    await pending.create({ ...first, state: 'proposed' }, 'digest');
    await pending.update({ ...first, attempt: 2, txId: 'f2', earlier: ['f1'], state: 'proposed' });
    for (const id of ['tr_1', 'f1', 'f2']) expect(pending.find(id)?.attempt).to.equal(2);
    expect(pending.findIdempotent('o', 'k')).to.deep.equal({ request: 'digest', id: 'tr_1' });
    await pending.sweep(new Date('2026-06-07T00:00:00Z'));
    expect(pending.find('tr_1')).not.to.equal(undefined);
    await pending.sweep(new Date('2026-06-09T00:00:00Z'));
    for (const id of ['tr_1', 'f1', 'f2']) expect(pending.find(id)).to.equal(undefined);
    expect(pending.findIdempotent('o', 'k')).to.equal(undefined);
  });
});
