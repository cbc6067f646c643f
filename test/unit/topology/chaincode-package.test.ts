import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildChaincodePackage, supersedes } from '@yici/network/testing';

describe('a chaincode package', () => {
  const build = () => buildChaincodePackage('yici_1.0', { tls: false });

  it('is the same bytes wherever it is built, so departments agree on its id', () => {
    expect(build().packageId).to.equal(build().packageId);
    const digest = createHash('sha256').update(build().bytes).digest('hex');
    expect(build().packageId).to.equal(`yici_1.0:${digest}`);
  });

  it('unpacks with tar into what the ccaas builder reads', () => {
    const folder = mkdtempSync(join(tmpdir(), 'yici-package-'));
    try {
      writeFileSync(join(folder, 'package.tgz'), build().bytes);
      execFileSync('tar', ['xzf', 'package.tgz'], { cwd: folder });
      execFileSync('tar', ['xzf', 'code.tar.gz'], { cwd: folder });
      const json = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'));
      expect(json('metadata.json')).to.deep.equal({ type: 'ccaas', label: 'yici_1.0' });
      expect(json('connection.json')).to.deep.equal({
        address: '{{.address}}',
        dial_timeout: '10s',
        tls_required: false,
      });
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is another one when the chaincode serves TLS', () => {
    const secured = buildChaincodePackage('yici_1.0', { tls: true });
    expect(secured.packageId).not.to.equal(build().packageId);
  });

  it('takes the place of what earlier releases made of the label, and of nothing else', () => {
    const { packageId } = buildChaincodePackage('yici_1.0', { tls: true });
    // As releases before it made it: with TLS and without the peer's certificate.
    const earlier = 'yici_1.0:e3623f54b7669b1f42873c03ac9bd1bd5a7808d4b2bbfcf4cacab978f8a86a3a';
    expect(supersedes(packageId, build().packageId)).to.equal(true);
    expect(supersedes(packageId, earlier)).to.equal(true);
    expect(supersedes(packageId, packageId)).to.equal(false);
    expect(supersedes(packageId, earlier.replace('yici_1.0', 'yici_2.0'))).to.equal(false);
  });
});
