import type { Words } from '@yici/domain/model';
import type { Say, Text } from '@yici/terminal';
import { z } from 'zod';
import { issuesText } from '@yici/terminal/issues';

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
  readonly words: Words;
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
      stdout.write(json ? `${JSON.stringify(value, plain, 2)}\n` : ended(linesIn(text, say))),
    progress: (text) => stderr.write(`${say(text)}\n`),
    failure: (error) =>
      stderr.write(
        json
          ? `${JSON.stringify({ error }, plain)}\n`
          : `${error.code}${say({ zh: '：', en: ': ' })}${say(error.words)}\n${issueLines(error, say)}`,
      ),
  };
}

const linesIn = (text: Text | readonly Text[], say: Say): string =>
  (typeof text === 'string' || 'zh' in text ? [text] : text).map(say).join('\n');

/** The faults that the sentence does not tell: it may have the first ones. */
function issueLines({ details, words }: Failure, say: Say): string {
  const issues = z.array(issueSchema).safeParse(details['issues']).data ?? [];
  const untold = issues.filter(
    (_, at) => !say(words).includes(say(issuesText(issues.slice(0, at + 1)))),
  );
  return issuesOf(untold, say)
    .map((line) => `${line}\n`)
    .join('');
}

/** Every fault in a file with its path, one per line. */
export function issuesOf(issues: unknown, say: Say): string[] {
  const known = z.array(issueSchema).safeParse(issues).data ?? [];
  return known.map(
    (issue) =>
      `  ${say(issuesText([issue]))
        .trim()
        .replaceAll('\n', '\n    ')}`,
  );
}

/** {@link Issue}, perhaps told by another process. */
const issueSchema = z.object({
  path: z.string(),
  words: z.object({ zh: z.string(), en: z.string() }),
});

/** Block numbers are bigint in code and numbers in JSON; words are for people, a fault's `message` is for programs. */
function plain(key: string, value: unknown): unknown {
  if (key === 'words') return undefined;
  return typeof value === 'bigint' ? Number(value) : value;
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
