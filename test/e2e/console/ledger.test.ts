import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { RunningGateway } from '../../support/gateway/running-gateway.js';
import { faultsOf } from './support/access.js';
import { fileCase, openStage, yiciAs } from './support/stage.js';
import { Visitor } from './support/visitor.js';

const matter = 'YC33110000000002';

describe('the ledger in the console', function () {
  this.timeout(180_000);
  let gateway: RunningGateway;
  let browser: Browser;

  before(async () => {
    ({ browser, gateway } = await openStage());
  });

  async function visitor(user: string): Promise<Visitor> {
    const one = await Visitor.at(browser, gateway.url);
    await one.enterAs(user);
    await one.goTo('/ledger');
    return one;
  }

  /** Opens the newest block's first transaction from the list. */
  async function openNewest({ page }: Visitor): Promise<void> {
    const told = await yiciAs(gateway, 'offices.clerk1', ['blocks', '--limit', '1', '--json']);
    const { items } = JSON.parse(told) as { items: { number: number }[] };
    await page.locator(`tbody a[href="/ledger/${items[0]?.number ?? ''}"]`).click();
    await page.locator('a[href^="/ledger/tx/"]').first().click();
  }

  it('shows a block as soon as it is written', async () => {
    const watching = await visitor('offices.clerk1');
    const newest = watching.page.locator('tbody a[href^="/ledger/"]').first();
    const before = Number(await newest.textContent());
    await fileCase(gateway, matter);
    await watching.page.locator(`tbody a[href="/ledger/${before + 1}"]`).waitFor();
    await watching.leave();
  });

  it('decodes a transaction from its block: who endorsed it, what it had read, what it writes', async () => {
    const clerk = await visitor('offices.clerk1');
    const { page } = clerk;
    const caseNo = await fileCase(gateway, matter);
    await clerk.goTo('/records');
    await clerk.goTo('/ledger');
    await openNewest(clerk);
    await page.getByTestId('checked').getByText('本浏览器已核验').waitFor();
    const rwset = page.getByTestId('rwset').last();
    await rwset.getByText(caseNo).first().waitFor();
    expect(await page.getByTestId('endorsers').locator('.ant-tag').count()).to.be.greaterThan(1);
    await page.getByText('有效，已生效').waitFor();
    // The same by its address, and by what a search finds.
    const txId = new URL(page.url()).pathname.replace('/ledger/tx/', '');
    await clerk.goTo('/ledger');
    await page.getByTestId('search').locator('input').fill(txId);
    await page.getByTestId('search').locator('input').press('Enter');
    await page.getByTestId('checked').waitFor();
    await clerk.goTo('/ledger');
    await page.getByTestId('search').locator('input').fill(caseNo);
    await page.getByTestId('search').locator('input').press('Enter');
    await page.getByRole('heading', { name: caseNo }).waitFor();
    await clerk.leave();
  });

  it('shows supervisors every transaction’s contents, others those that concern them', async () => {
    await fileCase(gateway, matter);
    const clerk = await visitor('offices.clerk1');
    await openNewest(clerk);
    const { pathname } = new URL(clerk.page.url());
    await clerk.leave();
    const open = async (user: string) => {
      const one = await visitor(user);
      await one.page
        .getByTestId('search')
        .locator('input')
        .fill(pathname.replace('/ledger/tx/', ''));
      await one.page.getByTestId('search').locator('input').press('Enter');
      return one;
    };
    const supervisor = await open('supervision.supervisor1');
    await supervisor.page.getByTestId('rwset').first().waitFor();
    await supervisor.leave();
    const stranger = await open('nrp.clerk1');
    await stranger.page.getByText('交易内容只向有关部门和督查人员提供').waitFor();
    expect(await stranger.page.getByTestId('rwset').count()).to.equal(0);
    // The gateway's refusal, which a browser reports by itself.
    expect(stranger.errors.every((text) => text.includes('404'))).to.equal(true);
    stranger.errors.length = 0;
    await stranger.leave();
  });

  it('finds a file on the ledger by its digest, and sends it nowhere', async () => {
    const clerk = await visitor('offices.clerk1');
    const { page } = clerk;
    const caseNo = await clerk.filed(matter);
    await clerk.goTo('/ledger');
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.method()));
    const input = page.locator('input[type=file]');
    const file = (text: string) => ({
      ...{ name: 'any.pdf', mimeType: 'application/pdf' },
      buffer: Buffer.from(text),
    });
    // As the visitor's first document says.
    await input.setInputFiles(file('%PDF-1.7 0'));
    await page.getByTestId('found').getByText(caseNo).waitFor();
    await input.setInputFiles(file('%PDF-1.7 ?'));
    await page.getByTestId('found').getByText('没有找到').waitFor();
    expect(sent.filter((method) => method !== 'GET')).to.deep.equal([]);
    await clerk.leave();
  });

  it('shows members, orderers, policies and the ends of certificates, verified from the pin', async () => {
    const clerk = await visitor('offices.clerk1');
    const { page } = clerk;
    await page.locator('a[href="/ledger/channel"]').click();
    await page.getByTestId('config-holds').waitFor();
    await page.getByText('/Channel/Application/Endorsement').waitFor();
    const rows = page.getByTestId('certificates').locator('tbody tr.ant-table-row');
    expect(await rows.count()).to.be.greaterThan(3);
    const heights = page.getByTestId('members').locator('tbody tr.ant-table-row td:last-child');
    await heights
      .filter({ hasText: /^\d+$/ })
      .nth((await heights.count()) - 1)
      .waitFor();
    await clerk.leave();
  });

  it('says so when a page cannot be loaded, and shows the others', async () => {
    const clerk = await visitor('offices.clerk1');
    const { page } = clerk;
    await page.route('**/assets/channel-*.js', (route) => route.abort());
    await page.locator('a[href="/ledger/channel"]').click();
    await page.locator('.ant-alert-error').waitFor();
    await clerk.goTo('/cases');
    await page.getByRole('heading', { name: '办件' }).waitFor();
    clerk.errors.length = 0;
    await clerk.leave();
  });

  it('can be used by everybody, in both languages', async () => {
    const clerk = await visitor('offices.clerk1');
    const found: string[] = [];
    const open = [
      ['tbody a[href^="/ledger/"]', 'a[href^="/ledger/tx/"]'],
      ['a[href^="/ledger/tx/"]', '[data-testid=checked], .ant-alert-info'],
      ['header a[href="/ledger"]', '[data-testid=search]'],
      ['a[href="/ledger/channel"]', '[data-testid=config-holds]'],
    ] as const;
    for (const [link, shown] of open) {
      await clerk.page.locator(link).first().click();
      await clerk.page.locator(shown).first().waitFor();
      await clerk.settled();
      found.push(...(await faultsOf(clerk)));
    }
    expect(found).to.deep.equal([]);
    await clerk.leave();
  });
});
