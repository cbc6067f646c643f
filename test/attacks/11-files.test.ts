import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { commands, hiddenIn, text } from '@yici/domain/model';
import { demoTopologyFile } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { Caller, failureOf } from '../integration/fabric-network/support/caller.js';
import { fileCase, filing, seed } from '../integration/gateway/support/story.js';
import { GatewayProcess, type Ready } from '../integration/gateway/support/process.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';

const run = promisify(execFile);
const secret = 'correct horse battery staple';
const bin = join(process.cwd(), 'gateway', 'bin', 'yici-gateway.mjs');

describe('attack 11: files and processes', function () {
  this.timeout(180_000);

  describe('of a gateway whose operator has a loose umask and a readable data folder', () => {
    let directory: string;
    let state: string;
    let gateway: GatewayProcess;
    let ready: Ready;

    before(async () => {
      directory = mkdtempSync(join(tmpdir(), 'yici-files-'));
      state = join(directory, 'state');
      mkdirSync(state);
      chmodSync(state, 0o755);
      const topology = join(directory, 'topology.yaml');
      const demo = readFileSync(demoTopologyFile, 'utf8');
      writeFileSync(topology, demo.replace(/\b(peer|orderer|port): \d+/g, '$1: 0'));
      const umask = process.umask(0o022);
      process.env['YICI_GATEWAY_PASSPHRASE'] = secret;
      gateway = new GatewayProcess([
        ...['--state', state, '--topology', topology, '--port', '0'],
        '--no-listen-peers',
      ]);
      delete process.env['YICI_GATEWAY_PASSPHRASE'];
      process.umask(umask);
      ready = await gateway.ready;
    });

    after(async () => {
      await gateway.stop();
      rmSync(directory, { recursive: true, force: true });
    });

    it('shows another local user nothing', () => {
      expect(statSync(state).mode & 0o777, state).to.equal(0o700);
      const open = readdirSync(state, { recursive: true })
        .map(String)
        .filter((name) => existsSync(join(state, name)))
        .filter((name) => (statSync(join(state, name)).mode & 0o077) !== 0);
      expect(open).to.deep.equal([]);
    });

    it('hands its backup to its own user, with nothing of the passphrase and no key in it', async () => {
      const file = join(directory, 'gateway.tar');
      await run(process.execPath, [bin, 'backup', '--state', state, '--out', file, '--json']);
      expect(statSync(file).mode & 0o777).to.equal(0o600);
      const bytes = readFileSync(file);
      for (const hidden of [secret, 'PRIVATE KEY', 'yk_']) {
        expect(bytes.includes(hidden), hidden).to.equal(false);
      }
    });

    it('starts a chaincode process that does not know the passphrase', () => {
      const { pid } = z.object({ pid: z.number() }).parse(ready);
      const children = readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8');
      const processes = children.trim().split(' ');
      const chaincode = processes.filter((child) =>
        readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('--chaincode-id'),
      );
      expect(chaincode).to.have.length(1);
      const environment = readFileSync(`/proc/${String(chaincode[0])}/environ`, 'utf8');
      expect(environment).to.not.contain(secret);
      const names = environment.split('\0').flatMap((line) => line.split('=')[0] || []);
      const allowed = /^(PATH|HOME|TMPDIR|LANG|LC_ALL|TZ|CORE_[A-Z_]+)$/;
      expect(names.filter((name) => !allowed.test(name))).to.deep.equal([]);
    });

    it('does not take the folder that all users share', async () => {
      const shared = join(directory, 'shared');
      mkdirSync(shared);
      chmodSync(shared, 0o1777);
      const refused = await new GatewayProcess(['--state', shared, '--port', '0']).ended;
      expect(refused.errors).to.contain('DATA_FOLDER_UNUSABLE');
      expect(statSync(shared).mode & 0o7777).to.equal(0o1777);
    });
  });

  describe('of the accounts that a gateway keeps', () => {
    let world: World;
    let account: string;
    const key = () => world.apiKeys[account] ?? '';
    const folder = () => join(world.directory, 'gateway');

    before(async () => {
      world = await openWorld();
      await seed(world.api);
      account = 'data.service1';
    });

    after(() => world.close());

    const status = async (token: string) =>
      (await fetch(`${world.url}/v1/inbox`, { headers: { authorization: `Bearer ${token}` } }))
        .status;
    const command = async (...args: readonly string[]) => {
      const state = ['--state', world.directory, '--json'];
      const { stdout } = await run(process.execPath, [bin, ...args, ...state], {
        env: { PATH: process.env['PATH'], YICI_CUSTODY_KEY: join(folder(), 'custody.key') },
      });
      return JSON.parse(stdout) as unknown;
    };
    const apiKeys = () =>
      z
        .record(z.string(), z.string())
        .parse(JSON.parse(readFileSync(join(folder(), 'custody', 'api-keys.json'), 'utf8')));

    it('keeps the sealing key out of the folder of what it seals', () => {
      const files = readdirSync(join(folder(), 'custody'), { recursive: true }).map(String);
      expect(files.filter((name) => name.includes('key-encryption.key'))).to.deep.equal([]);
      expect(statSync(join(folder(), 'custody.key')).mode & 0o777).to.equal(0o600);
    });

    it('refuses a revoked API key at once, and ends the event stream that it opened', async () => {
      const old = key();
      const headers = { authorization: `Bearer ${old}` };
      const stream = await fetch(`${world.url}/v1/events`, { headers });
      expect(stream.status).to.equal(200);
      expect(await status(old)).to.equal(200);
      expect(await command('api-key', 'revoke', account)).to.deep.equal({ account });
      expect(await status(old)).to.equal(401);
      // Something happens that the holder of the key was to see.
      await fileCase(world.api, 'data.clerk1');
      const seen = await new Response(stream.body).text();
      expect(seen).to.not.contain('event: case.submit');
      expect(apiKeys()).to.not.have.property(account);
      await command('api-key', 'rotate', account);
      expect(await status(apiKeys()[account] ?? '')).to.equal(200);
      expect(await status(old)).to.equal(401);
    });

    it('refuses to rotate the sealing key under a running gateway, and seals all anew when it is down', async () => {
      const running = await command('custody', 'rotate-sealing-key').catch(
        (error: unknown) => error,
      );
      expect(z.object({ stderr: z.string() }).parse(running).stderr).to.contain(
        'STATE_FOLDER_LOCKED',
      );
      const draft = { command: 'case.opinion', title: '意见', input: { answer: 'agree' } };
      const made = await world.api.post('data.clerk1', '/v1/drafts', draft);
      await world.gateway.close();
      const before = readFileSync(join(folder(), 'custody.key'), 'utf8');
      const sealed = { accounts: 3, documents: 0, drafts: 1 };
      expect(await command('custody', 'rotate-sealing-key')).to.deep.equal(sealed);
      expect(readFileSync(join(folder(), 'custody.key'), 'utf8')).to.not.equal(before);
      await world.reopen();
      const body = filing;
      const token = apiKeys()[account] ?? '';
      const filed = await world.api.call('POST', '/v1/cases', { body, token });
      expect(filed.at('state')).to.equal('committed');
      const kept = await world.api.get('data.clerk1', `/v1/drafts/${made.id}`);
      expect(kept.json).to.deep.equal(made.json);
      // What was copied before the rotation opens nothing any more.
      await world.gateway.close();
      writeFileSync(join(folder(), 'custody.key'), before);
      const refused = await world.reopen().catch((error: unknown) => error);
      expect(refused).to.include({ code: 'KEY_STORE_UNREADABLE' });
      rmSync(join(folder(), 'custody.key'));
      const missing = await world.reopen().catch((error: unknown) => error);
      expect(missing).to.include({ code: 'KEY_STORE_UNREADABLE' });
    });
  });

  describe('of text that is to look like another text', () => {
    const spoofs: Readonly<Record<string, string>> = {
      'bidirectional override': 'invoice\u202Efdp.exe',
      'bidirectional isolate': '财政局\u2066',
      'zero-width space': '财政\u200B局',
      'zero-width joiner': '财政局\u200D',
      'byte order mark': '\uFEFF财政局',
      'soft hyphen': 'Fin\u00ADance',
      'Hangul filler': '\u3164',
      'line separator': '财政局\u2028',
      tag: '财政局\u{E0041}',
      'private use': '\uE000',
      unassigned: '\u{1FFFE}',
      'unassigned in a used block': '\u0378',
    };
    const registration = (zh: string) => ({
      id: 'finance',
      name: { zh, en: 'Finance' },
      level: 'city',
      regionCode: '331100',
      functions: [],
    });
    let world: World;

    before(async () => {
      world = await openWorld();
    });

    after(() => world.close());

    it('is refused by the gateway, naming where it stands', async () => {
      for (const [what, name] of Object.entries(spoofs)) {
        const refused = await world.api.post('data.head1', '/v1/departments', registration(name));
        expect(refused.at('code'), what).to.equal('VALIDATION_FAILED');
        expect(refused.at('errors.0.path'), what).to.equal('/name/zh');
      }
    });

    it('is refused by the contract when it is handed to the peer past every gateway', async () => {
      const { network, peer } = world;
      const identity = await network.identity('data.head1');
      const caller = new Caller({ peer }, network.channel, identity);
      for (const [what, name] of Object.entries(spoofs)) {
        const args = ['department:register', JSON.stringify(registration(name))];
        const failure = await failureOf(caller.endorse(args));
        expect(JSON.stringify(failure), what).to.contain('VALIDATION_FAILED');
      }
    });

    it('is judged by a table of our own, whatever the Unicode of this Node', () => {
      const { input } = commands['department.register'];
      for (const name of [
        '财政局',
        '𠮷田 e\u0301 é',
        '葛\u{E0100}城',
        'naïve — “quoted” №1',
        '😀',
      ]) {
        expect(hiddenIn(name), name).to.equal(undefined);
        expect(input.safeParse(registration(name)).success, name).to.equal(true);
      }
      // What a version of Unicode assigned, no later one takes back.
      const sameUnicode = process.versions['unicode'] === '17.0';
      const unlike: string[] = [];
      for (let code = 0; code <= 0x10ffff; code++) {
        const character = String.fromCodePoint(code);
        if (hiddenIn(character) !== undefined) continue;
        const format = /^[\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]$/u.test(character);
        const unassigned = sameUnicode && /^\p{Cn}$/u.test(character);
        if (format || unassigned) unlike.push(code.toString(16));
      }
      expect(unlike).to.deep.equal([]);
    });

    it('has no hidden character among those that are looked at first', () => {
      // Beside a character that is not among them the whole table is asked.
      const rare = '\u{20000}';
      for (let code = 0; code <= 0xffff; code++) {
        const character = String.fromCharCode(code);
        expect(hiddenIn(character) === undefined, code.toString(16)).to.equal(
          hiddenIn(rare + character) === undefined,
        );
      }
    });

    it('has its length counted in characters, not in halves of them', () => {
      const rare = '𠮷';
      expect(text(5).safeParse(rare.repeat(5)).success).to.equal(true);
      expect(text(5).safeParse(rare.repeat(6)).success).to.equal(false);
    });
  });
});
