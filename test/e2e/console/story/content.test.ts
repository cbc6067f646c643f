import type { BlockRow, MeasureView } from '@yici/api';
import type { YiciClient } from '@yici/client';
import { commandWords } from '@yici/domain/model';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { RunningGateway } from '../../../support/gateway/running-gateway.js';
import { checkAccess } from '../support/access.js';
import { codesShown } from '../support/codes.js';
import { widerThan } from '../support/screen.js';
import { sideBySide } from '../support/side-by-side.js';
import { deliverShare } from '../support/share.js';
import { clientOf, fileCase, openStage } from '../support/stage.js';
import { Visitor } from '../support/visitor.js';
import { wavesUntil } from '../support/waves.js';

/** The demo's story is on the ledger, as for the suite of all pages. */
describe('what the console shows', function () {
  this.timeout(240_000);
  // Begun at once: the story waits for a limit of a minute to pass, while other suites of this process run.
  const stage = openStage('story');
  let gateway: RunningGateway;
  let browser: Browser;
  let supervisor: Visitor;
  let client: YiciClient;

  before(async () => {
    ({ browser, gateway } = await stage);
    client = await clientOf(gateway, 'supervision.supervisor1');
    supervisor = await entered();
  });

  async function entered(): Promise<Visitor> {
    const visitor = await Visitor.at(browser, gateway.url);
    await visitor.enterAs('supervision.supervisor1');
    return visitor;
  }

  after(() => supervisor.leave());

  it('is there after three round trips at most: on the first page, and on those that are opened from it', async () => {
    const context = await browser.newContext({ baseURL: gateway.url, locale: 'zh-CN' });
    const page = await context.newPage();
    const waves = { '/': await wavesUntil(page, () => page.goto('/'), page.locator('h2')) };
    await context.close();
    const [one] = (await client.read('cases.list', { limit: 1 })).items;
    const first = {
      '/help': 'main [role=tab]',
      '/records': 'main a[href="/records/matters"]',
      '/cases': 'tbody a[href^="/cases/"]',
      [`/cases/${one?.caseNo ?? ''}`]: '[data-testid=state]',
      '/file': '[data-testid^=file-YC]',
      '/records/matters': 'tbody a[href^="/records/matters/"]',
      '/records/matters/YC33110000000002': '[data-step]',
      '/acts': 'main a[href^="/acts/"]',
      '/acts/matter.draft': '[data-testid=act]',
      '/supervision': '.figure',
      '/supervision/on-time-rate': '[data-testid=behind]',
      '/ledger': 'tbody a[href^="/ledger/"]',
      '/ledger/1': 'tbody a[href^="/ledger/tx/"]',
      '/ledger/channel': '[data-testid=members]',
      '/verify': '[data-testid=pin]',
    };
    await sideBySide(entered, Object.entries(first), async (reader, [path, content]) => {
      // Nothing is there of what is waited for, as it may be on the page before.
      await reader.visit('/nowhere');
      const open = () => reader.show(path);
      const count = await wavesUntil(reader.page, open, reader.page.locator(content));
      Object.assign(waves, { [path]: count });
    });
    const others = Object.values(waves).filter((count) => count < 1 || count > 3);
    expect(others, JSON.stringify(waves)).to.deep.equal([]);
    expect(Object.keys(waves)).to.have.length(1 + Object.keys(first).length);
  });

  describe('a list', () => {
    const all = 100_000;
    /** A gateway gives 200 at most at a time; these are more, so that the end is reached by fewer pages. */
    const further = 4_000;

    it('of 100,000 rows is fetched by cursor as it is scrolled, and has few of them in the page', async () => {
      const { page } = supervisor;
      const asked: string[] = [];
      const blocks = (url: URL) => url.pathname === '/v1/blocks';
      await page.route(blocks, async (route) => {
        const { searchParams } = new URL(route.request().url());
        const cursor = searchParams.get('cursor');
        asked.push(cursor ?? '');
        const json = cursor === null ? blocksFrom(all, 50) : blocksFrom(Number(cursor), further);
        await route.fulfill({ json });
      });
      await supervisor.visit('/ledger');
      const { most, drawn } = await page.evaluate(scrollToTheEnd);
      expect(asked.length, 'pages').to.equal(1 + Math.ceil((all - 50) / further));
      expect(new Set(asked).size, 'each page once').to.equal(asked.length);
      expect(most).to.be.within(20, 80);
      expect(drawn, 'rows that were ever drawn').to.be.below(all / 10);
      await page.locator('tbody a[href="/ledger/1"]').waitFor();

      const scroller = page.locator('.long .ant-table-content');
      await scroller.evaluate((one) => one.scrollTo({ top: one.scrollHeight / 2 }));
      await page.locator('tbody a[href="/ledger/50000"]').waitFor();
      await scroller.focus();
      await page.keyboard.press('Home');
      await page.locator(`tbody a[href="/ledger/${String(all)}"]`).waitFor();
      expect(await page.locator('tr.ant-table-row').count()).to.be.within(20, 80);
      expect(await checkAccess(page)).to.deep.equal([]);
      await page.unroute(blocks);
    });
  });

  it('is printed to the end that paper has: what is not there yet is fetched, and what is left out is said', async () => {
    const reader = await entered();
    const { page } = reader;
    const blocks = (url: URL) => url.pathname === '/v1/blocks';
    await page.route(blocks, (route) => {
      const cursor = new URL(route.request().url()).searchParams.get('cursor');
      const json = cursor === null ? blocksFrom(2_300, 50) : blocksFrom(Number(cursor), 750);
      return route.fulfill({ json });
    });
    await page.evaluate(() => {
      window.print = () => document.body.setAttribute('data-printed', '');
    });
    const rows = page.locator('tr.ant-table-row');
    await reader.visit('/ledger');
    await page.emulateMedia({ media: 'print' });
    await page.getByText('以上是前 50 行').waitFor();
    await page.emulateMedia({ media: null });
    await page.getByTestId('print').click();
    await page.locator('body[data-printed]').waitFor();
    expect(await rows.count()).to.be.below(100);
    await page.emulateMedia({ media: 'print' });
    await page.getByText('以上是前 2000 行').waitFor();
    expect(await rows.count()).to.equal(2_000);
    await reader.leave();
  });

  describe('two versions', () => {
    /** What the page of two versions says: the field in words, before and after. */
    async function differences(path: string): Promise<string[][]> {
      const { page } = supervisor;
      await supervisor.visit(`${path}/compare`);
      await page.locator('.difference').first().waitFor();
      expect(await checkAccess(page)).to.deep.equal([]);
      return page
        .locator('tbody tr.ant-table-row')
        .evaluateAll((rows) =>
          rows.map((row) => [...row.children].map((cell) => cell.textContent)),
        );
    }

    const does = async (user: string, command: string, input: Record<string, unknown>) => {
      const one = await clientOf(gateway, user);
      return (await one.execute(command, input, { waitSeconds: 20 })).result as Version;
    };

    it('of a matter stand side by side with what differs, by the words of its fields, and nothing else', async () => {
      const taskCode = 'YC33110000000008';
      const { content, cosigner, owner } = await client.read('matters.get', { taskCode });
      const { name, promisedLimit } = content;
      const zh = `${name.zh}（新版）`;
      const { value } = promisedLimit;
      const shorter = { ...promisedLimit, value: value - 1 };
      const next = { ...content, name: { ...name, zh }, promisedLimit: shorter };
      const draft = await does(`${owner}.clerk1`, 'matter.draft', next);
      const { version, contentDigest } = draft;
      for (const department of [owner, cosigner]) {
        await does(`${department}.head1`, 'matter.cosign', { taskCode, version, contentDigest });
      }
      await does(`${owner}.clerk1`, 'matter.publish', { taskCode, version });
      expect(await differences(`/records/matters/${taskCode}`)).to.deep.equal([
        ['名称', name.zh, zh],
        ['承诺办结时限的数值', String(value), String(value - 1)],
      ]);
    });

    it('of a duty as well', async () => {
      const key = { department: 'construction', code: 'CON-01' };
      const { title, clause, document, topic, covers, effectiveFrom } = await client.read(
        'duties.get',
        key,
      );
      const zh = `${title.zh}（修订）`;
      const said = { ...key, title: { ...title, zh }, clause, document, effectiveFrom };
      const given = { ...said, ...(topic && { topic }), ...(covers && { covers }) };
      const { version } = await does('construction.clerk1', 'duty.register', given);
      await does('establishment.head1', 'duty.confirm', { ...key, version });
      expect(await differences('/records/duties/construction/CON-01')).to.deep.equal([
        ['标题', title.zh, zh],
      ]);
    });
  });

  it('draws on a case’s line of days what an extension added and what a special procedure stopped', async () => {
    const number = await fileCase(gateway, 'YC33110000000010');
    const people = { clerk: 'nrp.clerk1', head: 'nrp.head1' };
    const document = { digestAlg: 'sha256', digest: 'cd'.repeat(32) };
    const does = async (who: keyof typeof people, command: string, input: object) => {
      const one = await clientOf(gateway, people[who]);
      await one.execute(command, { caseNo: number, ...input }, { waitSeconds: 20 });
    };
    const days = (value: number) => ({ limit: { value, unit: 'workingDay' } });
    await does('clerk', 'case.receive', {});
    const voucher = { voucherNo: 'SL-0010', voucher: document };
    await does('clerk', 'case.accept', { ...voucher, sealSystem: 'provincial', seal: document });
    const why = { reasonCode: 'siteSurvey', grounds: document };
    await does('clerk', 'case.requestExtension', { ...days(15), ...why });
    const government = { number: '丽政函〔2026〕7号', title: '批复', ...document };
    await does('head', 'case.approveExtension', { notice: document, government });
    const hearing = { procedure: 'hearing', law: '行政许可法', clause: '第四十六条', rank: 'law' };
    await does('head', 'case.startSpecialProcedure', { ...hearing, ...days(5), notice: document });
    const owner = await Visitor.at(browser, gateway.url);
    const { page } = owner;
    await owner.enterAs('nrp.clerk1');
    await owner.visit(`/cases/${number}`);
    const width = async (part: string) => (await page.locator(part).boundingBox())?.width ?? 0;
    const statutory = page.locator('.clock', { hasText: '法定办结' });
    await statutory.getByText('含延期 15 个工作日').waitFor();
    // Forty-five days of the law, five that are stopped and fifteen more: the added ones are about a quarter.
    const all = await statutory.locator('.clock-limit').boundingBox();
    const [limit, added] = [all?.width ?? 0, await width('.clock-extended')];
    expect(added / limit, `${String(added)} of ${String(limit)}`).to.be.within(0.15, 0.35);
    const stopped = page.locator('.clock', { has: page.locator('.clock-stopped') });
    await stopped.getByText('停止计时').first().waitFor();
    expect(await width('.clock-stopped')).to.be.within(added / 6, added / 1.5);
    expect(await checkAccess(page)).to.deep.equal([]);
    await owner.leave();
  });

  describe('a figure', () => {
    it('of every requirement leads to as many records as it counts, and these to their pages', async () => {
      const { items } = await client.read('stats.list', {});
      const wrong: string[] = [];
      const counted = new Set<number>();
      const pages = new Map<string, string>();
      await sideBySide(entered, items, async (reader, measure) => {
        const { total, links, amiss } = await drillDown(reader, measure);
        wrong.push(...amiss);
        if (total > 0) for (const requirement of measure.requirements) counted.add(requirement);
        for (const link of links) pages.set(link.split('/').slice(0, 3).join('/'), link);
      });
      await sideBySide(entered, [...pages.values()], async (reader, link) => {
        await reader.visit(link);
        const shown = reader.page.locator('main h2, main h3, main [data-testid=state]').first();
        const failed = await reader.page.locator('main .ant-alert-error').count();
        if (failed > 0 || !(await shown.isVisible())) wrong.push(link);
      });
      expect(wrong).to.deep.equal([]);
      // The story has nothing that was due upward, no organ of a line ministry and no review that was due.
      const requirements = Array.from({ length: 29 }, (_, at) => at + 1);
      expect(requirements.filter((one) => !counted.has(one))).to.deep.equal([3, 5, 26]);
      expect([...pages.keys()]).to.include.members(['/records/reads', '/records/disputes']);
    });

    /** Opens the page of a figure: how many records it counts, and where these lead. */
    async function drillDown(reader: Visitor, { id, name, source }: MeasureView) {
      const { page } = reader;
      const least = await factsOf(client, id);
      await reader.show(`/supervision/${id}`);
      await page.getByRole('heading', { name: name.zh, exact: true }).waitFor();
      // Its number comes with its records.
      const behind = page.getByTestId('behind').filter({ hasText: /\d/ });
      const total = Number(await behind.textContent());
      const listed = page.locator('main tbody tr.ant-table-row');
      const rows = await listed.count();
      const links = await listed
        .locator('a')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
      // What a gateway counts goes on while this is read.
      const most = source === 'gateway' ? await factsOf(client, id) : least;
      const isWhole = total >= least && total <= most && rows === Math.min(total, 50);
      // Of reads by others than supervisors there is nothing but the count.
      const isLed = id === 'reads' || links.length === rows;
      const told = `${id}: ${[least, total, most, rows, links.length].join(' ')}`;
      return { total, links, amiss: isWhole && isLed ? [] : [told] };
    }
  });

  describe('a dispute and a challenge', () => {
    it('have lists and pages, which a share leads to, with what can be done about it and nothing else', async () => {
      const shareId = 'share-doubted';
      await deliverShare(gateway, shareId, { caseNo: '演示办件' });
      const requester = await clientOf(gateway, 'establishment.clerk1');
      const said = { shareId, fields: ['caseNo'], finding: '编号有误' };
      const challenge = { ...said, challengeId: 'doubt-1' };
      await requester.execute('sharing.challenge', challenge, { waitSeconds: 20 });
      const claim = { shareId, subject: 'quality', claim: '应当更正' };
      const dispute = { ...claim, disputeId: 'dispute-1' };
      await requester.execute('sharing.dispute', dispute, { waitSeconds: 20 });
      const { datasetId } = await requester.read('shares.get', { shareId });
      const { fields } = await requester.read('datasets.get', { datasetId });
      const doubted = fields.find(({ code }) => code === 'caseNo')?.name.zh ?? '';
      const provider = await Visitor.at(browser, gateway.url);
      const { page } = provider;
      await provider.enterAs('data.head1');
      for (const [collection, id, act] of [
        ['challenges', 'doubt-1', 'sharing.answerChallenge'],
        ['disputes', 'dispute-1', 'sharing.decideDispute'],
      ] as const) {
        const path = `/records/${collection}/${shareId}/${id}`;
        await provider.visit(`/records/${collection}?status=open`);
        await page.locator(`tbody a[href="${path}"]`).waitFor();
        await provider.visit(`/records/shares/${shareId}`);
        await page.locator(`tbody a[href="${path}"]`).click();
        await page.getByRole('heading', { name: `${shareId} ${id}` }).waitFor();
        const name = commandWords(act, 'zh');
        await page.getByRole('button', { name, exact: true }).waitFor();
        await page.locator(`main a[href="/records/shares/${shareId}"]`).first().waitFor();
        // What was doubted is called as its data set calls it.
        if (collection === 'challenges') await page.getByText(doubted, { exact: true }).waitFor();
        expect(await checkAccess(page)).to.deep.equal([]);
        expect(await codesShown(page)).to.deep.equal([]);
      }
      await provider.leave();
    });
  });

  describe('a form', () => {
    it('sends what was given, and nothing that it begins with', async () => {
      const user = 'offices.clerk1';
      const asked = { taskCode: 'YC33110000000099', version: 1 };
      const client = await clientOf(gateway, user);
      const { content } = await client.read('matters.version', asked);
      const clerk = await Visitor.at(browser, gateway.url);
      const { page } = clerk;
      await clerk.enterAs(user);
      await clerk.visit('/acts/matter.draft');
      await page.getByTestId('from-file').setInputFiles({
        ...{ name: '事项.json', mimeType: 'application/json' },
        buffer: Buffer.from(JSON.stringify(content)),
      });
      // The file is read first.
      await page.locator(`input[value="${content.catalogCode}"]`).waitFor();
      const sending = page.waitForRequest((request) => request.method() === 'POST');
      await page.getByTestId('act').click();
      expect((await sending).postDataJSON()).to.deep.equal(content);
      await page.getByTestId('sign').waitFor();
      await clerk.leave();
    });
  });

  describe('paper', () => {
    /** A4 between the margins of a centimetre that a browser gives it, at 96 dots per inch. */
    const width = Math.floor(((210 - 20) / 25.4) * 96);

    it('has every figure with what it means, and nothing that can only be clicked or is cut off', async () => {
      const { page } = supervisor;
      await supervisor.visit('/supervision?all=true');
      const figures = page.locator('.figure');
      await figures.nth(50).waitFor();
      const onScreen = await figures.count();
      await page.emulateMedia({ media: 'print' });
      await page.setViewportSize({ width, height: 1123 });
      expect(await figures.count()).to.equal(onScreen);
      const printed = await figures.evaluateAll((all) =>
        all.map((one) => ({
          isWhole: getComputedStyle(one).breakInside === 'avoid',
          texts: [...one.querySelectorAll('.ant-typography')].map(
            (text) => (text as HTMLElement).innerText,
          ),
        })),
      );
      const poor = printed.filter(({ isWhole, texts }) => !isWhole || texts.includes(''));
      expect(poor).to.deep.equal([]);
      for (const name of ['导出 CSV', '打印报告']) {
        expect(await page.getByRole('button', { name }).count(), name).to.equal(0);
      }
      const [one] = (await client.read('cases.list', { limit: 1 })).items;
      const [share] = (await client.read('shares.list', { limit: 1 })).items;
      const paths = [
        ...['/supervision?all=true', '/supervision/all-signed', '/supervision/dwell'],
        ...[`/cases/${one?.caseNo ?? ''}`, `/records/shares/${share?.shareId ?? ''}`],
        ...['/cases', '/records/matters', '/records/matters/YC33110000000002', '/ledger/1'],
      ];
      const wide: string[] = [];
      for (const path of paths) {
        await supervisor.visit(path);
        wide.push(...(await widerThan(supervisor, width)).map((part) => `${path}: ${part}`));
      }
      expect(wide).to.deep.equal([]);
      await page.emulateMedia({ media: null });
      await page.setViewportSize({ width: 1280, height: 720 });
    });
  });
});

