import type { Words } from '@yici/domain/model';
import type { Say, Text } from '@yici/terminal';
import { z } from 'zod';

/** Output of a command: results on standard output, progress and errors on standard error. */
export interface Output {
  /** The command's single result: the value with `--json`, the text otherwise. */
  result(value: unknown, text: Text | readonly Text[]): void;
  readonly progress: (text: Text) => void;
  failure(error: Failure): void;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly words?: Words | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The part of a writable stream that is used. */
export interface Sink {
  write(text: string): unknown;
}

interface OutputOptions {
  readonly json: boolean;
  readonly say: Say;
  readonly stdout: Sink;
  readonly stderr: Sink;
}

export function createOutput({ json, say, stdout, stderr }: OutputOptions): Output {
  return {
    result: (value, text) =>
      stdout.write(
        json ? `${JSON.stringify(value, bigintAsNumber, 2)}\n` : ended(linesIn(text, say)),
      ),
    progress: (text) => stderr.write(`${say(text)}\n`),
    failure: ({ words, ...error }) =>
      stderr.write(
        json
          ? `${JSON.stringify({ error }, bigintAsNumber)}\n`
          : `${error.code}${say({ zh: '：', en: ': ' })}${say(words ?? error.message)}\n${issueLines(error)}`,
      ),
  };
}

const linesIn = (text: Text | readonly Text[], say: Say): string =>
  (typeof text === 'string' || 'zh' in text ? [text] : text).map(say).join('\n');

function issueLines({ details }: Failure): string {
  return issuesOf(details['issues'])
    .map((line) => `${line}\n`)
    .join('');
}

/** Every fault in a file with its path, one per line. */
export function issuesOf(issues: unknown): string[] {
  return Array.isArray(issues) ? issues.map((issue: unknown) => `  ${lineOf(issue)}`) : [];
}

const issueSchema = z.object({ path: z.string(), message: z.string() });

function lineOf(issue: unknown): string {
  const known = issueSchema.safeParse(issue).data;
  if (known === undefined) return JSON.stringify(issue);
  const { path, message } = known;
  const said = message.trim().replaceAll('\n', '\n    ');
  return path === '' ? said : `${path}: ${said}`;
}

/** Block numbers are bigint in code and numbers in JSON. */
function bigintAsNumber(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
