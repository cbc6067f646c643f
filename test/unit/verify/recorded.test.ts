import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  auditRunCodes,
  auditRunVerdict,
  canonicalDigest,
  commands,
  mostAuditPlaces,
} from '@yici/domain/model';
import {
  auditRunReport,
  recordOf,
  runReport,
  verifyFolder,
  type AuditRunReport,
} from '@yici/client/testing';
import { auditVerdict, encodeBlock, headerHash, withTransactionsFilter } from '@yici/ledger';
import { auditFindingWords } from '@yici/ledger/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { runYici } from '../../support/terminal.js';
import { withExportedChain } from './support/exported.js';

const startedAt = new Date('2026-03-02T01:00:00.000Z');
const finishedAt = new Date('2026-03-02T01:00:01.500Z');

describe('what of an audit run goes on the ledger', () => {
  const exported = withExportedChain();

  const report = async (): Promise<AuditRunReport | undefined> => {
    const genesisHash = exported.chain.pin;
    const audit = await verifyFolder({ folder: exported.folder, genesisHash });
    const verifier = { name: 'yici-audit', version: '0.1.0' };
    return runReport(audit, { genesisHash, verifier, startedAt, finishedAt });
  };

  it('says which blocks of which channel were checked, how much of them, and by what', async () => {
    const found = await report();
    const record = recordOf(found!);
    expect(commands['audit.record'].input.safeParse(record).success).to.equal(true);
    const last = exported.chain.blocks.at(-1)!;
    expect(record).to.deep.include({
      genesisHash: exported.chain.pin,
      fromBlock: 0,
      toBlock: 1,
      headerHash: Buffer.from(headerHash(last)).toString('hex'),
      startedAt: '2026-03-02T01:00:00.000Z',
      finishedAt: '2026-03-02T01:00:01.500Z',
      verdict: 'verified',
      findings: [],
      report: canonicalDigest(found!),
    });
    expect(record.channel)
      .to.equal(found!.channel)
      .and.to.match(/^[a-z]/);
    expect(record.checked).to.include({ blocks: 2, transactions: 2 });
    expect(record.checked.signatures).to.be.greaterThan(1);
    expect(record.verifier.name).to.equal('yici-audit');
  });

  it('names what does not hold by code and place, and a last block that cannot be read by no hash', async () => {
    const lie = withTransactionsFilter(exported.chain.blocks[1]!, [11]);
    writeFileSync(join(exported.folder, '1.block'), encodeBlock(lie));
    const record = recordOf((await report())!);
    expect([record.verdict, record.findings]).to.deep.equal([
      'failed',
      [{ code: 'CODE_MISMATCH', count: 1, places: [{ block: 1, tx: 0 }] }],
    ]);
    rmSync(join(exported.folder, '1.block'));
    mkdirSync(join(exported.folder, '1.block'));
    const unreadable = recordOf((await report())!);
    expect(unreadable).to.not.have.property('headerHash');
    expect([unreadable.verdict, unreadable.checked.blocks]).to.deep.equal(['unverifiable', 2]);
  });

  it('is nothing when no block says of which channel it is', async () => {
    for (const number of [0, 1])
      writeFileSync(join(exported.folder, `${number}.block`), 'no block');
    expect(await report()).to.equal(undefined);
    const kept = join(exported.folder, 'report.json');
    const { exitCode, notes } = await runYici(
      ['audit', 'verify', exported.folder, '--pin', exported.chain.pin, '--report', kept],
      {},
    );
    expect(exitCode).to.equal(1);
    expect(notes.join()).to.contain('没有可登记的内容');
  });

  it('is kept whole with --report, which writes nothing over', async () => {
    const kept = join(exported.folder, 'report.json');
    const args = [
      'audit',
      'verify',
      exported.folder,
      '--pin',
      exported.chain.pin,
      '--report',
      kept,
    ];
    expect((await runYici(args, {})).exitCode).to.equal(0);
    const parsed = auditRunReport.parse(JSON.parse(readFileSync(kept, 'utf8')));
    expect(parsed.verdict).to.equal('verified');
    expect((await runYici(args, {})).exitCode).to.equal(2);
  });

  it('counts every finding and names the first places of each code', () => {
    const findings = Array.from({ length: 50 }, (_, block) => ({
      ...{ code: 'CODE_MISMATCH' as const, block, tx: 0, detail: 'x' },
    }));
    const record = recordOf({
      v: 1,
      ...{ channel: 'matters', genesisHash: exported.chain.pin, fromBlock: 0, toBlock: 60 },
      ...{ headerHash: null, verifier: { name: 'yici-audit', version: '1' }, verdict: 'failed' },
      ...{ startedAt: startedAt.toISOString(), finishedAt: finishedAt.toISOString() },
      ...{ checked: { blocks: 61, transactions: 99, signatures: 9 }, codes: {} },
      findings: [...findings, { code: 'PIN_MALFORMED', block: null, tx: null, detail: 'y' }],
    });
    expect(record.findings.map(({ code, count }) => [code, count])).to.deep.equal([
      ['PIN_MALFORMED', 1],
      ['CODE_MISMATCH', 50],
    ]);
    expect(record.findings[0]?.places).to.deep.equal([{}]);
    expect(record.findings[1]?.places).to.have.lengthOf(mostAuditPlaces);
  });

  it('comes in the verifier’s own codes, and to its verdict', () => {
    expect(auditRunCodes).to.deep.equal(Object.keys(auditFindingWords));
    fc.assert(
      fc.property(fc.subarray([...auditRunCodes]), (codes) => {
        const verdict = auditVerdict(codes.map((code) => ({ code })));
        expect(auditRunVerdict(codes)).to.equal(verdict.toLowerCase());
      }),
    );
  });
});
