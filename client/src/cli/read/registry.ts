import {
  attestationRecord,
  calendarVersionRecord,
  datasetRecord,
  departmentRecord,
  dutyRecord,
  matterRecord,
} from '@yici/chaincode/model';
import type { Command } from 'commander';
import {
  attestationColumns,
  calendarColumns,
  datasetColumns,
  departmentColumns,
  dutyColumns,
  matterColumns,
  presentMatter,
} from '../present/registry.js';
import { renderTable } from '../table.js';
import type { Terminal } from '../terminal.js';
import { listOf, reads, textOption, withListOptions } from './read.js';

export function addDepartmentReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list')).description(
    '部门列表 departments of the channel',
  );
  reads(list, terminal, ({ client }, _args, values) =>
    listOf(client, departmentRecord, departmentColumns, { path: '/v1/departments', values }),
  ).addHelpText('after', example('yici department list'));
}

export function addDutyReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('职责清单 duties')
    .option('--department <id>', '部门');
  reads(list, terminal, ({ client }, _args, values) => {
    const query = { department: textOption(values, 'department') };
    return listOf(client, dutyRecord, dutyColumns, { path: '/v1/duties', query, values });
  }).addHelpText('after', example('yici duty list --department hrss'));
}

export function addCalendarReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list')).description('工作日历 working calendars');
  reads(list, terminal, ({ client }, _args, values) =>
    listOf(client, calendarVersionRecord, calendarColumns, { path: '/v1/calendars', values }),
  ).addHelpText('after', example('yici calendar list'));
  const shown = group
    .command('show')
    .argument('<year>')
    .description('某年日历 the calendar of one year');
  reads(shown, terminal, async ({ client }, [year = '']) => {
    const record = await client.get(
      calendarVersionRecord,
      `/v1/calendars/${encodeURIComponent(year)}`,
    );
    const { offDays, makeUpDays } = record.days;
    return {
      json: record,
      lines: [
        ...renderTable(calendarColumns, [record]),
        '',
        `休息日 days off: ${offDays.join(' ')}`,
        `调休上班 make-up days: ${makeUpDays.join(' ') || '-'}`,
        `内容摘要 digest: ${record.contentDigest}`,
      ],
    };
  }).addHelpText('after', example('yici calendar show 2026'));
}

export function addMatterReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('事项清单 matters, the newest version of each')
    .option('--owner <id>', '牵头部门')
    .option('--state <status>', '状态 draft, cosigned, published, retired');
  reads(list, terminal, ({ client }, _args, values) => {
    const query = { owner: textOption(values, 'owner'), state: textOption(values, 'state') };
    return listOf(client, matterRecord, matterColumns, { path: '/v1/matters', query, values });
  }).addHelpText('after', example('yici matter list --state published'));
  const shown = group
    .command('show')
    .argument('<taskCode>')
    .option('--version <number>', '版本，缺省为现行 the version, by default the one in force')
    .description('办事指南 one matter: materials, flow, limits');
  reads(shown, terminal, async ({ client }, [taskCode = ''], values) => {
    const version = textOption(values, 'version');
    const path = `/v1/matters/${encodeURIComponent(taskCode)}`;
    const record = await client.get(
      matterRecord,
      version === undefined ? path : `${path}/versions/${encodeURIComponent(version)}`,
    );
    return { json: record, lines: presentMatter(record) };
  }).addHelpText('after', example('yici matter show 1133110000010700'));
}

export function addDatasetReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('政务数据目录 data sets')
    .option('--department <id>', '数源部门');
  reads(list, terminal, ({ client }, _args, values) => {
    const query = { department: textOption(values, 'department') };
    return listOf(client, datasetRecord, datasetColumns, { path: '/v1/datasets', query, values });
  }).addHelpText('after', example('yici dataset list'));
}

const attestationFilters = ['case', 'dataset', 'state'] as const;
const attestationQuery = { case: 'caseNo', dataset: 'dataset', state: 'state' } as const;

export function addAttestationReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('存证 attestations that this department issued or asked for')
    .option('--case <caseNo>', '办件')
    .option('--dataset <id>', '数据集')
    .option('--state <status>', '状态 active, suspended, revoked');
  reads(list, terminal, ({ client }, _args, values) => {
    const query = Object.fromEntries(
      attestationFilters.map((name) => [attestationQuery[name], textOption(values, name)]),
    );
    return listOf(client, attestationRecord, attestationColumns, {
      path: '/v1/attestations',
      query,
      values,
    });
  }).addHelpText('after', example('yici attestation list --state active'));
}

function example(line: string): string {
  return `\n示例 example:\n  $ ${line}`;
}
