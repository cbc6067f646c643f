import { findFabric } from '@yici/network/testing';
import { faultCases, type FaultCase } from './cases.js';
import { Exercise } from './exercise.js';
import { HostStand } from './host-stand.js';
import type { CaseResult, FabricFaultReport } from './report.js';
import { dispose, NativeStand, type Stand } from './stand.js';
import type { Watch } from './watch.js';

export interface FabricFaultOptions {
  /** Names of the cases to run; by default all. */
  readonly cases?: readonly string[];
  /** How often each is run. */
  readonly rounds: number;
  readonly onProgress?: (line: string) => void;
}

/** Whether the real network can be brought up here. */
export function hasFabric(): boolean {
  return findFabric({ binDir: process.env['YICI_FABRIC_BIN'] }) !== undefined;
}

/** Brings the network up, does each kind of harm to it under load, and checks what came of it. */
export async function runFabricFaults(options: FabricFaultOptions): Promise<FabricFaultReport> {
  const started = performance.now();
  const tell = options.onProgress ?? (() => undefined);
  const chosen = faultCases.filter(({ name }) => options.cases?.includes(name) ?? true);
  const leftOut: string[] = [];
  const possible = chosen.filter(({ name, lacks }) => {
    const lacking = lacks?.();
    if (lacking !== undefined) leftOut.push(`${name}: ${lacking}`);
    return lacking === undefined;
  });
  const native = possible.filter((each) => each.stand === 'native');
  const onHosts = possible.filter((each) => each.stand === 'hosts');
  const results: CaseResult[] = [];
  const kept: string[] = [];
  const exercise = async <S extends Stand>(open: () => Promise<S>, cases: readonly Bound<S>[]) => {
    if (cases.length === 0) return;
    const outcome = await onStand(open, cases, options.rounds, tell);
    results.push(...outcome.results);
    if (outcome.kept !== undefined) kept.push(outcome.kept);
  };
  await exercise(() => NativeStand.open(), native);
  await exercise(() => HostStand.open(), onHosts);
  return {
    cases: results,
    leftOut,
    seconds: Math.round((performance.now() - started) / 1_000),
    kept,
  };
}

interface Bound<S> extends Pick<FaultCase, 'name' | 'title'> {
  readonly act: (stand: S, watch: Watch, round: number) => Promise<void>;
}

async function onStand<S extends Stand>(
  open: () => Promise<S>,
  cases: readonly Bound<S>[],
  rounds: number,
  tell: (line: string) => void,
): Promise<{ readonly results: readonly CaseResult[]; readonly kept: string | undefined }> {
  tell(`bringing up four departments and a gateway for ${cases.length} cases`);
  const stand = await open();
  const results: CaseResult[] = [];
  try {
    const exercise = new Exercise(stand);
    await exercise.begin();
    for (const { name, title, act } of cases) {
      tell(`${name}: ${title}`);
      for (let round = 1; round <= rounds; round += 1) {
        const say = (text: string) => {
          tell(`  ${text}`);
        };
        const result = await exercise.run(name, say, (watch) => act(stand, watch, round));
        results.push(result);
        tell(`  ${said(result)}`);
      }
    }
  } catch (error) {
    tell(`kept in ${stand.folder}`);
    throw error;
  } finally {
    await stand.close();
  }
  const held = results.every(({ verdict }) => verdict === 'held');
  if (held) dispose(stand.folder);
  return { results, kept: held ? undefined : stand.folder };
}

function said({ acknowledged, resolved, longestGap, verdict, seconds }: CaseResult): string {
  const gap = (longestGap / 1_000).toFixed(1);
  return `${verdict}: ${acknowledged} acknowledged, ${resolved} of them once in doubt, longest gap ${gap} s; ${seconds} s`;
}
