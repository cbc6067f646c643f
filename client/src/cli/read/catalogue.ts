import type { OneThingGraph } from '@yici/api';
import type { Command } from 'commander';
import type { YiciClient } from '../../api/client.js';
import {
  dutyColumns,
  linkColumns,
  oneThingCaseColumns,
  oneThingColumns,
  overlapColumns,
  presentOneThing,
  reviewColumns,
} from '../../present/catalogue.js';
import { stateText } from '../../present/words.js';
import { renderFields, renderTable, type Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, lists, reads, type Shown } from './read.js';

export function addDutyReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'duties.list',
    columns: dutyColumns,
    description: '职责清单 duties',
    example: 'yici duty list --department hrss',
  });
  lists(group.command('versions'), terminal, {
    read: 'duties.versions',
    columns: dutyColumns,
    description: '职责条目各版本 all versions of a duty',
    example: 'yici duty versions offices OFFICES-03',
  });
  lists(group.command('matters'), terminal, {
    read: 'duties.matters',
    columns: linkColumns,
    description: '以该职责为依据的事项 matters that rest on a duty',
    example: 'yici duty matters offices OFFICES-03',
  });
  lists(group.command('overlaps'), terminal, {
    read: 'dutyOverlaps.list',
    columns: overlapColumns,
    description: '职责交叉 topics that several departments claim',
    example: 'yici duty overlaps --status open',
  });
}

export function addReviewReads(group: Command, terminal: Terminal): void {
  lists(group.command('reviews'), terminal, {
    read: 'reviews.list',
    columns: reviewColumns,
    description: '须复核的事项 matters whose duty changed (NEEDS_REVIEW), soonest due first',
    example: 'yici matter reviews --department offices',
  });
}

export function addOneThingReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'oneThings.list',
    columns: oneThingColumns,
    description: '“一件事”清单 one things, the newest version of each',
    example: 'yici one-thing list --status published',
  });
  const shown = group
    .command('show')
    .argument('<code or no>')
    .description(
      '“一件事”：图、一套材料；或者一个办件的各部分 a template; or, by its number, one that was filed',
    );
  reads(shown, terminal, async ({ client }, [code = '']) => {
    if (/-\d{8}-\d{4,9}$/.test(code)) return showFiled(client, code);
    const record = await client.read('oneThings.get', { code });
    return { json: record, lines: presentOneThing(record) };
  });
  exampleOf(shown, 'yici one-thing show YC33110000000001');
  lists(group.command('cases'), terminal, {
    read: 'oneThingCases.list',
    columns: oneThingCaseColumns,
    description: '已申报的“一件事” one things that were filed and concern this department',
    example: 'yici one-thing cases --due',
  });
}

const partColumns: readonly Column<OneThingGraph['parts'][number]>[] = [
  { title: '部分 part', value: ({ id }) => id },
  { title: '之后 after', value: ({ after }) => after.join(', ') || undefined },
  { title: '牵头 owner', value: ({ owner }) => owner },
  { title: '状态 status', value: ({ status }) => status },
  { title: '办件 case', value: ({ caseNo }) => caseNo },
  { title: '办件状态 state', value: ({ state }) => state && stateText(state) },
  { title: '到期 due', value: ({ dueOn }) => dueOn },
];

async function showFiled(client: YiciClient, no: string): Promise<Shown> {
  const filed = await client.read('oneThingCases.get', { no });
  const { record, parts, ready, due } = filed;
  return {
    json: filed,
    lines: [
      `一件事办件 one thing ${record.no}`,
      ...renderFields([
        ['状态 status', record.status],
        ['一件事 template', `${record.code} v${record.version}`],
        ['申报 applicant', record.applicant],
        ['牵头 lead', record.lead],
        ['材料 materials', record.materials.map(({ code }) => code).join(', ')],
        ['承诺办结 promised by', record.dueOn],
        ['可推进 to move on', due ? ready.join(', ') || '登记结果 endings' : undefined],
      ]),
      '',
      ...renderTable(partColumns, parts),
    ],
  };
}
