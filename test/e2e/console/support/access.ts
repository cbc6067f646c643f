import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { codesShown } from './codes.js';
import { looks, picture } from './picture.js';
import { widerThan } from './screen.js';
import type { Visitor } from './visitor.js';

/** What axe looked at in this process: pages, each with its languages, and what it found of them. */
const looked = { pages: new Map<string, Set<string>>(), violations: 0 };

after(function accessReport() {
  const { pages, violations } = looked;
  const languages = [...pages.values()].flatMap((spoken) => [...spoken]);
  const each = [...new Set(languages)]
    .map((language) => `${String(languages.filter((one) => one === language).length)} ${language}`)
    .join(', ');
  process.stdout.write(
    `    axe: ${String(pages.size)} pages (${each}), ${String(violations)} serious or critical violations\n`,
  );
});

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
  const { pathname } = new URL(page.url());
  const language = await page.evaluate(() => document.documentElement.lang);
  looked.pages.set(pathname, (looked.pages.get(pathname) ?? new Set()).add(language));
  looked.violations += found.length;
  return found.map((one) => `${pathname}: ${one}`);
}

/** A phone's; where pictures are kept, those of an official's screens as well. */
const widths = looks === undefined ? [390] : [1280, 1024, 390];

/**
 * What is wrong with the page that is open, in both languages: what axe finds, and what sticks out at a phone's width; in Chinese also
 * codes that stand in the place of words.
 */
export async function faultsOf(visitor: Visitor): Promise<string[]> {
  const { page } = visitor;
  const before = page.viewportSize();
  const found: string[] = [];
  for (const language of ['English', '中文'] as const) {
    await visitor.speak(language);
    found.push(...(await checkAccess(page)));
    for (const width of widths) {
      found.push(...(await widerThan(visitor, width)));
      await picture(page, [...nameOf(page), language, width].join('-'));
    }
    if (before !== null) await page.setViewportSize(before);
  }
  return [...found, ...(await codesShown(page))];
}

const nameOf = (page: Page): string[] => {
  const { pathname, search } = new URL(page.url());
  return `${pathname}${search}`.split(/[^\w.-]+/).filter(Boolean);
};

/** The same of every tab of the page. */
export async function faultsOfTabs(visitor: Visitor): Promise<string[]> {
  const found: string[] = [];
  for (const tab of await visitor.page.getByRole('tab').all()) {
    await tab.click();
    found.push(...(await faultsOf(visitor)));
  }
  return found;
}
