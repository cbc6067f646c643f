import { reads as readsOfApi, type ActView, type Shape } from '@yici/api';
import {
  exampleOf,
  renderTable,
  type Column,
  type Say,
  type SpokenCommand as Command,
} from '@yici/terminal';
import type { YiciClient } from '../../api/client.js';
import type { Terminal } from '../../terminal/terminal.js';
import { wordsOf } from '../form/choices.js';
import { fieldText } from '../form/fields.js';
import { namesOfCase } from '../names-of-case.js';
import { actLines, type ActsName } from '../next/acts.js';
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

const columns: readonly Column<ActView>[] = [
  { title: { zh: '操作', en: 'act' }, value: ({ summary }) => summary, max: 40 },
  { title: { zh: '命令', en: 'command' }, value: ({ command }) => typed(command) },
  { title: { zh: '部分', en: 'part' }, value: partOf },
  { title: { zh: '可否办理', en: 'open' }, value: ({ open }, say) => say.yesNo(open) },
  {
    title: { zh: '原因', en: 'why not' },
    value: ({ refusal }, say) => refusal && `${say(refusal.sentence)} ${refusal.code}`,
    max: 60,
  },
];

/** What of a record the act is about, where it is about a part. */
function partOf({ command, input }: ActView, say: Say): string {
  const { fields } = writeSpec(command);
  const [, ...more] = Object.entries(input);
  const parts = more.filter(([, value]) => typeof value !== 'object');
  return say.facts(
    parts.map(([field, value]) => {
      const choices = fields.find(({ name }) => name === field)?.choices ?? [];
      const id = String(value);
      const name = field === 'stepId' ? say.nameOf('step', id) : say.member(wordsOf(choices), id);
      const text = name.slice(0, 24);
      return `${fieldText({ name: field, command }, say)} ${text}`;
    }),
  );
}

/** As it is typed. */
function typed(command: ActView['command']): string {
  const { group, verb } = writeSpec(command);
  return `${group} ${verb}`;
}

/** Which acts on a record of the group are open: those first, then the others of this role with the reason. */
export function addActs(group: Command, terminal: Terminal): void {
  const { say } = terminal;
  for (const [verb, name, key] of verbs[group.name()] ?? []) {
    const params: Shape = readsOfApi[name].params.shape;
    const fields = Object.keys(params);
    const command = names(group.command(verb), name)
      .description(say(description))
      .option(
        '--all',
        say({ zh: '连同本人角色无权办理的', en: 'also those that are not for this role' }),
      );
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
  const sorted = [...shown].sort((one, other) => Number(other.open) - Number(one.open));
  const open = await actLines(
    client,
    sorted.filter((act) => act.open),
    say,
  );
  const how = say({ zh: '办理：', en: 'how:' });
  const lines = open.length === 0 ? [] : [how, ...open];
  return { json: answer, lines: [...renderTable(columns, sorted, say), ...lines] };
}
