import type { FileChooser, Locator, Page } from 'playwright-core';

/** More than any page has to stop at. */
const mostStops = 150;
const mostPresses = 4;

/** Somebody who has no mouse: what is used is reached by the tabulator alone. */
export class Keyboard {
  readonly #page: Page;
  readonly #choosers: FileChooser[] = [];

  constructor(page: Page) {
    this.#page = page;
    // For as long as there is a listener the browser hands choosers over. One for each file would switch that off and on again
    // while a key is under way, and a chooser that opens in between is seen by nobody and lets no other one open.
    page.on('filechooser', (chooser) => this.#choosers.push(chooser));
  }

  async press(locator: Locator): Promise<void> {
    await this.#reach(locator);
    await this.#page.keyboard.press('Enter');
  }

  /** Writes over what is there. */
  async type(locator: Locator, text: string, end?: 'Enter'): Promise<void> {
    await this.#reach(locator);
    await this.#page.keyboard.press('ControlOrMeta+a');
    await this.#page.keyboard.type(text);
    if (end !== undefined) await this.#page.keyboard.press(end);
  }

  /** One of what a list offers. */
  async choose(locator: Locator): Promise<void> {
    await this.#reach(locator);
    await this.#page.keyboard.press('ArrowDown');
    await this.#page.locator('.ant-select-dropdown:visible').waitFor();
    await this.#page.keyboard.press('ArrowDown');
    await this.#page.keyboard.press('Enter');
  }

  /** A list of days that is still closing takes a key for itself: as people do, it is pressed again. */
  async file(locator: Locator, name: string): Promise<void> {
    const file = {
      name,
      mimeType: 'application/pdf',
      buffer: Buffer.from(`%PDF-1.7 ${name}`),
    };
    for (let press = 0; press < mostPresses; press += 1) {
      await this.press(locator);
      const chooser = await this.#chosen();
      if (chooser !== undefined) return chooser.setFiles(file);
    }
    throw new RangeError(`nothing asks for a file at ${locator.toString()}`);
  }

  async #chosen(): Promise<FileChooser | undefined> {
    for (let look = 0; look < 50 && this.#choosers.length === 0; look += 1)
      await this.#page.waitForTimeout(100);
    return this.#choosers.shift();
  }

  async #reach(locator: Locator): Promise<void> {
    await locator.waitFor();
    for (let stop = 0; stop < mostStops; stop += 1) {
      if (await locator.evaluate((one) => one === document.activeElement)) return;
      await this.#page.keyboard.press('Tab');
    }
    throw new RangeError(`no tabulator leads to ${locator.toString()}`);
  }
}
