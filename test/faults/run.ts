import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import { readIdentityFolder } from '@yici/client';
import { loadDemo } from '@yici/client/testing';
import { z } from 'zod';
import {
  checkCaseList,
  checkChains,
  checkIndex,
  checkOnce,
  checkPromises,
  checkTransactions,
  inParallel,
} from './support/checks.js';
import { storeNames, type Disks, type StoreName } from './support/disks.js';
import { Journal } from './support/journal.js';
import { LedgerFiles } from './support/ledger-files.js';
import { Load, loadUsers } from './support/load.js';
import { DoomedNode } from './support/node.js';
import { OtherWrites } from './support/other-writes.js';
import { People } from './support/people.js';
import { Random } from './support/random.js';
import { differences, snapshotOfIndex } from './support/snapshot.js';

export interface FaultOptions {
  /** `kill -9`, or disks that are full for a while; by default kills. */
  readonly fault?: 'kill' | 'disk';
  readonly rounds: number;
  readonly seed: number;
  readonly onProgress?: (line: string) => void;
}

/** What a run of faults did and saw. */
export interface FaultReport {
  readonly rounds: number;
  readonly seed: number;
  /** Operations that the gateway answered as committed. */
  readonly acknowledged: number;
  /** Disks that were full for a while, by store: how often, and how often the gateway met it and said that it is not ready. */
  readonly disks: DiskFigures | null;
  /** Of them, those that were once in doubt and were asked for again. */
  readonly resolved: number;
  /** Kills of the whole process, those during a start included, and of the chaincode alone. */
  readonly kills: {
    readonly gateway: number;
    readonly starting: number;
    readonly chaincode: number;
  };
  readonly restarts: number;
  /** Milliseconds from the start of a process to its readiness, after a kill. */
  readonly medianRecovery: number;
  readonly longestRecovery: number;
  /** Milliseconds from a kill of the chaincode to the next acknowledged operation; the longest. */
  readonly longestChaincodeGap: number;
  readonly blocks: number;
  readonly transactions: number;
  /** What `yici audit verify` said of the whole chain. */
  readonly verdict: string;
  readonly violations: readonly string[];
  readonly seconds: number;
  /** Data, logs and exported blocks, kept when something was violated. */
  readonly folder: string | null;
}

export interface DiskFigures {
  /** How they were made full: file systems of their own, or a limit on the length of files. */
  readonly kind: Disks['kind'];
  readonly full: Readonly<Partial<Record<StoreName, number>>>;
  readonly met: Readonly<Partial<Record<StoreName, number>>>;
  /** Rounds in which the process was killed while a disk was full, and of them those with a start on the full disk. */
  readonly killed: number;
  readonly started: number;
  readonly documents: number;
  readonly reads: number;
  /** Milliseconds from the moment there is space again to its being ready, without a restart. */
  readonly medianHealing: number;
  readonly longestHealing: number;
}

/** How long operations in doubt may take to be answered after a restart. */
const settleWithin = 30_000;
/** Every so many rounds everything is checked, not only what is new. */
const fullCheckEvery = 25;

/** Kills, restarts and checks, round after round; the same seed makes the same schedule of faults. */
export async function runFaults(options: FaultOptions): Promise<FaultReport> {
  const node = await DoomedNode.create();
  const report = await new Exercise(node, options).run();
  if (report.folder === null) await node.dispose();
  else await node.kill();
  return report;
}

class Exercise {
  readonly #node: DoomedNode;
  readonly #options: FaultOptions;
  /** What happens when: the same for the same seed. */
  readonly #schedule: Random;
  /** What is looked at again: depends on how far each round came, so it must not move the schedule. */
  readonly #samples: Random;
  readonly #journal = new Journal();
  readonly #ledger: LedgerFiles;
  readonly #load = new Load(this.#journal);
  readonly #kills = { gateway: 0, starting: 0, chaincode: 0 };
  readonly #disks: Disks | undefined;
  readonly #full = new Map<StoreName, number>();
  readonly #met = new Map<StoreName, number>();
  readonly #onFull = { killed: 0, started: 0 };
  readonly #healings: number[] = [];
  readonly #others: OtherWrites;
  #people: People;
  readonly #recoveries: number[] = [];
  #longestChaincodeGap = 0;
  #firstBlock = 0;
  /** Violations that are told already. */
  #told = 0;

