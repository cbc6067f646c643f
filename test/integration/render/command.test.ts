import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exitCodes, runCli } from '@yici/network/testing';
import { expect } from 'chai';
import { keysIn, releaseFolder, topologyIn } from './support.js';

describe('the commands of a department on its own host', () => {
  let directory = '';
  let file = '';

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-host-cli-'));
    file = topologyIn(directory);
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  async function cli(...args: string[]) {
    const text = { out: '', err: '' };
    const code = await runCli([...args, '--json'], {
      stdout: { write: (more) => (text.out += more) },
      stderr: { write: (more) => (text.err += more) },
      env: { YICI_ROOT_PASSPHRASE: 'a sentence of the test' },
      script: '/not/started',
      nodeOptions: [],
    });
    const result: unknown = text.out === '' ? undefined : JSON.parse(text.out);
    return { code, result, err: text.err };
  }

  it('make keys, send and take certificates, and render', async function () {
    // Each key of a root is sealed by a function that is slow on purpose.
    this.timeout(120_000);
    const sent: string[] = [];
    for (const id of ['north', 'east', 'south', 'west']) {
      const own = ['--dir', join(directory, id)];
      const made = await cli('keys', 'make', '--department', id, '--topology', file, ...own);
      expect(made).to.deep.include({ code: exitCodes.ok });
      const out = join(directory, `${id}.json`);
      expect((await cli('keys', 'export', '--department', id, '--out', out, ...own)).code).to.equal(
        0,
      );
      sent.push(out);
    }
    const own = ['--dir', join(directory, 'north')];
    const taken = await cli('keys', 'collect', ...sent, ...own);
    expect(taken.result).to.have.property('taken').that.has.length(4);
    const out = join(directory, 'host');
    const rendered = await cli(
      ...['render', '--department', 'north', '--out', out, ...own],
      ...['--bin-dir', releaseFolder(directory)],
    );
    expect(rendered.code, rendered.err).to.equal(exitCodes.ok);
    expect(rendered.result).to.include({
      department: 'north',
      mspId: 'NORTHMSP',
      channel: 'hosts',
    });
    expect(existsSync(join(out, 'INSTRUCTIONS.md'))).to.be.true;
    const status = await cli('status', ...own);
    expect(status.code, status.err).to.equal(exitCodes.checkFailed);
    expect(status.result).to.deep.include({ running: false, keysOf: ['north'] });
    const keys = keysIn(join(directory, 'north'));
    const reset = await cli('reset', ...own);
    expect(reset.code, reset.err).to.equal(exitCodes.environment);
    expect(keysIn(join(directory, 'north')), 'keys that nobody can make again').to.deep.equal(keys);
  });

  it('are the only ones that a host’s folder takes, and say of a peer that is down that it is', async function () {
    this.timeout(60_000);
    const own = ['--dir', join(directory, 'host')];
    for (const args of [
      ['init'],
      ['up'],
      ['up', '--foreground'],
      ['status'],
      ['reset', '--force'],
    ]) {
      const refused = await cli(...args, ...own);
      expect(refused.code, args.join(' ')).to.equal(exitCodes.environment);
      expect(refused.err, args.join(' ')).to.match(/DATA_FOLDER_UNUSABLE.*host folder of north/);
    }
    expect(existsSync(join(directory, 'host', 'pki', 'north', 'peers'))).to.be.true;
    const snapshot = await cli('node', 'snapshot', ...own);
    expect(snapshot.code, snapshot.err).to.equal(exitCodes.environment);
    expect(snapshot.err).to.match(/PEER_UNAVAILABLE.*the peer of north/);
  });

  it('say what is missing and end with the code for it', async () => {
    const none = join(directory, 'none');
    const out = join(directory, 'no-host');
    const binDir = releaseFolder(directory);
    const lacking = await cli(
      ...['render', '--department', 'east', '--out', out, '--dir', none, '--topology', file],
      ...['--bin-dir', binDir],
    );
    expect(lacking.code).to.equal(exitCodes.environment);
    expect(lacking.err).to.contain('CERTIFICATES_MISSING');
    const unknown = await cli(
      ...['render', '--department', 'nobody', '--out', out, '--dir', none, '--topology', file],
    );
    expect(unknown.code).to.equal(exitCodes.usage);
    expect((await cli('render', '--out', out)).code).to.equal(exitCodes.usage);
    for (const verb of ['join', 'approve', 'commit', 'status', 'up']) {
      const refused = await cli('node', verb, '--dir', none);
      expect(refused.code, verb).to.equal(exitCodes.environment);
      expect(refused.err, verb).to.contain('DATA_FOLDER_UNUSABLE');
    }
    expect(existsSync(out)).to.be.false;
  });
});
