import { CodedError } from '@yici/ledger';
import { CommanderError } from 'commander';
import { z } from 'zod';
import { basisOf, meaningOf, refusalCode } from '../contract-refusal.js';
import { ClientError, clientExitCodes } from '../errors.js';
import { printable } from '../terminal/text.js';

/**
 * 0 ok, 1 refused or a check failed, 2 usage, 3 environment (for an audit: incomplete), 4 an audit that cannot judge,
 *   70 internal error (sysexits EX_SOFTWARE).
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 70;

const refusalDetails = z.object({
  status: z.number().optional(),
  code: z.string().optional(),
  requestId: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
  errors: z.array(z.object({ path: z.string(), message: z.string() }).loose()).optional(),
});

const issueDetails = z.object({
  issues: z.array(z.object({ path: z.string(), message: z.string() })),
});

/** How a failure is shown: the exit code, the lines for a person and the object for `--json`. */
interface Failure {
  readonly exitCode: ExitCode;
  readonly lines: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
  /** The findings are already printed. */
  readonly reported?: boolean;
}

/** The only place that maps errors to exit codes. An expected failure is one sentence; a bug shows its stack. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CommanderError) return commanderFailure(error);
  if (error instanceof ClientError) return clientFailure(error);
  if (isCoded(error)) {
    const lines = [`错误 error ${error.code}: ${printable(error.message)}`];
    return { exitCode: 1, lines, json: jsonOf(error) };
  }
  return bug(error);
}

function isCoded(error: unknown): error is CodedError<string> {
  return error instanceof CodedError;
}

function commanderFailure(error: CommanderError): Failure {
  // Commander has already printed its message or the requested help.
  const exitCode = error.exitCode === 0 ? 0 : 2;
  return { exitCode, lines: [], json: { error: { code: 'USAGE', message: error.message } } };
}

function clientFailure(error: ClientError): Failure {
  const lines = [headline(error)];
  for (const { path, message } of issuesOf(error)) {
    lines.push(`  ${printable(path)}: ${printable(message)}`);
  }
  const { requestId, details } = refusalOf(error);
  if (details !== undefined) lines.push(`  详情 details ${printable(JSON.stringify(details))}`);
  if (requestId !== undefined) lines.push(`  请求 request ${printable(requestId)}`);
  const reported = error.details['reported'] === true;
  return { exitCode: clientExitCode(error), lines, json: jsonOf(error), reported };
}

/** For a refusal by the ledger's rules, its meaning in both languages with the article; otherwise the error's message. */
function headline(error: ClientError): string {
  const code = refusalCode(error) ?? '';
  const meaning = meaningOf(code);
  if (meaning === undefined) return `错误 error ${error.code}: ${printable(error.message)}`;
  const { zh, en } = basisOf(error);
  return `被拒 refused ${code}: ${meaning.zh} ${meaning.en} · ${zh} ${en}`;
}

function clientExitCode(error: ClientError): ExitCode {
  if (error.code !== 'GATEWAY_REFUSED') return clientExitCodes[error.code];
  const { status = 409 } = refusalOf(error);
  if (status === 400) return 2;
  // Not logged in, rate limiting and server errors say nothing about the request itself.
  return status === 401 || status === 429 || status >= 500 ? 3 : 1;
}

/** The gateway's refusal in a GATEWAY_REFUSED, as far as it is known. */
export function refusalOf(error: ClientError): z.infer<typeof refusalDetails> {
  const parsed = refusalDetails.safeParse(error.details);
  return parsed.success ? parsed.data : {};
}

function issuesOf(error: ClientError): readonly { path: string; message: string }[] {
  const own = issueDetails.safeParse(error.details);
  return own.success ? own.data.issues : (refusalOf(error).errors ?? []);
}

function jsonOf(error: CodedError<string>): Readonly<Record<string, unknown>> {
  return { error: { code: error.code, message: error.message, details: error.details } };
}

function bug(error: unknown): Failure {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exitCode: 70,
    lines: ['这是程序缺陷 this is a bug in yici:', text],
    json: { error: { code: 'BUG', message: text } },
  };
}
