import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import {
  caseClocks,
  compositeKey,
  keyKinds,
  keyOf,
  lateActs,
  type CaseRecord,
  type LedgerRecord,
} from '@yici/domain/model';
import { expect } from 'chai';
import { RuleLedger } from './support/ledger.js';
import { archiving } from './support/archives.js';

/**
 * Every record that the demo's data and story wrote, in order, by the definition of the chaincode before the one that reads
 * the laws' texts again: one JSON object a line, under Brotli.
 */
const FIXTURE = new URL('../../../fixtures/records/demo-before-the-law.jsonl.br', import.meta.url);

interface Written {
  readonly key: string;
  readonly record: LedgerRecord;
}

const written = brotliDecompressSync(readFileSync(FIXTURE))
  .toString('utf8')
  .split('\n')
  .map((line) => JSON.parse(line) as Written);

/** The ledger as it stood after so many writes. */
function ledgerAfter(writes: number): RuleLedger {
  const ledger = new RuleLedger();
  for (const { key, record } of written.slice(0, writes)) ledger.state.set(key, record);
  return ledger;
}

const cases = written.flatMap(({ record }) => (record.kind === 'case' ? [record] : []));

describe('records of an earlier definition, after the upgrade', () => {
  it('conform to their schemas, unchanged, under the same keys', () => {
    for (const { key, record } of written) {
      expect(keyKinds[record.kind].schema.parse(record), key).to.deep.equal(record);
      expect(compositeKey(keyOf(record))).to.equal(key);
    }
    expect(new Set(written.map(({ record }) => record.kind)).size).to.be.above(25);
  });

  it('have their clocks and late acts', () => {
    for (const record of cases) {
      for (const { dueOn } of caseClocks(record)) expect(dueOn).to.match(/^\d{4}-\d\d-\d\d$/);
      for (const { actedOn, clock } of lateActs(record))
        expect(actedOn >= clock.dueOn).to.equal(true);
    }
  });

  it('are gone on with where they stand', async () => {
    const isOpen = ({ record }: Written) =>
      record.kind === 'case' && openStep(record) !== undefined;
    const at = written.findIndex(isOpen);
    const record = written[at]!.record as CaseRecord;
    const { id: stepId, department } = openStep(record)!;
    const next = written.findIndex(({ key }, index) => index > at && key === written[at]!.key);
    const ledger = ledgerAfter(next);
    const mspId = ledger.get('department', department)!.mspId;
    const soon = new Date(Date.parse(record.updatedAt) + 60_000).toISOString();
    const clerk = { mspId, role: 'clerk', user: `${department}.clerk1`, at: soon } as const;
    const answer = { caseNo: record.caseNo, stepId, answer: 'agree' } as const;
    const after = (await ledger.run('case.opinion', answer, clerk)) as CaseRecord;
    expect(after.steps.find(({ id }) => id === stepId)).to.include({ status: 'answered' });
    expect(after.endedClocks?.map(({ what, late }) => [what, late])).to.deep.equal([
      ['opinion', false],
    ]);
  });

  it('are archived by the department that closed them', async () => {
    const ledger = ledgerAfter(written.length);
    const closed = ledger.all('case').find(({ state }) => state === 'DELIVERED')!;
    const { mspId } = ledger.get('department', closed.owner)!;
    const clerk = { mspId, role: 'clerk', user: `${closed.owner}.clerk1` } as const;
    const after = await ledger.run(
      'case.archive',
      { caseNo: closed.caseNo, ...archiving },
      { ...clerk, at: '2026-11-30T02:00:00.000Z' },
    );
    expect(after).to.include({ state: 'ARCHIVED' });
  });
});

function openStep({ steps, state }: CaseRecord): CaseRecord['steps'][number] | undefined {
  return state === 'ACCEPTED' ? steps.find(({ status }) => status === 'open') : undefined;
}
