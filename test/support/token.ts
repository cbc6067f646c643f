import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Context } from 'mocha';

/** Where distributions put SoftHSM, a token in software; YICI_SOFTHSM names another place. */
const module = [
  process.env['YICI_SOFTHSM'] ?? '',
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
].find((file) => existsSync(file));

export const pin = '4711-0815';

/** Leaves a suite out, by name, where SoftHSM is not installed or the binding is not compiled. */
export function needsTokens(context: Context): void {
  if (!canUseTokens()) context.skip();
}

export function canUseTokens(): boolean {
  if (module === undefined) return false;
  try {
    createRequire(import.meta.resolve('@yici/keys'))('pkcs11js');
    execFileSync('softhsm2-util', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A token of SoftHSM, named `yici`. */
export interface SoftToken {
  /** Where its keys are. */
  readonly folder: string;
  readonly label: string;
  /** Its PKCS#11 URI, with the file of its PIN unless another query is given. */
  uri(path?: string, query?: string): string;
}

let token: SoftToken | undefined;

/** The one token of this process: SoftHSM reads where its tokens are, and which there are, when it is loaded. */
export function softToken(): SoftToken {
  return (token ??= newToken('yici'));
}

function newToken(label: string): SoftToken {
  const place = mkdtempSync(join(tmpdir(), 'yici-tokens-'));
  process.once('exit', () => {
    rmSync(place, { recursive: true, force: true });
  });
  const folder = join(place, 'tokens');
  mkdirSync(folder);
  const settings = join(place, 'softhsm2.conf');
  writeFileSync(
    settings,
    `directories.tokendir = ${folder}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  process.env['SOFTHSM2_CONF'] = settings;
  const pinFile = join(place, 'pin');
  writeFileSync(pinFile, `${pin}\n`, { mode: 0o600 });
  execFileSync(
    'softhsm2-util',
    ['--init-token', '--free', '--label', label, '--so-pin', '12345678', '--pin', pin],
    { stdio: 'ignore' },
  );
  const uri = (path = '', query = `&pin-source=file:${pinFile}`) =>
    `pkcs11:token=${label}${path}?module-path=${module ?? ''}${query}`;
  return { folder, label, uri };
}
