import { findFabric } from '@yici/network/testing';
import { faultCases, type FaultCase } from './cases.js';
import { amidChanges, type ChangingStand } from './changes.js';
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
  /** Whether members change meanwhile: a department joins, a consenter and a peer get other certificates. */
  readonly changes?: boolean;
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
  const { changes = false, rounds } = options;
  const chosen = faultCases.filter(
    ({ name, isChange }) => (options.cases?.includes(name) ?? true) && !(changes && isChange),
  );
  const leftOut: string[] = [];
  const possible = chosen.filter(({ name, lacks }) => {
    const lacking = lacks?.();
    if (lacking !== undefined) leftOut.push(`${name}: ${lacking}`);
    return lacking === undefined;
  });
  const results: CaseResult[] = [];
  const kept: string[] = [];
  const amid =
    <S extends ChangingStand>(act: Act<S>): Act<S> =>
    (stand, watch, no) =>
      changes
        ? amidChanges(stand, watch, (about, round) => act(stand, about, round))
        : act(stand, watch, no);
  const exercise = async <S extends Stand>(open: () => Promise<S>, cases: readonly Bound<S>[]) => {
    if (cases.length === 0) return;
    const outcome = await onStand(open, cases, changes ? 1 : rounds, tell);
    results.push(...outcome.results);
    if (outcome.kept !== undefined) kept.push(outcome.kept);
  };
  // A department joins once: who joins is there for whatever comes after.
  const groups = changes
    ? possible.flatMap((each) => Array<FaultCase[]>(rounds).fill([each]))
    : [possible];
  for (const group of groups) {
    const native = group.filter((each) => each.stand === 'native');
    await exercise(
      () => NativeStand.open(),
      native.map((each) => ({ ...each, act: amid(each.act) })),
    );
    const onHosts = group.filter((each) => each.stand === 'hosts');
    await exercise(
      () => HostStand.open(),
      onHosts.map((each) => ({ ...each, act: amid(each.act) })),
    );
  }
  return {
    cases: results,
    leftOut,
    seconds: Math.round((performance.now() - started) / 1_000),
    kept,
  };
}

type Act<S> = (stand: S, watch: Watch, round: number) => Promise<void>;

interface Bound<S> extends Pick<FaultCase, 'name' | 'title'> {
  readonly act: Act<S>;
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
