import { spawn } from 'node:child_process';
import { once } from 'node:events';
import consumers from 'node:stream/consumers';
import { measureClientOnMock } from './goals/client-on-mock.js';
import { measureCommitCore } from './goals/commit-core.js';
import { measureFabricSettings } from './goals/fabric-settings.js';
import { measureGatewayOnFabric } from './goals/gateway-on-fabric.js';
import { measureGrowth } from './goals/growth.js';
import { measurePointRead } from './goals/point-read.js';
import { measureStartAndRebuild } from './goals/start-and-rebuild.js';
import { measureSubmit } from './goals/submit.js';
import { measureMachine, printMachine } from './support/header.js';
import { nodeOptions } from './support/node-options.js';
import { readOptions, usage, type BenchOptions, type Goal } from './support/options.js';
import { createReport, joinReports, type Report } from './support/report.js';

type Measure = (report: Report, options: BenchOptions) => Promise<unknown>;

const measures: Readonly<Record<Goal, Measure>> = {
  '3': measureCommitCore,
  '4': measureSubmit,
  '5': async (report, options) => {
    await measureClientOnMock(report, options);
    await measureGatewayOnFabric(report, options);
  },
  '6': measurePointRead,
  '7': measureGrowth,
  '8': measureStartAndRebuild,
  fabric: measureFabricSettings,
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
    await runAsStarted(request.options);
}

/**
 * What is measured in this process runs as it does in the gateway: with node set up as `npm start` does it, and each goal in
 * a process of its own, since what another left in the compiler and on the heap can halve a figure.
 */
async function runAsStarted(options: BenchOptions): Promise<void> {
  if (nodeOptions.every((option) => process.execArgv.includes(option))) {
    await run(options);
    return;
  }
  const reports: string[] = [];
  for (const goal of options.goals) {
    const { code, text } = await runGoal(goal, options.json);
    reports.push(text);
    if (code !== 0) process.exitCode = code;
  }
  if (options.json) process.stdout.write(`${joinReports(reports)}\n`);
}

async function runGoal(goal: Goal, json: boolean): Promise<{ code: number; text: string }> {
  const program = [...nodeOptions, ...process.argv.slice(1), '--goal', goal];
  const child = spawn(process.execPath, program, {
    stdio: ['inherit', json ? 'pipe' : 'inherit', 'inherit'],
  });
  const closed = once(child, 'close');
  const text = child.stdout === null ? '' : await consumers.text(child.stdout);
  const [code] = (await closed) as [number | null];
  return { code: code ?? 70, text };
}

async function run(options: BenchOptions): Promise<void> {
  const report = createReport(options.json, (text) => process.stdout.write(text));
  printMachine(await measureMachine(), report);
  for (const goal of options.goals) await measures[goal](report, options);
  report.finish();
}
