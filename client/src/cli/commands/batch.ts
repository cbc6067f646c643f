import { type SpokenCommand as Command } from '@yici/terminal';
import type { Terminal } from '../../terminal/terminal.js';
import { runBatch } from '../batch/run-batch.js';
import { withCaller, type GlobalOptions } from '../caller.js';
import type { OptionValues } from '../form/values.js';
import { readActs } from '../write/batch-file.js';
import { showsExample } from '../next/example-words.js';

export function addBatch(program: Command, terminal: Terminal): void {
  const batch = program
    .command(terminal.say({ zh: 'batch <文件>', en: 'batch <file>' }))
    .description({
      zh: '批量办理文件中的命令（JSON 行或者 .csv），逐件签名；中断后重新执行即接着办理，不会重复',
      en: 'run the commands of a file (JSON lines, or .csv), each signed on its own; run it again to go on where it ended, and nothing is done twice',
    })
    .option('--results <path>', {
      zh: '结果文件，缺省为文件名加 .results',
      en: 'results (default: FILE.results)',
    })
    .option('--stop-on-first', {
      zh: '依次办理，遇到未办成的即停',
      en: 'one after the other, up to the first that is not done',
    });
  batch.action(async (file: string) => {
    const given = batch.optsWithGlobals<GlobalOptions & OptionValues>();
    const acts = await readActs(file, terminal);
    const results = given['results'] ?? (file === '-' ? undefined : `${file}.results`);
    await withCaller(terminal, given, (caller) =>
      runBatch(acts, { caller, values: { ...given, results }, terminal }),
    );
  });
  showsExample(batch, 'yici batch 今日收件.jsonl');
}
