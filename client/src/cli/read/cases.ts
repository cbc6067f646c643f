import { caseEventRecord, caseRecord } from '@yici/chaincode/model';
import type { Command } from 'commander';
import type { YiciClient } from '../../api/client.js';
import { checkCaseChain } from '../../chain/case-chain.js';
import { presentCase } from '../../present/case.js';
import { caseRowColumns, caseRowSchema } from '../../present/rows.js';
import { printable } from '../../terminal/text.js';
import type { Terminal } from '../../terminal/terminal.js';
import { addCaseExport } from './case-export.js';
import { exampleOf, listOf, parsed, reads, textOption, withListOptions } from './read.js';

const caseFilters = [
  'state',
  'department',
  'applicant',
  'owner',
  'taskCode',
  'dueFrom',
  'dueTo',
  'sort',
] as const;

export function addCaseReads(group: Command, terminal: Terminal): void {
  const list = withListOptions(group.command('list'))
    .description('办件列表 cases that this department takes part in (a supervisor sees all)')
    .option('--state <state>', '状态 e.g. IN_REVIEW')
    .option('--department <id>', '当事部门 a party')
    .option('--applicant <id>', '申报部门')
    .option('--owner <id>', '牵头部门')
    .option('--task-code <code>', '实施编码')
    .option('--due-from <date>', '到期日起 YYYY-MM-DD')
    .option('--due-to <date>', '到期日止 YYYY-MM-DD')
    .option(
      '--sort <order>',
      '-submittedAt, submittedAt; dueOn, -dueOn 有办理期限的 those with a day to act by; caseNo, -caseNo',
    );
  reads(list, terminal, ({ client }, _args, values) => {
    const query = Object.fromEntries(caseFilters.map((name) => [name, textOption(values, name)]));
    return listOf(client, caseRowSchema, caseRowColumns, { path: '/v1/cases', query, values });
  });
  const shown = group
    .command('show')
    .argument('<caseNo>')
    .description('办件详情与事件链 one case with its events');
  reads(shown, terminal, async ({ client }, [caseNo = '']) => {
    const { record, events } = await readChain(client, caseNo);
    return { json: { ...record, events }, lines: presentCase(record, events) };
  });
  exampleOf(list, 'yici case list --state IN_REVIEW');
  exampleOf(shown, 'yici case show YC33110000000007-20260302-0001');
  addVerify(group, terminal);
  addCaseExport(group, terminal);
}

function addVerify(group: Command, terminal: Terminal): void {
  const verify = group
    .command('verify')
    .argument('<caseNo>')
    .description(
      '复算办件的事件链 recompute the chain of a case from its events; exit code 1 when it does not hold',
    );
  reads(verify, terminal, async ({ client }, [caseNo = '']) => {
    const { record, events } = await readChain(client, caseNo);
    const check = checkCaseChain(record, events);
    const holds = check.findings.length === 0;
    return {
      json: { caseNo, ...check },
      lines: [
        `${holds ? '✓ 事件链成立 the chain holds' : '✗ 事件链不成立 the chain does NOT hold'}: ${check.events} 个事件 events, 链头 head ${check.head}`,
        ...check.findings.map(({ code, seq, detail }) =>
          printable(`  ${code} seq ${seq}: ${detail}`),
        ),
      ],
      ...(!holds && { failed: 'The chain does not hold.' }),
    };
  });
  exampleOf(verify, 'yici case verify YC33110000000007-20260302-0001');
}

async function readChain(client: YiciClient, caseNo: string) {
  const path = `/v1/cases/${encodeURIComponent(caseNo)}`;
  const record = await client.get(caseRecord, path);
  const events = [];
  for await (const item of client.list(`${path}/events`, { limit: 200 })) {
    events.push(parsed(caseEventRecord, item, path));
  }
  return { record, events };
}
