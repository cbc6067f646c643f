import { join } from 'node:path';
import * as model from '@yici/domain/model';
import { createProgram, processTerminal } from '@yici/client/testing';
import { expect } from 'chai';
import type { Command } from 'commander';
import { z } from 'zod';
import { runYici } from '../../support/terminal.js';
import { fileCase, seed, taskCode } from './support/story.js';
import { openWorld, type World } from './support/world.js';

/** Codes of closed lists: in a Chinese screen they are shown as words. */
const codes = new Set(
  Object.entries<unknown>({ ...model })
    .filter(([name]) => name.endsWith('Words'))
    .flatMap(([, words]) =>
      typeof words === 'object' && words !== null ? Object.keys(words) : [],
    ),
);

const idsSchema = z.object({ items: z.array(z.looseObject({ id: z.string() })) });

/** Every text in a JSON document. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => [name, ...textsIn(one)]);
}

describe('what yici shows, in the language of whoever reads it', function () {
  this.timeout(180_000);
  let world: World;
  let caseNo: string;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    caseNo = await fileCase(world.api, 'data.clerk1');
  });

  after(() => world.close());

  const screens = (): string[][] => [
    ['whoami'],
    ['inbox'],
    ['inbox', '--done'],
    ['department', 'list'],
    ['department', 'show', 'offices'],
    ['calendar', 'list'],
    ['matter', 'list'],
    ['matter', 'show', taskCode],
    ['matter', 'reviews'],
    ['one-thing', 'list'],
    ['one-thing', 'cases'],
    ['case', 'list'],
    ['case', 'show', caseNo],
    ['case', 'verify', caseNo],
    ['case', 'acts', caseNo],
    ['case', 'materials', caseNo],
    ['duty', 'list'],
    ['duty', 'overlaps'],
    ['dataset', 'list'],
    ['dataset', 'topics'],
    ['attestation', 'list'],
    ['attestation', 'contests'],
    ['sharing', 'list'],
    ['sharing', 'clocks'],
    ['sharing', 'unmatched'],
    ['sharing', 'challenges'],
    ['sharing', 'disputes'],
    ['ruling', 'list'],
    ['delegation', 'list'],
    ['delegation', 'candidates'],
    ['reform', 'list'],
    ['app-key', 'list'],
    ['supervise', 'cards'],
    ['supervise', 'orders'],
    ['supervise', 'evaluations'],
    ['supervise', 'urges'],
    ['supervise', 'audits', 'list'],
    ['supervise', 'reads'],
    ['document', 'list'],
    ['draft', 'list'],
    ['signoff', 'list'],
    ['signoff', 'chains'],
    ['stats', 'list'],
    ['stats', 'show', 'on-time-rate'],
    ['report', '--year', String(new Date().getFullYear())],
    ['blocks'],
  ];

  const shown = async (args: readonly string[]) => {
    const identity = join(world.directory, 'state', 'identities', 'offices.clerk1');
    const run = await runYici([...args, '--identity', identity, '--gateway', world.url]);
    expect(run.exitCode, `${args.join(' ')}: ${run.notes.join()}`).to.equal(0);
    return run.out.join('\n');
  };

  /** What is called by its name in either language: departments, figures and commands. */
  const ids = async (): Promise<ReadonlySet<string>> => {
    const lists = [
      await shown(['department', 'list', '--json']),
      await shown(['stats', 'list', '--json']),
    ];
    const rows = lists.flatMap((text) =>
      idsSchema.parse(JSON.parse(text)).items.map(({ id }) => id),
    );
    const names = (command: Command): string[] => [
      command.name(),
      ...command.commands.flatMap(names),
    ];
    return new Set([
      ...rows,
      ...names(createProgram(processTerminal(new AbortController().signal))),
    ]);
  };

  it('has words of one language alone beside what is data', async () => {
    const wrong: string[] = [];
    const known = await ids();
    const typed = new Set([...known].flatMap((name) => name.split('-')));
    const said = (word: string) => typed.has(word) || /^(SHA|CSV|JSON)$/.test(word);
    for (const screen of screens()) {
      const data = textsIn(JSON.parse(await shown([...screen, '--json']))).join('\n');
      const foreign = (text: string, script: RegExp) =>
        [...new Set(text.match(script) ?? [])].filter((word) => !data.includes(word));
      const chinese = await shown(screen);
      const english = await shown([...screen, '--lang', 'en']);
      // Whole names only, as user and figure names have such words as parts; options are typed as they are.
      const words = chinese.replace(/--[a-z-]+/g, '').match(/[A-Za-z][\w.-]{2,}/g) ?? [];
      const untold = words.filter((word) => codes.has(word) && !known.has(word));
      const found = [
        ...foreign(chinese, /[A-Za-z]{3,}/g).filter((word) => !said(word)),
        ...foreign(english, /\p{Script=Han}+/gu),
        ...untold,
      ];
      if (found.length > 0) wrong.push(`${screen.join(' ')}: ${[...new Set(found)].join(' ')}`);
    }
    expect(wrong.join('\n')).to.equal('');
  });

  it('has tables for spreadsheets whose columns are called in one language', async () => {
    const year = ['--year', String(new Date().getFullYear())];
    for (const table of [
      ['stats', 'show', 'once-rate', '--by', 'applicant'],
      ['stats', 'show', 'once-rate', '--cases'],
      ['report', ...year],
    ]) {
      const [titles = '', ...rows] = (await shown([...table, '--csv'])).slice(1).split('\r\n');
      expect(titles, table.join(' ')).to.match(/\p{Script=Han}/u);
      expect(titles, table.join(' ')).not.to.match(/[A-Za-z]{3}/);
      const cells = rows.flatMap((row) => row.split(','));
      expect(cells).not.to.include.oneOf(['ledger', 'gateway', 'total', 'true', 'false', 'case']);
      const english = await shown([...table, '--csv', '--lang', 'en']);
      expect(english.split('\r\n')[0]).not.to.match(/\p{Script=Han}/u);
    }
  });

  it('takes the name of a department where its code is asked for', async () => {
    const department = z
      .looseObject({ name: z.looseObject({ zh: z.string() }) })
      .parse(JSON.parse(await shown(['department', 'show', 'data', '--json'])));
    const named = await shown(['case', 'list', '--applicant', department.name.zh, '--json']);
    expect(named).to.contain(caseNo);
  });
});
