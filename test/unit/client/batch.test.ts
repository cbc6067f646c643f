import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { csvRows, failureOf, processTerminal, readActs, Results } from '@yici/client/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { sayIn } from '@yici/terminal';

const terminalWith = (text: string) => ({
  ...processTerminal(new AbortController().signal),
  read: () => Promise.resolve(Buffer.from(text)),
});
const caseNo = 'YC33110000000007-20260302-0001';

/** What the command line says of a file that it does not take. */
async function refusal(file: string, text: string): Promise<string> {
  try {
    await readActs(file, terminalWith(text));
  } catch (error) {
    const { exitCode, lines } = failureOf(error, sayIn('zh'));
    expect(exitCode).to.equal(2);
    return lines.join('\n');
  }
  throw new TypeError('was taken');
}

describe('the file of a batch', () => {
  it('is JSON lines of commands with their whole input', async () => {
    const line = JSON.stringify({ command: 'case.receive', input: { caseNo } });
    const acts = await readActs('today.jsonl', terminalWith(`${line}\n\n${line}\n`));
    expect(acts).to.deep.equal([
      { line: 1, command: 'case.receive', input: { caseNo } },
      { line: 3, command: 'case.receive', input: { caseNo } },
    ]);
  });

  it('is CSV whose columns are the options of the command line', async () => {
    const text = `command,caseNo\r\n`;
    expect(await refusal('today.csv', `${text}case.receive,${caseNo}`)).to.contain('caseNo');
    const good = `\ufeffcommand,case-no,voucher-no\r\ncase.receive,${caseNo},"SL-1"\r\n\r\ncase.receive,${caseNo},\n`;
    expect(await readActs('today.csv', terminalWith(good))).to.deep.equal([
      { line: 2, command: 'case.receive', input: { caseNo, voucherNo: 'SL-1' } },
      { line: 3, command: 'case.receive', input: { caseNo } },
    ]);
  });

  it('is refused as a whole, with every offending place, before anything is sent', async () => {
    const lines = [{ caseNo }, { caseNo: 7 }, { caseNo, more: 1 }, {}];
    const text = lines.map((input) => JSON.stringify({ command: 'case.receive', input }));
    const told = await refusal('today.jsonl', text.join('\n'));
    expect(told)
      .to.match(/第 2 行.*“办件编号”/)
      .and.match(/第 3 行/)
      .and.match(/第 4 行.*“办件编号”/);
    expect(told).not.to.contain('第 1 行');
    expect(await refusal('x', '{"command":"case.vanish","input":{}}')).to.contain(
      'x 第 1 行：没有命令“case.vanish”',
    );
    expect(await refusal('x', '{')).to.contain('x:1');
    expect(await refusal('x.csv', 'command,case-no\ncase.vanish,1')).to.contain('第 2 行');
    const cutOff = `command,case-no\ncase.receive,${caseNo}\ncase.receive,"${caseNo}`;
    expect(await refusal('x.csv', cutOff)).to.contain('第 3 行');
  });

  it('takes no file to be sealed from a CSV: a rerun would be another command', async () => {
    const text = `command,case-no,step,agree,document\ncase.opinion,${caseNo},budget,true,opinion.ofd`;
    expect(await refusal('x.csv', text)).to.contain('sha256:');
  });
});

describe('rows of a CSV text', () => {
  it('are what was written, whatever the cells hold', () => {
    const cell = fc.string({ minLength: 1 }).filter((text) => text.trim() === text);
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (given, end) => {
        const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
        const text = given.map((row) => row.map(quoted).join(',')).join(end);
        expect(csvRows(text)).to.deep.equal(given);
      }),
    );
  });
});

describe('the results of a batch', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yici-results-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const result = {
    ...{ key: 'k', state: 'open' as const, line: 1, command: 'case.receive' },
    ...{ subject: caseNo, attempt: 1, gateway: 'http://127.0.0.1:1' },
  };

  it('are those of the last line of each command, also after a line that was cut off', () => {
    const path = join(folder, 'results');
    const first = Results.open(path);
    first.put(result);
    first.put({ ...result, txId: 'signed' });
    first.close();
    appendFileSync(path, '{"key":"k","state":"do');
    const second = Results.open(path);
    expect(second.of('k')).to.deep.equal({ ...result, txId: 'signed' });
    second.put({ ...result, state: 'done', txId: 'signed', block: 7 });
    second.close();
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { state: string }).state)).to.deep.equal([
      ...['open', 'open', 'done'],
    ]);
    expect(statSync(path).mode & 0o777).to.equal(0o600);
  });

  it('are not made over a file that is something else', () => {
    const path = join(folder, 'notes.txt');
    appendFileSync(path, 'my notes\n');
    expect(() => Results.open(path))
      .to.throw()
      .with.property('code', 'USAGE');
    expect(readFileSync(path, 'utf8')).to.equal('my notes\n');
  });
});
