import { summaryAt, wordsOfMembers } from '@yici/api';
import { commandWords } from '@yici/domain/model';
import type { Page } from 'playwright-core';

/** Codes of the demo's own that are members of closed lists as well: departments, steps, fields of data sets and results. */
const ofDemo: ReadonlySet<string> = new Set([
  ...['archives', 'establishment', 'supervision'],
  ...['archive', 'approved', 'head', 'opinion', 'person', 'reply'],
]);

/** Whether a word stands where the code is defined: of a closed list, an act, a query or a read. */
const isCode = (text: string): boolean =>
  !ofDemo.has(text) &&
  (wordsOfMembers([text]) !== undefined ||
    summaryAt(text) !== undefined ||
    commandWords(text, 'zh') !== text);

/** What a page shows as a code though there is a word for it, other than beside that word. */
export async function codesShown(page: Page): Promise<string[]> {
  const texts = await page.evaluate(() => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() !== null) {
      const { textContent, parentElement } = walker.currentNode;
      if (parentElement?.closest('.mono') === null) found.push(textContent?.trim() ?? '');
    }
    return found.filter((text) => /^[A-Za-z/{.}-]+$/.test(text));
  });
  const { pathname } = new URL(page.url());
  return [...new Set(texts)].filter(isCode).map((text) => `${pathname}: ${text}`);
}
