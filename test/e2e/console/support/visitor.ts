import { expect } from 'chai';
import type { Browser, BrowserContextOptions, Page, Request } from 'playwright-core';
import { inPapersFont, looks } from './picture.js';

const pdf = (text: string) => ({
  name: `${text}.pdf`,
  mimeType: 'application/pdf',
  buffer: Buffer.from(`%PDF-1.7 ${text}`),
});

/** Somebody at a browser of their own; what the page reports as an error fails the test. */
export class Visitor {
  readonly page: Page;
  readonly errors: string[] = [];

  /** Those that have no answer yet. */
  readonly #requests = new Set<Request>();

  private constructor(page: Page) {
    this.page = page;
    page.on('request', (request) => this.#requests.add(request));
    page.on('requestfinished', (request) => this.#requests.delete(request));
    page.on('requestfailed', (request) => this.#requests.delete(request));
    page.setDefaultTimeout(20_000);
    page.on('pageerror', ({ message }) => this.errors.push(message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async at(
    browser: Browser,
    url: string,
    options: BrowserContextOptions = {},
  ): Promise<Visitor> {
    const context = await browser.newContext({
      baseURL: url,
      locale: 'zh-CN',
      reducedMotion: 'reduce',
      bypassCSP: looks !== undefined,
      ...options,
    });
    const visitor = new Visitor(await context.newPage());
    await visitor.page.goto('/');
    if (looks !== undefined) await inPapersFont(visitor.page);
    return visitor;
  }

  /** Takes a role of the demo by clicking it. */
  async enterAs(user: string): Promise<void> {
    await this.page.getByTestId(`role-${user}`).click();
    await this.page.getByTestId('who').getByText(user).waitFor();
  }

  async goTo(page: string): Promise<void> {
    await this.page.locator(`header a[href="${page}"]`).click();
  }

  /** Opens any page of the console as its own links do, so that the visitor stays who they are, and waits until it is all there. */
  async visit(path: string): Promise<void> {
    await this.show(path);
    await this.settled();
  }

  /** The same for whoever waits for what the page shows. */
  async show(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      history.pushState({}, '', to);
      dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    }, path);
  }

  async speak(language: 'English' | '中文'): Promise<void> {
    await this.page.locator('header').getByText(language, { exact: true }).click();
    const spoken = language === '中文' ? 'zh-CN' : 'en';
    await this.page.locator(`html[lang=${spoken}]`).waitFor({ state: 'attached' });
  }

  /** Waits until nothing of the page is still being loaded. */
  async settled(): Promise<void> {
    // A page asks for what it shows after its address has changed, and for more once it has that.
    for (let quiet = 0; quiet < 3; quiet = this.#isWaiting ? 0 : quiet + 1) {
      await this.page.waitForTimeout(50);
    }
    await this.page
      .locator('.ant-skeleton, .ant-spin-spinning')
      .first()
      .waitFor({ state: 'detached' });
  }

  get #isWaiting(): boolean {
    return [...this.#requests].some((request) => !request.url().includes('/v1/events'));
  }

  /** Files the matter with one small document for everything that is asked for; not signed yet. */
  async fill(matter: string): Promise<void> {
    await this.goTo('/file');
    await this.page.getByTestId(`file-${matter}`).click();
    const inputs = this.page.locator('input[type=file]');
    await inputs.first().waitFor();
    for (const [index, input] of (await inputs.all()).entries()) {
      await input.setInputFiles(pdf(String(index)));
      await this.page.getByTestId('digest').nth(index).waitFor();
    }
    await this.page.getByTestId('act').click();
  }

  /** Files a case as {@link fill} does, and signs it; its number. */
  async filed(matter: string): Promise<string> {
    await this.fill(matter);
    await this.page.getByTestId('sign').click();
    await this.page.getByTestId('close').click();
    await this.page.getByTestId('state').waitFor();
    return new URL(this.page.url()).pathname.replace('/cases/', '');
  }

  /** Through the page's own links, so that the visitor stays who they are. */
  async openCase(path: string): Promise<void> {
    await this.page.locator(`a[href="${path}"]`).first().click();
    await this.settled();
  }

  /** Signs what the dialog shows and closes it at the receipt. */
  async sign(): Promise<void> {
    await this.page.getByTestId('sign').click();
    const failure = this.page.getByTestId('failure');
    await this.page.getByText('本浏览器已核验').or(failure).first().waitFor();
    expect(await failure.allTextContents()).to.deep.equal([]);
    await this.page.getByTestId('close').click();
  }

  /** Narrows the workbench by one of its lists. */
  async choose(list: 'kind' | 'light', option: RegExp): Promise<void> {
    await this.page.getByTestId(list).click();
    await this.page.locator('.ant-select-item-option', { hasText: option }).click();
  }

  /** Does an act that the case offers, with nothing but what must be given. */
  async act(name: string): Promise<void> {
    await this.page.getByRole('button', { name, exact: true }).click();
    await this.page.getByTestId('act').click();
    await this.page.getByTestId('sign').click();
    await this.page.getByTestId('close').click();
  }

  /** Gives a folder of blocks to the verifier; what it says of it. */
  async verify(folder: string, pin: string): Promise<string> {
    await this.page.goto('/verify');
    await this.page.getByTestId('pin').fill(pin);
    await this.page.getByTestId('folder').setInputFiles(folder);
    await this.page.getByTestId('verify').click();
    const verdict = this.page.getByTestId('verdict');
    await verdict.waitFor({ timeout: 120_000 });
    return (await verdict.textContent()) ?? '';
  }

  /** `answers`: statuses that the gateway was meant to refuse with, of which a browser tells as errors. */
  async leave(...answers: readonly (number | 'lost')[]): Promise<void> {
    await this.page.context().close();
    const meant = answers.map((answer) =>
      answer === 'lost' ? 'net::ERR_' : `status of ${answer}`,
    );
    const others = this.errors.filter((error) => !meant.some((text) => error.includes(text)));
    expect(others).to.deep.equal([]);
  }
}
