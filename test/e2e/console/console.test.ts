import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reads } from '@yici/api';
import { findingWords } from '@yici/ledger';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import { yiciNetwork } from '../../integration/topology/support.js';
import type { RunningGateway } from '../../support/gateway/running-gateway.js';
import { faultsOf } from './support/access.js';
import { openStage } from './support/stage.js';
import { tellsFiling } from './support/filing.js';
import { Visitor } from './support/visitor.js';

const matter = 'YC33110000000002';

describe('the console', function () {
  this.timeout(180_000);
  let gateway: RunningGateway;
  let browser: Browser;

  before(async () => {
    ({ browser, gateway } = await openStage());
  });

  describe('from a click to a case on the ledger', () => {
    it('shows what is signed, decoded from its bytes, and verifies the receipt itself', async () => {
      const clerk = await Visitor.at(browser, gateway.url);
      await clerk.enterAs('offices.clerk1');
      await clerk.fill(matter);
      const dialog = clerk.page.getByRole('dialog');
      await dialog.getByText('申报办件').waitFor();
      const number = await dialog.getByText(/^YC33110000000002-\d{8}-\d{4,}$/).textContent();
      await clerk.page.getByTestId('sign').click();
      await dialog.getByText('本浏览器已核验').waitFor();
      await clerk.page.getByTestId('close').click();
      await clerk.page.getByRole('heading', { name: String(number) }).waitFor();
      await clerk.leave();
    });

    it('has it at once on the workbench of the department it waits for', async () => {
      const [owner, clerk] = await Promise.all([
        Visitor.at(browser, gateway.url),
        Visitor.at(browser, gateway.url),
      ]);
      await owner.enterAs('hrss.clerk1');
      const links = owner.page.locator(`a[href^="/cases/${matter}"]`);
      await links.first().waitFor();
      const before = await links.count();
      await clerk.enterAs('offices.clerk1');
      await clerk.fill(matter);
      await clerk.page.getByTestId('sign').click();
      await clerk.page.getByTestId('close').click();
      await links.nth(before).waitFor();
      await clerk.leave();
      await owner.leave();
    });

    it('is answered by clicking what the rules say may be done, and its materials open', async () => {
      const [clerk, owner] = await Promise.all([
        Visitor.at(browser, gateway.url),
        Visitor.at(browser, gateway.url),
      ]);
      await clerk.enterAs('offices.clerk1');
      await clerk.fill(matter);
      await clerk.page.getByTestId('sign').click();
      await clerk.page.getByTestId('close').click();
      await clerk.page.getByTestId('state').getByText('已申报').waitFor();
      await owner.enterAs('hrss.clerk1');
      await owner.openCase(new URL(clerk.page.url()).pathname);
      await owner.page.getByText('尚不能办理的操作及原因').waitFor();
      const download = owner.page.waitForEvent('download');
      await owner.page
        .getByRole('button', { name: /打\s*开/ })
        .first()
        .click();
      expect((await download).suggestedFilename()).to.match(/\.pdf$/);
      await owner.act('收件');
      await owner.page.getByTestId('state').getByText('已收件').waitFor();
      // The applicant's page hears of it by itself.
      await clerk.page.getByTestId('state').getByText('已收件').waitFor();
      await clerk.leave();
      await owner.leave();
    });

    it('signs nothing when the visitor says no', async () => {
      const clerk = await Visitor.at(browser, gateway.url);
      await clerk.enterAs('offices.clerk1');
      let endorsed = 0;
      clerk.page.on('request', (request) => (endorsed += Number(/\/endorse$/.test(request.url()))));
      await clerk.fill(matter);
      await clerk.page
        .getByRole('dialog')
        .getByRole('button', { name: /取\s*消/ })
        .click();
      await clerk.page.getByRole('dialog').waitFor({ state: 'hidden' });
      expect(endorsed).to.equal(0);
      await clerk.leave();
    });

    it('signs nothing that a lying gateway put in the place of what was asked for', async () => {
      const clerk = await Visitor.at(browser, gateway.url);
      await clerk.enterAs('offices.clerk1');
      let endorsed = 0;
      clerk.page.on('request', (request) => (endorsed += Number(/\/endorse$/.test(request.url()))));
      await clerk.page.route('**/v1/cases', async (route) => {
        const answer = await route.fetch();
        const { sign, ...body } = (await answer.json()) as { sign: { bytes: string } };
        const bytes = Buffer.from(sign.bytes, 'base64');
        const at = bytes.indexOf(matter);
        bytes.write('YC33110000000003', at);
        await route.fulfill({
          response: answer,
          json: { ...body, sign: { ...sign, bytes: bytes.toString('base64') } },
        });
      });
      await clerk.fill(matter);
      await clerk.page.getByTestId('close').waitFor();
      expect(await clerk.page.getByRole('dialog').textContent()).to.include(
        'PROPOSAL_NOT_AS_ASKED',
      );
      expect(endorsed).to.equal(0);
      await clerk.leave();
    });
  });

  describe('what is filled in', () => {
    tellsFiling(() => ({ browser, gateway }));
  });

  describe('an identity of one’s own', () => {
    const passphrase = 'correct horse battery';

    it('is kept under a passphrase, locked, refused a wrong one, and opened', async () => {
      const official = await Visitor.at(browser, gateway.url);
      const { page } = official;
      await page
        .locator('input[type=file]')
        .setInputFiles(
          ['cert.pem', 'key.pem', 'connection.json'].map((name) =>
            join(gateway.identity('finance.clerk1'), name),
          ),
        );
      await page.getByTestId('new-passphrase').fill(passphrase);
      await page.getByTestId('keep').click();
      await page.getByTestId('who').getByText('finance.clerk1').waitFor();
      await page.getByTestId('lock').click();
      await page.getByTestId('passphrase').fill('another passphrase');
      await page.getByTestId('unlock').click();
      await page.getByText('口令不对').waitFor();
      await page.getByTestId('passphrase').fill(passphrase);
      await page.getByTestId('unlock').click();
      await page.getByTestId('who').getByText('finance.clerk1').waitFor();
      await official.leave();
    });

    it('leaves nothing of the private key in what the browser keeps', async () => {
      const official = await Visitor.at(browser, gateway.url);
      const { page } = official;
      const key = await readFile(join(gateway.identity('finance.clerk1'), 'key.pem'), 'utf8');
      await page
        .locator('input[type=file]')
        .setInputFiles(
          ['cert.pem', 'key.pem', 'connection.json'].map((name) =>
            join(gateway.identity('finance.clerk1'), name),
          ),
        );
      await page.getByTestId('new-passphrase').fill(passphrase);
      const sent: string[] = [];
      page.on('request', (request) => sent.push(request.postData() ?? ''));
      await page.getByTestId('keep').click();
      await page.getByTestId('who').getByText('finance.clerk1').waitFor();
      const kept = await page.evaluate(async () => {
        const request = indexedDB.open('yici');
        await new Promise((done) => (request.onsuccess = done));
        const all = request.result.transaction('identities').objectStore('identities').getAll();
        await new Promise((done) => (all.onsuccess = done));
        const texts = (all.result as Record<string, unknown>[]).flatMap(Object.values);
        const decoder = new TextDecoder('latin1');
        return texts.map((part) =>
          typeof part === 'string' ? part : decoder.decode(part as ArrayBuffer),
        );
      });
      const secret = key.split('\n')[1] ?? '';
      expect([...kept, ...sent].filter((text) => text.includes(secret))).to.deep.equal([]);
      await official.leave();
    });
  });

  describe('the demo’s roles', () => {
    it('are given to the console’s own page alone', async () => {
      const at = `${gateway.url}/demo/roles/hrss.clerk1`;
      const asked = (headers: Record<string, string>) => fetch(at, { headers });
      expect((await asked({ 'sec-fetch-site': 'same-origin' })).status).to.equal(200);
      expect((await asked({ 'sec-fetch-site': 'cross-site' })).status).to.equal(404);
      expect((await fetch(`${gateway.url}/demo/roles/hrss.service1`)).status).to.equal(404);
    });
  });

  describe('verifying alone', () => {
    it('finds what the command finds, and names a block that was altered', async () => {
      const blocks = join(gateway.folder, 'exported');
      const state = join(gateway.folder, 'state');
      const done = await yiciNetwork('blocks', 'export', '--out', blocks, '--dir', state);
      expect(done.code, done.err).to.equal(0);
      const altered = join(gateway.folder, 'altered');
      await cp(blocks, altered, { recursive: true });
      const file = join(altered, '20.block');
      const bytes = await readFile(file);
      bytes.writeUInt8(bytes.readUInt8(bytes.length >> 1) ^ 1, bytes.length >> 1);
      await writeFile(file, bytes);
      const answer = await fetch(`${gateway.url}${reads['network.get'].path}`);
      const { genesisHash } = (await answer.json()) as { genesisHash: string };
      const supervisor = await Visitor.at(browser, gateway.url);
      expect(await supervisor.verify(blocks, genesisHash)).to.include('VERIFIED');
      const report = await gateway.yici([
        'audit',
        'verify',
        altered,
        '--pin',
        genesisHash,
        '--json',
      ]);
      const { verdict, findings } = JSON.parse(report.out) as {
        verdict: string;
        findings: (Parameters<typeof findingWords>[0] & { block: number })[];
      };
      expect(findings.map(({ block }) => block)).to.include(20);
      const said = await supervisor.verify(altered, genesisHash);
      expect(said).to.include(verdict);
      for (const { code } of findings) expect(said).to.include(code);
      for (const found of findings.filter(({ block }) => block === 20)) {
        expect(said).to.include(findingWords(found).zh);
      }
      await supervisor.leave();
    });
  });

  describe('everybody', () => {
    it('can use each page, in both languages', async () => {
      const clerk = await Visitor.at(browser, gateway.url);
      const found = [...(await faultsOf(clerk))];
      await clerk.enterAs('offices.clerk1');
      for (const page of ['/', '/cases', '/file', '/ledger', '/who', '/verify']) {
        await clerk.goTo(page);
        await clerk.settled();
        found.push(...(await faultsOf(clerk)));
      }
      expect(found).to.deep.equal([]);
      await clerk.leave();
    });
  });
});
