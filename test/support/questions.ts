import { PassThrough, Writable } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import type { Terminal } from '@yici/client/testing';

/** What is typed once a text is on the screen, after whatever was typed before. */
export type Answer = readonly [shown: string | RegExp, keys: string];

export const enter = '\r';
export const leave = '\u0003';

/** Types an answer. */
export const types = (question: string, text: string): Answer[] => [
  [`? ${question}`, text],
  [text, enter],
];

/** Finds a choice by typing some of it, and takes it. */
export const picks = (question: string, text: string): Answer[] => [
  [`? ${question}`, text],
  [new RegExp(`❯ [^\\n]*${text}`), enter],
];

/** A terminal at which somebody answers, drawn and typed as a real one is; `drawn` is all that was on the screen. */
export function atTerminal(answers: readonly Answer[]): {
  readonly screen: NonNullable<Terminal['screen']>;
  readonly drawn: () => string;
  /** What was waited for in vain. */
  readonly left: () => readonly Answer[];
} {
  const input = new PassThrough();
  const waiting = [...answers];
  let all = '';
  let fresh = '';
  // Whoever waits for a question in vain leaves, and the test tells what was on the screen.
  const giveUp = () => setTimeout(() => input.write(leave), 15_000).unref();
  let patience = giveUp();
  const output = new Writable({
    write(chunk: Buffer, _encoding, done) {
      const text = stripVTControlCharacters(chunk.toString('utf8'));
      all += text;
      fresh += text;
      const [next] = waiting;
      if (next !== undefined && isIn(fresh, next[0])) {
        waiting.shift();
        fresh = '';
        clearTimeout(patience);
        patience = giveUp();
        // Typed once the question has been drawn, as by whoever reads it first.
        setImmediate(() => input.write(next[1]));
      }
      done();
    },
  });
  // As standard output, which no pipe ends.
  Object.assign(output, { _isStdio: true });
  return { screen: { input, output }, drawn: () => all, left: () => waiting };
}

const isIn = (text: string, shown: string | RegExp): boolean =>
  typeof shown === 'string' ? text.includes(shown) : shown.test(text);
