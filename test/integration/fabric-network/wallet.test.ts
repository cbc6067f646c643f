import './support/quiet.js';
import { execFile } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  GatewayError,
  importWallet,
  keyEncryptionKey,
  openKey,
  readAccounts,
  readWalletIdentity,
} from '@yici/gateway/testing';
import { ensurePki, parseTopology, readUser } from '@yici/network/testing';
import { expect } from 'chai';
import { worldTopology } from '../gateway/support/world.js';
import { writeWallet } from './support/wallet.js';

const bin = join(process.cwd(), 'gateway', 'bin', 'yici-gateway.mjs');
const label = 'data.service1';

describe('an identity from a wallet of fabric-network', function () {
  this.timeout(60_000);
  let directory: string;
  let wallet: string;
  let custody: string;
  let good: Record<string, unknown>;
  let keyPem: string;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-wallet-'));
    wallet = join(directory, 'wallet');
    const topology = parseTopology(worldTopology);
    ensurePki(topology, join(directory, 'pki-of'), new Date());
    const identity = readUser(topology, join(directory, 'pki-of'), label);
    keyPem = identity.keyPem;
    await writeWallet(wallet, label, identity);
    good = JSON.parse(readFileSync(join(wallet, `${label}.id`), 'utf8')) as typeof good;
  });

  beforeEach(() => {
    custody = mkdtempSync(join(directory, 'custody-'));
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const write = (name: string, value: unknown) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    writeFileSync(join(wallet, `${name}.id`), text);
  };

  const refusal = (name: string): GatewayError => {
    try {
      importWallet({ wallet, label: name, custody });
    } catch (error) {
      if (error instanceof GatewayError) return error;
    }
    return expect.fail('it should have been refused');
  };

  it('is sealed in the custody store, whatever the name of the account', () => {
    importWallet({ wallet, label, custody });
    importWallet({ wallet, label, custody, account: 'back-office' });
    const accounts = readAccounts(custody);
    expect(accounts.map(({ account }) => account)).to.have.members([label, 'back-office']);
    const key = keyEncryptionKey(custody);
    for (const account of accounts) {
      expect(account.mspId).to.equal('DataMSP');
      expect(openKey(key, account, account.key)).to.equal(keyPem);
    }
    for (const name of readdirSync(join(custody, 'accounts'))) {
      const text = readFileSync(join(custody, 'accounts', name), 'utf8');
      expect(text).to.not.contain('PRIVATE KEY');
    }
  });

  it('is not taken over twice under one name', () => {
    importWallet({ wallet, label, custody });
    expect(refusal(label).code).to.equal('ACCOUNT_EXISTS');
  });

  it('cannot be outside the wallet’s folder', () => {
    mkdirSync(join(wallet, 'sub'), { recursive: true });
    const bad = ['../x', 'a/b', 'a\\b', '..', '.', '.hidden', 'a..b', '', 'sub/', 'a\0b', '/etc/x'];
    for (const name of [...bad, 'x'.repeat(65), '名']) {
      expect(refusal(name).code, JSON.stringify(name)).to.equal('WALLET_LABEL_INVALID');
    }
    expect(readAccounts(custody)).to.deep.equal([]);
  });

  it('may have an @ in its label, but not in the name of the account', () => {
    write('admin@data', good);
    expect(readWalletIdentity(wallet, 'admin@data').mspId).to.equal('DataMSP');
    expect(refusal('admin@data').code).to.equal('WALLET_LABEL_INVALID');
    const made = importWallet({ wallet, label: 'admin@data', custody, account: 'admin' });
    expect(made.account).to.equal('admin');
  });

  it('must be there', () => {
    expect(refusal('nobody').code).to.equal('WALLET_IDENTITY_MISSING');
  });

  it('must be whole, and no refusal repeats what the file holds', () => {
    const credentials = good['credentials'] as Record<string, string>;
    const spoilt: Record<string, unknown> = {
      nojson: `{"credentials": ${keyPem}`,
      array: [],
      nothing: 'null',
      fields: { type: 'X.509', version: 1 },
      more: { ...good, extra: 1 },
      msp: { ...good, mspId: '' },
      certificate: { ...good, credentials: { ...credentials, certificate: 'none' } },
      key: { ...good, credentials: { ...credentials, privateKey: 'none' } },
    };
    for (const [name, value] of Object.entries(spoilt)) {
      write(name, value);
      const refused = refusal(name);
      expect(refused.code, name).to.equal('WALLET_IDENTITY_MALFORMED');
      expect(refused.message).to.not.contain('PRIVATE KEY');
    }
  });

  it('must be of the type that holds its own key', () => {
    write('hsm', { ...good, type: 'HSM-X.509' });
    write('newer', { ...good, version: 2 });
    for (const name of ['hsm', 'newer']) {
      expect(refusal(name).code).to.equal('WALLET_TYPE_UNSUPPORTED');
    }
  });

  it('must hold the key of its certificate', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const credentials = good['credentials'] as Record<string, string>;
    const other = privateKey.export({ type: 'pkcs8', format: 'pem' });
    write('other', { ...good, credentials: { ...credentials, privateKey: other } });
    expect(refusal('other').code).to.equal('WALLET_KEY_MISMATCH');
  });

  it('is taken over by the command as well, which says where the API key is', async () => {
    const run = (...args: readonly string[]) =>
      promisify(execFile)(process.execPath, [bin, 'wallet', 'import', wallet, ...args, '--json']);
    const state = join(directory, 'state');
    mkdirSync(join(state, 'gateway'), { recursive: true });
    const { stdout } = await run('--label', label, '--state', state);
    const said = JSON.parse(stdout) as { account: string; apiKeys: string };
    expect(said.account).to.equal(label);
    const keys = JSON.parse(readFileSync(said.apiKeys, 'utf8')) as Record<string, string>;
    expect(keys[label]).to.match(/^yk_/);
    const ends = async (...args: readonly string[]) =>
      run(...args).then(
        () => 0,
        (error: unknown) => (error as { code: number }).code,
      );
    expect(await ends('--label', '../x', '--state', state)).to.equal(2);
    expect(await ends('--label', 'nobody', '--state', state)).to.equal(3);
    expect(await ends('--state', state)).to.equal(2);
  });
});