  constructor(node: DoomedNode, options: FaultOptions) {
    this.#node = node;
    this.#options = options;
    this.#schedule = new Random(options.seed);
    this.#samples = new Random(options.seed + 1);
    this.#ledger = new LedgerFiles(node);
    this.#people = new People(node);
    this.#others = new OtherWrites(node, this.#journal);
    this.#disks = options.fault === 'disk' ? node.withDisks() : undefined;
  }

  async run(): Promise<FaultReport> {
    const started = performance.now();
    let verdict = 'none';
    try {
      await this.#begin();
      for (let round = 1; round <= this.#options.rounds; round += 1) {
        await this.#round(round);
        this.#tell(round);
      }
      verdict = await this.#end();
    } catch (error) {
      // A start or a check that fails ends the exercise, and is what it was looking for.
      this.#journal.violation(error instanceof Error ? error.message : String(error));
    }
    return this.#report(verdict, (performance.now() - started) / 1000);
  }

  async #begin(): Promise<void> {
    await this.#node.start();
    await loadDemo({
      baseUrl: this.#node.url,
      identities: (user) => readIdentityFolder(join(this.#node.state, 'identities', user)),
    });
    await this.#ledger.catchUp();
    this.#firstBlock = this.#ledger.height;
  }

  async #round(round: number): Promise<void> {
    const operations = this.#journal.operations.length;
    const height = this.#ledger.height;
    await this.#people.enter(loadUsers);
    if (this.#disks !== undefined) await this.#fillDisk(this.#disks, round);
    else if (this.#schedule.chance(0.2)) await this.#killChaincode();
    else await this.#killGateway();
    await this.#settle();
    const full = round % fullCheckEvery === 0;
    await this.#check(full ? 0 : operations, full ? 0 : height);
  }

  /** Load, `kill -9` at a random moment, restart; now and then a kill in the middle of the start as well. */
  async #killGateway(): Promise<void> {
    const moment = this.#schedule.between(50, 1_500);
    const whileStarting = this.#schedule.chance(0.25)
      ? this.#schedule.between(50, 1_500)
      : undefined;
    const stop = new AbortController();
    const running = this.#load.run(this.#people, stop.signal);
    await pause(moment);
    await this.#node.kill();
    stop.abort();
    await running;
    this.#kills.gateway += 1;
    if (whileStarting !== undefined) await this.#killStart(whileStarting);
    await this.#restart();
  }

  /** Load; a store's disk full from a random byte on, for a while; then space again, or a kill before it and a restart. */
  async #fillDisk(disks: Disks, round: number): Promise<void> {
    const schedule = this.#schedule;
    const store = storeNames[round % storeNames.length] ?? 'pending';
    const left = schedule.chance(0.7) ? schedule.between(0, 8_192) : schedule.between(0, 300_000);
    const [before, during] = [schedule.between(50, 800), schedule.between(300, 1_500)];
    const [dies, starts] = [schedule.chance(0.3), schedule.chance(0.5)];
    const stop = new AbortController();
    const running = Promise.all([
      this.#load.run(this.#people, stop.signal),
      this.#others.run(this.#people, stop.signal),
    ]);
    await pause(before);
    disks.leave(store, left, this.#node.pid);
    count(this.#full, store);
    if (await this.#meets(during)) count(this.#met, store);
    if (dies) await this.#dieOnFull(starts ? schedule.between(50, 2_000) : undefined);
    disks.release(store, this.#node.pid);
    if (!dies) await this.#heals(store);
    stop.abort();
    await running;
    if (dies) await this.#restart();
  }

  /** Whether it says within so many milliseconds that it is not ready; waits for all of them. */
  async #meets(milliseconds: number): Promise<boolean> {
    const until = performance.now() + milliseconds;
    let met = false;
    while (performance.now() < until) {
      met ||= ((await this.#node.obstacles())?.length ?? 0) > 0;
      await pause(25);
    }
    return met;
  }

  /** A kill, and perhaps a start while there is no space, which fails or not and is killed too. */
  async #dieOnFull(starting: number | undefined): Promise<void> {
    await this.#node.kill();
    this.#onFull.killed += 1;
    if (starting === undefined) return;
    await this.#killStart(starting);
    this.#onFull.started += 1;
  }

  /** Without a restart; a little load on the healed stores follows. */
  async #heals(store: StoreName): Promise<void> {
    const from = performance.now();
    for (;;) {
      const obstacles = await this.#node.obstacles();
      if (obstacles?.length === 0) break;
      if (performance.now() - from > settleWithin) {
        this.#journal.violation(`${store} did not heal: ${obstacles?.join(' ') ?? 'it is gone'}`);
        break;
      }
      await pause(25);
    }
    this.#healings.push(performance.now() - from);
    await pause(this.#schedule.between(100, 400));
  }

  async #killStart(moment: number): Promise<void> {
    this.#node.launch();
    await pause(moment);
    await this.#node.kill();
    this.#kills.starting += 1;
  }

  async #restart(...more: readonly string[]): Promise<void> {
    const took = await this.#node.start(...more);
    this.#recoveries.push(took);
    this.#people = new People(this.#node);
    const chaincodes = this.#node.chaincodes();
    if (chaincodes.length !== 1 || !chaincodes.every(({ ours }) => ours)) {
      this.#journal.violation(`${chaincodes.length} chaincode processes after a restart`);
    }
  }

  /** Load, `kill -9` for the chaincode alone; the gateway brings it back and serves on. */
  async #killChaincode(): Promise<void> {
    const moment = this.#schedule.between(100, 800);
    const stop = new AbortController();
    const running = this.#load.run(this.#people, stop.signal);
    await pause(moment);
    const before = this.#journal.acknowledged.length;
    const killed = this.#node.killChaincode();
    const at = performance.now();
    if (killed) this.#kills.chaincode += 1;
    else this.#journal.violation('no chaincode process to kill');
    // What was endorsed before the kill may still be acknowledged after it; more than that shows that it is back.
    while (
      this.#journal.acknowledged.length < before + 20 &&
      performance.now() - at < settleWithin
    ) {
      await pause(10);
    }
    this.#longestChaincodeGap = Math.max(this.#longestChaincodeGap, performance.now() - at);
    stop.abort();
    await running;
  }

  /** Everything in doubt is asked for again with its own key. */
  async #settle(): Promise<void> {
    await inParallel(this.#journal.inDoubt, (operation) =>
      this.#journal.settle(operation, this.#people, settleWithin),
    );
  }

