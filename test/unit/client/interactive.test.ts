import { commandNames, commands, type CommandName } from '@yici/domain/model';
import {
  askForm,
  inputIssues,
  processTerminal,
  seal,
  writeSpec,
  type Asking,
  type Prompts,
} from '@yici/client/testing';
import { sayIn } from '@yici/terminal';
import { expect } from 'chai';

const salt = new Uint8Array(32).fill(7);
const bytes = new TextEncoder();

/** What somebody could type anywhere; of a line the first is taken that is not refused. */
const texts = [
  ...['文字', '3', '2026', 'abc', '2026-03-02', '2026-03-02T00:00:00.000Z', '331100', '01', 'ABC1'],
  ...['YC1-20260302-0001', 'YC1-20260302-0001-R1', 'a'.repeat(64), 'a'.repeat(32), '[]', '{}'],
  ...[
    'LEASE',
    '04'.padEnd(130, 'a'),
    '1.2.156.3005.2.11100000000013338W032.11331100002645678A.2026000001.001.0',
  ],
  ...['11331100002645678A', 'ab'.repeat(64), 'null'],
];

/** Somebody who gives all that can be given, takes the first choice, and on a line the first text that is not refused. */
const thorough: Prompts = {
  choose(message, choices) {
    const chosen = message === '还可以填写' ? choices.at(-1) : choices[0];
    if (chosen === undefined) return Promise.reject(new RangeError(`${message}: no choice`));
    return Promise.resolve(chosen.value);
  },
  async line(message, { wrong }) {
    const refusals: string[] = [];
    for (const text of texts) {
      const why = await wrong(text);
      if (why === undefined) return text;
      refusals.push(`${text}: ${why}`);
    }
    throw new RangeError(`${message}: ${refusals.join('; ')}`);
  },
};

const asking = (command: CommandName): Asking => ({
  prompts: thorough,
  say: sayIn('zh'),
  command,
  sources: {
    terminal: {
      ...processTerminal(new AbortController().signal),
      read: (path) => Promise.resolve(bytes.encode(path)),
    },
    seal: (content) => Promise.resolve(seal(content, salt).sealed),
    sealValue: (content) => Promise.resolve(seal(content, salt).sealed),
  },
  known: () => Promise.resolve([]),
  given: {},
  typed: new Map(),
});

describe('the questions of every command', () => {
  for (const name of commandNames) {
    it(`${name} is asked for to its end, with nothing left that must be given`, async () => {
      const spec = writeSpec(name);
      const { input } = await askForm({ name, spec }, { input: {}, values: {} }, asking(name));
      const filled = spec.fields.filter((field) => field.filled).map((field) => field.name);
      const { input: schema, issued = [], internal = [] }: Command = commands[name];
      const later = [...issued, ...internal, ...filled];
      const missing = inputIssues(input, { schema, later }).filter(({ words }) =>
        words.zh.startsWith('缺少'),
      );
      expect(missing.map(({ words }) => words.zh)).to.deep.equal([]);
    });
  }
});

interface Command {
  readonly input: (typeof commands)[keyof typeof commands]['input'];
  readonly issued?: readonly string[];
  readonly internal?: readonly string[];
}
