import type { Command } from 'commander';
import type { LedgerEvent } from '../../api/events.js';
import { openCaller } from '../caller.js';
import { inboxColumns, inboxRowSchema } from '../../present/rows.js';
import { localTime } from '../../present/words.js';
import { printable } from '../../terminal/text.js';
import type { Terminal } from '../../terminal/terminal.js';
import { exampleOf, listOf, reads, textOption, withListOptions, type ReadValues } from './read.js';

export function addInbox(program: Command, terminal: Terminal): Command {
  const inbox = withListOptions(program.command('inbox')).description(
    '待办 what waits for this department, soonest due first',
  );
  return exampleOf(
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
  return exampleOf(events, 'yici events --name case. --count 10');
}

async function followEvents(terminal: Terminal, values: ReadValues): Promise<void> {
  const caller = await openCaller(terminal, values);
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, terminal.signal]);
  if (values.json !== true) terminal.note('等待事件，Ctrl-C 结束 waiting for events, Ctrl-C ends');
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
      terminal.out(values.json === true ? JSON.stringify(event) : eventLine(event));
      if (--left <= 0) break;
    }
  } catch (error) {
    // A stream ended by the user is no failure.
    if (!signal.aborted) throw error;
  } finally {
    stop.abort();
    await caller.close();
  }
}

function eventLine(event: LedgerEvent): string {
  const { id, at, name, mspId, payload } = event;
  return printable(`${id}  ${localTime(at)}  ${name}  ${mspId}  ${JSON.stringify(payload)}`);
}
