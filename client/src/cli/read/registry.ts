import type { MatterRecord } from '@yici/domain/model';
import { exampleOf, type Say, type SpokenCommand as Command } from '@yici/terminal';
import { collected } from '../../api/ask.js';
import type { YiciClient } from '../../api/client.js';
import {
  calendarColumns,
  datasetColumns,
  datasetVersionColumns,
  dataTopicColumns,
  departmentColumns,
  matterColumns,
  presentCalendar,
  presentDataset,
  presentMatter,
} from '../../present/registry.js';
import { presentDepartment, presentReform, reformColumns } from '../../present/reforms.js';
import type { Terminal } from '../../terminal/terminal.js';
import { filingLines, requestLines } from '../next/begin.js';
import { lists, reads, textOption, names } from './read.js';

export function addDepartmentReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'departments.list',
    columns: departmentColumns,
    description: { zh: '部门列表', en: 'departments of the channel' },
    example: 'yici department list',
  });
  const shown = names(group.command('show'), 'departments.get').description({
    zh: '部门、原名、承继部门',
    en: 'one department, its former names, who goes on with what left it',
  });
  reads(shown, terminal, async ({ client, say }, [id = '']) => {
    const record = await client.read('departments.get', { id });
    return { json: record, lines: presentDepartment(record, say) };
  });
  exampleOf(shown, 'yici department show hrss');
}

export function addReformReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'reforms.list',
    columns: reformColumns,
    description: { zh: '机构改革决定', en: 'reorganisations' },
    example: 'yici reform list',
  });
  const shown = names(group.command('show'), 'reforms.get').description({
    zh: '一项机构改革决定',
    en: 'one reorganisation',
  });
  reads(shown, terminal, async ({ client, say }, [reformId = '']) => {
    const record = await client.read('reforms.get', { reformId });
    return { json: record, lines: presentReform(record, say) };
  });
  exampleOf(shown, 'yici reform show reform-2026-1');
}

export function addCalendarReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'calendars.list',
    columns: calendarColumns,
    description: { zh: '工作日历', en: 'working calendars' },
    example: 'yici calendar list',
  });
  const shown = names(group.command('show'), 'calendars.get').description({
    zh: '某年的工作日历',
    en: 'the calendar of one year',
  });
  reads(shown, terminal, async ({ client, say }, [year = '']) => {
    const record = await client.read('calendars.get', { year });
    return { json: record, lines: presentCalendar(record, say) };
  });
  exampleOf(shown, 'yici calendar show 2026');
}

export function addMatterReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'matters.list',
    columns: matterColumns,
    description: { zh: '事项清单', en: 'matters, the newest version of each' },
    leadsTo: { zh: '查看、申报', en: 'to look at one and to file' },
    example: 'yici matter list --status published',
  });
  const shown = names(group.command('show'), 'matters.get')
    .option('--version <number>', {
      zh: '版本，缺省为现行',
      en: 'the version, by default the one in force',
    })
    .description({ zh: '办事指南', en: 'one matter: materials, flow, limits' });
  reads(shown, terminal, async ({ client, say, session }, [taskCode = ''], values) => {
    const version = textOption(values, 'version');
    const record =
      version === undefined
        ? await client.read('matters.get', { taskCode })
        : await client.read('matters.version', { taskCode, version });
    const duty = await dutyText(client, record, say);
    const lines = [...presentMatter(record, duty, say), ...filingLines(record, session, say)];
    return { json: record, lines };
  });
  exampleOf(shown, 'yici matter show YC33110000000007');
}

/** The clause that a matter rests on, with its title: the newest version has it, whatever the matter was drafted on. */
async function dutyText(
  client: YiciClient,
  { owner, content: { dutyCode } }: MatterRecord,
  say: Say,
): Promise<string | undefined> {
  if (dutyCode === undefined) return undefined;
  const duties = await collected(client.list('duties.list', { department: owner, limit: 200 }));
  const duty = duties.find(({ code }) => code === dutyCode);
  return duty === undefined ? dutyCode : say.aside(duty.title, dutyCode);
}

export function addDatasetReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'datasets.list',
    columns: datasetColumns,
    description: { zh: '政务数据目录', en: 'data sets' },
    leadsTo: { zh: '查看、申请共享', en: 'to look at one and to ask for it' },
    example: 'yici dataset list',
  });
  const shown = names(group.command('show'), 'datasets.get').description({
    zh: '政务数据目录项详情',
    en: 'one data set',
  });
  reads(shown, terminal, async ({ client, say, session }, [datasetId = '']) => {
    const record = await client.read('datasets.get', { datasetId });
    const lines = [...presentDataset(record, say), ...requestLines(record, session, say)];
    return { json: record, lines };
  });
  exampleOf(shown, 'yici dataset show establishment-headcount');
  lists(group.command('versions'), terminal, {
    read: 'datasets.versions',
    columns: datasetVersionColumns,
    description: { zh: '目录项各版本', en: 'all versions of a data set' },
    example: 'yici dataset versions establishment-headcount',
  });
  lists(group.command('topics'), terminal, {
    read: 'dataTopics.list',
    columns: dataTopicColumns,
    description: {
      zh: '数据主题及数源部门',
      en: 'what data are about, who collects them, and their named source',
    },
    example: 'yici dataset topics --status open',
  });
}
