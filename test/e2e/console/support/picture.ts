import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

const font = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf',
);

/** The folder in which pictures are kept, for whoever wants to look at every page: `YICI_LOOKS`. */
export const looks = process.env['YICI_LOOKS'];

/** Keeps a picture of the whole page, where pictures are kept. */
export async function picture(page: Page, name: string): Promise<void> {
  if (looks === undefined) return;
  await mkdir(looks, { recursive: true });
  await page.screenshot({ path: join(looks, `${name}.png`), fullPage: true });
}

/** A bare system has no Chinese font: pictures have the one of the papers, ten megabytes of it. */
export async function inPapersFont(page: Page): Promise<void> {
  await page.route('**/papers.ttf', (route) => route.fulfill({ path: font }));
  await page.addStyleTag({
    content: `@font-face { font-family: Papers; src: url(/papers.ttf); }
      body, body *:not(.mono, .mono *) { font-family: Papers, monospace !important; }`,
  });
  await page.evaluate(() => document.fonts.ready);
}
