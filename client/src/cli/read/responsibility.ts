import type { Command } from 'commander';
import {
  candidateColumns,
  delegationColumns,
  presentRuling,
  rulingColumns,
} from '../../present/responsibility.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, lists, reads } from './read.js';

export function addRulingReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'dutyRulings.list',
    columns: rulingColumns,
    description: '职责分工协调 duty rulings that concern this department',
    example: 'yici ruling list --status open',
  });
  const shown = group.command('show <rulingId>').description('职责分工协调详情 one duty ruling');
  reads(shown, terminal, async ({ client }, [rulingId = '']) => {
    const record = await client.read('dutyRulings.get', { rulingId });
    return { json: record, lines: presentRuling(record) };
  });
  exampleOf(shown, 'yici ruling show YC33110000000007-20260302-0001-R1');
}

export function addDelegationReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'delegations.list',
    columns: delegationColumns,
    description: '代岗委托（AB岗） who stands in for whom',
    example: 'yici delegation list --department finance',
  });
  lists(group.command('candidates'), terminal, {
    read: 'delegations.candidates',
    columns: candidateColumns,
    description: '本部门可以代岗的在册人员 who is known to be enrolled in this department',
    example: 'yici delegation candidates --role head',
  });
}
