import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commandNames, commands } from '@yici/domain/model';
import {
  addWrite,
  createProgram,
  formOf,
  formOfCommand,
  processTerminal,
  writeSpec,
} from '@yici/client/testing';
import { expect } from 'chai';
import { sayIn, SpokenCommand } from '@yici/terminal';
import type { Command } from 'commander';
import { runYici } from '../../support/terminal.js';

const leaves = (command: Command): Command[] =>
  command.commands.length === 0 ? [command] : command.commands.flatMap((child) => leaves(child));

describe('the yici command', () => {
  const program = createProgram(processTerminal(new AbortController().signal));

  it('has a verb for every command of the registry', () => {
    for (const name of commandNames) {
      const { group, verb } = writeSpec(name);
      const found = program.commands.find((command) => command.name() === group);
      expect(
        found?.commands.map((command) => command.name()),
        name,
      ).to.include(verb);
    }
  });

  it('gives every command --json, --identity and --gateway', () => {
    for (const command of leaves(program)) {
      const options = command.options.map((option) => option.long);
      expect(options, command.name()).to.include.members(['--json', '--identity', '--gateway']);
    }
  });

  it('has no option twice', () => {
    for (const command of leaves(program)) {
      const options = command.options.map((option) => option.long);
      expect(new Set(options).size, command.name()).to.equal(options.length);
    }
  });

  it('shows an example in the help of every command', async function () {
    // Two hundred commands.
    this.timeout(120_000);
    for (const command of leaves(program)) {
      const path = pathOf(command);
      const run = await runYici([...path, '--help']);
      expect(run.exitCode, path.join(' ')).to.equal(0);
      expect(run.out.join('\n'), path.join(' ')).to.match(/示例：\n( {2}\$ .*\n)* {2}\$ yici /);
    }
  });

  it('accepts its own examples: every option is known and nothing is missing', async function () {
    // Two hundred commands, each run twice.
    this.timeout(180_000);
    const given = () => Promise.resolve(Buffer.from('{}'));
    const before = process.cwd();
    // Some examples write a file, such as a new key, where they are run.
    const folder = await mkdtemp(join(tmpdir(), 'yici-examples-'));
    process.chdir(folder);
    try {
      for (const command of leaves(program)) {
        const help = (await runYici([...pathOf(command), '--help'])).out.join('\n');
        for (const [, example = ''] of help.matchAll(/^ {2}\$ yici (.*)$/gm)) {
          const env = { YICI_API_KEY: 'yk_x', YICI_GATEWAY: 'http://127.0.0.1:1' };
          const { out, notes } = await runYici([...words(example), '--json'], env, {
            read: given,
          });
          // A package or a batch that is none is refused as such, and questions where nobody can be asked.
          const refusals = /^(case verify-export|batch) |--interactive$/.test(example)
            ? /^用法有误/m
            : /^用法有误|\bUSAGE\b/m;
          expect(notes.join('\n'), example).not.to.match(refusals);
          expect(
            out.map((line) => typeof JSON.parse(line)),
            example,
          ).to.deep.equal(['object']);
        }
      }
    } finally {
      process.chdir(before);
      await rm(folder, { recursive: true });
    }
  });
});

describe('a command without an entry of its own', () => {
  const env = { YICI_API_KEY: 'yk_x', YICI_GATEWAY: 'http://127.0.0.1:1' };
  const plain = commandNames.map(
    (name) => [name, formOfCommand(name, commands[name], {})] as const,
  );

  it('has a group and a verb that no other has', () => {
    const called = plain.map(([, { group, verb }]) => `${group} ${verb}`);
    expect(new Set(called).size).to.equal(commandNames.length);
  });

  it('has an example that it accepts', async () => {
    const home = await mkdtemp(join(tmpdir(), 'yici-home-'));
    const terminal = {
      ...processTerminal(new AbortController().signal),
      env: { ...env, YICI_HOME: home },
      read: () => Promise.resolve(Buffer.from('{}')),
    };
    try {
      for (const [name, spec] of plain) {
        const group = new SpokenCommand(spec.group, sayIn('zh')).exitOverride();
        addWrite(group, name, spec, terminal);
        const [, , ...typed] = words(spec.example);
        const failure: unknown = await group
          .parseAsync(typed, { from: 'user' })
          .catch((error: unknown) => error);
        expect(failure, spec.example).to.include({ code: 'GATEWAY_UNREACHABLE' });
      }
    } finally {
      await rm(home, { recursive: true });
    }
  });
});

describe('fields that callers do not give', () => {
  it('are no options: only a gateway names the number that it replaces', async () => {
    expect(formOf(commands['case.submit'].input).map(({ name }) => name)).to.include('insteadOf');
    const help = (await runYici(['case', 'submit', '--help'])).out.join('\n');
    expect(help).to.contain('--case-no').and.not.to.contain('instead-of');
  });
});

/** The words of a line as a shell takes them apart. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)].map(([word]) =>
    word.replace(
      /'([^']*)'|"([^"]*)"/g,
      (_, single?: string, double?: string) => single ?? double ?? '',
    ),
  );
}

function pathOf(command: Command): string[] {
  return command.parent === null ? [] : [...pathOf(command.parent), command.name()];
}

describe('exit codes', () => {
  it('is 2 for a command that is none', async () => {
    const run = await runYici(['case', 'vanish']);
    expect(run.exitCode).to.equal(2);
    expect(run.notes.join()).to.contain('vanish');
  });

  it('is 2 for an option that is none', async () => {
    expect((await runYici(['inbox', '--fast'])).exitCode).to.equal(2);
  });

  it('is 2 for two answers at once', async () => {
    const run = await runYici(['case', 'opinion', 'A-20260302-0001', '--agree', '--disagree']);
    expect(run.exitCode).to.equal(2);
  });

  it('is 2 for a gateway that is no address', async () => {
    const run = await runYici(['whoami', '--gateway', 'ftp:x'], { YICI_API_KEY: 'yk_x' });
    expect(run.exitCode).to.equal(2);
  });

  it('is 3 when nobody is logged in, and says so as JSON when asked', async () => {
    const run = await runYici(['inbox', '--json']);
    expect(run.exitCode).to.equal(3);
    expect(JSON.parse(run.out.join())).to.have.nested.property('error.code', 'NOT_LOGGED_IN');
  });

  it('is 3 when the identity folder is not there', async () => {
    const run = await runYici(['inbox', '--identity', '/nowhere']);
    expect(run.exitCode).to.equal(3);
    expect(run.notes.join()).to.contain('IDENTITY_UNREADABLE');
  });

  it('is 3 when no gateway answers', async () => {
    const run = await runYici(['whoami', '--gateway', 'http://127.0.0.1:1'], {
      YICI_API_KEY: 'yk_x',
    });
    expect(run.exitCode).to.equal(3);
    expect(run.notes.join()).to.contain('GATEWAY_UNREACHABLE');
  });

  it('is 0 for help and version', async () => {
    expect((await runYici(['--help'])).exitCode).to.equal(0);
    expect((await runYici(['--version'])).exitCode).to.equal(0);
  });
});
