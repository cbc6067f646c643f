import { commands, contractErrorCodes } from '@yici/domain/model';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { RunningGateway } from '../../support/gateway/running-gateway.js';
import { faultsOfTabs } from './support/access.js';
import { openStage } from './support/stage.js';
import { Visitor } from './support/visitor.js';

describe('help in the console', function () {
  this.timeout(180_000);
  let gateway: RunningGateway;
  let browser: Browser;

  before(async () => {
    ({ browser, gateway } = await openStage());
  });

  it('leads through a case, step by step, and remembers how far one is', async () => {
    const visitor = await Visitor.at(browser, gateway.url);
    const { page } = visitor;
    await visitor.goTo('/help');
    await page.getByTestId('tour-enter').getByText('offices.clerk1').waitFor();
    await page.getByTestId('tour-next').click();
    await page.getByTestId('tour-file').getByText('打开页面').waitFor();
    await page.reload();
    await page.getByTestId('tour-file').getByText('打开页面').waitFor();
    for (let step = 0; step < 5; step += 1) await page.getByTestId('tour-next').click();
    await page.getByText('导览结束').waitFor();
    await visitor.leave();
  });

  it('says of every act who may do it, and of every field what it is called and has to be', async () => {
    const visitor = await Visitor.at(browser, gateway.url);
    const { page } = visitor;
    await visitor.goTo('/help');
    await page.getByRole('tab', { name: '操作和字段' }).click();
    await page.getByText(`共 ${Object.keys(commands).length} 项操作`).waitFor();
    await page.getByTestId('seek').fill('case.deliver');
    await page.getByText('case.deliver', { exact: true }).click();
    await page.getByText('可以办理的角色').waitFor();
    await page.getByRole('cell', { name: 'caseNo', exact: true }).waitFor();
    await page.getByRole('cell', { name: '办件编号' }).first().waitFor();
    await visitor.leave();
  });

  it('says of every refusal what it means, what to do and the law', async () => {
    const visitor = await Visitor.at(browser, gateway.url);
    const { page } = visitor;
    await page.goto('/help/errors');
    for (const code of contractErrorCodes.filter((_, index) => index % 20 === 0)) {
      await page.getByTestId('seek-error').fill(code);
      await page.getByRole('cell', { name: code, exact: true }).waitFor();
    }
    await page.getByTestId('seek-error').fill('MATERIAL_MISSING');
    await page.getByText('第十一条', { exact: false }).first().waitFor();
    await visitor.leave();
  });

  it('has each term in both languages', async () => {
    const visitor = await Visitor.at(browser, gateway.url);
    const { page } = visitor;
    await page.goto('/help/terms');
    await page.getByTestId('seek-term').fill('TOLERANT_ACCEPTED');
    await page.getByRole('cell', { name: '容缺受理' }).waitFor();
    await page.getByRole('cell', { name: 'accepted with materials missing' }).waitFor();
    await visitor.leave();
  });

  it('is offered where a list is empty', async () => {
    const clerk = await Visitor.at(browser, gateway.url);
    await clerk.enterAs('archives.clerk1');
    await clerk.goTo('/cases');
    await clerk.page.getByText('怎样开始').click();
    await clerk.page.getByTestId('tour-enter').waitFor();
    await clerk.leave();
  });

  it('can be used by everybody, in both languages', async () => {
    const visitor = await Visitor.at(browser, gateway.url);
    await visitor.goTo('/help');
    expect(await faultsOfTabs(visitor)).to.deep.equal([]);
    await visitor.leave();
  });
});