/** What an act on a version answers with. */
interface Version {
  readonly version: number;
  readonly contentDigest: string;
}

/** How many records a figure counts. */
async function factsOf(client: YiciClient, measure: string): Promise<number> {
  const { figure } = await client.read('stats.get', { measure });
  return figure.facts ?? 0;
}

/** A page of a chain of so many blocks, newest first; its cursor is the newest number of the next. */
function blocksFrom(newest: number, limit: number) {
  const items = Array.from({ length: Math.min(limit, newest) }, (_, at): BlockRow => {
    const number = newest - at;
    const hash = number.toString(16).padStart(64, '0');
    return {
      ...{ number, hash, previousHash: hash, dataHash: hash },
      ...{ transactions: 1, valid: 1, at: '2026-03-02T01:00:00.000Z' },
    };
  });
  return { items, next: newest > limit ? String(newest - limit) : null };
}

/** Scrolls a long table down until there is no more: most rows in the page at a time, and how many were drawn in all. */
async function scrollToTheEnd(): Promise<{ most: number; drawn: number }> {
  const scroller = document.querySelector('.long .ant-table-content');
  const rows = () => document.querySelectorAll('tr.ant-table-row').length;
  const told = { most: rows(), drawn: rows() };
  const watch = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) {
      told.drawn += [...addedNodes].filter(({ nodeName }) => nodeName === 'TR').length;
    }
  });
  if (scroller === null) return told;
  watch.observe(scroller, { childList: true, subtree: true });
  const isMore = () => document.querySelector('[data-testid=more]') !== null;
  for (let frame = 0; frame < 5_000 && isMore(); frame += 1) {
    scroller.scrollTo({ top: scroller.scrollHeight });
    await new Promise((done) => requestAnimationFrame(done));
    told.most = Math.max(told.most, rows());
  }
  scroller.scrollTo({ top: scroller.scrollHeight });
  watch.disconnect();
  return told;
}
