import type { Command } from 'commander';
import { collected } from '../../api/ask.js';
import type { YiciClient } from '../../api/client.js';
import { checkCaseChain } from '../../chain/chain.js';
import { presentCase } from '../../present/case.js';
import { caseRowColumns } from '../../present/rows.js';
import type { Terminal } from '../../terminal/terminal.js';
import { addCaseExport } from './case-export.js';
import { checkedChain, exampleOf, lists, reads } from './read.js';

export function addCaseReads(group: Command, terminal: Terminal): void {
  lists(group.command('list'), terminal, {
    read: 'cases.list',
    columns: caseRowColumns,
    description: '办件列表 cases that this department takes part in (a supervisor sees all)',
    example: 'yici case list --state IN_REVIEW',
  });
  const shown = group
    .command('show <caseNo>')
    .description('办件详情与事件链 one case with its events');
  reads(shown, terminal, async ({ client }, [caseNo = '']) => {
    const { record, events } = await readChain(client, caseNo);
    return { json: { ...record, events }, lines: presentCase(record, events) };
  });
  exampleOf(shown, 'yici case show YC33110000000007-20260302-0001');
  addVerify(group, terminal);
  addCaseExport(group, terminal);
}

function addVerify(group: Command, terminal: Terminal): void {
  const verify = group
    .command('verify <caseNo>')
    .description(
      '复算办件的事件链 recompute the chain of a case from its events; exit code 1 when it does not hold',
    );
  reads(verify, terminal, async ({ client }, [caseNo = '']) => {
    const { record, events } = await readChain(client, caseNo);
    return checkedChain({ caseNo }, checkCaseChain(record, events));
  });
  exampleOf(verify, 'yici case verify YC33110000000007-20260302-0001');
}

async function readChain(client: YiciClient, caseNo: string) {
  const record = await client.read('cases.get', { caseNo });
  const events = await collected(client.list('cases.events', { caseNo, limit: 200 }));
  return { record, events };
}
