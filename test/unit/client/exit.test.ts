import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ClientError } from '@yici/client';
import { clientExitCodes, failureOf } from '@yici/client/testing';
import { expect } from 'chai';
import { sayIn } from '@yici/terminal';

const say = sayIn('zh');

function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a failure', () => {
  it('of the gateway is 1 when it refused what was asked', () => {
    const error = new ClientError('GATEWAY_REFUSED', 'CASE_CLOSED: closed', {
      details: { status: 409, code: 'CASE_CLOSED', requestId: 'r-1' },
    });
    const failure = failureOf(error, say);
    expect(failure.exitCode).to.equal(1);
    expect(failure.lines.join('\n')).to.contain('CASE_CLOSED').and.to.contain('r-1');
    expect(failure.lines[0]).to.contain('办件已经终结');
  });

  for (const status of [401, 429, 500, 503]) {
    it(`of the gateway is 3 when it answered ${status}`, () => {
      const error = new ClientError('GATEWAY_REFUSED', 'x', { details: { status } });
      expect(failureOf(error, say).exitCode).to.equal(3);
    });
  }

  it('of a write on its way shows the rule that refused it and its article', () => {
    const error = new ClientError('TRANSACTION_INVALID', 'did not take effect', {
      details: { state: 'refused', error: { code: 'SECOND_NOTICE', detail: 'x' } },
    });
    const failure = failureOf(error, say);
    expect(failure.exitCode).to.equal(1);
    expect(failure.lines[0]).to.contain('未登记（SECOND_NOTICE）：补正只能一次性告知');
    expect(failure.lines.join('\n')).to.contain('第三十二条第一款第四项');
  });

  it('of the gateway is 2 when it says that the request was wrong', () => {
    const error = new ClientError('GATEWAY_REFUSED', 'VALIDATION_FAILED: no', {
      details: { status: 400, code: 'VALIDATION_FAILED' },
    });
    expect(failureOf(error, say).exitCode).to.equal(2);
  });

  it('shows every offending path', () => {
    const error = new ClientError('GATEWAY_REFUSED', 'VALIDATION_FAILED: no', {
      details: { status: 400, errors: [{ path: '/materials/0/code', message: 'missing' }] },
    });
    expect(failureOf(error, say).lines).to.include('  /materials/0/code: missing');
  });

  it('is in one language: what is wrong, what to do now, and what it rests on', () => {
    const details = { caseNo: 'YC1-20260302-0001', state: 'SUBMITTED', allowed: ['RECEIVED'] };
    const error = new ClientError('TRANSACTION_INVALID', 'did not take effect', {
      details: { state: 'refused', error: { code: 'WRONG_STATE', detail: 'x', details } },
    });
    expect(failureOf(error, say).lines).to.deep.equal([
      '未登记（WRONG_STATE）：办件“YC1-20260302-0001”当前为“已申报”，不能办理此操作，须在“已收件”时办理。',
      '  下一步：收件。',
      '  本系统规则',
    ]);
    expect(failureOf(error, sayIn('en')).lines.join()).to.not.match(/\p{Script=Han}/u);
  });

  it('in the gateway’s words has the names that the gateway knows', () => {
    const detail = '本操作应由财政局办理，当前部门为机关事务中心。请由财政局办理。';
    const refused = { department: 'offices', expected: 'finance' };
    const error = new ClientError('GATEWAY_REFUSED', 'WRONG_DEPARTMENT: no', {
      details: { status: 403, code: 'WRONG_DEPARTMENT', detail, details: refused },
    });
    expect(failureOf(error, say).lines[0]).to.equal(`未登记（WRONG_DEPARTMENT）：${detail}`);
  });

  it('of every code has an exit code of its kind', () => {
    for (const code of Object.keys(clientExitCodes) as (keyof typeof clientExitCodes)[]) {
      expect(failureOf(new ClientError(code, 'x'), say).exitCode, code).to.be.oneOf([1, 2, 3, 4]);
    }
  });

  it('of a disk or a file is none of this program', () => {
    const full = thrownBy(() => {
      writeFileSync('/dev/full', 'x');
    });
    const absent = thrownBy(() => readFileSync('/nowhere/at/all'));
    expect(failureOf(full, say)).to.deep.include({ exitCode: 3 });
    expect(failureOf(full, say).lines.join()).to.match(/FILE_UNUSABLE.*磁盘已满/);
    expect(failureOf(absent, say).lines.join()).to.match(/FILE_UNUSABLE.*\/nowhere\/at\/all/);
  });

  it('that is a bug is 70 and shows where', () => {
    const failure = failureOf(new TypeError('oops'), say);
    expect(failure.exitCode).to.equal(70);
    expect(failure.lines.join('\n')).to.contain('TypeError: oops').and.to.contain('exit.test');
  });

  it('does not pass on what steers a terminal', () => {
    const failure = failureOf(new ClientError('GATEWAY_REFUSED', 'a\u001b[2Jb'), say);
    expect(failure.lines.join()).not.to.contain('\u001b');
  });

  it('is none when whoever reads has had enough', async () => {
    const program = fileURLToPath(new URL('bin/yici.js', import.meta.resolve('@yici/client')));
    const child = spawn(process.execPath, [program, '--help'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, errors }).to.deep.equal({ code: 0, errors: '' });
  }).timeout(10_000);
});
