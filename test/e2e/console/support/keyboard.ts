import type { FileChooser, Locator, Page } from 'playwright-core';

/** More than any page has to stop at. */
const mostStops = 150;

/** Somebody who has no mouse: what is used is reached by the tabulator alone. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
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

  async file(locator: Locator, name: string): Promise<void> {
    const buffer = Buffer.from(`%PDF-1.7 ${name}`);
    const chooser = (await this.#chooser(locator)) ?? (await this.#chooser(locator));
    await chooser?.setFiles({ name, mimeType: 'application/pdf', buffer });
  }

  /** A list of days that is still closing takes a key for itself: as people do, it is pressed again. */
  async #chooser(locator: Locator): Promise<FileChooser | undefined> {
    await this.#reach(locator);
    const opened = this.#page.waitForEvent('filechooser', { timeout: 5_000 });
    await this.#page.keyboard.press('Enter');
    return opened.catch(() => undefined);
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
