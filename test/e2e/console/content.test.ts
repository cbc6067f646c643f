import { expect } from 'chai';
import type { Browser } from 'playwright-core';
import type { RunningGateway } from '../../support/gateway/running-gateway.js';
import { checkAccess } from './support/access.js';
import { clientOf, fileCase, openStage } from './support/stage.js';
import { Visitor } from './support/visitor.js';

/** The demo's story is on the ledger, as for the suite of all pages. */
describe('what the console shows', function () {
  this.timeout(240_000);
  let gateway: RunningGateway;
  let browser: Browser;

  before(async () => {
    ({ browser, gateway } = await openStage('story'));
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
});
