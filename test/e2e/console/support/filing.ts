import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { calendarVersionRecord, isWeekend, shanghaiDate, shiftDate } from '@yici/domain/model';
import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { RunningGateway } from '../../../support/gateway/running-gateway.js';
import { checkAccess } from './access.js';
import { Keyboard } from './keyboard.js';
import { picture } from './picture.js';
import { fileCase, yiciAs } from './stage.js';
import { Visitor } from './visitor.js';

interface Stand {
  readonly browser: Browser;
  readonly gateway: RunningGateway;
}

const transfer = 'YC33110000000001';
const recruitment = 'YC33110000000002';

/** What is filled in: forms of matters, calendars, drafts, values of attestations. Registers the tests. */
export function tellsFiling(stand: () => Stand): void {
  it('has one form for all the matters of a one thing, what is held attested, by the keyboard alone', async () => {
    const { browser, gateway } = stand();
    const clerk = await Visitor.at(browser, gateway.url);
    const { page } = clerk;
    await clerk.enterAs('drc.clerk1');
    const keys = new Keyboard(page);
    await keys.press(page.locator('header a[href="/file"]'));
    await keys.type(page.getByTestId('seek-matter'), '转任');
    await keys.press(page.getByTestId(`file-${transfer}`));
    const held = await page.getByTestId('held').textContent();
    expect(held).to.include('核定编制数').and.to.include('参保起始');
    expect(await page.locator('[data-step]').count()).to.equal(4);
    await keys.press(page.getByTestId('act'));
    await page.getByText('缺少“用编数”').first().waitFor();
    await picture(page, 'one-thing-unfilled');
    await page.getByText('缺少“原单位发薪截止日期”').first().waitFor();
    expect(await checkAccess(page)).to.deep.equal([]);
    await keys.choose(page.getByLabel('用编方式'));
    await keys.type(page.getByLabel('用编数'), '2');
    await keys.type(page.getByLabel('用编理由'), '新增职责');
    await keys.type(page.getByLabel('原单位发薪截止日期'), '2026-12-31', 'Enter');
    await clerk.visit('/records/drafts');
    await page.getByTestId('kept-filings').getByRole('link').click();
    await page.getByTestId('kept-here').getByText('草稿已于').waitFor();
    expect(await page.getByLabel('用编理由').inputValue()).to.equal('新增职责');
    await page.route('**/v1/documents*', (route) => route.abort(), { times: 1 });
    await keys.file(page.locator('input[type=file]').first(), '材料.pdf');
    await page.getByText('GATEWAY_UNREACHABLE').waitFor();
    await keys.press(page.getByRole('button', { name: /重\s*试/ }));
    await page.getByTestId('digest').first().waitFor();
    for (const [index, input] of (await page.locator('input[type=file]').all()).entries()) {
      await keys.file(input, `材料${String(index)}.pdf`);
      await page.getByTestId('digest').nth(index).waitFor();
    }
    await keys.press(page.getByTestId('act'));
    await keys.press(page.getByTestId('sign'));
    await keys.press(page.getByTestId('close'));
    await page.waitForURL(/\/records\/one-thing-cases\//);
    await clerk.leave('lost');
  });

  it('previews what a calendar moves, from its file, and judges an attestation by the file of its values', async () => {
    const { browser, gateway } = stand();
    const clerk = await Visitor.at(browser, gateway.url);
    const { page } = clerk;
    await clerk.enterAs('data.clerk1');
    const caseNo = await fileCase(gateway, recruitment, 'data.clerk1');
    await clerk.visit('/acts/calendar.import');
    await page.getByTestId('from-file').setInputFiles(await withOneDayOff(gateway));
    await page.getByTestId('preview').click();
    await page.getByTestId('moved').getByText(caseNo).waitFor();
    expect(await checkAccess(page)).to.deep.equal([]);

    const values = join(gateway.folder, 'degree.json');
    await yiciAs(gateway, 'hrss.clerk1', [
      ...['attestation', 'issue', 'hrss-degree-check', '--case', caseNo, '--purpose', '学历核验'],
      ...['--field', 'degree=本科', '--disclosure', values],
    ]);
    await clerk.visit('/verify?attestation=');
    const judged = async (name: string, text: string) => {
      const buffer = Buffer.from(text);
      const file = { name, mimeType: 'application/json', buffer };
      await page.getByTestId('disclosure').setInputFiles(file);
    };
    const told = page.getByTestId('attested');
    const given = await readFile(values, 'utf8');
    await judged('degree.json', given);
    await told.getByText('与存证一致').waitFor();
    await judged('changed.json', given.replace('本科', '博士'));
    await told.getByText('与存证不符').waitFor();
    expect(await checkAccess(page)).to.deep.equal([]);
    await judged('other.json', '{"v": 2}');
    await page.getByText('这不是字段值文件').waitFor();
    await clerk.leave();
  });

  it('keeps a draft for somebody else of the department, who goes on with it and erases it', async () => {
    const { browser, gateway } = stand();
    const clerk = await Visitor.at(browser, gateway.url);
    await clerk.enterAs('offices.clerk1');
    await clerk.visit('/acts/urge.send');
    await clerk.page.getByLabel('催办内容').fill('请按期反馈意见');
    await clerk.page.getByTestId('keep-draft').click();
    await clerk.page.getByTestId('draft-version').getByText('草稿').waitFor();
    const at = new URL(clerk.page.url()).pathname;
    await clerk.leave();
    const other = await Visitor.at(browser, gateway.url);
    const { page } = other;
    await other.enterAs('offices.clerk2');
    await other.visit('/records/drafts');
    await page.locator(`a[href="${at}"]`).first().click();
    expect(await page.getByLabel('催办内容').inputValue()).to.equal('请按期反馈意见');
    await page.getByLabel('催办内容').fill('请尽快反馈意见');
    await page.getByTestId('change-draft').click();
    await page.getByTestId('draft-version').getByText('offices.clerk2').waitFor();
    expect(await page.getByLabel('催办内容').inputValue()).to.equal('请尽快反馈意见');
    expect(await checkAccess(page)).to.deep.equal([]);
    await page.getByTestId('discard-draft').click();
    await page.locator('.ant-popconfirm-buttons .ant-btn-primary').click();
    await page.waitForURL(/\/records\/drafts$/);
    await other.leave();
  });
}

/** The calendar of the next weekday's year with that day off, as a file. */
async function withOneDayOff(gateway: RunningGateway): Promise<string> {
  let day = shiftDate(shanghaiDate(new Date().toISOString()), 1);
  while (isWeekend(day)) day = shiftDate(day, 1);
  const shown = ['calendar', 'show', day.slice(0, 4), '--json'];
  const { year, days, notice } = calendarVersionRecord.parse(
    JSON.parse(await yiciAs(gateway, 'data.clerk1', shown)),
  );
  const file = join(gateway.folder, 'calendar.json');
  const offDays = [...days.offDays, day];
  await writeFile(file, JSON.stringify({ year, days: { ...days, offDays }, notice }));
  return file;
}
