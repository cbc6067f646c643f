import { expect } from 'chai';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main, type AuditJson, type Terminal } from '@yici/client/testing';
import { encodeBlock, withTransactionsFilter } from '@yici/ledger';
import { withExportedChain } from './support/exported.js';

describe('yici audit verify', () => {
  const exported = withExportedChain();

  const yici = async (...args: string[]) => {
    const out: string[] = [];
    const notes: string[] = [];
    const terminal: Omit<Terminal, 'say'> = {
      env: {},
      signal: new AbortController().signal,
      out: (line) => void out.push(line),
      note: (line) => void notes.push(line),
      progress: () => undefined,
      read: (path) => readFile(path),
    };
    const exitCode = await main(['audit', 'verify', ...args], terminal);
    return { exitCode, out: out.join('\n'), notes: notes.join('\n') };
  };

  const json = async (...args: string[]): Promise<[number, AuditJson]> => {
    const { exitCode, out } = await yici(...args, '--json');
    return [exitCode, JSON.parse(out) as AuditJson];
  };

  it('verifies a folder of blocks by the pin alone and exits with 0', async () => {
    expect(await json(exported.folder, '--pin', exported.chain.pin)).to.deep.equal([
      0,
      { verdict: 'VERIFIED', height: 2, transactions: 2, codes: { VALID: 2 }, findings: [] },
    ]);
    const { out } = await yici(exported.folder, '--pin', exported.chain.pin);
    expect(out).to.contain('结论：核验通过').and.to.contain('VALID 2');
  });

  it('names block and transaction of what does not hold and exits with 1', async () => {
    const lie = withTransactionsFilter(exported.chain.blocks[1]!, [11]);
    writeFileSync(join(exported.folder, '1.block'), encodeBlock(lie));
    const [exitCode, report] = await json(exported.folder, '--pin', exported.chain.pin);
    expect([exitCode, report.verdict]).to.deep.equal([1, 'FAILED']);
    expect(report.findings).to.have.length(1);
    expect(report.findings[0]).to.include({ code: 'CODE_MISMATCH', block: 1, tx: 0 });
    const { out } = await yici(exported.folder, '--pin', exported.chain.pin);
    expect(out).to.contain('对等节点写入的验证码与按规则计算的不同（');
    expect((await json(exported.folder, '--pin', 'ab'.repeat(32)))[1].findings[0]).to.include({
      code: 'GENESIS_MISMATCH',
      block: 0,
      tx: null,
    });
  });

  it('exits with 3 when blocks are missing', async () => {
    rmSync(join(exported.folder, '0.block'));
    const [exitCode, report] = await json(exported.folder, '--pin', exported.chain.pin);
    expect([exitCode, report.verdict]).to.deep.equal([3, 'INCOMPLETE']);
    rmSync(join(exported.folder, '1.block'));
    expect((await json(exported.folder, '--pin', exported.chain.pin))[0]).to.equal(3);
  });

  it('exits with 4 over a pin that is none, a folder or a file that cannot be read', async () => {
    const [exitCode, report] = await json(exported.folder, '--pin', 'latest');
    expect([exitCode, report.verdict]).to.deep.equal([4, 'UNVERIFIABLE']);
    expect(report.findings[0]).to.include({ code: 'PIN_MALFORMED', block: null });
    const [absent] = await json(join(exported.folder, 'absent'), '--pin', exported.chain.pin);
    expect(absent).to.equal(4);
    rmSync(join(exported.folder, '1.block'));
    mkdirSync(join(exported.folder, '1.block'));
    const [unreadable, found] = await json(exported.folder, '--pin', exported.chain.pin);
    expect([unreadable, found.findings[0]?.code]).to.deep.equal([4, 'INPUT_UNREADABLE']);
  });

  it('goes by the numbers in the names, and says which files it passes over', async () => {
    for (const name of ['01.block', 'genesis.block', 'notes.txt']) {
      writeFileSync(join(exported.folder, name), 'nothing of a block');
    }
    const { exitCode, notes } = await yici(exported.folder, '--pin', exported.chain.pin);
    expect(exitCode).to.equal(0);
    expect(notes).to.contain('01.block').and.to.contain('notes.txt');
  });

  it('is refused without a pin, as wrong use', async () => {
    expect((await yici(exported.folder)).exitCode).to.equal(2);
  });
});
