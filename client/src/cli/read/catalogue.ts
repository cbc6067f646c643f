import {
  dutyOverlapRecord,
  dutyRecord,
  dutyVersionRecord,
  matterOfDutyRecord,
  oneThingCaseRecord,
  oneThingRecord,
  reviewRecord,
} from '@yici/chaincode/model';
import type { Command } from 'commander';
import { z } from 'zod';
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
import { knownStateText } from '../../present/words.js';
import { renderFields, renderTable, type Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, listOf, reads, textOption, withListOptions, type Shown } from './read.js';

export function addDutyReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('职责清单 duties')
    .option('--department <id>', '部门')
    .option('--topic <code>', '主题');
  exampleOf(
    reads(list, terminal, ({ client }, _args, values) => {
      const query = {
        department: textOption(values, 'department'),
        topic: textOption(values, 'topic'),
      };
      return listOf(client, dutyRecord, dutyColumns, { path: '/v1/duties', query, values });
    }),
    'yici duty list --department hrss',
  );
  addDutyLists(group, terminal);
  const overlaps = withListOptions(group.command('overlaps'))
    .description('职责交叉 topics that several departments claim')
    .option('--topic <code>', '主题')
    .option('--status <status>', '状态 open, ruled, withdrawn')
    .option('--department <id>', '部门');
  exampleOf(
    reads(overlaps, terminal, ({ client }, _args, values) => {
      const query = {
        topic: textOption(values, 'topic'),
        status: textOption(values, 'status'),
        department: textOption(values, 'department'),
      };
      const path = '/v1/duty-overlaps';
      return listOf(client, dutyOverlapRecord, overlapColumns, { path, query, values });
    }),
    'yici duty overlaps --status open',
  );
}

function addDutyLists(group: Command, terminal: Terminal): void {
  const of = (department = '', code = '') =>
    `/v1/duties/${encodeURIComponent(department)}/${encodeURIComponent(code)}`;
  const versions = withListOptions(group.command('versions'))
    .argument('<department>')
    .argument('<code>')
    .description('职责条目各版本 all versions of a duty');
  exampleOf(
    reads(versions, terminal, ({ client }, [department, code], values) => {
      const path = `${of(department, code)}/versions`;
      return listOf(client, dutyVersionRecord, dutyColumns, { path, values });
    }),
    'yici duty versions offices OFFICES-03',
  );
  const matters = withListOptions(group.command('matters'))
    .argument('<department>')
    .argument('<code>')
    .description('以该职责为依据的事项 matters that rest on a duty');
  exampleOf(
    reads(matters, terminal, ({ client }, [department, code], values) => {
      const path = `${of(department, code)}/matters`;
      return listOf(client, matterOfDutyRecord, linkColumns, { path, values });
    }),
    'yici duty matters offices OFFICES-03',
  );
}

export function addReviewReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('reviews'))
    .description('须复核的事项 matters whose duty changed (NEEDS_REVIEW), soonest due first')
    .option('--status <status>', '状态 open, closed', 'open')
    .option('--department <id>', '实施主体或者会签部门 owner or cosigner')
    .option('--due-to <date>', '到期日止 YYYY-MM-DD');
  exampleOf(
    reads(list, terminal, ({ client }, _args, values) => {
      const query = {
        status: textOption(values, 'status'),
        department: textOption(values, 'department'),
        dueTo: textOption(values, 'dueTo'),
      };
      return listOf(client, reviewRecord, reviewColumns, { path: '/v1/reviews', query, values });
    }),
    'yici matter reviews --department offices',
  );
}

export function addOneThingReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('“一件事”清单 one things, the newest version of each')
    .option('--lead <id>', '牵头部门')
    .option('--status <status>', '状态 draft, cosigned, published, retired');
  exampleOf(
    reads(list, terminal, ({ client }, _args, values) => {
      const query = { lead: textOption(values, 'lead'), status: textOption(values, 'status') };
      const path = '/v1/one-things';
      return listOf(client, oneThingRecord, oneThingColumns, { path, query, values });
    }),
    'yici one-thing list --status published',
  );
  const shown = group
    .command('show')
    .argument('<code or no>')
    .description(
      '“一件事”：图、一套材料；或者一个办件的各部分 a template; or, by its number, one that was filed',
    );
  exampleOf(
    reads(shown, terminal, async ({ client }, [code = '']) => {
      if (/-\d{8}-\d{4,9}$/.test(code)) return showFiled(client, code);
      const record = await client.get(oneThingRecord, `/v1/one-things/${encodeURIComponent(code)}`);
      return { json: record, lines: presentOneThing(record) };
    }),
    'yici one-thing show YC33110000000001',
  );
  const cases = withListOptions(group.command('cases'))
    .description('已申报的“一件事” one things that were filed and concern this department')
    .option('--code <code>', '“一件事”编码')
    .option('--status <status>', '状态 open, granted, ended')
    .option('--due', '可以推进的 those that can be moved on');
  exampleOf(
    reads(cases, terminal, ({ client }, _args, values) => {
      const query = {
        code: textOption(values, 'code'),
        status: textOption(values, 'status'),
        due: values['due'] === true ? 'true' : undefined,
      };
      const path = '/v1/one-thing-cases';
      return listOf(client, oneThingCaseRecord, oneThingCaseColumns, { path, query, values });
    }),
    'yici one-thing cases --due',
  );
}

/** A filed one thing as joined by the gateway: the record, and the state of each part's case. */
const filedSchema = z.object({
  record: oneThingCaseRecord,
  parts: z.array(
    z.object({
      id: z.string(),
      status: z.string(),
      after: z.array(z.string()),
      caseNo: z.string().nullable(),
      state: z.string().nullable(),
      owner: z.string(),
      dueOn: z.string().nullable(),
    }),
  ),
  ready: z.array(z.string()),
  due: z.boolean(),
});

const partColumns: readonly Column<z.infer<typeof filedSchema>['parts'][number]>[] = [
  { title: '部分 part', value: ({ id }) => id },
  { title: '之后 after', value: ({ after }) => after.join(', ') || undefined },
  { title: '牵头 owner', value: ({ owner }) => owner },
  { title: '状态 status', value: ({ status }) => status },
  { title: '办件 case', value: ({ caseNo }) => caseNo },
  { title: '办件状态 state', value: ({ state }) => state && knownStateText(state) },
  { title: '到期 due', value: ({ dueOn }) => dueOn },
];

async function showFiled(client: YiciClient, no: string): Promise<Shown> {
  const filed = await client.get(filedSchema, `/v1/one-thing-cases/${encodeURIComponent(no)}`);
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
