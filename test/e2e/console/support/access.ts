import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe finds on a page against WCAG 2.1 A and AA that is serious or worse: rule, page and place. */
export async function checkAccess(page: Page): Promise<string[]> {
  // The page may have it from before: its links load no document.
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(axe.source);
  const found = await page.evaluate(async () => {
    const { axe: checker } = globalThis as unknown as { axe: typeof axe };
    const runOnly = { type: 'tag' as const, values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] };
    const { violations } = await checker.run(document, {
      runOnly,
      // What holds is not looked at, and takes most of the time.
      resultTypes: ['violations'],
    });
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(' ')}`));
  });
  return found.map((one) => `${new URL(page.url()).pathname}: ${one}`);
}

/** The same of every tab of the page, in both languages. */
export async function checkTabs(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const language of ['English', '中文']) {
    await page.locator('header').getByText(language, { exact: true }).click();
    for (const tab of await page.getByRole('tab').all()) {
      await tab.click();
      found.push(...(await checkAccess(page)));
    }
  }
  return found;
}
