import { CommanderError } from 'commander';
import { CodedError } from '@yici/ledger';
import type { Output } from './output.js';

/** Exit codes, the same for every command. */
export const exitCodes = { ok: 0, checkFailed: 1, usage: 2, environment: 3, bug: 70 } as const;

/** Error codes that mean wrong usage; all others are problems of the environment. */
const usageCodes: readonly string[] = ['TOPOLOGY_INVALID', 'IDENTITY_UNKNOWN', 'MALFORMED_POLICY'];

/** Prints an error and returns the exit code. The only place that maps errors to exit codes. */
export function reportError(error: unknown, output: Output): number {
  if (error instanceof CommanderError) {
    // Help and version are not failures; commander has already printed them.
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
  if (error instanceof CodedError) {
    output.failure({ code: String(error.code), message: error.message, details: error.details });
    return usageCodes.includes(String(error.code)) ? exitCodes.usage : exitCodes.environment;
  }
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  output.failure({
    code: 'BUG',
    message: `This is a bug, please report it: ${message}`,
    details: {},
  });
  return exitCodes.bug;
}
