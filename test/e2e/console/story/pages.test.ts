import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { commandNames, commands } from '@yici/domain/model';
import { expect } from 'chai';
import type { Browser, CDPSession } from 'playwright-core';
import type { RunningGateway } from '../../../support/gateway/running-gateway.js';
import { checkAccess, faultsOf } from '../support/access.js';
import { mostShift, watchShifts, widerThan } from '../support/screen.js';
import { sideBySide } from '../support/side-by-side.js';
import { deliverShare } from '../support/share.js';
import { openStage, yiciAs } from '../support/stage.js';
import { Visitor } from '../support/visitor.js';

const mostFirstLoad = 350_000;

/** The demo's story is on the ledger: cases, shares, cards, orders, rulings, figures. */
describe('the console’s pages of everything there is', function () {
  this.timeout(600_000);
  // Begun at once: the story waits for a limit of a minute to pass, while other suites of this process run.
  const stage = openStage('story');
  let gateway: RunningGateway;
  let browser: Browser;
  let supervisor: Visitor;

  before(async () => {
    ({ browser, gateway } = await stage);
    supervisor = await entered();
  });

  async function entered(): Promise<Visitor> {
    const visitor = await Visitor.at(browser, gateway.url);
    await visitor.enterAs('supervision.supervisor1');
    return visitor;
  }

  after(() => {
    expect(supervisor.errors).to.deep.equal([]);
  });

  describe('what travels', () => {
    it('is at most 350 kB for a first page', async () => {
      const page = await (await browser.newContext()).newPage();
      const session = await page.context().newCDPSession(page);
      const received = await counted(session);
      await page.goto(gateway.url);
      await page.getByTestId('role-supervision.supervisor1').waitFor();
      await page.waitForLoadState('networkidle');
      const [size, most] = [received.bytes, mostFirstLoad].map((bytes) => Math.ceil(bytes / 1000));
      process.stdout.write(`    first page: ${String(size)} kB of ${String(most)} kB\n`);
      expect(received.bytes).to.be.within(50_000, mostFirstLoad);
      await page.context().close();
    });

    it('is compressed, but for what holds a key and what is to come at once', async () => {
      const asked = (path: string) =>
        fetch(`${gateway.url}${path}`, { headers: { 'accept-encoding': 'gzip' } });
      const encoding = async (path: string) => (await asked(path)).headers.get('content-encoding');
      expect(await encoding('/openapi.json')).to.equal('gzip');
      expect(await encoding('/v1/commands')).to.equal('gzip');
      expect(await encoding('/demo/roles')).to.equal(null);
      expect(await encoding('/demo/roles/hrss.clerk1')).to.equal(null);
      const text = await (await asked('/')).text();
      const script = /\/assets\/[\w-]+\.js/.exec(text)?.[0] ?? '';
      expect(await encoding(script)).to.equal('gzip');
    });
  });

  describe('the lists', () => {
    it('are all there, open, and each has a page of what it holds', async () => {
      await supervisor.visit('/records');
      const lists = await linksOf(supervisor, 'main a[href^="/records/"]');
      expect(lists).to.include.members([
        ...['/records/matters', '/records/duties', '/records/one-things', '/records/shares'],
        ...['/records/delegations', '/records/calendars', '/records/datasets', '/records/cards'],
        ...['/records/attestations', '/records/orders', '/records/departments'],
      ]);
      const found: string[] = [];
      const records = new Set<string>();
      await sideBySide(entered, ['/records', ...lists], async (reader, list) => {
        await reader.visit(list);
        found.push(...(await faultsOf(reader)));
        const [record] = await linksOf(reader, `tbody a[href^="${list}/"]`);
        if (record === undefined) return;
        records.add(record);
        await reader.visit(record);
        found.push(...(await faultsOf(reader)));
      });
      expect(found).to.deep.equal([]);
      expect(records.size).to.be.at.least(10);
    });

    it('have no column that is empty in every row', async () => {
      const { page } = supervisor;
      await supervisor.visit('/records/cards');
      const rows = await page
        .locator('tbody tr.ant-table-row')
        .evaluateAll((all) =>
          all.map((row) => [...row.children].map((cell) => cell.textContent !== '')),
        );
      expect(rows.length).to.be.greaterThan(0);
      const filled = (rows[0] ?? []).map((_, at) => rows.some((row) => row[at]));
      expect(filled).to.not.include(false);
      await page.getByText('红牌').first().waitFor();
    });

    it('are narrowed by what their definition says, in the address', async () => {
      await supervisor.visit('/records/matters?owner=hrss');
      const rows = supervisor.page.locator('tbody tr.ant-table-row');
      await rows.first().waitFor();
      const all = await rows.count();
      const owned = await rows.filter({ hasText: '人力社保局' }).count();
      expect(owned).to.equal(all);
      await supervisor.page.getByRole('button', { name: '清除条件' }).click();
      await rows.nth(all).waitFor();
    });

    it('show what may be done about a record, by the rules', async () => {
      await supervisor.visit('/records/matters/YC33110000000002');
      await supervisor.page.getByText('尚不能办理的操作及原因').waitFor();
    });

    it('draw what follows what: the steps of a matter, the matters of a one thing', async () => {
      const { page } = supervisor;
      await supervisor.visit('/records/matters/YC33110000000002');
      await page.locator('[data-step=payroll]').waitFor();
      await page.getByRole('cell', { name: '会办意见', exact: true }).first().waitFor();
      const [filed] = await linksOf(supervisor, 'tbody a', '/records/one-thing-cases', /-cases\//);
      await supervisor.visit(filed ?? '');
      await page.locator('[data-status=done]').first().waitFor();
      await page.locator('[data-step] a[href^="/cases/"]').first().waitFor();
    });

    it('put two versions side by side', async () => {
      await supervisor.visit('/records/matters/YC33110000000002/compare');
      await supervisor.page.getByText('两个版本没有不同').waitFor();
      expect(await checkAccess(supervisor.page)).to.deep.equal([]);
    });
  });

  describe('the acts', () => {
    it('all have a form from their own schema', async () => {
      await supervisor.visit('/acts');
      const links = await linksOf(supervisor, 'main a[href^="/acts/"]');
      expect(links.sort()).to.deep.equal(commandNames.map((name) => `/acts/${name}`).sort());
      await sideBySide(entered, commandNames, async (reader, name) => {
        await reader.show(`/acts/${name}`);
        const heading = { name: commands[name].summary.zh, exact: true };
        await reader.page.getByRole('heading', heading).waitFor();
        await reader.page.getByTestId('act').waitFor();
      });
    });

    it('can be used by everybody, and say what a field is about and takes', async () => {
      const found: string[] = [];
      const names = ['case.opinion', 'matter.draft', 'sharing.request', 'calendar.import'] as const;
      for (const name of names) {
        await supervisor.visit(`/acts/${name}`);
        const heading = { name: commands[name].summary.zh, exact: true };
        await supervisor.page.getByRole('heading', heading).waitFor();
        await supervisor.page.getByTestId('act').waitFor();
        found.push(...(await faultsOf(supervisor)));
      }
      expect(found).to.deep.equal([]);
      const { page } = supervisor;
      await page.getByLabel('放假日').first().waitFor();
      await page.getByText('周六、周日之外的放假日').first().waitFor();
      await supervisor.visit('/acts/case.offerTransfer');
      await page.getByLabel('接收部门').waitFor();
      await supervisor.visit('/acts/evaluation.give');
      await page.getByLabel('评价等级').click();
      await page.getByTitle('基本满意').waitFor();
    });
  });

  describe('supervision', () => {
    it('shows figures, a chart of one, and the cases behind it', async () => {
      const { page } = supervisor;
      await supervisor.visit('/supervision?all=true');
      await page.locator('main a[href^="/supervision/"]').nth(50).waitFor();
      expect(await faultsOf(supervisor)).to.deep.equal([]);
      await supervisor.visit('/supervision/all-signed');
      await page.getByText('予以批准').first().waitFor();
      expect(await faultsOf(supervisor)).to.deep.equal([]);
      await supervisor.visit('/supervision/dwell');
      await page.locator('table.dwell td').first().waitFor();
      expect(await faultsOf(supervisor)).to.deep.equal([]);
      await supervisor.visit('/supervision/on-time-rate?by=department');
      await page.getByRole('img').locator('svg path').first().waitFor({ state: 'attached' });
      expect(await faultsOf(supervisor)).to.deep.equal([]);
      await page.route('**/on-time-rate*', (route) => route.abort(), { times: 1 });
      await page.getByRole('button', { name: '导出 CSV' }).click();
      await page.getByText('GATEWAY_UNREACHABLE').waitFor();
      // The browser's own word of the lost request, and the console's that it was not heard at any place of its own.
      expect(supervisor.errors.splice(0)).to.have.length(2);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: '导出 CSV' }).click();
      expect((await download).suggestedFilename()).to.equal('on-time-rate.csv');
      await page.locator('tbody a[href^="/cases/"]').first().click();
      await page.getByTestId('state').waitFor();
    });
  });

  describe('a case', () => {
    it('shows its way and its limits', async () => {
      const cases = await linksOf(supervisor, 'tbody a[href^="/cases/"]', '/cases');
      let steps = 0;
      const found: string[] = [];
      await sideBySide(entered, cases.slice(0, 12), async (reader, one) => {
        await reader.visit(one);
        await reader.page.locator('[data-step=decide]').waitFor();
        const shown = await reader.page.locator('[data-step]').count();
        steps += shown;
        found.push(...(await faultsOf(reader)));
      });
      expect(found).to.deep.equal([]);
      expect(steps).to.be.greaterThan(cases.slice(0, 12).length * 5);
    });
  });

  describe('a paper', () => {
    /** The page's download and what the command line makes of the same. */
    async function both(testId: string, ...asked: readonly string[]) {
      const download = supervisor.page.waitForEvent('download', { timeout: 60_000 });
      await supervisor.page.getByTestId(testId).click();
      const made = await download;
      const file = join(gateway.folder, `${testId}-${String(asked.length)}.pdf`);
      const make = ['paper', 'make', ...asked, '-o', file, '--json'];
      const { code } = JSON.parse(await yiciAs(gateway, 'supervision.supervisor1', make)) as {
        code: string;
      };
      const [here, there] = [await readFile(await made.path()), await readFile(file)];
      return { name: made.suggestedFilename(), isSame: here.equals(there), code };
    }
    /** What the browser says of what a paper's QR code says. */
    async function verified(code: string): Promise<string> {
      await supervisor.visit(`/verify?paper=${encodeURIComponent(code)}`);
      await supervisor.page.getByTestId('verify-paper').click();
      const proof = supervisor.page.getByTestId('paper-proof');
      await proof.waitFor();
      return (await proof.textContent()) ?? '';
    }
    before(async () => {
      const cases = await linksOf(supervisor, 'tbody a[href^="/cases/"]', '/cases');
      await supervisor.visit(cases[0] ?? '');
    });

    const opened = () => new URL(supervisor.page.url()).pathname.split('/').at(-1) ?? '';

    it('of a case is made in the browser as the command line makes it, byte for byte', async () => {
      const made = await both('paper-receipt', opened(), '--kind', '收件凭证');
      expect([made.name, made.isSame]).to.deep.equal([`收件凭证-${opened()}.pdf`, true]);
    });

    it('of a case is made by the department’s own template, once that is one', async () => {
      const { page } = supervisor;
      const folder = await mkdtemp(join(gateway.folder, 'templates-'));
      const file = join(folder, 'receipt.md');
      await page.getByText('本部门的模板和字体').click();
      await writeFile(file, '{{nothing}}');
      await page.getByTestId('own-templates').setInputFiles(file);
      await page.getByText('没有字段“nothing”').waitFor();
      await writeFile(file, '# {{organ}}\n\n## 收件回执\n\n{{caseNo}}\n');
      await page.getByTestId('own-templates').setInputFiles([]);
      await page.getByTestId('own-templates').setInputFiles(file);
      await page.getByTestId('own-template').getByText('receipt.md').waitFor();
      const kind = ['--kind', '收件凭证'];
      const made = await both('paper-receipt', opened(), ...kind, '--templates', folder);
      expect(made.isSame).to.equal(true);
      await page.getByRole('button', { name: '移除 receipt.md' }).click();
      await page.getByTestId('own-template').waitFor({ state: 'detached' });
    });

    it('of a card and of an order as well', async () => {
      const document = join(gateway.folder, 'order.txt');
      await writeFile(document, '逾期办件整改');
      await yiciAs(gateway, 'supervision.supervisor1', [
        ...['supervise', 'order', 'finance', '--subject', '逾期办件整改', '--document', document],
        ...[
          '--mandate',
          'headInstruction',
          '--mandate-number',
          '市府督〔2026〕1号',
          '--limit',
          '5',
        ],
        ...['--mandate-document', document],
      ]);
      for (const kind of ['card', 'order']) {
        const list = `/records/${kind}s`;
        const [record] = await linksOf(supervisor, `tbody a[href^="${list}/"]`, list);
        await supervisor.visit(record ?? '');
        const made = await both(`paper-${kind}`, opened(), '--kind', kind);
        expect(made.isSame, kind).to.equal(true);
        expect(await verified(made.code)).to.include('与账本相符');
        const other = made.code.replace(/digest=../, 'digest=00');
        expect(await verified(other)).to.include('记录校验值不符');
      }
      expect(await checkAccess(supervisor.page)).to.deep.equal([]);
    });
  });

  describe('a share', () => {
    it('shows its values to a reader whom it names, for a signed query, and to nobody else', async () => {
      await deliverShare(gateway, 'share-read', { caseNo: '演示办件', head: '第一版' });
      const reader = await Visitor.at(browser, gateway.url);
      await reader.enterAs('establishment.clerk1');
      await reader.visit('/records/shares/share-read');
      const { page } = reader;
      await page.getByText('编办 经办人 负责人').waitFor();
      await page.getByRole('button', { name: '读取数值' }).click();
      await page.getByRole('dialog').getByText('sharing.values').waitFor();
      expect(await page.getByText('第一版').count()).to.equal(0);
      await page.getByRole('button', { name: '签名并读取' }).click();
      const row = page.getByTestId('values').locator('tbody tr').filter({ hasText: '第一版' });
      await row.getByText('一致', { exact: true }).waitFor();
      expect(await checkAccess(page)).to.deep.equal([]);
      await reader.visit('/records/shares');
      await reader.visit('/records/shares/share-read');
      await page.getByRole('button', { name: '读取数值' }).waitFor();
      expect(await page.getByText('第一版').count()).to.equal(0);
      await reader.leave();
      await supervisor.visit('/records/shares/share-read');
      await supervisor.page.getByText('没有把数值写明给您的岗位').waitFor();
      expect(await supervisor.page.getByRole('button', { name: '读取数值' }).count()).to.equal(0);
    });

    it('says that there is nothing to read once it was disposed of', async () => {
      const path = '/records/shares?provider=data&state=DISPOSED';
      const [share] = await linksOf(supervisor, 'tbody a', path, /share-/);
      const reader = await Visitor.at(browser, gateway.url);
      await reader.enterAs('data.clerk1');
      await reader.visit(share ?? '');
      await reader.page.getByRole('button', { name: '读取数值' }).click();
      await reader.page.getByRole('button', { name: '签名并读取' }).click();
      await reader.page.getByText('没有数值').waitFor();
      await reader.leave();
    });
  });

  describe('a refusal', () => {
    it('is in the page’s language, whatever the browser’s is', async () => {
      const reader = await Visitor.at(browser, gateway.url, { locale: 'en-US' });
      await reader.enterAs('hrss.clerk1');
      await reader.visit('/cases/YC33110000000007-20260101-9999');
      const alert = reader.page.locator('main .ant-alert-error');
      await alert.getByText('没有该记录').first().waitFor();
      await reader.speak('English');
      await alert.getByRole('button', { name: 'Try again' }).click();
      await alert.getByText('There is no such record').first().waitFor();
      await reader.leave(404);
    });
  });

  describe('a screen', () => {
    const paths = [
      ...['/', '/cases', '/file', '/records', '/records/matters', '/acts', '/acts/matter.draft'],
      ...['/supervision', '/supervision/dwell', '/ledger', '/verify', '/help'],
    ];

    it('of a phone’s width or 1024 px has no page that is wider, and nothing moves that need not', async () => {
      const { page } = supervisor;
      const wrong: string[] = [];
      for (const width of [390, 1024]) {
        await page.setViewportSize({ width, height: 800 });
        for (const path of paths) {
          await supervisor.visit(path);
          wrong.push(...(await widerThan(supervisor, width)));
          const moving = await page.evaluate(() =>
            document.getAnimations().map((one) => `moves: ${one.id} ${one.playState}`),
          );
          wrong.push(...moving.map((one) => `${String(width)} ${path}: ${one}`));
        }
      }
      expect(wrong).to.deep.equal([]);
    });

    it('keeps in place what is there when more arrives', async () => {
      const reader = await Visitor.at(browser, gateway.url, {
        viewport: { width: 1024, height: 768 },
      });
      await reader.enterAs('offices.clerk1');
      const moved: string[] = [];
      for (const path of ['/', '/cases', '/records/matters', '/file']) {
        await reader.page.evaluate(watchShifts);
        await reader.visit(path);
        const shift = await reader.page.evaluate(() => Reflect.get(globalThis, 'shift') as number);
        if (shift > mostShift) moved.push(`${path}: ${String(shift)}`);
      }
      expect(moved).to.deep.equal([]);
      await reader.leave();
    });

    it('leaves off paper what only a screen has use for', async () => {
      const { page } = supervisor;
      await supervisor.visit('/cases');
      await page.locator('tbody a[href^="/cases/"]').first().click();
      await page.getByTestId('state').waitFor();
      await page.emulateMedia({ media: 'print' });
      for (const name of ['打印办件', '收件']) {
        expect(await page.getByRole('button', { name, exact: true }).count(), name).to.equal(0);
      }
      expect(await page.locator('header').isVisible()).to.equal(false);
      expect(await page.getByTestId('state').isVisible()).to.equal(true);
      await page.emulateMedia({ media: null });
    });
  });
});

/** The links of a page: of the one that is open, or of another, which has some. */
async function linksOf(
  visitor: Visitor,
  selector: string,
  path?: string,
  like = /./,
): Promise<string[]> {
  const { page } = visitor;
  await page.locator('main').waitFor();
  const all = page.locator(selector);
  if (path !== undefined) {
    await visitor.visit(path);
    // A machine that is busy may begin to ask for the list only after it was quiet for a moment.
    await all.first().waitFor();
  }
  const hrefs = await all.evaluateAll((links) =>
    links.map((link) => link.getAttribute('href') ?? ''),
  );
  return [...new Set(hrefs)].filter((href) => like.test(href));
}

/** What the browser received over the wire, headers and all. */
async function counted(session: CDPSession): Promise<{ bytes: number }> {
  const received = { bytes: 0 };
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    received.bytes += encodedDataLength;
  });
  await session.send('Network.enable');
  return received;
}
