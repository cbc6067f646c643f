import { execFile } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readIdentityFolder, YiciClient } from '@yici/client';
import { main as runYici } from '@yici/client/testing';
import { GatewayError, keyEncryptionKey, renewAccount, rotateAccount } from '@yici/gateway/testing';
import { makeTokenKey, parseTokenUri } from '@yici/keys';
import { ensurePki, parseTopology } from '@yici/network/testing';
import { expect } from 'chai';
import type * as pkcs11js from 'pkcs11js';
import { needsTokens, softToken, type SoftToken } from '../../support/token.js';
import { filing, seed, taskCode } from '../gateway/support/story.js';
import { openWorld, worldTopology, type World } from '../gateway/support/world.js';
import { yiciNetworkHere } from '../topology/support.js';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../../../gateway/bin/yici-gateway.mjs', import.meta.url));
const require = createRequire(import.meta.resolve('@yici/keys'));

describe('a network whose servers keep their signing keys in a token', function () {
  this.timeout(180_000);
  let directory: string;
  let token: SoftToken;
  let world: World;

  before(async function () {
    needsTokens(this);
    directory = mkdtempSync(join(tmpdir(), 'yici-pkcs11-'));
    token = softToken();
    const topology = parseTopology(worldTopology);
    ensurePki(topology, join(directory, 'state'), new Date(), undefined, token.uri());
    world = await openWorld({}, false, undefined, { directory, topology: {} });
    await seed(world.api);
  });
  after(async () => {
    await (world as World | undefined)?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const user = (name: string, ...more: string[]) =>
    join(directory, 'state', 'pki', name.split('.')[0]!, 'users', name, 'msp', ...more);

  /** What `yici` answers with `--json`, be it a refusal, and its exit code. */
  async function yici(...args: string[]): Promise<Record<string, unknown>> {
    const out: string[] = [];
    const exitCode = await runYici([...args, '--json'], {
      env: { YICI_GATEWAY: world.url, YICI_HOME: join(directory, 'home') },
      signal: new AbortController().signal,
      out: (line) => out.push(line),
      note: () => undefined,
      progress: () => undefined,
      read: () => Promise.reject(new TypeError('nothing is read')),
    });
    return { ...(JSON.parse(out.join('')) as object), exitCode };
  }

  /** What `yici-gateway` answers, as a process of its own. */
  async function gateway(...args: string[]): Promise<Record<string, unknown>> {
    const env = { ...process.env, YICI_CUSTODY_KEY: join(directory, 'gateway', 'custody.key') };
    const { stdout } = await run(
      process.execPath,
      [program, ...args, '--state', directory, '--json'],
      { env },
    );
    return JSON.parse(stdout) as Record<string, unknown>;
  }

  const files = (account: string) =>
    world.api.call('POST', '/v1/cases', { body: filing, token: world.apiKeys[account]! });

  it('has no key of a node, an administrator or a service in a file, but those of TLS', () => {
    const pki = join(directory, 'state', 'pki');
    const keys = readdirSync(pki, { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('keystore/key.pem'));
    const inFiles = keys.filter((file) =>
      readFileSync(join(pki, file), 'utf8').includes('PRIVATE KEY'),
    );
    expect(
      keys.filter((file) => /peers|orderers|admin|service1|gateway/.test(file)),
    ).to.have.length(4 + 1 + 4 + 3 + 1);
    expect(inFiles.filter((file) => !/(clerk|head|supervisor)1/.test(file))).to.deep.equal([]);
    expect(inFiles, 'an official’s own device has its own').to.have.length(8);
    expect(readFileSync(join(pki, 'data/peers/peer0/tls/server.key'), 'utf8')).to.include(
      'PRIVATE KEY',
    );
  });

  it('orders, endorses and commits what its accounts file with keys that the token keeps', async () => {
    const filed = await files('data.service1');
    expect([filed.status, filed.at('state')], filed.text).to.deep.equal([200, 'committed']);
    const account = join(directory, 'gateway', 'custody', 'accounts', 'data.service1.json');
    expect(readFileSync(account, 'utf8')).to.include('"key": "pkcs11:');
  });

  it('answers 503 while the token is away, and goes on by itself when it is back', async () => {
    const p11 = require('pkcs11js') as typeof pkcs11js;
    const library = new p11.PKCS11();
    library.load(parseTokenUri(token.uri()).module);
    const [here, away] = [token.folder, `${token.folder}.away`];
    renameSync(here, away);
    mkdirSync(here);
    library.C_Finalize();
    try {
      const refused = await files('data.service1');
      expect([refused.status, refused.at('code')]).to.deep.equal([503, 'TOKEN_UNAVAILABLE']);
      expect(refused.at('details.code')).to.match(/^TOKEN_/);
      expect(world.log()).to.include(token.label);
    } finally {
      rmSync(here, { recursive: true, force: true });
      renameSync(away, here);
      library.C_Finalize();
    }
    const filed = await files('data.service1');
    expect([filed.status, filed.at('state')], filed.text).to.deep.equal([200, 'committed']);
  });

  describe('an official', () => {
    const folder = () => join(directory, 'of-clerk');

    it('makes a key in a token, asks for a certificate, and takes it once the check is compared', async () => {
      const asked = await yici(
        ...['identity', 'enroll', 'data.clerk1', '--out', folder(), '--token', token.uri()],
      );
      expect(asked).to.have.property('number').that.matches(/^enr-/);
      const waits = await yici('identity', 'collect', folder());
      expect(waits).to.include({ state: 'waiting', exitCode: 1 });
      const { out, err } = await yiciNetworkHere(
        ...['identity', 'approve', String(asked['number']), '--json', '--gateway', world.url],
        ...['--audience', 'door of the test', '--dir', join(directory, 'state')],
        ...['--requests', join(directory, 'gateway', 'enrolments')],
      );
      const { check } = JSON.parse(out || '{}') as { check: string };
      expect(check, err).to.match(/^[0-9a-f]{4}( [0-9a-f]{4}){3}$/);
      const other = await yici('identity', 'collect', folder(), '--check', '0000 0000');
      expect(other).to.have.nested.property('error.code', 'CHECK_FAILED');
      const shown = await yici('identity', 'collect', folder());
      expect(shown).to.include({ state: 'issued', check });
      expect(await yici('identity', 'collect', folder(), '--check', check)).to.have.property(
        'state',
        'taken',
      );
      expect(readdirSync(folder()).sort()).to.deep.equal([
        'cert.pem',
        'connection.json',
        'key.pem',
      ]);
      expect(readFileSync(join(folder(), 'key.pem'), 'utf8')).to.match(/^pkcs11:token=yici;/);
    });

    it('logs in, files a case and holds its receipt, each signed in the token', async () => {
      const identity = await readIdentityFolder(folder());
      const client = new YiciClient({ baseUrl: world.url, identity });
      expect(await client.login()).to.include({ user: 'data.clerk1' });
      const { txId, result } = await client.execute('case.submit', filing);
      expect(result).to.include({ taskCode });
      expect(await client.receipt(txId)).to.have.property('txId', txId);
    });

    it('is refused by code where the key is of another certificate, and where the token is another', async () => {
      const wrong = join(directory, 'wrong');
      cpSync(folder(), wrong, { recursive: true });
      writeFileSync(join(wrong, 'key.pem'), makeTokenKey(token.uri(), 'another').text);
      const login = () => yici('login', '--identity', wrong);
      expect(await login()).to.have.nested.property('error.code', 'KEY_MISMATCH');
      writeFileSync(join(wrong, 'key.pem'), token.uri(';object=data.clerk1').replace('yici', 'no'));
      expect(await login()).to.have.nested.property('error.code', 'TOKEN_MISSING');
    });
  });

  it('takes keys of files into the token by renewing them, but none of TLS', async () => {
    const renewed = (...what: string[]) =>
      yiciNetworkHere(
        ...['keys', 'renew', ...what, '--token', token.uri(), '--dir', join(directory, 'state')],
      );
    const key = user('supervision.head1', 'keystore', 'key.pem');
    expect(readFileSync(key, 'utf8')).to.include('PRIVATE KEY');
    expect((await renewed('user', 'supervision.head1')).code).to.equal(0);
    expect(readFileSync(key, 'utf8')).to.match(/^pkcs11:token=yici;/);
    const tls = await renewed('peer-tls', '--department', 'data');
    expect(tls.code).to.equal(3);
    expect(tls.err).to.include('TLS 密钥只能在文件中');
  });

  describe('the gateway’s commands for accounts', () => {
    const account = (...args: string[]) => gateway('account', ...args);

    it('list where a key lies', async () => {
      const { accounts } = (await account('list')) as {
        accounts: { account: string; key: string }[];
      };
      expect(accounts.map(({ account: name }) => name)).to.include('establishment.service1');
      for (const { key } of accounts) expect(key).to.match(/^pkcs11:token=yici;/);
    });

    it('renew for the same key, rotate to another in the token, and refuse one that is not the certificate’s', async () => {
      const name = 'establishment.service1';
      const renewed = async (...more: string[]) => {
        const { code, err } = await yiciNetworkHere(
          ...['keys', 'renew', 'user', name, ...more, '--dir', join(directory, 'state')],
        );
        expect(code, err).to.equal(0);
        return user(name, 'signcerts', 'cert.pem');
      };
      const before = readFileSync(user(name, 'keystore', 'key.pem'), 'utf8');
      const custody = join(directory, 'gateway', 'custody');
      renewAccount(custody, name, readFileSync(await renewed(), 'utf8'));
      const certificate = await renewed('--new-key');
      const key = user(name, 'keystore', 'key.pem');
      expect(readFileSync(key, 'utf8'))
        .to.match(/^pkcs11:token=yici;/)
        .and.not.to.equal(before);
      const another = { certificatePem: readFileSync(certificate, 'utf8'), keyPem: before };
      expect(() => {
        rotateAccount(custody, keyEncryptionKey(custody), name, another);
      })
        .to.throw(GatewayError)
        .with.property('code', 'ACCOUNT_KEY_MISMATCH');
      await account('rotate', name, '--certificate', certificate, '--key', key);
      const filed = await files(name);
      expect([filed.status, filed.at('state')], filed.text).to.deep.equal([200, 'committed']);
    });

    it('say in a backup that it has no key of a token, and after a removal that the key is there still', async () => {
      await world.gateway.close();
      const backup = await gateway('backup', '--out', join(directory, 'gateway.tar'));
      expect(backup).to.have.property('keysInTokens', 3);
      const gone = await account('remove', 'offices.service1');
      expect(gone)
        .to.have.property('inToken')
        .that.matches(/^pkcs11:token=yici;/);
      await world.reopen();
      expect((await files('offices.service1')).status).to.equal(401);
    });
  });
});
