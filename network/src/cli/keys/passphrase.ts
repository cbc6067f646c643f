import { existsSync, readFileSync } from 'node:fs';
import type { Words } from '@yici/domain/model';
import { askUnseen, readGiven } from '@yici/terminal';
import { NetworkError } from '../../errors.js';
import { departmentPaths } from '../../pki/layout.js';
import { isSealed } from '../../pki/root-key.js';
import type { CommandContext } from '../context.js';

/** Minimum length; together with scrypt it makes guessing infeasible. */
const shortest = 12;

/** What a passphrase is of: the variable that may hold it, and how it is refused. */
interface Locked {
  readonly variable: string;
  readonly code: 'ROOT_KEY_LOCKED' | 'BACKUP_LOCKED';
  readonly what: Words;
}

const rootKeys: Locked = {
  variable: 'YICI_ROOT_PASSPHRASE',
  code: 'ROOT_KEY_LOCKED',
  what: { zh: '根密钥', en: "the roots' keys" },
};
const backupKeys: Locked = {
  variable: 'YICI_BACKUP_PASSPHRASE',
  code: 'BACKUP_LOCKED',
  what: { zh: '备份的密钥', en: 'the keys of the backup' },
};

type PassphraseSource = [
  file: string | undefined,
  context: Pick<CommandContext, 'environment' | 'say'>,
];

export const passphraseOption = [
  '--passphrase-file <file>',
  {
    zh: `根密钥的口令文件，取首行（缺省为 ${rootKeys.variable}，否则提示输入）`,
    en: `file whose first line is the roots' passphrase (default: ${rootKeys.variable}, else asked for)`,
  },
] as const;

/** The passphrase where the root's key in the folder is sealed; undefined where it is in the clear. Errors as {@link rootPassphrase} */
export function passphraseIfSealed(
  department: string,
  file: string | undefined,
  context: CommandContext,
): string | undefined {
  const { key } = departmentPaths(context.folder.root, department).ca;
  if (!existsSync(key) || !isSealed(readFileSync(key, 'utf8'))) return undefined;
  return rootPassphrase(file, context);
}

/**
 * The passphrase of a department's roots: from a file (first line), from `YICI_ROOT_PASSPHRASE`, otherwise prompted for
 * without echo.
 * @throws NetworkError ROOT_KEY_LOCKED when no terminal is available or it is too short
 */
export const rootPassphrase = (...from: PassphraseSource) => passphraseOf(rootKeys, ...from);

/** That of a backup's keys, the same way, by `YICI_BACKUP_PASSPHRASE`. @throws NetworkError BACKUP_LOCKED */
export const backupPassphrase = (...from: PassphraseSource) => passphraseOf(backupKeys, ...from);

function passphraseOf(locked: Locked, ...[file, { environment, say }]: PassphraseSource): string {
  const { variable, what } = locked;
  const given = file === undefined ? environment.env[variable] : firstLine(locked, file);
  const question = {
    zh: `${what.zh}的口令（不显示）：`,
    en: `Passphrase of ${what.en} (not shown): `,
  };
  const passphrase = given ?? askUnseen(say(question));
  if (passphrase === undefined) {
    throw refused(locked, {
      zh: `${what.zh}须有口令：--passphrase-file 或者 ${variable}。`,
      en: `A passphrase is needed for ${what.en}: --passphrase-file, or ${variable}.`,
    });
  }
  if (passphrase.length >= shortest) return passphrase;
  throw refused(locked, {
    zh: `口令少于 ${shortest} 个字符。`,
    en: `The passphrase has fewer than ${shortest} characters.`,
  });
}

function firstLine(locked: Locked, file: string): string {
  const text = readGiven(file, ({ zh, en }, cause) =>
    refused(locked, { zh: `口令文件 ${zh}。`, en: `The passphrase file ${en}.` }, cause),
  ).toString();
  return text.split(/\r?\n/, 1)[0] ?? '';
}

const refused = ({ code }: Locked, message: Words, cause?: unknown): NetworkError =>
  new NetworkError(code, message, { cause });
