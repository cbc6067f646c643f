import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unframed } from '@yici/api';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { yiciNetwork } from '../../integration/topology/support.js';
import type { RunningGateway } from '../../support/gateway/running-gateway.js';
import { checkAccess, faultsOfTabs } from './support/access.js';
import { fileCase, openStage, yiciAs } from './support/stage.js';
import { Visitor } from './support/visitor.js';

const wholeBlocks = '**/v1/whole-blocks*';

/** Makes the gateway's ranges so short that a chain of a demo has many. */
async function inShortRanges(page: Page, count: number): Promise<string[]> {
  const asked: string[] = [];
  await page.route(wholeBlocks, async (route) => {
    const url = new URL(route.request().url());
    asked.push(url.search);
    const from = Number(url.searchParams.get('from'));
    url.searchParams.set('to', String(from + count - 1));
    await route.continue({ url: url.href });
  });
  return asked;
}

describe('verifying in the console', function () {
  this.timeout(180_000);
  let gateway: RunningGateway;
  let browser: Browser;
  let caseNo: string;

  before(async () => {
    ({ browser, gateway } = await openStage());
    caseNo = await fileCase(gateway, 'YC33110000000002');
    await yiciAs(gateway, 'hrss.clerk1', ['case', 'receive', caseNo]);
  });

  async function asSupervisor(...args: string[]): Promise<unknown> {
    return JSON.parse(await yiciAs(gateway, 'supervision.supervisor1', [...args, '--json']));
  }

  async function supervisor(): Promise<Visitor> {
    const visitor = await Visitor.at(browser, gateway.url);
    await visitor.enterAs('supervision.supervisor1');
    await visitor.goTo('/verify');
    return visitor;
  }

  describe('the whole ledger', () => {
    it('is fetched from the gateway and judged here as the command judges it', async () => {
      const blocks = join(gateway.folder, 'blocks');
      const visitor = await supervisor();
      // Its identity pins the hash; the supervisor types what is kept elsewhere.
      await visitor.page.getByTestId('pin').fill(gateway.genesisHash);
      await visitor.page.getByTestId('verify').click();
      const verdict = await visitor.page.getByTestId('verdict').textContent();
      const state = join(gateway.folder, 'state');
      const done = await yiciNetwork('blocks', 'export', '--out', blocks, '--dir', state);
      expect(done.code, done.err).to.equal(0);
      const told = await gateway.yici([
        ...['audit', 'verify', blocks, '--pin', gateway.genesisHash, '--json'],
      ]);
      const { codes } = JSON.parse(told.out) as { codes: Record<string, number> };
      const sum = Object.values(codes).reduce((all, count) => all + count, 0);
      expect(verdict).to.include('核验通过 VERIFIED');
      expect(verdict).to.include(`交易 ${sum} 笔`);
      expect(verdict).to.include(`VALID ${codes['VALID'] ?? 0}`);
      expect(await checkAccess(visitor.page)).to.deep.equal([]);
      await visitor.page.getByTestId('record').click();
      await visitor.page.getByTestId('sign').click();
      await visitor.page.getByTestId('close').click();
      await visitor.visit('/ledger/channel');
      const heads = visitor.page.getByTestId('verified-heads');
      await heads.getByText('一致', { exact: true }).waitFor();
      expect(await heads.textContent())
        .to.include('督查室')
        .and.to.include('核验通过');
      await visitor.leave();
      const { items } = (await asSupervisor('supervise', 'audits', 'list')) as {
        items: { verdict: string; genesisHash: string; checked: { transactions: number } }[];
      };
      const [{ genesisHash, checked } = { genesisHash: '', checked: undefined }] = items;
      expect([genesisHash, checked?.transactions]).to.deep.equal([gateway.genesisHash, sum]);
    });

    it('leaves a line in the journal that every department reads', async () => {
      const reads = await asSupervisor('supervise', 'reads', '--department', 'offices');
      expect(JSON.stringify(reads)).to.include('/v1/whole-blocks');
    });

    it('is given to no one but supervisors', async () => {
      const clerk = await Visitor.at(browser, gateway.url);
      await clerk.enterAs('offices.clerk1');
      await clerk.goTo('/verify');
      await clerk.page.getByText('网关只提供给督查人员').waitFor();
      expect(await clerk.page.getByTestId('verify').isDisabled()).to.equal(true);
      await clerk.leave();
    });

    it('is stopped and gone on with where it was, also from another page', async () => {
      const visitor = await supervisor();
      const { page } = visitor;
      const asked = await inShortRanges(page, 10);
      await page.getByTestId('verify').click();
      await page
        .getByTestId('progress')
        .getByText(/已核验 [1-9]\d* 块/)
        .waitFor();
      await page.getByTestId('stop').click();
      await page.getByTestId('progress').getByText('已停止').waitFor();
      const goOn = (await page.getByTestId('go-on').textContent()) ?? '';
      const at = Number(/\d+/.exec(goOn)?.[0]);
      expect(at).to.be.greaterThan(0);
      await visitor.goTo('/ledger');
      await visitor.goTo('/verify');
      const before = asked.length;
      await page.getByTestId('go-on').click();
      await page.getByTestId('verdict').getByText('VERIFIED').waitFor();
      expect(asked[before]).to.match(/from=[1-9]/);
      await visitor.leave();
    });

    it('waits for a gateway that is away, and goes on by itself', async () => {
      const visitor = await supervisor();
      const { page } = visitor;
      let away = true;
      await page.route(wholeBlocks, (route) => (away ? route.abort() : route.continue()));
      await page.getByTestId('verify').click();
      await page.getByText('网关没有应答').waitFor();
      away = false;
      await page.getByTestId('verdict').getByText('VERIFIED').waitFor();
      expect(visitor.errors.every((text) => text.includes('ERR_FAILED'))).to.equal(true);
      visitor.errors.length = 0;
      await visitor.leave();
    });

    it('names the block that a lying gateway altered', async () => {
      const visitor = await supervisor();
      const { page } = visitor;
      await page.route(wholeBlocks, async (route) => {
        const answer = await route.fetch();
        const bytes = await answer.body();
        const from = Number(new URL(route.request().url()).searchParams.get('from'));
        const block = unframed(bytes)?.[20 - from];
        // A byte inside of what a transaction says.
        if (block !== undefined) block[block.length >> 1] = (block[block.length >> 1] ?? 0) ^ 1;
        await route.fulfill({ response: answer, body: bytes });
      });
      await page.getByTestId('verify').click();
      const verdict = page.getByTestId('verdict');
      await verdict.getByText('核验不通过 FAILED').waitFor();
      expect(await checkAccess(page)).to.deep.equal([]);
      const rows = await verdict.locator('tbody tr').allTextContents();
      expect(rows.some((row) => row.startsWith('DATA_HASH_MISMATCH20'))).to.equal(true);
      await visitor.leave();
    });
  });

  describe('a case', () => {
    const openCase = async (visitor: Visitor) => {
      await visitor.page.getByRole('tab', { name: '一个办件' }).click();
      await visitor.page.getByTestId('case').fill(caseNo);
      await visitor.page.getByTestId('verify-case').click();
      return visitor.page.getByTestId('case-proof');
    };

    it('holds, event by event, each in a signed block', async () => {
      const visitor = await supervisor();
      const proof = await openCase(visitor);
      await proof.getByText('办理记录成立').waitFor();
      expect(await proof.getByText('已证明').count()).to.equal(2);
      expect(await checkAccess(visitor.page)).to.deep.equal([]);
      await visitor.leave();
    });

    it('does not hold when the gateway shows another event than the ledger has', async () => {
      const visitor = await supervisor();
      await visitor.page.route('**/events?*', async (route) => {
        const answer = await route.fetch();
        const body = await answer.text();
        await route.fulfill({ response: answer, body: body.replace('clerk1', 'clerk2') });
      });
      const proof = await openCase(visitor);
      await proof.getByText('办理记录不成立').waitFor();
      await proof.getByText('LINK_BROKEN').waitFor();
      await proof.getByText('its transaction writes another text').waitFor();
      await visitor.leave();
    });
  });

  describe('a transaction', () => {
    it('is proved from the genesis hash, by the gateway’s block and by a kept file', async () => {
      const { events } = (await asSupervisor('case', 'show', caseNo)) as {
        events: { txId: string }[];
      };
      const txId = events[0]?.txId ?? '';
      const visitor = await supervisor();
      const { page } = visitor;
      await page.getByRole('tab', { name: '一笔交易' }).click();
      await page.getByTestId('tx').fill(txId);
      await page.getByTestId('verify-tx').click();
      await page.getByTestId('receipt').getByText('回执成立').waitFor();
      await page.getByTestId('receipt').getByText('case:submit').first().waitFor();
      expect(await checkAccess(page)).to.deep.equal([]);
      await visitor.leave();
      const kept = join(gateway.folder, 'receipt.json');
      await yiciAs(gateway, 'offices.clerk1', ['tx', 'verify', txId, '--save', kept]);
      const anybody = await Visitor.at(browser, gateway.url);
      await anybody.goTo('/verify');
      await anybody.page.getByTestId('pin').fill(gateway.genesisHash);
      await anybody.page.getByRole('tab', { name: '一笔交易' }).click();
      await anybody.page.getByTestId('receipt-file').setInputFiles(kept);
      await anybody.page.getByText('回执成立').waitFor();
      const altered = (await readFile(kept, 'utf8')).replace(/"txId":"../, '"txId":"00');
      await anybody.page
        .getByTestId('receipt-file')
        .setInputFiles({ name: 'altered.json', mimeType: '', buffer: Buffer.from(altered) });
      await anybody.page.getByText('RECEIPT_REFUSED').waitFor();
      await anybody.leave();
    });
  });

  it('can be used by everybody, in both languages', async () => {
    const visitor = await supervisor();
    expect(await faultsOfTabs(visitor)).to.deep.equal([]);
    await visitor.leave();
  });
});
