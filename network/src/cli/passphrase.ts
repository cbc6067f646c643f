import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { NetworkError } from '../errors.js';

const variable = 'YICI_ROOT_PASSPHRASE';
/** Minimum length; together with scrypt it makes guessing infeasible. */
const shortest = 12;

/**
 * The passphrase of a department's roots: from a file (first line), from `YICI_ROOT_PASSPHRASE`, otherwise prompted for
 * without echo.
 * @throws NetworkError ROOT_KEY_LOCKED when no terminal is available or it is too short
 */
export async function rootPassphrase(
  file: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const given = file === undefined ? env[variable] : firstLine(file);
  const passphrase = given ?? (await asked());
  if (passphrase.length >= shortest) return passphrase;
  throw refused(`The passphrase has fewer than ${shortest} characters.`);
}

function firstLine(file: string): string {
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/, 1)[0] ?? '';
  } catch (cause) {
    throw refused(`The passphrase file ${file} cannot be read.`, cause);
  }
}

async function asked(): Promise<string> {
  if (!process.stdin.isTTY) {
    throw refused(`The roots' keys need a passphrase: --passphrase-file, or ${variable}.`);
  }
  process.stderr.write("Passphrase of the roots' keys (not shown): ");
  const unseen = new Writable({
    write(_chunk, _encoding, done) {
      done();
    },
  });
  const terminal = createInterface({ input: process.stdin, output: unseen, terminal: true });
  try {
    return await terminal.question('');
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

const refused = (message: string, cause?: unknown): NetworkError =>
  new NetworkError('ROOT_KEY_LOCKED', message, { cause });
