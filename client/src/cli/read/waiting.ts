import { exampleOf, printable, type SpokenCommand as Command } from '@yici/terminal';
import { openCaller } from '../caller.js';
import { howTo } from '../next/inbox.js';
import { doneColumns, eventText, inboxColumns } from '../../present/rows.js';
import type { Terminal } from '../../terminal/terminal.js';
import {
  asked,
  listOf,
  offer,
  reads,
  textOption,
  withListOptions,
  type ReadValues,
} from './read.js';

export function addInbox(program: Command, terminal: Terminal): Command {
  const inbox = withListOptions(program.command('inbox')).description({
    zh: '待办，按到期先后；--done 为已办',
    en: 'what waits for this department, soonest due first',
  });
  offer(inbox, 'inbox.list').option('--done', {
    zh: '已办，最近的在前',
    en: 'what was done instead, newest first',
  });
  reads(inbox, terminal, async (caller, _, values) => {
    const query = asked('inbox.list', values);
    if (values['done'] === true) {
      return listOf(caller, 'inbox.done', doneColumns, { query, values });
    }
    const shown = await listOf(caller, 'inbox.list', inboxColumns, { query, values });
    if (values.json === true) return shown;
    return { ...shown, lines: [...shown.lines, ...(await howTo(shown.json.items, caller))] };
  });
  return exampleOf(inbox, 'yici inbox --mine');
}

export function addEvents(program: Command, terminal: Terminal): Command {
  const events = program
    .command('events')
    .description({ zh: '事件流', en: 'events as they are committed, until stopped' });
  offer(events, 'events.follow').option('--count <number>', {
    zh: '收到若干条后结束',
    en: 'stop after so many',
  });
  events.action(async () => {
    await followEvents(terminal, events.optsWithGlobals());
  });
  return exampleOf(events, 'yici events --name case. --count 10');
}

async function followEvents(terminal: Terminal, values: ReadValues): Promise<void> {
  const caller = await openCaller(terminal, values);
  const stop = new AbortController();
  const signal = AbortSignal.any([stop.signal, terminal.signal]);
  if (values.json !== true)
    terminal.note(
      terminal.say({ zh: '等待事件，Ctrl-C 结束', en: 'waiting for events, Ctrl-C ends' }),
    );
  let left = Number(textOption(values, 'count') ?? Number.MAX_SAFE_INTEGER);
  try {
    for await (const event of caller.client.events({ ...asked('events.follow', values), signal })) {
      terminal.out(
        values.json === true ? JSON.stringify(event) : printable(eventText(event, caller.say)),
      );
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
