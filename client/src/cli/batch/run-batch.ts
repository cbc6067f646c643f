import { renderTable, type Column } from '../../terminal/table.js';
import type { Terminal } from '../../terminal/terminal.js';
import type { Caller, GlobalOptions } from '../caller.js';
import type { OptionValues } from '../form/values.js';
import { show } from '../read/read.js';
import { actStates, Results, type ActResult } from './results.js';
import { runActs, type Act } from './run.js';

const words = { done: '✓ 已办 done', refused: '✗ 被拒 refused', open: '? 未定 open' } as const;
const columns: readonly Column<ActResult>[] = [
  { title: '行 line', value: ({ line }) => line },
  { title: '命令 command', value: ({ command }) => command },
  { title: '对象 about', value: ({ subject }) => subject, max: 40 },
  { title: '结果 result', value: ({ state }) => words[state] },
  { title: '区块 block', value: ({ block }) => block },
  { title: '代码 code', value: ({ code }) => code },
];

interface Running {
  readonly caller: Caller;
  readonly values: GlobalOptions & OptionValues;
  readonly terminal: Terminal;
}

/** Runs a batch and shows what became of each command. @throws ClientError CHECK_FAILED unless all were done. */
export async function runBatch(
  acts: readonly Act[],
  { caller: { client }, values, terminal }: Running,
): Promise<void> {
  const { results: file, stopOnFirst } = values;
  const results = Results.open(typeof file === 'string' ? file : undefined);
  let ended = 0;
  try {
    const items = await runActs(client, acts, {
      ...{ gateway: client.gateway, results, signal: terminal.signal },
      ...{ stopOnFirst: stopOnFirst === true, now: terminal.now },
      onResult: () => {
        terminal.progress(`${++ended}/${acts.length}`);
      },
    });
    terminal.progress(undefined);
    const counts = actStates.map(
      (state) => [state, items.filter((item) => item.state === state).length] as const,
    );
    const sum = counts.map(([state, count]) => `${words[state]} ${count}`).join(' · ');
    const allDone = items.every(({ state }) => state === 'done');
    show(terminal, values, {
      json: { items, ...Object.fromEntries(counts) },
      lines: [...renderTable(columns, items), sum],
      ...(!allDone && { failed: `不是全部办成 not all were done: ${sum}` }),
    });
  } finally {
    results.close();
  }
}
