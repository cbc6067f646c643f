import {
  calendarRecord,
  calendarVersionRecord,
  datasetRecord,
  dataTopicRecord,
  departmentRecord,
  matterRecord,
} from '@yici/chaincode/model';
import type { Command } from 'commander';
import {
  calendarColumns,
  calendarVersionColumns,
  datasetColumns,
  dataTopicColumns,
  departmentColumns,
  matterColumns,
  presentMatter,
} from '../../present/registry.js';
import { renderTable } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, listOf, reads, textOption, withListOptions } from './read.js';

export function addDepartmentReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list')).description(
    '部门列表 departments of the channel',
  );
  exampleOf(
    reads(list, terminal, ({ client }, _args, values) =>
      listOf(client, departmentRecord, departmentColumns, { path: '/v1/departments', values }),
    ),
    'yici department list',
  );
}

export function addCalendarReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list')).description('工作日历 working calendars');
  exampleOf(
    reads(list, terminal, ({ client }, _args, values) =>
      listOf(client, calendarRecord, calendarColumns, { path: '/v1/calendars', values }),
    ),
    'yici calendar list',
  );
  const shown = group
    .command('show')
    .argument('<year>')
    .description('某年日历 the calendar of one year');
  exampleOf(
    reads(shown, terminal, async ({ client }, [year = '']) => {
      const record = await client.get(
        calendarVersionRecord,
        `/v1/calendars/${encodeURIComponent(year)}`,
      );
      const { offDays, makeUpDays } = record.days;
      return {
        json: record,
        lines: [
          ...renderTable(calendarVersionColumns, [record]),
          '',
          `休息日 days off: ${offDays.join(' ')}`,
          `调休上班 make-up days: ${makeUpDays.join(' ') || '-'}`,
          `内容摘要 digest: ${record.contentDigest}`,
        ],
      };
    }),
    'yici calendar show 2026',
  );
}

export function addMatterReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('事项清单 matters, the newest version of each')
    .option('--owner <id>', '牵头部门')
    .option('--status <status>', '状态 draft, cosigned, published, retired');
  exampleOf(
    reads(list, terminal, ({ client }, _args, values) => {
      const query = { owner: textOption(values, 'owner'), status: textOption(values, 'status') };
      return listOf(client, matterRecord, matterColumns, { path: '/v1/matters', query, values });
    }),
    'yici matter list --status published',
  );
  const shown = group
    .command('show')
    .argument('<taskCode>')
    .option('--version <number>', '版本，缺省为现行 the version, by default the one in force')
    .description('办事指南 one matter: materials, flow, limits');
  exampleOf(
    reads(shown, terminal, async ({ client }, [taskCode = ''], values) => {
      const version = textOption(values, 'version');
      const path = `/v1/matters/${encodeURIComponent(taskCode)}`;
      const record = await client.get(
        matterRecord,
        version === undefined ? path : `${path}/versions/${encodeURIComponent(version)}`,
      );
      return { json: record, lines: presentMatter(record) };
    }),
    'yici matter show YC33110000000007',
  );
}

export function addDatasetReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('政务数据目录 data sets')
    .option('--department <id>', '数源部门');
  exampleOf(
    reads(list, terminal, ({ client }, _args, values) => {
      const query = { department: textOption(values, 'department') };
      return listOf(client, datasetRecord, datasetColumns, { path: '/v1/datasets', query, values });
    }),
    'yici dataset list',
  );
  const topics = withListOptions(group.command('topics'))
    .description(
      '数据主题及数源部门 what data are about, who collects them, and their named source',
    )
    .option('--topic <code>', '主题')
    .option('--status <status>', '状态 single, open, named')
    .option('--department <id>', '部门');
  exampleOf(
    reads(topics, terminal, ({ client }, _args, values) => {
      const query = Object.fromEntries(
        ['topic', 'status', 'department'].map((name) => [name, textOption(values, name)]),
      );
      const path = '/v1/data-topics';
      return listOf(client, dataTopicRecord, dataTopicColumns, { path, query, values });
    }),
    'yici dataset topics --status open',
  );
}
