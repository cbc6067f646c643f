import { renderTable, type Column } from '@yici/terminal';
import type { Terminal } from '../../terminal/terminal.js';
import type { Caller, GlobalOptions } from '../caller.js';
import type { OptionValues } from '../form/values.js';
import { show } from '../read/read.js';
import { presentStored, type Stored } from '../documents/filed-documents.js';
import { actStates, Results, type ActResult } from './results.js';
import { runActs, type Act } from './run.js';

const words = {
  done: { zh: '✓ 已办', en: '✓ done' },
  refused: { zh: '✗ 未登记', en: '✗ refused' },
  open: { zh: '? 未定', en: '? open' },
} as const;
const columns: readonly Column<ActResult>[] = [
  [{ zh: '行', en: 'line' }, ({ line }) => line],
  [{ zh: '命令', en: 'command' }, ({ command }) => command],
  [{ zh: '对象', en: 'about' }, ({ subject }) => subject, { max: 40 }],
  [{ zh: '结果', en: 'result' }, ({ state }) => words[state]],
  [{ zh: '区块', en: 'block' }, ({ block }) => block],
  [{ zh: '代码', en: 'code' }, ({ code }) => code],
];

interface Running {
  readonly caller: Caller;
  readonly values: GlobalOptions & OptionValues;
  readonly terminal: Terminal;
  /** Stores the documents of the act in this line, once that is done. */
  readonly onDone?: (line: number) => Promise<readonly Stored[]>;
}

/** Runs a batch and shows what became of each command. @throws ClientError CHECK_FAILED unless all were done. */
export async function runBatch(
  acts: readonly Act[],
  { caller: { client }, values, terminal, onDone }: Running,
): Promise<void> {
  const { results: file, stopOnFirst } = values;
  const results = Results.open(typeof file === 'string' ? file : undefined);
  let ended = 0;
  try {
    const items = await runActs(client, acts, {
      ...{ gateway: client.gateway, results, signal: terminal.signal },
      ...{ stopOnFirst: stopOnFirst === true, now: terminal.now },
      onResult: () => terminal.progress(`${++ended}/${acts.length}`),
    });
    const documents: Stored[] = [];
    for (const { state, line } of items) {
      if (state === 'done') documents.push(...((await onDone?.(line)) ?? []));
    }
    terminal.progress(undefined);
    const counts = actStates.map(
      (state) => [state, items.filter((item) => item.state === state).length] as const,
    );
    const sum = counts
      .map(([state, count]) => `${terminal.say(words[state])} ${count}`)
      .join(' · ');
    const allDone = items.every(({ state }) => state === 'done');
    show(terminal, values, {
      json: { items, documents, ...Object.fromEntries(counts) },
      lines: [...renderTable(columns, items, terminal.say), sum, ...presentStored(documents)],
      ...(!allDone && { failed: { zh: `没有全部办成：${sum}`, en: `Not all were done: ${sum}` } }),
    });
  } finally {
    results.close();
  }
}
