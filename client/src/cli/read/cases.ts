import { caseEventRecord, caseRecord } from '@yici/chaincode/model';
import type { Command } from 'commander';
import { presentCase } from '../present/case.js';
import { caseRowColumns, caseRowSchema, inboxColumns, inboxRowSchema } from '../present/rows.js';
import { ledgerEventSchema } from '../../api/events.js';
import { printable } from '../text.js';
import type { Terminal } from '../terminal.js';
import { localTime } from '../present/words.js';
import { openCaller } from '../caller.js';
import { listOf, parsed, reads, textOption, withListOptions, type ReadValues } from './read.js';

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

export function addCaseReads(group: Command, terminal: Terminal): Command[] {
  const list = withListOptions(group.command('list'))
    .description('办件列表 cases that this department takes part in (a supervisor sees all)')
    .option('--state <state>', '状态 e.g. IN_REVIEW')
    .option('--department <id>', '当事部门 a party')
    .option('--applicant <id>', '申报部门')
    .option('--owner <id>', '牵头部门')
    .option('--task-code <code>', '实施编码')
    .option('--due-from <date>', '到期日起 YYYY-MM-DD')
    .option('--due-to <date>', '到期日止 YYYY-MM-DD')
    .option('--sort <order>', 'caseNo, -caseNo, dueOn, -dueOn, submittedAt, -submittedAt');
  reads(list, terminal, ({ client }, _args, values) => {
    const query = Object.fromEntries(caseFilters.map((name) => [name, textOption(values, name)]));
    return listOf(client, caseRowSchema, caseRowColumns, { path: '/v1/cases', query, values });
  });
  const shown = group
    .command('show')
    .argument('<caseNo>')
    .description('办件详情与事件链 one case with its events');
  reads(shown, terminal, async ({ client }, [caseNo = '']) => {
    const path = `/v1/cases/${encodeURIComponent(caseNo)}`;
    const record = await client.get(caseRecord, path);
    const events = [];
    for await (const item of client.list(`${path}/events`, { limit: 200 })) {
      events.push(parsed(caseEventRecord, item, path));
    }
    return { json: { ...record, events }, lines: presentCase(record, events) };
  });
  return [
    example(list, 'yici case list --state IN_REVIEW'),
    example(shown, 'yici case show 1133110000010700-20260302-0001'),
  ];
}

export function addInbox(program: Command, terminal: Terminal): Command {
  const inbox = withListOptions(program.command('inbox')).description(
    '待办 what waits for this department, soonest due first',
  );
  return example(
    reads(inbox, terminal, ({ client }, _args, values) =>
      listOf(client, inboxRowSchema, inboxColumns, { path: '/v1/inbox', values }),
    ),
    'yici inbox',
  );
}

export function addEvents(program: Command, terminal: Terminal): Command {
  const events = program
    .command('events')
    .description('事件流 events as they are committed, until stopped')
    .option('--after <id>', '自此事件之后 behind this event id, <block>-<tx>')
    .option('--name <prefix>', '事件名前缀 e.g. case.')
    .option('--case <caseNo>', '办件 of one case')
    .option('--count <number>', '收到若干条后结束 stop after so many');
  events.action(async () => {
    await followEvents(terminal, events.optsWithGlobals());
  });
  return example(events, 'yici events --name case. --count 10');
}

async function followEvents(terminal: Terminal, values: ReadValues): Promise<void> {
  const caller = await openCaller(terminal, values);
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, terminal.signal]);
  let left = Number(textOption(values, 'count') ?? Number.MAX_SAFE_INTEGER);
  try {
    const options = {
      after: textOption(values, 'after'),
      name: textOption(values, 'name'),
      caseNo: textOption(values, 'case'),
    };
    const given = Object.fromEntries(
      Object.entries(options).filter(([, value]) => value !== undefined),
    );
    for await (const event of caller.client.events({ ...given, signal })) {
      terminal.out(
        values.json === true ? JSON.stringify(event) : eventLine(ledgerEventSchema.parse(event)),
      );
      if (--left <= 0) break;
    }
  } catch (error) {
    // Whoever stops a stream has what was asked for.
    if (!signal.aborted) throw error;
  } finally {
    stop.abort();
    await caller.close();
  }
}

function eventLine(event: {
  id: string;
  at: string;
  name: string;
  mspId: string;
  payload: unknown;
}): string {
  const { id, at, name, mspId, payload } = event;
  return printable(`${id}  ${localTime(at)}  ${name}  ${mspId}  ${JSON.stringify(payload)}`);
}

function example(command: Command, line: string): Command {
  return command.addHelpText('after', `\n示例 example:\n  $ ${line}`);
}
