import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProgram, processTerminal } from '@yici/client/testing';
import { languageOf } from '@yici/terminal';
import { expect } from 'chai';
import type { Command } from 'commander';
import { runYici } from '../../support/terminal.js';

const program = createProgram(processTerminal(new AbortController().signal));

const all = (command: Command): Command[] => [
  command,
  ...command.commands.flatMap((child) => all(child)),
];

const pathOf = (command: Command): string[] =>
  command.parent === null ? [] : [...pathOf(command.parent), command.name()];

/** Names that stand in a Chinese text as they are: programs, formats, variables, cryptography. */
const names =
  /\b(JSON|XML|CSV|PDF|PEM|PKCS#11|SM2|SM3|SHA|GB\/T|GB|https?|MSP|API|AB|CLI|Ctrl|bash|zsh|zip|YICI_[A-Z_]+)\b/gi;

/** A help page without what is typed: commands, options, codes with their words, examples, file names, quoted literals. */
const prose = (help: string): string =>
  help
    .replace(/^ {2}\$ .*$/gm, '')
    .replace(/^ {2}yici [^\n]*$/gm, '')
    .replace(/^(?:用法：|Usage:).*$/gm, '')
    .replace(/可用：(?:[A-Za-z0-9.-]+(?:（[^（）]*）)?(?:、\s*)?)+/g, '')
    .replace(/^ {2}(?:-[A-Za-z], )?--\S+(?: (?:<[^>]*>|\[[^\]]*\]))?/gm, '')
    .replace(/^ {2}[a-z][a-z0-9-]*(?: \[[^\]]*\]| <[^>]*>)* {2}/gm, '')
    .replace(/--[a-z0-9-]+|\{[A-Za-z]+\}/g, '')
    .replace(/\.?\byici(?:-network|-gateway)?(?:(?:\s+|\/)[a-z-]+){0,2}/g, '')
    .replace(/[\w.-]+\.(?:json|results|jsonl|csv|ofd|pdf|block|sig)\b|\.results|\.csv|\.block/g, '')
    .replace(/(?:缺省|例如)\s+[\w.-]+/g, '')
    // Codes of an answer, with their words.
    .replace(/\b[A-Z]{4,}(?:_[A-Z]+)*（[^）]*）/g, '')
    .replace(names, '');

describe('which language a run speaks', () => {
  it('is asked for by --lang, then YICI_LANG, then the system; Chinese unless that is English', () => {
    expect(languageOf(['inbox', '--lang', 'en'], { YICI_LANG: 'zh' })).to.equal('en');
    expect(languageOf(['--lang=zh', 'inbox'], { LANG: 'en_GB.UTF-8' })).to.equal('zh');
    expect(languageOf([], { YICI_LANG: 'en', LC_ALL: 'zh_CN.UTF-8' })).to.equal('en');
    expect(languageOf([], { LC_ALL: 'en_US.UTF-8', LANG: 'zh_CN.UTF-8' })).to.equal('en');
    expect(languageOf([], { LC_MESSAGES: 'zh_CN.UTF-8', LANG: 'en_US' })).to.equal('zh');
    for (const env of [{}, { LANG: 'C.UTF-8' }, { LC_ALL: 'POSIX' }, { LC_ALL: '', LANG: 'C' }]) {
      expect(languageOf([], env), JSON.stringify(env)).to.equal('zh');
    }
  });

  it('takes no other, and says which there are', async () => {
    const run = await runYici(['inbox', '--lang', 'fr']);
    expect(run.exitCode).to.equal(2);
    expect(run.notes.join()).to.contain('可用：zh、en');
  });
});

describe('the help of every command', () => {
  for (const command of all(program)) {
    const path = pathOf(command);
    const name = ['yici', ...path].join(' ');

    it(`${name} is in Chinese for a Chinese reader, and in English for an English one`, async () => {
      const chinese = (await runYici([...path, '--help'])).out.join('\n');
      expect(prose(chinese).match(/.*[A-Za-z]{2,}.*/g) ?? []).to.deep.equal([]);
      const english = (await runYici([...path, '--help', '--lang', 'en'])).out.join('\n');
      const han = english.match(/.*\p{Script=Han}.*/gu);
      expect(han ?? []).to.deep.equal([]);
    });
  }
});

describe('what a command refuses', () => {
  const usage = [
    [['vanish'], '没有命令“vanish”', "unknown command 'vanish'"],
    [['inbx'], '是否为 inbox？', 'did you mean inbox?'],
    [['inbox', '--fast'], '没有选项“--fast”', "unknown option '--fast'"],
    [['inbox', '--jsn'], '是否为 --json？', 'did you mean --json?'],
    [['inbox', 'more'], '多出内容：more', 'too many arguments: more'],
    [['case', 'show'], '缺少“办件编号”', "missing required argument 'caseNo'"],
    [['case', 'list', '--state'], '没有写明内容', 'argument missing'],
    [['case', 'list', '--state', 'LOST'], '可用：', 'choices: '],
    [['archive', 'make', 'X'], '缺少选项', 'required option'],
    [['case', 'opinion', 'X', '--agree', '--disagree'], '只能选其一', 'exclude each other'],
  ] as const;

  for (const [args, zh, en] of usage) {
    it(`"${args.join(' ')}" is said in the language of the run`, async () => {
      const chinese = await runYici(args);
      expect(chinese.exitCode).to.equal(2);
      expect(chinese.notes.join('\n')).to.contain(zh).and.not.to.contain('error:');
      const english = await runYici(['--lang', 'en', ...args]);
      expect(english.exitCode).to.equal(2);
      expect(english.notes.join('\n'))
        .to.contain(en)
        .and.not.to.match(/\p{Script=Han}/u);
    });
  }

  it('takes a word where a code is asked for', async () => {
    const run = await runYici(['case', 'list', '--state', '会办中']);
    expect(run.notes.join()).to.contain('NOT_LOGGED_IN');
  });

  it('says the same as JSON in either language', async () => {
    const home = await mkdtemp(join(tmpdir(), 'yici-language-'));
    try {
      const args = ['inbox', '--json', '--identity', join(home, 'nobody')];
      const [chinese, english] = [await runYici(args), await runYici([...args, '--lang', 'en'])];
      expect(chinese.out).to.deep.equal(english.out);
      expect(chinese.out.join()).not.to.match(/\p{Script=Han}/u);
    } finally {
      await rm(home, { recursive: true });
    }
  });
});
