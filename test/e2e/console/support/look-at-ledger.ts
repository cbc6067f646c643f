// What an official sees of a ledger at a gateway's console, as JSON: `look-at-ledger.js <url> <cert.pem> <key.pem> <connection.json>`.
// A program, for suites that are built without a browser's types.
import { expect } from 'chai';
import { openBrowser } from './browser.js';
import { Visitor } from './visitor.js';

const [url = '', ...files] = process.argv.slice(2);
const browser = await openBrowser();
try {
  const official = await Visitor.at(browser, url);
  const { page } = official;
  await page.getByTestId('new-passphrase').fill('correct horse battery');
  await page.locator('input[type=file]').setInputFiles(files);
  await page.getByTestId('keep').click();
  const refused = page.locator('.ant-alert-error');
  await page.getByTestId('who').or(refused).first().waitFor();
  expect(await refused.allTextContents()).to.deep.equal([]);

  await official.goTo('/ledger');
  await page.locator('tbody a[href^="/ledger/"]').first().click();
  await page.locator('a[href^="/ledger/tx/"]').first().click();
  await page.getByTestId('checked').getByText('本浏览器已核验').waitFor();
  const endorsers = await page.getByTestId('endorsers').locator('.ant-tag').count();

  await official.goTo('/ledger');
  await page.locator('a[href="/ledger/channel"]').click();
  await page.getByTestId('config-holds').waitFor();
  const members = await page.getByTestId('members').locator('tbody tr').allTextContents();
  // This gateway shows no roles of a demo.
  await official.leave(404);
  console.log(JSON.stringify({ endorsers, members }));
} finally {
  await browser.close();
}
