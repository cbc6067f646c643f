import { vocabularyOf } from '@yici/domain/model';
import type { Page } from 'playwright-core';

/** Codes of the demo's own that are members of closed lists as well: departments, steps, fields of data sets and results. */
const ofDemo: ReadonlySet<string> = new Set([
  ...['archives', 'establishment', 'supervision'],
  ...['archive', 'approved', 'head', 'opinion', 'person', 'reply'],
]);

/** What a page shows as a code though the ledger has a word for it. */
export async function codesShown(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) found.push(walker.currentNode.textContent?.trim() ?? '');
    return found.filter((text) => /^[A-Za-z]+$/.test(text));
  });
  const isCode = (text: string) => !ofDemo.has(text) && vocabularyOf([text]) !== undefined;
  const { pathname } = new URL(page.url());
  return [...new Set(texts)].filter(isCode).map((text) => `${pathname}: ${text}`);
}
