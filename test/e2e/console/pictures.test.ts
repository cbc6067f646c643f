import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { RunningGateway } from '../../support/gateway/running-gateway.js';
import { inPapersFont } from './support/picture.js';
import { openStage } from './support/stage.js';
import { Visitor } from './support/visitor.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const pages = ['README.md', 'README.zh-CN.md', 'docs/console.md', 'docs/console.zh-CN.md'];

/**
 * The pictures of docs/console.md. With YICI_PICTURES=docs/images they are written there (`YICI_PICTURES=docs/images npm test --
 * e2e/console/pictures`); else they are taken and thrown away, and those that documents show have to be there.
 */
describe('pictures of the console', function () {
  this.timeout(180_000);
  let gateway: RunningGateway;
  let browser: Browser;
  let folder: string;

  before(async () => {
    ({ browser, gateway } = await openStage());
    const { YICI_PICTURES: kept } = process.env;
    folder = kept === undefined ? gateway.folder : join(root, kept);
    await mkdir(folder, { recursive: true });
  });

  const take = async ({ page }: Visitor, name: string): Promise<void> => {
    await page.evaluate(() => {
      scrollTo(0, 0);
    });
    await page.screenshot({ path: join(folder, `${name}.png`) });
  };

  async function visitor(user?: string): Promise<Visitor> {
    const one = await Visitor.at(browser, gateway.url, {
      bypassCSP: true,
      viewport: { width: 1280, height: 800 },
    });
    if (process.env['YICI_PICTURES'] !== undefined) await inPapersFont(one.page);
    if (user !== undefined) await one.enterAs(user);
    return one;
  }

  it('show who enters, what waits, a case, a transaction and a verdict', async () => {
    const clerk = await visitor();
    await clerk.page.getByTestId('role-offices.clerk1').waitFor();
    await take(clerk, 'who');
    await clerk.enterAs('offices.clerk1');
    const numbers = [await clerk.filed('YC33110000000002'), await clerk.filed('YC33110000000002')];
    await clerk.visit('/file?code=YC33110000000001');
    await clerk.page.getByTestId('held').waitFor();
    await take(clerk, 'filing');
    await clerk.leave();
    const owner = await visitor('hrss.clerk1');
    await owner.page
      .locator(`a[href="/cases/${numbers[1] ?? ''}"]`)
      .first()
      .waitFor();
    await take(owner, 'workbench');
    await owner.openCase(`/cases/${numbers[0] ?? ''}`);
    await owner.act('收件');
    await owner.page.getByTestId('state').getByText('已收件').waitFor();
    await owner.page.getByTestId('act').waitFor({ state: 'hidden' });
    await take(owner, 'case');
    await owner.goTo('/ledger');
    await owner.page.locator('tbody a[href^="/ledger/"]').first().click();
    await owner.page.locator('a[href^="/ledger/tx/"]').first().click();
    await owner.page.getByTestId('rwset').first().waitFor();
    await take(owner, 'transaction');
    await owner.leave();
    const supervisor = await visitor('supervision.supervisor1');
    await supervisor.goTo('/verify');
    await supervisor.page.getByTestId('verify').click();
    await supervisor.page.getByTestId('verdict').waitFor();
    await take(supervisor, 'verify');
    await supervisor.leave();
  });

  it('are there wherever a document shows one', async () => {
    const missing: string[] = [];
    for (const page of pages) {
      const text = await readFile(join(root, page), 'utf8');
      for (const [, image = ''] of text.matchAll(/!\[[^\]]*\]\(([^)]+\.png)\)/g)) {
        const file = join(root, page, '..', image);
        if (!existsSync(file)) missing.push(`${page}: ${image}`);
      }
    }
    expect(missing).to.deep.equal([]);
  });
});
