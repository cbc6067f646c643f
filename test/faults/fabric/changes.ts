import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { departmentPaths } from '@yici/network/testing';
import {
  ChannelChanges,
  type ChangedNetwork,
  type Refusal,
} from '../../support/operations/channel-changes.js';
import { LedgerFiles } from '../support/ledger-files.js';
import type { Stand } from './stand.js';
import { enough, Watch } from './watch.js';

/** Whose consenter gets other keys, whose peer other certificates, and who joins. */
const [replaced, renewed, joining] = ['finance', 'hrss', 'audit'];
/** How long operators type their commands again, in milliseconds, and how long the last of them may take beyond that. */
const typedWithin = 600_000;
const endsWithin = 240_000;
const betweenTries = 5_000;
/** How long the network is left alone between two harms: nobody changes members of one that never has enough of them. */
const restFor = 15_000;
/** A consenter that has yet to start with what the channel has of it is one gone: one more may stop the writes until it is back. */
const standsAtMost = 60_000;
/** And at the end, with everybody there. */
const resumesWithin = 180_000;

/** A network that is harmed while its members change. */
export type ChangingStand = Stand &
  Omit<ChangedNetwork, 'again'> &
  Required<Pick<ChangedNetwork, 'types' | 'open'>>;

/**
 * Harm, again and again, while operators make three changes one after the other: a department joins, a consenter gets other keys, a
 * peer gets other certificates. Each must have come true at the end.
 */
export async function amidChanges(
  stand: ChangingStand,
  watch: Watch,
  harm: (watch: Watch, round: number) => Promise<void>,
): Promise<void> {
  const operators = new Operators(stand, watch);
  let [rounds, stood] = [0, 0];
  const late = (text: string) => {
    stood += 1;
    watch.tell(`writes stand still: ${text}`);
  };
  const about = new Watch(watch.journal, (text) => watch.tell(text), {
    within: standsAtMost,
    late,
  });
  const harmed = async () => {
    for (;;) {
      await harm(about, (rounds += 1));
      await operators.areDone(restFor);
      if (!operators.areBusy) return;
    }
  };
  const outcomes = await Promise.allSettled([operators.work(), harmed()]);
  watch.note(`${rounds} times; stood still ${stood}; ${operators.said()}`);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') throw outcome.reason;
  }
  await watch.acknowledged(enough, resumesWithin);
  await operators.check();
}

/** Who makes the changes, and types a refused command again as docs/operations.md says. */
class Operators {
  readonly #stand: ChangingStand;
  readonly #watch: Watch;
  readonly #changes: ChannelChanges;
  /** Those of the beginning, in the order of their consenters. */
  readonly #departments: readonly string[];
  readonly #refusals: Refusal[] = [];
  readonly #took: string[] = [];
  readonly #until = performance.now() + typedWithin;
  readonly #done = new AbortController();
  get areBusy(): boolean {
    return !this.#done.signal.aborted;
  }

  constructor(stand: ChangingStand, watch: Watch) {
    this.#stand = stand;
    this.#watch = watch;
    this.#departments = [...stand.departments];
    watch.again = 0;
    const folder = join(stand.folder, 'changes');
    mkdirSync(folder);
    this.#changes = new ChannelChanges({
      ...{ state: stand.state, folder, genesisHash: stand.genesisHash },
      departments: this.#departments,
      ...(stand.joining && { joining: stand.joining }),
      ...(stand.keysOf && { keysOf: (id) => stand.keysOf!(id) }),
      types: (args, id) => stand.types(args, id),
      startAgain: (name) => stand.startAgain(name),
      open: (id, directory) => stand.open(id, directory),
      again: (refused) => this.#again(refused),
    });
  }

  /** @throws RangeError when a command was refused until the time was over, or does not end */
  async work(): Promise<void> {
    const over = new AbortController();
    const late = pause(typedWithin + endsWithin, undefined, { signal: over.signal });
    try {
      await Promise.race([
        this.#all(),
        late.then(() => {
          throw new RangeError('a command of an operator does not end');
        }),
      ]);
    } finally {
      this.#done.abort();
      over.abort();
      late.catch(() => undefined);
    }
  }

  /** Waits so long, less when they are done before. */
  async areDone(milliseconds: number): Promise<void> {
    await pause(milliseconds, undefined, { signal: this.#done.signal }).catch(() => undefined);
  }

  async #all(): Promise<void> {
    await this.#change(`${joining} joined`, () => this.#changes.joins(joining));
    await this.#change(`${replaced} has other keys`, () => this.#changes.replaces(replaced));
    await this.#change(`${renewed} has other certificates`, () => this.#changes.renews(renewed));
  }

  async #change(what: string, make: () => Promise<unknown>): Promise<void> {
    const began = performance.now();
    await make();
    const text = `${what} after ${((performance.now() - began) / 1_000).toFixed(1)} s`;
    this.#took.push(text);
    this.#watch.tell(text);
  }

  /** Every consenter signs, by the keys that the channel has now, and the renewed peer endorses by its new certificate. */
  async check(): Promise<void> {
    const { state, folder } = this.#stand;
    const keys = this.#stand.keysOf?.(renewed) ?? state;
    const blocks = new LedgerFiles({
      folder: mkdtempSync(join(folder, 'endorsed-')),
      exportBlocks: (out, from) => this.#stand.exportBlocks(renewed, out, Number(from)),
    });
    await blocks.catchUp();
    const before = blocks.height;
    // What is written for this is endorsed by the own peer; what clients write meanwhile need not be.
    await this.#changes.allSign(renewed);
    await blocks.catchUp();
    const own = readFileSync(departmentPaths(keys, renewed).peer.msp.certificate);
    const written = Array.from({ length: blocks.height - before }, (_, more) =>
      readFileSync(join(blocks.folder, `${before + more}.block`)),
    );
    if (!written.some((block) => block.includes(own))) {
      this.#watch.violation(`the peer of ${renewed} does not endorse by its new certificate`);
    }
  }

  said(): string {
    const why = this.#refusals.map(({ command, code }) => `${command}: ${code}`);
    const counted = [...new Set(why)].map(
      (one) => `${one} ${why.filter((each) => each === one).length}`,
    );
    return [...this.#took, ...counted].join('; ');
  }

  async #again(refused: Refusal): Promise<boolean> {
    const { command, code, message, silent = [] } = refused;
    const isAgain = silent.filter((id) => this.#refusals.at(-1)?.silent?.includes(id));
    this.#refusals.push(refused);
    this.#watch.again = this.#refusals.length;
    this.#watch.tell(`${command}: ${code} ${message}`);
    // Who stays silent is started again, as the words say.
    for (const id of isAgain) {
      const department = [...this.#departments, joining][id - 1] ?? '';
      this.#watch.tell(`the orderer of ${department} is started again`);
      await this.#stand.startAgain(`orderer0.${department}`);
    }
    await pause(betweenTries);
    return performance.now() < this.#until;
  }
}
