import type { Command } from 'commander';
import type { LedgerEvent } from '@yici/api';
import { openCaller } from '../caller.js';
import { inboxColumns } from '../../present/rows.js';
import { localTime } from '../../present/words.js';
import { printable } from '../../terminal/text.js';
import type { Terminal } from '../../terminal/terminal.js';
import { asked, exampleOf, lists, offer, textOption, type ReadValues } from './read.js';

export function addInbox(program: Command, terminal: Terminal): Command {
  return lists(program.command('inbox'), terminal, {
    read: 'inbox.list',
    columns: inboxColumns,
    description: '待办 what waits for this department, soonest due first',
    example: 'yici inbox',
  });
}

export function addEvents(program: Command, terminal: Terminal): Command {
  const events = program
    .command('events')
    .description('事件流 events as they are committed, until stopped');
  offer(events, 'events.follow').option('--count <number>', '收到若干条后结束 stop after so many');
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
    for await (const event of caller.client.events({ ...asked('events.follow', values), signal })) {
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
  return printable(`${id}  ${localTime(at ?? '')}  ${name}  ${mspId}  ${JSON.stringify(payload)}`);
}