  /** Promises, index, lists and chains; of operations and blocks those from here on, and a sample of older ones. */
  async #check(operation: number, block: number): Promise<void> {
    const journal = this.#journal;
    for (const txId of await this.#ledger.catchUp()) journal.violation(`${txId} is valid twice`);
    checkPromises(journal, this.#ledger);
    checkOnce(journal, this.#ledger, this.#firstBlock);
    const client = await this.#people.as('supervision.supervisor1');
    await checkIndex(client, journal, this.#ledger, block);
    await checkCaseList(client, journal, this.#ledger);
    await this.#others.check(this.#people, this.#samples, block === 0 ? 200 : 10);
    const fresh = journal.operations.slice(operation).filter(({ acknowledged }) => acknowledged);
    const cases = new Set(fresh.flatMap(({ acknowledged }) => acknowledged?.caseNo ?? []));
    await checkChains(client, journal, this.#ledger, [...cases]);
    const done = journal.acknowledged;
    await checkTransactions(client, journal, this.#samples.sample(done, 20));
    const repeats = [...this.#samples.sample(fresh, 8), ...this.#samples.sample(done, 4)];
    await inParallel(repeats, (again) => journal.settle(again, this.#people, settleWithin));
  }

  /** The verifier's verdict, and the index built anew. */
  async #end(): Promise<string> {
    await this.#check(0, 0);
    await this.#others.checkReads(this.#people);
    const before = await snapshotOfIndex(this.#people);
    const exitCode = await this.#node.stop();
    if (exitCode !== 0) this.#journal.violation(`stopped with exit code ${String(exitCode)}`);
    await this.#ledger.catchUp();
    const verdict = await this.#audit();
    await this.#node.start('--rebuild-index');
    this.#people = new People(this.#node);
    for (const path of differences(before, await snapshotOfIndex(this.#people))) {
      this.#journal.violation(`${path} is another after the index was built anew`);
    }
    await this.#node.stop();
    if (this.#node.chaincodes().length > 0) this.#journal.violation('a chaincode was left behind');
    return verdict;
  }

  async #audit(): Promise<string> {
    const { exitCode, out, err } = await this.#node.audit(this.#ledger.folder);
    const parsed = z
      .object({ verdict: z.string(), findings: z.array(z.unknown()) })
      .safeParse(JSON.parse(out));
    const { verdict, findings } = parsed.data ?? { verdict: `none: ${err}`, findings: [] };
    if (exitCode !== 0 || verdict !== 'VERIFIED') {
      this.#journal.violation(
        `the verifier says ${verdict}: ${JSON.stringify(findings.slice(0, 5))}`,
      );
    }
    return verdict;
  }

  #report(verdict: string, seconds: number): FaultReport {
    const { acknowledged, violations } = this.#journal;
    const recoveries = [...this.#recoveries].sort((left, right) => left - right);
    return {
      rounds: this.#options.rounds,
      seed: this.#options.seed,
      acknowledged: acknowledged.length,
      disks: this.#diskFigures(),
      resolved: acknowledged.filter(({ doubted }) => doubted).length,
      kills: this.#kills,
      restarts: recoveries.length,
      medianRecovery: Math.round(recoveries[Math.floor(recoveries.length / 2)] ?? 0),
      longestRecovery: Math.round(recoveries.at(-1) ?? 0),
      longestChaincodeGap: Math.round(this.#longestChaincodeGap),
      blocks: this.#ledger.height,
      transactions: this.#ledger.transactions.length,
      verdict,
      violations,
      seconds: Math.round(seconds),
      folder: violations.length === 0 ? null : this.#node.folder,
    };
  }

  #diskFigures(): DiskFigures | null {
    if (this.#disks === undefined) return null;
    const healings = [...this.#healings].sort((left, right) => left - right);
    return {
      kind: this.#disks.kind,
      full: Object.fromEntries(this.#full),
      met: Object.fromEntries(this.#met),
      ...this.#onFull,
      documents: this.#others.documents,
      reads: this.#others.reads,
      medianHealing: Math.round(healings[Math.floor(healings.length / 2)] ?? 0),
      longestHealing: Math.round(healings.at(-1) ?? 0),
    };
  }

  #tell(round: number): void {
    const { violations, acknowledged } = this.#journal;
    const line = `round ${round}: ${acknowledged.length} acknowledged, ${this.#ledger.height} blocks`;
    const alarm = violations.length === 0 ? '' : `, ${violations.length} VIOLATIONS`;
    const told = violations.slice(this.#told).map((text) => `\n✗ ${text}`);
    this.#told = violations.length;
    this.#options.onProgress?.(line + alarm + told.join(''));
  }
}

function count<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
