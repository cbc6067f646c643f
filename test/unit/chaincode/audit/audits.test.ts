import type { AuditRecord, CommandInput } from '@yici/domain/model';
import { commands } from '@yici/domain/model';
import { expect } from 'chai';
import { auditRun } from '../support/audits.js';
import { RuleLedger } from '../support/ledger.js';
import { by, expectRefusal, foundEverything, morning } from '../support/story.js';

type Run = CommandInput<'audit.record'>;

const day = morning('2026-04-20');
const office = by('supervision.supervisor1', day);

describe('audit runs', () => {
  let ledger: RuleLedger;
  beforeEach(async () => {
    ledger = new RuleLedger();
    await foundEverything(ledger);
  });
  const record = async (change: Partial<Run> = {}) =>
    (await ledger.run('audit.record', { ...auditRun, ...change }, office)) as AuditRecord;
  const invalid = async (code: 'AUDIT_RECORD_INVALID', change: Partial<Run>, problem: string) => {
    const refusal = await expectRefusal(ledger, code, () => record(change));
    expect(refusal['problem']).to.equal(problem);
  };

  it('are the supervision office’s to record, and nobody else’s', async () => {
    for (const user of ['finance.clerk1', 'supervision.head1', 'finance.gateway1']) {
      await expectRefusal(ledger, 'ROLE_REFUSED', () =>
        ledger.run('audit.record', auditRun, by(user, day)),
      );
    }
    await expectRefusal(ledger, 'WRONG_DEPARTMENT', () =>
      ledger.run('audit.record', auditRun, by('finance.supervisor1', day)),
    );
    expect(await record()).to.deep.include({
      department: 'supervision',
      verdict: 'verified',
      at: day,
    });
    const vacant = new RuleLedger();
    for (const [key, known] of ledger.state) {
      if (known.kind !== 'functionHolder') vacant.state.set(key, known);
    }
    await expectRefusal(vacant, 'FUNCTION_VACANT', () =>
      vacant.run('audit.record', { ...auditRun, report: 'd4'.repeat(32) }, office),
    );
  });

  it('are recorded once: a report that is there is not written over', async () => {
    await record();
    await expectRefusal(ledger, 'ALREADY_EXISTS', () => record());
    await expectRefusal(ledger, 'ALREADY_EXISTS', () =>
      record({ verdict: 'incomplete', findings: [] }),
    );
    await record({ report: 'd4'.repeat(32) });
    expect(ledger.all('audit')).to.have.lengthOf(2);
  });

  it('are about this channel, and not about what has not happened yet', async () => {
    await invalid('AUDIT_RECORD_INVALID', { channel: 'another' }, 'channel');
    await invalid(
      'AUDIT_RECORD_INVALID',
      { startedAt: '2026-04-20T00:59:00.001Z' },
      'endsBeforeItStarts',
    );
    // Whoever ran it may have a clock that is five minutes ahead of the transaction's.
    expect(day).to.equal('2026-04-20T01:00:00.000Z');
    await invalid(
      'AUDIT_RECORD_INVALID',
      { finishedAt: '2026-04-20T01:05:00.001Z' },
      'inTheFuture',
    );
    await record({ finishedAt: '2026-04-20T01:05:00.000Z' });
  });

  it('that call themselves verified left no block out', async () => {
    const { checked } = auditRun;
    await invalid('AUDIT_RECORD_INVALID', { fromBlock: 41 }, 'range');
    await invalid('AUDIT_RECORD_INVALID', { checked: { ...checked, blocks: 42 } }, 'blocks');
    await invalid('AUDIT_RECORD_INVALID', { checked: { ...checked, blocks: 0 } }, 'blocks');
    await invalid(
      'AUDIT_RECORD_INVALID',
      { checked: { ...checked, blocks: 40 } },
      'verifiedInPart',
    );
    await invalid(
      'AUDIT_RECORD_INVALID',
      { fromBlock: 1, checked: { ...checked, blocks: 40 } },
      'verifiedInPart',
    );
    const { headerHash, ...headless } = auditRun;
    expect(headerHash).to.have.length(64);
    const refusal = await expectRefusal(ledger, 'AUDIT_RECORD_INVALID', () =>
      ledger.run('audit.record', headless, office),
    );
    expect(refusal['problem']).to.equal('verifiedInPart');
    await invalid('AUDIT_RECORD_INVALID', { checked: { ...checked, transactions: 40 } }, 'counts');
    await invalid('AUDIT_RECORD_INVALID', { checked: { ...checked, signatures: 39 } }, 'counts');
  });

  it('have the verdict that their findings amount to, and every place', async () => {
    const mismatch = { code: 'CODE_MISMATCH', count: 1, places: [{ block: 7, tx: 2 }] } as const;
    const findings: Run['findings'] = [{ ...mismatch, places: [...mismatch.places] }];
    await invalid('AUDIT_RECORD_INVALID', { verdict: 'failed' }, 'verdict');
    for (const verdict of ['verified', 'incomplete', 'unverifiable'] as const) {
      await invalid('AUDIT_RECORD_INVALID', { verdict, findings }, 'verdict');
    }
    const of = (change: object): Partial<Run> => ({
      verdict: 'failed',
      findings: [{ ...mismatch, places: [...mismatch.places], ...change }],
    });
    await invalid('AUDIT_RECORD_INVALID', of({ count: 2 }), 'places');
    await invalid('AUDIT_RECORD_INVALID', of({ places: [{ block: 41 }] }), 'places');
    await invalid('AUDIT_RECORD_INVALID', of({ places: [{ tx: 1 }] }), 'places');
    await invalid('AUDIT_RECORD_INVALID', of({ count: 21, places: [{ block: 1 }] }), 'places');
    const many = Array.from({ length: 20 }, (_, block) => ({ block }));
    expect((await record(of({ count: 2000, places: many }))).verdict).to.equal('failed');
  });

  it('name each code once, with places, of the closed list', () => {
    const { input } = commands['audit.record'];
    const finding = { code: 'CODE_MISMATCH', count: 1, places: [{ block: 7, tx: 2 }] };
    const failed = (findings: readonly object[]) => ({ ...auditRun, verdict: 'failed', findings });
    expect(input.safeParse(failed([finding])).success).to.equal(true);
    for (const findings of [
      [finding, finding],
      [{ ...finding, code: 'LOOKS_ODD' }],
      [{ ...finding, places: [] }],
      [{ ...finding, detail: 'words' }],
    ]) {
      expect(input.safeParse(failed(findings)).success, JSON.stringify(findings)).to.equal(false);
    }
  });
});
