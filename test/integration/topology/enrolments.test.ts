import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EnrolmentFolder } from '@yici/network';
import { enrolmentLimits } from '@yici/network/testing';
import { expect } from 'chai';

describe('requests for certificates', () => {
  let folder: string;
  let now = new Date('2026-03-02T01:00:00Z');
  let requests: EnrolmentFolder;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yici-enrolments-'));
    now = new Date('2026-03-02T01:00:00Z');
    requests = new EnrolmentFolder(folder, () => now);
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  /** A request as OpenSSL makes it. */
  function csr(
    user: string,
    key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256'],
  ): string {
    const out = ['-nodes', '-keyout', join(folder, 'key.pem'), '-subj', `/CN=${user}`];
    return execFileSync('openssl', ['req', '-new', ...key, ...out], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
  }

  const files = () => readdirSync(folder).filter((name) => name.startsWith('enr-'));

  it('are kept with the digest of their code, and answered to who has the code', () => {
    const { number, code, user } = requests.ask(csr('hrss.clerk1'));
    expect(user).to.equal('hrss.clerk1');
    expect(files()).to.deep.equal([`${number}.json`]);
    expect(readFileSync(join(folder, `${number}.json`), 'utf8')).not.to.include(code);
    expect(requests.collect(number, 'another')).to.equal(undefined);
    expect(requests.collect(number, code)).not.to.have.property('answer');
    expect(requests.waiting().map((one) => one.number)).to.deep.equal([number]);
    requests.answer({ number, certificate: 'certificate', connection: '{}' });
    expect(requests.collect(number, code)).to.have.nested.property(
      'answer.certificate',
      'certificate',
    );
    expect(requests.waiting()).to.deep.equal([]);
    expect(() => {
      requests.answer({ number, certificate: 'other', connection: '{}' });
    })
      .to.throw()
      .with.property('code', 'ENROLMENT_REFUSED');
  });

  it('are refused unless signed by the very key they are for, of P-256, in the name of a user', () => {
    const whole = csr('hrss.clerk1');
    const bytes = Buffer.from(whole.split('\n').slice(1, -2).join(''), 'base64');
    bytes.write('hrss.clerk2', bytes.indexOf('hrss.clerk1'));
    const forged = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----\n`;
    const rsa = csr('hrss.clerk1', ['-newkey', 'rsa:2048']);
    for (const one of [forged, rsa, 'nothing']) {
      expect(() => requests.ask(one))
        .to.throw()
        .with.property('code', 'MALFORMED_IDENTITY');
    }
    for (const one of [csr('nobody in particular'), ' '.repeat(enrolmentLimits.bytes + 1)]) {
      expect(() => requests.ask(one))
        .to.throw()
        .with.property('code', 'ENROLMENT_REFUSED');
    }
    expect(files()).to.deep.equal([]);
  });

  it('are bounded in number and time, and one for the same key takes the place of the first', () => {
    const own = csr('hrss.clerk1');
    const first = requests.ask(own);
    const second = requests.ask(own);
    expect(second.number).to.equal(first.number);
    expect(requests.collect(first.number, first.code)).to.equal(undefined);
    expect(files()).to.have.length(1);
    now = new Date(now.getTime() + (enrolmentLimits.days + 1) * 86_400_000);
    expect(requests.collect(second.number, second.code)).to.equal(undefined);
    expect(requests.waiting()).to.deep.equal([]);
    requests.sweep();
    expect(files()).to.deep.equal([]);
  });
});
