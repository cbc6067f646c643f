import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { verifyFolder } from '@yici/client/testing';
import {
  checkCaseList,
  checkChains,
  checkIndex,
  checkOnce,
  checkPromises,
  checkTransactions,
  inParallel,
} from '../support/checks.js';
import { Journal } from '../support/journal.js';
import { LedgerFiles } from '../support/ledger-files.js';
import { People } from '../support/people.js';
import type { CaseResult } from './report.js';
import { pacedUsers, runPaced, type Pace } from './paced-load.js';
import type { Stand } from './stand.js';
import { gatewayDepartment } from './topology.js';
import { longestGap, Watch } from './watch.js';

/** Six clients, a dozen requests a second: enough to be in the middle of something at any moment. */
const pace: Pace = { lanes: 6, perSecond: 12 };
/** Writes before the harm begins. */
const warmUp = 10;
const settleWithin = 60_000;
/** How long a peer that was away may take to have every block. */
const catchUpWithin = 60_000;

/** One stand's clients and their promises; cases are run on it one after the other. */
export class Exercise {
  readonly #stand: Stand;
  readonly #journal = new Journal();
  readonly #ledger: LedgerFiles;
  readonly #people: People;
  readonly #peers = new Map<string, LedgerFiles>();
  #firstBlock = 0;

  constructor(stand: Stand) {
    this.#stand = stand;
    this.#ledger = this.#blocksOf(gatewayDepartment);
    this.#people = new People(stand);
  }

  /** The blocks of a department's peer. */
  #blocksOf(id: string): LedgerFiles {
    const known = this.#peers.get(id);
    if (known !== undefined) return known;
    const folder = join(this.#stand.folder, 'exported', id);
    const exportBlocks = (out: string, from: bigint) =>
      this.#stand.exportBlocks(id, out, Number(from));
    const blocks = new LedgerFiles({ folder, exportBlocks });
    this.#peers.set(id, blocks);
    return blocks;
  }

  /** From here on every write is a client's of this exercise. */
  async begin(): Promise<void> {
    await this.#ledger.catchUp();
    this.#firstBlock = this.#ledger.height;
    await this.#people.enter(pacedUsers);
  }

  /** Load, harm, load, and then every check. */
  async run(
    name: string,
    tell: (text: string) => void,
    act: (watch: Watch) => Promise<void>,
  ): Promise<CaseResult> {
    const journal = this.#journal;
    const before = {
      operations: journal.operations.length,
      violations: journal.violations.length,
      doubts: journal.doubts.length,
      height: this.#ledger.height,
    };
    const watch = new Watch(journal, tell);
    const started = performance.now();
    const span = await this.#underLoad(watch, act);
    tell('settling what is in doubt, and checking');
    await this.#settle();
    await this.#check(before.operations, before.height);
    const done = journal.operations.slice(before.operations).filter((each) => each.acknowledged);
    const violations = journal.violations.slice(before.violations);
    const told = journal.doubts.slice(before.doubts).map(({ code }) => code);
    return {
      name,
      acknowledged: done.length,
      resolved: done.filter(({ doubted }) => doubted).length,
      longestGap: Math.round(longestGap(journal, span.from, span.to)),
      blocks: this.#ledger.height - before.height,
      verdict: violations.length === 0 ? 'held' : 'VIOLATED',
      ...(watch.again !== undefined && { again: watch.again }),
      notes: [...watch.notes, ...(told.length > 0 ? [`told ${counted(told)}`] : [])],
      violations,
      seconds: Math.round((performance.now() - started) / 1_000),
    };
  }

  /** From the first write before the harm to the last after it. */
  async #underLoad(watch: Watch, act: (watch: Watch) => Promise<void>) {
    const stop = new AbortController();
    const running = runPaced(this.#journal, this.#people, pace, stop.signal);
    const first = await watch.acknowledged(warmUp, settleWithin);
    const from = performance.now();
    try {
      if (Number.isNaN(first)) throw new RangeError('no write succeeds before any harm is done');
      await act(watch);
    } catch (error) {
      // What could not be done to the network, or waited for, is something that the exercise was to find out.
      this.#journal.violation(error instanceof Error ? error.message : String(error));
    }
    stop.abort();
    const to = performance.now();
    await running;
    return { from, to };
  }

  async #settle(): Promise<void> {
    await inParallel(this.#journal.inDoubt, (operation) =>
      this.#journal.settle(operation, this.#people, settleWithin),
    );
  }

  /** Promises, index, lists, chains of cases, the same chain at every peer, and the verifier's word; old promises too. */
  async #check(operation: number, block: number): Promise<void> {
    const journal = this.#journal;
    await this.#peersAgree();
    const client = await this.#people.as('data.clerk1');
    await this.#indexed(this.#ledger.height);
    checkPromises(journal, this.#ledger);
    checkOnce(journal, this.#ledger, this.#firstBlock);
    await checkIndex(client, journal, this.#ledger, block);
    await checkCaseList(client, journal, this.#ledger);
    const fresh = journal.operations.slice(operation);
    const cases = new Set(fresh.flatMap(({ acknowledged }) => acknowledged?.caseNo ?? []));
    await checkChains(client, journal, this.#ledger, [...cases]);
    await checkTransactions(client, journal, journal.acknowledged.slice(-20));
    // Asked for once more with its own key, a write gives the same answer and happens no second time.
    await inParallel(
      fresh.filter(({ doubted, acknowledged }) => doubted && acknowledged).slice(0, 10),
      (again) => journal.settle(again, this.#people, settleWithin),
    );
    await this.#verify();
  }

  /** Every peer comes to the same height, with the same hash at every number. */
  async #peersAgree(): Promise<void> {
    const deadline = performance.now() + catchUpWithin;
    for (;;) {
      for (const id of this.#stand.departments) {
        const blocks = this.#blocksOf(id);
        for (const txId of await blocks.catchUp()) {
          this.#journal.violation(`${txId} is valid twice at the peer of ${id}`);
        }
      }
      const all = [...this.#peers.values()];
      if (all.every(({ height }) => height === this.#ledger.height)) break;
      if (performance.now() > deadline) {
        const heights = [...this.#peers].map(([id, { height }]) => `${id} ${height}`);
        this.#journal.violation(`the peers' heights differ: ${heights.join(', ')}`);
        break;
      }
      await pause(500);
    }
    for (const [id, { hashes }] of this.#peers) {
      const other = hashes.findIndex((hash, number) => hash !== this.#ledger.hashes[number]);
      if (other >= 0) this.#journal.violation(`block ${other} is another at the peer of ${id}`);
    }
  }

  /** The gateway's index is a moment behind its peer. */
  async #indexed(height: number): Promise<void> {
    const deadline = performance.now() + catchUpWithin;
    const client = await this.#people.as('data.clerk1');
    while ((await client.read('network.get', {})).height < height) {
      if (performance.now() > deadline) return;
      await pause(100);
    }
  }

  async #verify(): Promise<void> {
    const { genesisHash } = this.#stand;
    const { verdict, findings } = await verifyFolder({ folder: this.#ledger.folder, genesisHash });
    if (verdict === 'VERIFIED') return;
    const some = findings
      .slice(0, 3)
      .map(({ code, block, detail }) => `${code} ${block} ${detail}`);
    this.#journal.violation(`the verifier says ${verdict}: ${some.join('; ')}`);
  }
}

/** Each text once, with how often it comes. */
function counted(texts: readonly string[]): string {
  const each = [...new Set(texts)].sort();
  return each.map((text) => `${text} ${texts.filter((one) => one === text).length}`).join(', ');
}
