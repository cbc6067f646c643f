import { CommanderError } from 'commander';
import { CodedError } from '@yici/ledger';
import { failureWords, fileFailure } from '@yici/terminal';
import { chineseMeanings } from './error-words.js';
import type { Output } from './output.js';

/** Exit codes, the same for every command. */
export const exitCodes = { ok: 0, checkFailed: 1, usage: 2, environment: 3, bug: 70 } as const;

/** Error codes that mean wrong usage; all others are problems of the environment. */
const usageCodes: readonly string[] = [
  'TOPOLOGY_INVALID',
  'IDENTITY_UNKNOWN',
  'MALFORMED_POLICY',
  'CHANNEL_SETTINGS_DIFFER',
  'CHANGE_REFUSED',
  'CHANGE_INVALID',
];

/** Prints an error and returns the exit code. The only place that maps errors to exit codes. */
export function reportError(error: unknown, output: Output): number {
  if (error instanceof CommanderError) {
    // Help and version are not failures; commander has already printed them.
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  if (error instanceof CodedError) {
    const { message, details, words: own } = error;
    const code = String(error.code);
    const words = failureWords({ code, message, details, words: own }, chineseMeanings);
    output.failure({ code, message, details, words });
    return usageCodes.includes(String(error.code)) ? exitCodes.usage : exitCodes.environment;
  }
  const file = fileFailure(error);
  if (file !== undefined) {
    const { path, ...words } = file;
    const code = 'DATA_FOLDER_UNUSABLE';
    const details = path === undefined ? {} : { file: path };
    output.failure({ code, message: words.en, details, words });
    return exitCodes.environment;
  }
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const words = {
    zh: `这是程序缺陷，请报告：${said}`,
    en: `This is a bug, please report it: ${said}`,
  };
  output.failure({ code: 'BUG', message: words.en, words, details: {} });
  return exitCodes.bug;
}
