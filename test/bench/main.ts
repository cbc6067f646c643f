import { measureCommitCore } from './goals/commit-core.js';
import { measureStartAndRebuild } from './goals/start-and-rebuild.js';
import { measureSubmit } from './goals/submit.js';
import { measureMachine, printMachine } from './support/header.js';
import { readOptions, usage, type BenchOptions, type Goal } from './support/options.js';
import { createReport, type Report } from './support/report.js';

type Measure = (report: Report, options: BenchOptions) => Promise<void>;

const measures: Readonly<Record<Goal, Measure>> = {
  3: measureCommitCore,
  4: measureSubmit,
  8: measureStartAndRebuild,
};

const request = readOptions(process.argv.slice(2));
switch (request.kind) {
  case 'help':
    process.stdout.write(usage);
    break;
  case 'wrong':
    process.stderr.write(`yici: USAGE: ${request.why}\n\n${usage}`);
    process.exitCode = 2;
    break;
  case 'run':
    await run(request.options);
}

async function run(options: BenchOptions): Promise<void> {
  const report = createReport(options.json, (text) => process.stdout.write(text));
  printMachine(await measureMachine(), report);
  for (const goal of options.goals) await measures[goal](report, options);
  report.finish();
}
