import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
/** With decorators and without, for Node's two kinds of modules; what the id of the chaincode's package covers. */
const packages = { chaincode: 'chaincode/library/dist', api: 'api/dist', papers: 'papers/dist' };

describe('the JavaScript that npm start writes', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'yici-transpile-'));

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is what tsc writes, to the byte', () => {
    const script = join(root, 'network/scripts/transpile.mjs');
    const { status, stderr } = spawnSync(
      process.execPath,
      [script, '--root', folder, ...Object.keys(packages)],
      { encoding: 'utf8' },
    );
    expect(status, stderr).to.equal(0);
    for (const dist of Object.values(packages)) {
      const written = readdirSync(join(folder, dist), { recursive: true })
        .map(String)
        .filter((name) => /\.js(\.map)?$/.test(name));
      expect(written, dist).to.not.be.empty;
      const others = written.filter((name) => {
        const built = join(root, dist, name);
        if (!existsSync(built)) return true;
        return readFileSync(built, 'utf8') !== readFileSync(join(folder, dist, name), 'utf8');
      });
      expect(others, dist).to.deep.equal([]);
    }
  });
});
