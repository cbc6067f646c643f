import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { buildChaincodePackage } from '@yici/network/testing';
import { fabricTool, needsFabric } from './fabric.js';

describe("a chaincode package beside Fabric's peer command", () => {
  let directory = '';

  before(function () {
    needsFabric(this, 'peer');
    directory = mkdtempSync(join(tmpdir(), 'yici-package-'));
  });

  after(() => {
    if (directory !== '') rmSync(directory, { recursive: true, force: true });
  });

  it('has the id that `peer lifecycle chaincode calculatepackageid` computes', () => {
    const { bytes, packageId } = buildChaincodePackage('yici_1.0', { tls: true });
    const file = join(directory, 'package.tar.gz');
    writeFileSync(file, bytes);
    // The command wants a core.yaml beside it, of which it needs nothing.
    writeFileSync(join(directory, 'core.yaml'), 'peer:\n  id: none\n');
    const printed = execFileSync(
      fabricTool('peer'),
      ['lifecycle', 'chaincode', 'calculatepackageid', file],
      { env: { ...process.env, FABRIC_CFG_PATH: directory }, encoding: 'utf8', stdio: 'pipe' },
    );
    expect(printed.trim()).to.equal(packageId);
  });
});
