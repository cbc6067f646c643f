import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shanghaiDate, shiftDate } from '@yici/domain/model';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import type { RunningGateway } from '../../support/gateway/running-gateway.js';
import { checkAccess } from './support/access.js';
import { picture } from './support/picture.js';
import { grantShare } from './support/share.js';
import { fileCase, openStage, yiciAs } from './support/stage.js';
import { Visitor } from './support/visitor.js';

const matter = 'YC33110000000002';
const paper = {
  name: '凭证.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.from('%PDF-1.7 sealed'),
};

describe('work at the console', function () {
  this.timeout(240_000);
  let gateway: RunningGateway;
  let browser: Browser;

  before(async () => {
    ({ browser, gateway } = await openStage());
  });

  const filed = () => fileCase(gateway, matter);

  const lineOf = (page: Page, caseNo: string) => page.locator('tr', { hasText: caseNo });

  it('receives several cases in one dialog, each signed by itself; one that fails keeps its reason and stops no other', async () => {
    const numbers = [await filed(), await filed(), await filed()];
    const [first = '', second = '', third = ''] = numbers;
    const owner = await Visitor.at(browser, gateway.url);
    const { page } = owner;
    await owner.enterAs('hrss.clerk1');
    await owner.choose('kind', /^收件 /);
    for (const number of numbers) await lineOf(page, number).getByRole('checkbox').check();
    await page.getByTestId('several').click();
    await page.getByTestId('act').click();
    const dialog = page.getByRole('dialog', { name: '签名确认' });
    const sign = dialog.getByRole('button', { name: '签名并提交全部 3 件' });
    await sign.waitFor();
    for (const number of numbers) await dialog.getByText(number).last().waitFor();
    await picture(page, 'several-to-sign');

    // Meanwhile somebody else receives the first of them.
    const other = await Visitor.at(browser, gateway.url);
    await other.enterAs('hrss.clerk1');
    await other.openCase(`/cases/${first}`);
    await other.act('收件');
    await other.leave();

    await sign.click();
    await dialog.getByTestId('close').waitFor();
    expect(await dialog.getByTestId('line-done').count()).to.equal(2);
    expect(await dialog.getByTestId('line-failed').count()).to.equal(1);
    await picture(page, 'several-signed');
    await dialog.getByTestId('close').click();
    await lineOf(page, second).waitFor({ state: 'detached' });
    await lineOf(page, third).waitFor({ state: 'detached' });
    await owner.choose('kind', /^审查是否受理 /);
    for (const number of numbers) await lineOf(page, number).first().waitFor();
    await owner.leave(409);
  });

  it('tells what waits by whom, kind and light, and what was done', async () => {
    const number = await filed();
    const clerk = await Visitor.at(browser, gateway.url);
    const { page } = clerk;
    await clerk.enterAs('hrss.clerk1');
    await lineOf(page, number).first().waitFor();
    const all = Number.parseInt((await page.getByTestId('count').textContent()) ?? '');
    await clerk.choose('light', /^绿灯 /);
    await page.locator('tr', { hasText: '黄灯' }).first().waitFor({ state: 'detached' });
    expect(await page.locator('tbody tr.ant-table-row').count()).to.be.within(1, all);
    expect(await checkAccess(page)).to.deep.equal([]);
    await picture(page, 'workbench');
    await page.getByText('已办', { exact: true }).click();
    await page.getByText('本部门办理').click();
    await page.locator('tbody tr.ant-table-row').first().waitFor();
    expect(await checkAccess(page)).to.deep.equal([]);
    await clerk.leave();
  });

  /** Receives a case, and opens what is asked for to accept it. */
  async function toAccept(owner: Visitor, number: string): Promise<void> {
    const { page } = owner;
    await owner.choose('kind', /^收件 /);
    await lineOf(page, number).getByTestId('handle').click();
    await page.getByTestId('act').click();
    await owner.sign();
    await openAccept(owner, number);
  }

  async function openAccept(owner: Visitor, number: string): Promise<void> {
    const { page } = owner;
    await owner.choose('kind', /^审查是否受理 /);
    await lineOf(page, number).getByTestId('handle').click();
    await page.getByTestId('do-case.accept').click();
  }

  const voucherNo = (page: Page) => page.getByLabel('凭证编号');

  it('loses nothing typed when an act is refused, and says what is missing', async () => {
    const number = await filed();
    const owner = await Visitor.at(browser, gateway.url);
    const { page } = owner;
    await owner.enterAs('hrss.clerk1');
    await toAccept(owner, number);
    await picture(page, 'accept-form');
    await voucherNo(page).fill('SL-0001');
    await page.getByTestId('act').click();
    const rests = page.getByTestId('rests-on');
    await rests.getByText('《事业单位人事管理条例》（国务院令第652号）第八条').waitFor();
    await rests.getByText(/^受理告知 · 人力社保局 · \d{4}-\d\d-\d\d 前 · \d+ 个工作日$/).waitFor();
    await page.getByTestId('sign').click();
    expect(await page.getByTestId('failure').textContent()).to.include('未登记');
    await page.getByTestId('close').click();
    expect(await voucherNo(page).inputValue()).to.equal('SL-0001');
    await picture(page, 'accept-refused');
    await owner.leave(422, 400);
  });

  it('attests a value that is typed, and hands it over with its salt in a file by which it is verified', async () => {
    const number = await filed();
    const source = await Visitor.at(browser, gateway.url);
    const { page } = source;
    await source.enterAs('establishment.clerk1');
    await source.choose('kind', /^签发存证 /);
    await lineOf(page, number).getByTestId('handle').click();
    await page.getByLabel('用途').fill('公开招聘审核');
    await page.getByTestId('value-of').click();
    await page.locator('.ant-select-dropdown:visible .ant-select-item-option').first().click();
    await page.getByTestId('value').fill('用编〔2026〕8号');
    await picture(page, 'attest');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId('act').click(),
    ]);
    const file = join(gateway.folder, 'values.json');
    await download.saveAs(file);
    await source.sign();
    await source.leave();

    const owner = await Visitor.at(browser, gateway.url);
    await owner.enterAs('hrss.clerk1');
    await owner.visit('/verify');
    await owner.page.getByRole('tab', { name: /存证/ }).click();
    await owner.page.getByTestId('disclosure').setInputFiles(file);
    const told = owner.page.getByTestId('attested');
    await told.getByText('用编〔2026〕8号').waitFor();
    expect(await told.locator('.ant-alert-success').count()).to.equal(1);
    await owner.leave();
  });

  it('says that the connection is lost, and goes on where the events broke off', async () => {
    const clerk = await Visitor.at(browser, gateway.url);
    const { page } = clerk;
    await clerk.enterAs('hrss.clerk1');
    await page.getByTestId('count').waitFor();
    await page.context().setOffline(true);
    await page.getByTestId('trouble-lost').waitFor();
    const number = await filed();
    await page.context().setOffline(false);
    await lineOf(page, number).first().waitFor();
    await page.getByTestId('trouble-lost').waitFor({ state: 'detached' });
    await clerk.leave('lost');
  });

  it('asks again for an act whose answer was lost after it was signed, and records it once', async () => {
    const clerk = await Visitor.at(browser, gateway.url);
    const { page } = clerk;
    await clerk.enterAs('offices.clerk1');
    const asked = async () => {
      const listed = ['case', 'list', '--limit', '200', '--json'];
      const listing = await yiciAs(gateway, 'offices.clerk1', listed);
      return (JSON.parse(listing) as { items: unknown[] }).items.length;
    };
    const before = await asked();
    await page.route(
      '**/v1/transactions/*/submit',
      async (route) => {
        await route.fetch();
        await route.abort();
      },
      { times: 1 },
    );
    await clerk.fill(matter);
    await page.getByTestId('sign').click();
    await page.getByTestId('failure').getByText('是否登记尚不确定').waitFor();
    await page.getByTestId('again').click();
    await page.getByText('本浏览器已核验').waitFor();
    await page.getByTestId('close').click();
    await page.waitForURL(/\/cases\/YC/);
    expect(await asked()).to.equal(before + 1);
    await clerk.leave('lost');
  });

  it('says when its session ended with the gateway, logs in again by a click and keeps what was typed', async () => {
    const number = await filed();
    const owner = await Visitor.at(browser, gateway.url);
    const { page } = owner;
    await owner.enterAs('hrss.clerk1');
    await toAccept(owner, number);
    await voucherNo(page).fill('SL-0002');
    await gateway.halt();
    await page.getByTestId('trouble-lost').waitFor();
    await page.getByTestId('act').click();
    await page.getByTestId('failure').getByText('网关没有应答，尚未提交').waitFor();
    await picture(page, 'lost');
    await gateway.restart();
    await page.getByTestId('trouble-expired').waitFor();
    await page.getByTestId('again').click();
    // One login serves the page and the act.
    await page.getByTestId('failure').getByText('登录已失效').waitFor();
    await page.getByTestId('again').click();
    await page.getByTestId('sign').waitFor();
    await page.getByTestId('trouble-expired').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: /取\s*消/ }).click();
    expect(await voucherNo(page).inputValue()).to.equal('SL-0002');
    await owner.leave('lost', 401);
  });

  describe('where the department signs off what it sends', () => {
    before(async () => {
      const chain = ['case.accept', '--level', 'clerk', 'head'];
      await yiciAs(gateway, 'hrss.admin', ['signoff', 'configure', ...chain]);
    });

    it('is drafted from the act, given back, changed, issued with the difference in view, and signed', async () => {
      const number = await filed();
      const clerk = await Visitor.at(browser, gateway.url);
      await clerk.enterAs('hrss.clerk1');
      await toAccept(clerk, number);
      const { page } = clerk;
      await voucherNo(page).fill('SL-0003');
      for (const input of await page.locator('.ant-drawer input[type=file]').all()) {
        await input.setInputFiles(paper);
      }
      await page.locator('.ant-drawer .ant-select').first().click();
      await page.locator('.ant-select-dropdown:visible .ant-select-item-option').last().click();
      await page.getByTestId('act').click();
      await page.getByTestId('draft-comment').fill('材料齐全，拟受理');
      await picture(page, 'signoff-begin');
      await page.getByTestId('begin-signoff').click();
      await page.getByTestId('signoff-state').getByText('流转中').waitFor();
      const at = new URL(page.url()).pathname;

      const head = await Visitor.at(browser, gateway.url);
      await head.enterAs('hrss.head1');
      await head.page.locator(`a[href="${at}"]`).first().click();
      await head.page.getByText('材料齐全，拟受理').waitFor();
      await head.page.getByTestId('comment').fill('编号有误');
      await head.page.getByTestId('return').click();
      await head.page.getByText('退回', { exact: true }).waitFor();

      await page.reload();
      await clerk.enterAs('hrss.clerk1');
      await page.getByText('编号有误').waitFor();
      await voucherNo(page).fill('SL-0004');
      await page.getByTestId('act').click();
      await page.getByTestId('after').getByText('SL-0004').waitFor();

      await head.page.reload();
      await head.enterAs('hrss.head1');
      await head.page.getByTestId('after').getByText('SL-0004').waitFor();
      await picture(head.page, 'signoff-issue');
      await head.page.getByTestId('act').click();
      await head.page.getByRole('dialog').getByText('SL-0004').waitFor();
      await head.page.getByRole('button', { name: /取\s*消/ }).click();
      // Issued and not signed: it waits for whoever issued it.
      await head.page.getByTestId('go-on').click();
      await head.sign();
      await head.page.getByTestId('signoff-state').getByText('已签发上链').waitFor();
      expect(await checkAccess(head.page)).to.deep.equal([]);
      await clerk.leave(403);
      await head.leave();
    });

    it('hands the values of a delivery over in a file: no sign-off has them', async () => {
      await grantShare(gateway, 'share-signed-off', ['head']);
      const chain = ['sharing.deliver', '--level', 'clerk', 'head'];
      await yiciAs(gateway, 'data.admin', ['signoff', 'configure', ...chain]);
      const clerk = await Visitor.at(browser, gateway.url);
      const { page } = clerk;
      const sent: string[] = [];
      page.on('request', (request) => sent.push(request.postData() ?? ''));
      await clerk.enterAs('data.clerk1');
      await clerk.visit('/acts/sharing.deliver?shareId=share-signed-off');
      await page.getByRole('button', { name: '增加一项' }).first().click();
      await page.getByTestId('value-of').click();
      await page.locator('.ant-select-item-option', { hasText: '办理记录' }).first().click();
      await page.getByTestId('value').fill('签发人才送出');
      await page.getByTestId('act').click();
      const saving = page.waitForEvent('download');
      await page.getByTestId('begin-signoff').click();
      const file = join(gateway.folder, 'handed-over.json');
      await (await saving).saveAs(file);
      await page.getByTestId('signoff-state').getByText('流转中').waitFor();
      const at = new URL(page.url()).pathname;
      await clerk.leave(403);

      const head = await Visitor.at(browser, gateway.url);
      await head.enterAs('data.head1');
      await head.visit(at);
      await head.page.getByTestId('act').click();
      const lack = head.page.getByTestId('values-lack');
      await lack.waitFor();
      expect(await checkAccess(head.page)).to.deep.equal([]);
      await head.page.getByTestId('values-file').setInputFiles(file);
      await lack.waitFor({ state: 'detached' });
      expect(await head.page.getByTestId('value').inputValue()).to.equal('签发人才送出');
      await head.page.getByTestId('act').click();
      await head.sign();
      await head.page.getByTestId('signoff-state').getByText('已签发上链').waitFor();
      await head.leave();
      const kept = sent.filter((body) => body.includes('"title"'));
      expect(kept).to.have.length(1);
      expect(kept[0]).to.not.include('签发人才送出');
      const read = (shareId: string) =>
        yiciAs(gateway, 'establishment.clerk1', ['sharing', 'values', shareId]);
      expect(await read('share-signed-off')).to.include('签发人才送出');

      // The same file, and another share that is delivered by command.
      await grantShare(gateway, 'share-by-command', ['head']);
      const first = JSON.parse(kept[0] ?? '') as { input: object };
      const draft = ['signoff', 'draft', 'sharing.deliver', '--file', '-', '--json'];
      const given = { ...first.input, shareId: 'share-by-command' };
      const begun = await yiciAs(gateway, 'data.clerk1', draft, given);
      const { id } = JSON.parse(begun) as { id: string };
      const issue = ['signoff', 'issue', id, '--of-version', '1', '--values', file];
      await yiciAs(gateway, 'data.head1', issue);
      expect(await read('share-by-command')).to.include('签发人才送出');
    });

    it('is issued and signed by whoever stands in for an absent head, in that office', async () => {
      const number = await filed();
      const yici = async (user: string, ...args: readonly string[]) => {
        return JSON.parse(await yiciAs(gateway, user, [...args, '--json'])) as {
          id: string;
          result: { delegationId: string };
        };
      };
      const today = shanghaiDate(new Date().toISOString());
      const { result } = await yici(
        ...['hrss.head1', 'delegation', 'grant', '--from', 'hrss.head1', '--to', 'hrss.head2'],
        ...['--role', 'head', '--from-day', today, '--to-day', shiftDate(today, 1)],
        ...['--reason-code', 'leave', '--not-known'],
      );
      await yici('hrss.head2', 'delegation', 'accept', result.delegationId);
      await yici('hrss.clerk1', 'case', 'receive', number);
      const digest = { digestAlg: 'sha256', digest: 'ab'.repeat(32) };
      const input = { caseNo: number, voucherNo: 'SL-0005', voucher: digest };
      const file = join(gateway.folder, 'accept.json');
      const sealed = { ...input, sealSystem: 'provincial', seal: digest };
      await writeFile(file, JSON.stringify(sealed));
      const { id } = await yici(
        ...['hrss.clerk1', 'signoff', 'draft', 'case.accept', '--title', '受理', '--file', file],
      );
      const head = await Visitor.at(browser, gateway.url);
      const { page } = head;
      await head.enterAs('hrss.head2');
      await head.visit(`/signoffs/${id}`);
      await page.getByTestId('office').click();
      await page.locator('.ant-select-item-option', { hasText: '代 hrss.head1' }).click();
      await page.getByTestId('act').click();
      await head.sign();
      await page.getByTestId('signoff-state').getByText('已签发上链').waitFor();
      await page.getByText('hrss.head1').first().waitFor();
      await head.leave();
    });
  });
});

describe('a gateway whose disk is full', function () {
  this.timeout(120_000);

  it('is said to be that, refuses nothing else, and records the act once it has room again', async function () {
    const { browser, gateway, disk } = await openStage();
    if (disk === undefined) return this.skip();
    const clerk = await Visitor.at(browser, gateway.url);
    await clerk.enterAs('offices.clerk1');
    await clerk.fill(matter);
    await clerk.page.getByTestId('sign').waitFor();
    disk.leave(0);
    try {
      await clerk.page.getByTestId('sign').click();
      await clerk.page.getByTestId('failure').waitFor();
      await clerk.page.getByTestId('trouble-full').waitFor();
      await picture(clerk.page, 'full');
    } finally {
      disk.release();
    }
    await clerk.page.getByTestId('trouble-full').waitFor({ state: 'detached' });
    await clerk.page.getByTestId('again').click();
    await clerk.sign();
    await clerk.page.waitForURL(/\/cases\/YC/);
    await clerk.leave(503);
  });
});
