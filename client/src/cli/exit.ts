import { issueWords, refusalWords, refusedIssue, type Language } from '@yici/domain/model';
import { KeyError } from '@yici/keys';
import { CodedError } from '@yici/ledger';
import { CommanderError } from 'commander';
import { z } from 'zod';
import { fileFailure, printable, type Say } from '@yici/terminal';
import { basisOf, refusalCode, refusedIn } from '../contract-refusal.js';
import { ClientError, clientExitCodes } from '../errors.js';

/**
 * 0 ok, 1 refused or a check failed, 2 usage, 3 environment (for an audit: incomplete), 4 an audit that cannot judge,
 *   70 internal error (sysexits EX_SOFTWARE).
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 70;

/** A place that is wrong; what this program did not check against a schema has its own message. */
const wrong = { path: z.string(), message: z.string() };
const words = z.object({ zh: z.string(), en: z.string() });
const issue = z.union([z.object({ ...wrong, words }), refusedIssue, z.object(wrong)]);
type Issue = z.output<typeof issue>;

const refusalDetails = z.object({
  status: z.number().optional(),
  code: z.string().optional(),
  requestId: z.string().optional(),
  detail: z.string().optional(),
  details: z.record(z.string(), z.unknown()).optional(),
  errors: z.array(issue).optional(),
  /** Nothing was to be recorded. */
  read: z.boolean().optional(),
});

const issueDetails = z.object({ issues: z.array(issue) });

/** How a failure is shown: the exit code, the lines for a person and the object for `--json`. */
interface Failure {
  readonly exitCode: ExitCode;
  readonly lines: readonly string[];
  readonly json: Readonly<Record<string, unknown>>;
  /** The findings are already printed. */
  readonly reported?: boolean;
}

/** The only place that maps errors to exit codes. An expected failure is one sentence; a bug shows its stack. */
export function failureOf(error: unknown, say: Say): Failure {
  if (error instanceof CommanderError) return commanderFailure(error);
  if (error instanceof ClientError) return clientFailure(error, say);
  if (isCoded(error)) {
    const exitCode = error instanceof KeyError ? 3 : 1;
    return { exitCode, lines: [printable(mistakeText(error, say))], json: jsonOf(error) };
  }
  const file = fileFailure(error);
  return file === undefined
    ? bug(error, say)
    : clientFailure(new ClientError('FILE_UNUSABLE', { zh: file.zh, en: file.en }), say);
}

function isCoded(error: unknown): error is CodedError<string> {
  return error instanceof CodedError;
}

function commanderFailure(error: CommanderError): Failure {
  // Commander has already printed its message or the requested help.
  const exitCode = error.exitCode === 0 ? 0 : 2;
  return { exitCode, lines: [], json: { error: { code: 'USAGE', message: error.message } } };
}

function clientFailure(error: ClientError, say: Say): Failure {
  const { requestId } = refusalOf(error);
  const lines = [...saidOf(error, say)];
  const number = say({ zh: '问题编号（报障时提供）：', en: 'request ' });
  if (requestId !== undefined) lines.push(`  ${number}${printable(requestId)}`);
  const reported = error.details['reported'] === true;
  return { exitCode: exitCodeOf(error), lines, json: jsonOf(error), reported };
}

/** What was refused and why, and what to do now; for what no rule refused, the error's message with every offending path. */
function saidOf(error: ClientError, say: Say): readonly string[] {
  const code = refusalCode(error);
  const words = wordsOf(error, say.language);
  if (code !== undefined && words !== undefined) {
    const head = refusedHead(error, code, say);
    return [`${head}${words.sentence}`, ...words.rest.map((line) => `  ${line}`)].map(printable);
  }
  const own = refusalOf(error);
  if (own.code !== undefined && own.detail !== undefined && issuesOf(error).length === 0) {
    return [printable(refusedHead(error, own.code, say) + own.detail)];
  }
  const issues = issuesOf(error).map((one) => `  ${placeOf(one, say)}`);
  return [mistakeText(error, say), ...issues].map(printable);
}

/** What did not come about, and by which code. */
function refusedHead(error: ClientError, code: string, say: Say): string {
  const zh = refusalOf(error).read === true ? '未能查询' : '未登记';
  return say({ zh: `${zh}（${code}）：`, en: `refused ${code}: ` });
}

const mistakeText = ({ code, message, words }: CodedError<string>, say: Say): string =>
  say({ zh: `错误（${code}）：${words?.zh ?? message}`, en: `error ${code}: ${message}` });

/** A place that is wrong: with the option that gives it, where this program has checked what was typed. */
function placeOf(one: Issue, say: Say): string {
  if ('words' in one) return say(one.words);
  if (!('code' in one)) return `${one.path}: ${one.message}`;
  // The path beside the words, for whoever wrote the input as JSON.
  const words = issueWords(one, say.language);
  return say({ zh: `${words}（${one.path}）`, en: `${words} (${one.path})` });
}

interface Said {
  readonly sentence: string;
  readonly rest: readonly string[];
}

/** A refusal by the rules in words: the gateway's, which knows names, or those of the code; undefined for anything else. */
function wordsOf(error: ClientError, language: Language): Said | undefined {
  const refused = refusedIn(error);
  const own = refusalWords(refused, language);
  if (own === undefined) return undefined;
  const basis = basisOf(error)[language];
  const { detail } = refusalOf(error);
  if (detail !== undefined) return { sentence: detail, rest: [basis] };
  return { sentence: own.sentence, rest: own.next === '' ? [basis] : [own.next, basis] };
}

/** The exit code of an error between a user and the gateway. */
export function exitCodeOf(error: ClientError): ExitCode {
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

function issuesOf(error: ClientError): readonly Issue[] {
  const own = issueDetails.safeParse(error.details);
  return own.success ? own.data.issues : (refusalOf(error).errors ?? []);
}

function jsonOf(error: CodedError<string>): Readonly<Record<string, unknown>> {
  return { error: { code: error.code, message: error.message, details: error.details } };
}

function bug(error: unknown, say: Say): Failure {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exitCode: 70,
    lines: [say({ zh: '这是程序缺陷，请报告：', en: 'this is a bug in yici:' }), text],
    json: { error: { code: 'BUG', message: text } },
  };
}
