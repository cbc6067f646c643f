import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIdentityFolder, YiciClient } from '@yici/client';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { yiciNetwork } from '../../../integration/topology/support.js';
import type { RunningGateway } from '../../../support/gateway/running-gateway.js';
import { checkAccess } from '../support/access.js';
import { picture } from '../support/picture.js';
import { openStage } from '../support/stage.js';
import { Visitor } from '../support/visitor.js';

const passphrase = 'correct horse battery';
const ofFile = '证书文件口令';

describe('identities at the console', function () {
  this.timeout(240_000);
  let gateway: RunningGateway;
  let browser: Browser;

  before(async () => {
    ({ browser, gateway } = await openStage('story'));
  });

  const fileOf = (user: string, name: string) => join(gateway.identity(user), name);

  /** What an official exports with OpenSSL, encrypted as it does by itself unless the options say otherwise. */
  function pkcs12(user: string, name: string, ...options: string[]): string {
    const out = join(gateway.folder, name);
    execFileSync('openssl', [
      ...['pkcs12', '-export', ...options, '-out', out, '-passout', `pass:${ofFile}`],
      ...['-in', fileOf(user, 'cert.pem'), '-inkey', fileOf(user, 'key.pem')],
    ]);
    return out;
  }

  async function dropped(official: Visitor, files: readonly string[]): Promise<void> {
    // Seen first: files can be given to a page that is hidden, as the one before is until this one is loaded.
    await official.page.getByTestId('new-passphrase').fill(passphrase);
    await official.page.locator('input[type=file]').setInputFiles([...files]);
  }

  const whoIs = (official: Visitor, user: string) =>
    official.page.getByTestId('who').getByText(user).waitFor();

  const filesOf = (user: string) =>
    ['cert.pem', 'key.pem', 'connection.json'].map((name) => fileOf(user, name));

  /** Asks for a certificate; the number that the official tells the registrar. */
  async function askFor({ page }: Visitor, user: string): Promise<string> {
    await page.getByText('申请证书', { exact: true }).click();
    await page.getByTestId('enrol-user').fill(user);
    await page.getByTestId('enrol-passphrase').fill(passphrase);
    await page.getByTestId('enrol').click();
    const number = page.getByTestId('enrol-number');
    const refused = page.locator('.ant-alert-error');
    await number.or(refused).first().waitFor();
    expect(await refused.allTextContents()).to.deep.equal([]);
    return (await number.textContent()) ?? '';
  }

  const posted = (path: string, body: string) =>
    fetch(`${gateway.url}/v1/enrolments${path === '' ? '' : `/${path}`}`, {
      ...{ method: 'POST', body, headers: { 'content-type': 'application/json' } },
    });

  it('come from a PKCS#12 file; a wrong passphrase and an old encryption are told apart', async () => {
    const official = await Visitor.at(browser, gateway.url);
    const { page } = official;
    const old = pkcs12(
      'finance.clerk1',
      'old.p12',
      ...['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES'],
    );
    await dropped(official, [old, fileOf('finance.clerk1', 'connection.json')]);
    await page.getByTestId('file-passphrase').fill(ofFile);
    await page.getByTestId('keep').click();
    await page.getByTestId('who-failure').getByText('旧的加密方式').waitFor();
    await page.reload();
    await dropped(official, [pkcs12('finance.clerk1', 'own.p12')]);
    await page.getByText('还缺：connection.json').waitFor();
    await page
      .locator('input[type=file]')
      .setInputFiles([fileOf('finance.clerk1', 'connection.json')]);
    await page.getByTestId('file-passphrase').fill('another one');
    await page.getByTestId('keep').click();
    await page.getByTestId('who-failure').getByText('PKCS#12 文件的口令不对').waitFor();
    await picture(page, 'pkcs12-wrong');
    await page.getByTestId('file-passphrase').fill(ofFile);
    await page.getByTestId('keep').click();
    await whoIs(official, 'finance.clerk1');
    await official.leave();
  });

  it('are kept side by side, and each is opened by its own passphrase in the place of the other', async () => {
    const official = await Visitor.at(browser, gateway.url);
    const { page } = official;
    for (const user of ['finance.clerk1', 'hrss.clerk1']) {
      if (user === 'hrss.clerk1') await official.goTo('/who');
      await dropped(official, filesOf(user));
      await page.getByTestId('keep').click();
      await whoIs(official, user);
    }
    await official.goTo('/who');
    await page.getByTestId('kept-finance.clerk1').click();
    await page.getByTestId('passphrase').fill(passphrase);
    await picture(page, 'kept');
    expect(await checkAccess(page)).to.deep.equal([]);
    await page.getByTestId('unlock').click();
    await whoIs(official, 'finance.clerk1');
    await page.reload();
    await page.getByTestId('kept-hrss.clerk1').waitFor();
    page.on('dialog', (dialog) => void dialog.accept());
    await page.getByTestId('kept-hrss.clerk1').click();
    await page.getByTestId('forget').click();
    await page.getByTestId('kept-hrss.clerk1').waitFor({ state: 'detached' });
    await official.leave();
  });

  it('are locked when nobody has moved for a quarter of an hour', async () => {
    const official = await Visitor.at(browser, gateway.url);
    const { page } = official;
    await page.clock.install();
    await dropped(official, filesOf('finance.clerk1'));
    await page.getByTestId('keep').click();
    await whoIs(official, 'finance.clerk1');
    await page.clock.fastForward('14:00');
    await whoIs(official, 'finance.clerk1');
    await page.clock.fastForward('02:00');
    await page.getByTestId('passphrase').waitFor();
    expect(await page.getByTestId('who').count()).to.equal(0);
    // What was asked while the session was being ended is refused.
    await official.leave(401);
  });

  it('are asked for from the browser: the registrar approves with one command, and both compare the answer', async () => {
    const dir = ['--dir', join(gateway.folder, 'state')];
    const official = await Visitor.at(browser, gateway.url);
    const { page } = official;
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.postData() ?? ''));
    const number = await askFor(official, 'medical.clerk1');
    expect(number).to.match(/^enr-[0-9a-f]{20}$/);
    await picture(page, 'enrol-waiting');

    const listed = await yiciNetwork('identity', 'requests', ...dir);
    expect(listed.out).to.include(number).and.to.include('medical.clerk1');
    const approved = await yiciNetwork('identity', 'approve', number, ...dir, '--json');
    expect(approved.code, approved.err).to.equal(0);
    const { check } = JSON.parse(approved.out) as { check: string };
    const again = await yiciNetwork('identity', 'approve', number, ...dir);
    expect(again.err).to.include('ENROLMENT_REFUSED');

    await page.getByTestId('enrol-check').waitFor();
    expect(await page.getByTestId('enrol-check').textContent()).to.equal(check);
    await picture(page, 'enrol-issued');
    expect(await checkAccess(page)).to.deep.equal([]);
    await page.getByTestId('enrol-take').click();
    await page.getByTestId('kept-medical.clerk1').waitFor();
    await page.getByTestId('passphrase').fill(passphrase);
    await page.getByTestId('unlock').click();
    await whoIs(official, 'medical.clerk1');
    expect(sent.filter((text) => text.includes('PRIVATE KEY'))).to.deep.equal([]);
    const identity = await readIdentityFolder(gateway.identity('supervision.supervisor1'));
    const supervisor = new YiciClient({ baseUrl: gateway.url, identity });
    await supervisor.login();
    const journal = await supervisor.read('journal.list', { limit: 200 });
    const lines = journal.items.flatMap((line) => ('number' in line ? [line] : []));
    expect(lines.map((line) => [line.kind, line.number, line.user])).to.include.deep.members([
      ['enrolment.request', number, 'medical.clerk1'],
      ['enrolment.collect', number, 'medical.clerk1'],
    ]);
    await official.leave();
  });

  it('are certified from another machine, where the root’s key is: the certificate itself is what the gateway takes', async () => {
    const dir = ['--dir', join(gateway.folder, 'state')];
    const elsewhere = ['--requests', join(gateway.folder, 'elsewhere'), '--gateway', gateway.url];
    const official = await Visitor.at(browser, gateway.url);
    const number = await askFor(official, 'medical.head1');
    const forged = JSON.stringify({
      certificate: await readFile(fileOf('medical.head1', 'cert.pem'), 'utf8'),
      connection: await readFile(fileOf('medical.head1', 'connection.json'), 'utf8'),
    });
    const refused = await posted(`${number}/answer`, forged);
    expect([refused.status, await refused.text()].join(' ')).to.include('400');
    const approved = await yiciNetwork(
      'identity',
      'approve',
      number,
      ...dir,
      ...elsewhere,
      '--json',
    );
    expect(approved.code, approved.err).to.equal(0);
    const { check } = JSON.parse(approved.out) as { check: string };
    await official.page.getByTestId('enrol-check').getByText(check).waitFor();
    await official.leave();
  });

  it('sign by SM2 as well, once their key is on the ledger; the contract verifies it', async () => {
    const head = await Visitor.at(browser, gateway.url);
    const { page } = head;
    await dropped(head, filesOf('hrss.head1'));
    await page.getByTestId('keep').click();
    await whoIs(head, 'hrss.head1');
    await head.goTo('/who');
    await page.getByTestId('sm2-passphrase').fill('another passphrase');
    await page.getByTestId('sm2-make').click();
    await page.getByTestId('who-failure').getByText('口令不对').waitFor();
    await page.getByTestId('sm2-passphrase').fill(passphrase);
    await page.getByTestId('sm2-make').click();
    // Whoever has entered anew is at the workbench.
    await page.getByTestId('count').waitFor();
    await head.goTo('/who');
    await page.getByTestId('sm2-register').click();
    await head.sign();
    await page.getByText('密钥已登记').waitFor();
    await picture(page, 'sm2');

    const clerk = await Visitor.at(browser, gateway.url);
    await clerk.enterAs('offices.clerk1');
    await clerk.fill('YC33110000000002');
    await clerk.sign();
    await clerk.page.waitForURL(/\/cases\/YC/);
    const { pathname } = new URL(clerk.page.url());
    await clerk.leave();

    await head.goTo('/');
    await head.openCase(pathname);
    await page.getByRole('button', { name: '收件', exact: true }).click();
    await page.getByTestId('act').click();
    await page.getByRole('dialog').getByText('sm2-sm3').waitFor();
    await head.sign();
    await head.leave();
  });

  it('are not certified for who is no user of the network, nor given to who has not the code', async () => {
    const dir = ['--dir', join(gateway.folder, 'state')];
    const official = await Visitor.at(browser, gateway.url);
    const number = await askFor(official, 'medical.stranger');
    const refused = await yiciNetwork('identity', 'approve', number, ...dir);
    expect(refused.err).to.include('IDENTITY_UNKNOWN');
    const kept = await readFile(
      join(gateway.folder, 'state', 'gateway', 'enrolments', `${number}.json`),
      'utf8',
    );
    const body = JSON.stringify({ code: (JSON.parse(kept) as { code: string }).code });
    expect((await posted(`${number}/collect`, body)).status).to.equal(404);
    const statuses = new Set<number>();
    for (let at = 0; at < 12; at += 1) statuses.add((await posted('', '{"csr":"none"}')).status);
    expect([...statuses]).to.deep.equal([400, 429]);
    await official.leave();
  });
});
