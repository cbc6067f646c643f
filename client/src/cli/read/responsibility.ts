import { exampleOf, type SpokenCommand as Command, renderFields } from '@yici/terminal';
import {
  candidateColumns,
  delegationColumns,
  presentRuling,
  rulingColumns,
} from '../../present/responsibility.js';
import type { Terminal } from '../../terminal/terminal.js';
import { lists, reads, names } from './read.js';
import { rowFields } from '../../present/words.js';

export function addRulingReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'dutyRulings.list',
    columns: rulingColumns,
    description: { zh: '职责分工协调', en: 'duty rulings that concern this department' },
    example: 'yici ruling list --status open',
  });
  const shown = names(group.command('show'), 'dutyRulings.get').description({
    zh: '职责分工协调详情',
    en: 'one duty ruling',
  });
  reads(shown, terminal, async ({ client, say }, [rulingId = '']) => {
    const record = await client.read('dutyRulings.get', { rulingId });
    return { json: record, lines: presentRuling(record, say) };
  });
  exampleOf(shown, 'yici ruling show YC33110000000007-20260302-0001-R1');
}

export function addDelegationReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'delegations.list',
    columns: delegationColumns,
    description: { zh: '代岗委托（AB岗）', en: 'who stands in for whom' },
    example: 'yici delegation list --department finance',
  });
  const shown = names(group.command('show'), 'delegations.get').description({
    zh: '代岗委托详情',
    en: 'one delegation',
  });
  reads(shown, terminal, async ({ client, say }, [delegationId = '']) => {
    const record = await client.read('delegations.get', { delegationId });
    return { json: record, lines: renderFields(rowFields(delegationColumns, record, say), say) };
  });
  exampleOf(shown, 'yici delegation show dlg-0001');
  lists(group.command('candidates'), terminal, {
    read: 'delegations.candidates',
    columns: candidateColumns,
    description: {
      zh: '本部门可以代岗的在册人员',
      en: 'who is known to be enrolled in this department',
    },
    example: 'yici delegation candidates --role head',
  });
}
