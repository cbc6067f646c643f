import 'reflect-metadata';
import '../../support/ledger/webcrypto-globals.js';
import { KeyObject, webcrypto } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import {
  apiKeysFile,
  describeGateway,
  ensureAccounts,
  GatewayError,
  keyEncryptionKey,
  openKey,
  readAccounts,
  removeAccount,
  renewAccount,
  revokeAccount,
  rotateAccount,
  rotateApiKey,
} from '@yici/gateway/testing';
import { sayIn, SpokenCommand } from '@yici/terminal';
import { expect } from 'chai';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
type Keys = Awaited<ReturnType<typeof newKeys>>;
const newKeys = () => webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
const account = 'data.service1';
let serial = 1;

/** What `keys make` would leave of a user: a certificate and its key. */
async function issued(keys: Keys, user = account) {
  serial += 1;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial.toString(16).padStart(2, '0'),
    name: `CN=${user}`,
    notAfter: new Date('2036-01-01T00:00:00Z'),
    signingAlgorithm: algorithm,
    keys,
  });
  const keyPem = KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' });
  const certificatePem = certificate.toString('pem');
  return { account, mspId: 'DataMSP', certificatePem, keyPem: keyPem.toString() };
}

function codeOf(act: () => void): string {
  try {
    act();
    return 'done';
  } catch (error) {
    return error instanceof GatewayError ? error.code : String(error);
  }
}

describe('a custodial account whose certificate is replaced', () => {
  let folder: string;
  let custody: string;
  const file = () => readAccounts(custody)[0];
  const keyOf = () => {
    const found = file();
    return found && openKey(keyEncryptionKey(custody), found, found.key);
  };
  const apiKey = () =>
    (JSON.parse(readFileSync(join(custody, apiKeysFile), 'utf8')) as Record<string, string>)[
      account
    ];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yici-accounts-'));
    custody = join(folder, 'custody');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('signs with what the configuration names by then, and never with the old one again', async () => {
    const [before, after] = [await issued(await newKeys()), await issued(await newKeys())];
    ensureAccounts(custody, [before]);
    const handedOut = apiKey();
    ensureAccounts(custody, [after]);
    expect(file()?.certificatePem).to.equal(after.certificatePem);
    expect(keyOf()).to.equal(after.keyPem);
    expect(apiKey(), 'callers keep their API key').to.equal(handedOut);
    // Somebody brings the old files back.
    ensureAccounts(custody, [before]);
    expect(file()?.certificatePem).to.equal(after.certificatePem);
  });

  it('is renewed for its key alone, and rotated with another, whatever the configuration still names', async () => {
    const keys = await newKeys();
    const [first, renewed] = [await issued(keys), await issued(keys)];
    const rotated = await issued(await newKeys());
    ensureAccounts(custody, [first]);
    renewAccount(custody, account, renewed.certificatePem);
    expect([file()?.certificatePem, keyOf()]).to.deep.equal([renewed.certificatePem, first.keyPem]);
    const other = codeOf(() => {
      renewAccount(custody, account, rotated.certificatePem);
    });
    const halves = codeOf(() => {
      const pair = { ...rotated, keyPem: first.keyPem };
      rotateAccount(custody, keyEncryptionKey(custody), account, pair);
    });
    expect([other, halves]).to.deep.equal(['ACCOUNT_KEY_MISMATCH', 'ACCOUNT_KEY_MISMATCH']);
    const stranger = await issued(await newKeys(), 'finance.clerk1');
    const another = codeOf(() => {
      rotateAccount(custody, keyEncryptionKey(custody), account, stranger);
    });
    expect([another, file()?.certificatePem]).to.deep.equal([
      'CONFIG_INVALID',
      renewed.certificatePem,
    ]);
    rotateAccount(custody, keyEncryptionKey(custody), account, rotated);
    ensureAccounts(custody, [first]);
    ensureAccounts(custody, [renewed]);
    expect([file()?.certificatePem, keyOf()]).to.deep.equal([
      rotated.certificatePem,
      rotated.keyPem,
    ]);
    const back = codeOf(() => {
      renewAccount(custody, account, first.certificatePem);
    });
    expect(back).to.equal('ACCOUNT_REVOKED');
  });

  it('stays revoked over restarts and a new API key, until it has another certificate and key', async () => {
    const [first, second] = [await issued(await newKeys()), await issued(await newKeys())];
    ensureAccounts(custody, [first]);
    revokeAccount(custody, account);
    ensureAccounts(custody, [first]);
    expect([file()?.apiKeyHash, apiKey()]).to.deep.equal([null, undefined]);
    const again = codeOf(() => {
      rotateApiKey(custody, account);
    });
    expect(again).to.equal('ACCOUNT_REVOKED');
    rotateAccount(custody, keyEncryptionKey(custody), account, second);
    expect(apiKey()).to.match(/^yk_/);
    expect(file()?.certificatePem).to.equal(second.certificatePem);
  });

  it('is not made again once it was removed, but with a certificate that was issued after', async () => {
    const [first, second] = [await issued(await newKeys()), await issued(await newKeys())];
    ensureAccounts(custody, [first]);
    removeAccount(custody, account);
    expect(ensureAccounts(custody, [first])).to.deep.equal([]);
    expect(readAccounts(custody)).to.deep.equal([]);
    expect(ensureAccounts(custody, [second])).to.deep.equal([account]);
  });

  it('is neither looked for nor made where no gateway has been: a typo in --state', async () => {
    const state = join(custody, 'no-such');
    const acts = [
      ...[
        'list',
        'revoke a',
        'remove a',
        'renew a --certificate c',
        'rotate a --certificate c --key k',
      ].map((act) => `account ${act}`),
      ...['api-key rotate a', 'api-key revoke a', 'custody rotate-sealing-key'],
      'wallet import w --label l',
    ];
    for (const act of acts) {
      const failures: unknown[] = [];
      const program = new SpokenCommand('yici-gateway', sayIn('zh')).exitOverride();
      const nothing = () => expect.fail('it was not asked to start');
      const described = describeGateway(program, nothing, (error) => failures.push(error));
      await described.parseAsync([...act.split(' '), '--state', state], { from: 'user' });
      expect(failures, act).to.have.length(1);
      expect(failures[0], act).to.be.instanceOf(GatewayError).that.includes({
        code: 'STATE_FOLDER_UNUSABLE',
      });
      expect((failures[0] as GatewayError).message).to.include(join(state, 'gateway'));
    }
    expect(existsSync(state)).to.equal(false);
  });
});
