import { delegationRecord, dutyRulingRecord } from '@yici/chaincode/model';
import type { Command } from 'commander';
import { delegationColumns, presentRuling, rulingColumns } from '../../present/responsibility.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, listOf, reads, textOption, withListOptions } from './read.js';

export function addRulingReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('职责裁定 duty rulings that concern this department')
    .option('--status <status>', 'open 待裁定, decided 已裁定');
  reads(list, terminal, ({ client }, _args, values) => {
    const query = { status: textOption(values, 'status') };
    return listOf(client, dutyRulingRecord, rulingColumns, {
      path: '/v1/duty-rulings',
      query,
      values,
    });
  });
  exampleOf(list, 'yici ruling list --status open');
  const shown = group
    .command('show')
    .argument('<rulingId>')
    .description('职责裁定详情 one duty ruling');
  reads(shown, terminal, async ({ client }, [id = '']) => {
    const record = await client.get(dutyRulingRecord, `/v1/duty-rulings/${encodeURIComponent(id)}`);
    return { json: record, lines: presentRuling(record) };
  });
  exampleOf(shown, 'yici ruling show YC33110000000007-20260302-0001-R1');
}

const delegationFilters = ['department', 'from', 'to'] as const;

export function addDelegationReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('代岗委托（AB岗） who stands in for whom')
    .option('--department <id>', '部门')
    .option('--from <user>', '不在岗人员 the absent official')
    .option('--to <user>', '代岗人员 the delegate');
  reads(list, terminal, ({ client }, _args, values) => {
    const query = Object.fromEntries(
      delegationFilters.map((name) => [name, textOption(values, name)]),
    );
    return listOf(client, delegationRecord, delegationColumns, {
      path: '/v1/delegations',
      query,
      values,
    });
  });
  exampleOf(list, 'yici delegation list --department finance');
}
