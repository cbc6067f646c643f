import { reads as readsOfApi, type ActView, type Shape } from '@yici/api';
import { exampleOf, type Say, type SpokenCommand as Command } from '@yici/terminal';
import type { YiciClient } from '../../api/client.js';
import type { Terminal } from '../../terminal/terminal.js';
import { wordsOf } from '../form/choices.js';
import { isNamed } from '../form/registers.js';
import { namesOfCase } from '../names-of-case.js';
import { actLines, type ActsName } from '../next/acts.js';
import { shortName } from '../next/line.js';
import { writeSpec } from '../spec/spec.js';
import { names, reads, type Shown } from '../read/read.js';

/** The verbs that ask which acts are open, by the group of the command line. */
const verbs: Readonly<Record<string, readonly (readonly [verb: string, ActsName, key: string])[]>> =
  {
    department: [['acts', 'departments.acts', 'finance']],
    reform: [['acts', 'reforms.acts', 'reform-2026']],
    duty: [
      ['acts', 'duties.acts', 'finance FINANCE-01'],
      ['overlap-acts', 'dutyOverlaps.acts', 'office-space'],
    ],
    calendar: [['acts', 'calendars.acts', '2026']],
    matter: [['acts', 'matters.acts', 'YC33110000000007']],
    'one-thing': [
      ['acts', 'oneThings.acts', 'YC33110000000001'],
      ['filed-acts', 'oneThingCases.acts', 'YC33110000000001-20260302-0001'],
    ],
    case: [['acts', 'cases.acts', 'YC33110000000007-20260302-0001']],
    ruling: [['acts', 'dutyRulings.acts', 'YC33110000000007-20260302-0001-R1']],
    delegation: [['acts', 'delegations.acts', 'dlg-0001']],
    dataset: [
      ['acts', 'datasets.acts', 'establishment-headcount'],
      ['topic-acts', 'dataTopics.acts', 'vehicles'],
    ],
    'app-key': [['acts', 'appKeys.acts', 'hrss 0123456789abcdef0123456789abcdef']],
    supervise: [
      ['card-acts', 'cards.acts', 'YC33110000000007-20260302-0001.finish.20260311.red'],
      ['order-acts', 'orders.acts', 'ord-1'],
    ],
    attestation: [['acts', 'attestations.acts', 'att-0001']],
    sharing: [['acts', 'shares.acts', 'share-0001']],
  };

/** What of a record the act is about, where it is about a part. */
function partOf({ command, input }: ActView, say: Say): string {
  const { fields: options, argument } = writeSpec(command);
  const fields = argument === undefined ? options : [argument, ...options];
  const [, ...more] = Object.entries(input);
  const parts = more.filter(([, value]) => typeof value !== 'object');
  return say.list(
    parts.map(([field, value]) => {
      const { choices = [], offered } = fields.find(({ name }) => name === field) ?? {};
      const id = String(value);
      const name = isNamed(offered) ? say.nameOf(offered, id) : say.member(wordsOf(choices), id);
      return name.slice(0, 24);
    }),
  );
}

/** Acts that cannot be done now, those with one reason together. */
function closedLines(acts: readonly ActView[], say: Say): string[] {
  const reasons = new Map<string, Map<string, string[]>>();
  for (const act of acts) {
    const { refusal, command } = act;
    const why = refusal === undefined ? '' : say.aside(say(refusal.sentence), refusal.code);
    const same = reasons.get(why) ?? new Map<string, string[]>();
    const name = shortName(command, say);
    const part = partOf(act, say);
    const parts = same.get(name) ?? [];
    reasons.set(why, same.set(name, part === '' ? parts : [...parts, part]));
  }
  return [...reasons].map(([why, same]) => {
    const names = [...same].map(([name, parts]) =>
      parts.length === 0 ? name : say.aside(name, say.list([...new Set(parts)])),
    );
    return say({ zh: `  ${say.list(names)}：${why}`, en: `  ${say.list(names)}: ${why}` });
  });
}

/** Which acts on a record of the group are open: those first, then the others of this role with the reason. */
export function addActs(group: Command, terminal: Terminal): void {
  for (const [verb, name, key] of verbs[group.name()] ?? []) {
    const params: Shape = readsOfApi[name].params.shape;
    const fields = Object.keys(params);
    const command = names(group.command(verb), name).description(description).option('--all', {
      zh: '连同本人角色无权办理的',
      en: 'also those that are not for this role',
    });
    reads(command, terminal, async ({ client, say }, args, values) => {
      const asked = Object.fromEntries(fields.map((field, index) => [field, args[index]]));
      const { caseNo } = asked;
      const named = caseNo === undefined ? say : say.knowing(await namesOfCase(client, caseNo));
      return shownActs(client, await client.read(name, asked), values['all'] === true, named);
    });
    exampleOf(command, `yici ${group.name()} ${verb} ${key}`);
  }
}

const description = {
  zh: '现在可以办理的操作，其他操作为何不能',
  en: 'which acts are open, and why others are not',
};

interface Acts {
  readonly acts: readonly ActView[];
}

async function shownActs(client: YiciClient, answer: Acts, all: boolean, say: Say): Promise<Shown> {
  const shown = answer.acts.filter(({ refusal }) => all || refusal?.code !== 'ROLE_REFUSED');
  const open = shown.filter((act) => act.open);
  const closed = closedLines(
    shown.filter((act) => !act.open),
    say,
  );
  const none = say({ zh: '现在没有可以办理的操作。', en: 'Nothing can be done now.' });
  const how = say({ zh: '可以办理：', en: 'open:' });
  const not = say({ zh: '不能办理：', en: 'not open:' });
  return {
    json: answer,
    lines: [
      ...(open.length === 0 ? [none] : [how, ...(await actLines(client, open, say))]),
      ...(closed.length === 0 ? [] : [not, ...closed]),
    ],
  };
}
