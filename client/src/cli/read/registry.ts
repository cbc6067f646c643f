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
import { presentDepartment, presentReform, reformColumns } from '../../present/reforms.js';
import { renderTable } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, lists, reads, textOption } from './read.js';

export function addDepartmentReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'departments.list',
    columns: departmentColumns,
    description: '部门列表 departments of the channel',
    example: 'yici department list',
  });
  const shown = group
    .command('show <id>')
    .description(
      '部门、原名、承继部门 one department, its former names, who goes on with what left it',
    );
  reads(shown, terminal, async ({ client }, [id = '']) => {
    const record = await client.read('departments.get', { id });
    return { json: record, lines: presentDepartment(record) };
  });
  exampleOf(shown, 'yici department show hrss');
}

export function addReformReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'reforms.list',
    columns: reformColumns,
    description: '机构改革决定 reorganisations',
    example: 'yici reform list',
  });
  const shown = group.command('show <reformId>').description('一项机构改革决定 one reorganisation');
  reads(shown, terminal, async ({ client }, [reformId = '']) => {
    const record = await client.read('reforms.get', { reformId });
    return { json: record, lines: presentReform(record) };
  });
  exampleOf(shown, 'yici reform show reform-2026-1');
}

export function addCalendarReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'calendars.list',
    columns: calendarColumns,
    description: '工作日历 working calendars',
    example: 'yici calendar list',
  });
  const shown = group.command('show <year>').description('某年日历 the calendar of one year');
  reads(shown, terminal, async ({ client }, [year = '']) => {
    const record = await client.read('calendars.get', { year });
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
  });
  exampleOf(shown, 'yici calendar show 2026');
}

export function addMatterReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'matters.list',
    columns: matterColumns,
    description: '事项清单 matters, the newest version of each',
    example: 'yici matter list --status published',
  });
  const shown = group
    .command('show <taskCode>')
    .option('--version <number>', '版本，缺省为现行 the version, by default the one in force')
    .description('办事指南 one matter: materials, flow, limits');
  reads(shown, terminal, async ({ client }, [taskCode = ''], values) => {
    const version = textOption(values, 'version');
    const record =
      version === undefined
        ? await client.read('matters.get', { taskCode })
        : await client.read('matters.version', { taskCode, version });
    return { json: record, lines: presentMatter(record) };
  });
  exampleOf(shown, 'yici matter show YC33110000000007');
}

export function addDatasetReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'datasets.list',
    columns: datasetColumns,
    description: '政务数据目录 data sets',
    example: 'yici dataset list',
  });
  lists(group.command('topics'), terminal, {
    read: 'dataTopics.list',
    columns: dataTopicColumns,
    description:
      '数据主题及数源部门 what data are about, who collects them, and their named source',
    example: 'yici dataset topics --status open',
  });
}
