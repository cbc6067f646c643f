import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { alertTests, faults } from '../../support/alerts.js';

describe('the alerts of monitoring/rules.yml', () => {
  const rules = join(process.cwd(), 'monitoring', 'rules.yml');
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'yici-alerts-'));
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('have a fault each, by which they are tried', () => {
    const named = readFileSync(rules, 'utf8').matchAll(/- alert: (\w+)/g);
    expect(Object.keys(faults)).to.have.members([...named].map(([, name]) => name));
  });

  it('fire by Prometheus’ own promtool each at its fault, not before its time, and none while all is well', function () {
    this.timeout(60_000);
    const file = join(folder, 'alerts.yml');
    writeFileSync(file, stringify(alertTests(rules), { aliasDuplicateObjects: false }));
    const { error, status, stdout, stderr } = spawnSync('promtool', ['test', 'rules', file]);
    if (error !== undefined) this.skip();
    expect(status, `${stdout.toString()}${stderr.toString()}`).to.equal(0);
  });
});
