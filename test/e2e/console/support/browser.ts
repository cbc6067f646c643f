import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';

/** Where a system's own Chromium usually is. */
const ofSystem = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const brought = fileURLToPath(new URL('../../../../browser/package.json', import.meta.url));

/** What the package offers; its types are installed with it, after this was compiled. */
interface Brought {
  readonly default: { executablePath(): Promise<string> };
}

/**
 * The browser that test/browser brings, with the libraries that it needs on a bare system; it unpacks these only where it believes
 * itself in a certain cloud, by the environment.
 */
async function broughtBrowser(): Promise<string> {
  process.env['AWS_EXECUTION_ENV'] ??= 'AWS_Lambda_nodejs22.x';
  const entry = createRequire(brought).resolve('@sparticuz/chromium');
  const { default: packed } = (await import(pathToFileURL(entry).href)) as Brought;
  return packed.executablePath();
}

export async function openBrowser(): Promise<Browser> {
  const executablePath = ofSystem.find((path) => existsSync(path)) ?? (await broughtBrowser());
  // No sandbox: tests run as root in containers, and visit nothing but loopback.
  const args = ['--no-sandbox', '--no-zygote', '--disable-gpu', '--headless=shell'];
  return chromium.launch({ executablePath, args, headless: true });
}
