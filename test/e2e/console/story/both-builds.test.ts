import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const built = at('../../..');
const modules = at('../../../../../node_modules');
const config = at('../../../../../console/both-builds/vite.config.ts');

const filesIn = (folder: string): string[] =>
  readdirSync(join(built, folder))
    .filter((name) => name.endsWith('.test.js'))
    .map((name) => `${folder}/${name}`);

/** These run programs or read folders, which no page does. */
const nodeAlone = ['unit/verify/command.test.js', 'unit/verify/recorded.test.js'];

const suites = ['unit/ledger', 'unit/validate', 'unit/verify']
  .flatMap(filesIn)
  .concat(
    ['case-chain', 'check', 'check-transaction', 'issued-numbers'].map(
      (name) => `unit/client/${name}.test.js`,
    ),
  )
  .filter((file) => !nodeAlone.includes(file));

/** Tests of what a page never does, by their titles. */
const notInAPage: Readonly<Record<string, string>> = {
  'takes keys as PKCS#8 and as SEC 1 text': 'a page reads no private key from text',
  'agrees with OpenSSL on what it shows of a certificate': 'no browser has OpenSSL',
  'refuses keys that Fabric cannot use': 'a page reads no private key from text',
};

interface Outcome {
  readonly passes: number;
  readonly failures: readonly string[];
}

/** A page that a browser takes for one of a secure place; what it asks for comes from the folder, and from nowhere else. */
async function pageOf(browser: Browser, folder: string): Promise<Page> {
  const page = await browser.newPage();
  await page.route('http://localhost/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname === '/')
      return route.fulfill({ contentType: 'text/html', body: '<div id="mocha"></div>' });
    const file =
      pathname === '/mocha.js' ? join(modules, 'mocha/mocha.js') : join(folder, pathname);
    const bytes = await readFile(file);
    if (extname(file) === '.br') return route.fulfill({ body: brotliDecompressSync(bytes) });
    return route.fulfill({ contentType: 'text/javascript', body: bytes });
  });
  await page.goto('http://localhost/');
  await page.addScriptTag({ url: '/mocha.js' });
  return page;
}

/** What is used of mocha's build for browsers. */
interface BrowserMocha {
  setup(options: object): void;
  grep(titles: RegExp): BrowserMocha;
  invert(): void;
  run(): {
    on(event: 'pass' | 'end', heard: () => void): void;
    on(
      event: 'fail',
      heard: (test: { fullTitle(): string }, error: { readonly message: string }) => void,
    ): void;
  };
}

/** Runs a bundled suite as mocha runs it in Node, but for the tests with these titles. */
function run(page: Page, address: string, leftOut: readonly string[]): Promise<Outcome> {
  return page.evaluate(
    async ({ script, titles }) => {
      const { mocha } = globalThis as unknown as { readonly mocha: BrowserMocha };
      mocha.setup({ ui: 'bdd', reporter: 'min', timeout: 60_000 });
      mocha.grep(new RegExp(titles.join('|'))).invert();
      await import(script);
      return new Promise<{ passes: number; failures: string[] }>((done) => {
        const failures: string[] = [];
        let passes = 0;
        const running = mocha.run();
        running.on('pass', () => (passes += 1));
        running.on('fail', (test, { message }) => failures.push(`${test.fullTitle()}: ${message}`));
        running.on('end', () => {
          done({ passes, failures });
        });
      });
    },
    { script: address, titles: leftOut },
  );
}

/** The tests below are the same as in unit/: what they say of Node's build holds of the page's. */
describe('the page’s modules in the place of Node’s', function () {
  this.timeout(180_000);
  let browser: Browser;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yici-suites-'));
    await promisify(execFile)(
      process.execPath,
      [join(modules, 'vite/bin/vite.js'), 'build', '--config', config, '--logLevel', 'error'],
      { env: { ...process.env, YICI_SUITES: suites.join(','), YICI_SUITES_OUT: folder } },
    );
    browser = await openBrowser();
  });

  after(async () => {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  });

  for (const suite of suites) {
    it(`pass ${suite.replace(/\.js$/, '')} in Chromium`, async function () {
      const page = await pageOf(browser, folder);
      const script = `/${suite.replace(/\.js$/, '').replaceAll('/', '-')}.js`;
      const { passes, failures } = await run(page, script, Object.keys(notInAPage));
      await page.close();
      expect(failures).to.deep.equal([]);
      expect(passes).to.be.greaterThan(0);
      if (this.test !== undefined) this.test.title += ` (${passes} tests)`;
    });
  }
});
