import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

/** Keeps a picture of the page in the folder that `YICI_LOOKS` names; without one, nothing. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['YICI_LOOKS'];
  if (folder === undefined) return;
  await mkdir(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
