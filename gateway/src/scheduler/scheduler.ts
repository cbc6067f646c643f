import { setTimeout as pause } from 'node:timers/promises';
import type { schedulerObstacles } from '@yici/api';
import { defaultWindowSeconds, settledAt, shanghaiDate } from '@yici/domain/model';
import type { Logger } from 'pino';
import { z } from 'zod';
import { listDue, type DueItem } from '../index-store/due-list.js';
import type { IndexReader } from '../index-store/reader.js';
import type { PeersAnswer } from '../peer/ledger-reader.js';
import { clockJumps } from './clock-watch.js';
import { isAway, type DueOutcome } from './outcome.js';
import { Backoff } from './backoff.js';
import { proposalsOf } from './plan.js';
import type { DueProposal, ScheduledCommand } from './proposal.js';

/** Settings of the scheduler (`scheduler:` of the configuration file). */
export const schedulerSchema = z.strictObject({
  enabled: z.boolean().default(true),
  /** Seconds between two rounds, with 25% jitter. */
  everySeconds: z.int().min(1).max(3_600).default(30),
  /** A new item first waits a random part of this many seconds, so that several gateways seldom propose the same act. */
  spreadSeconds: z.int().min(0).max(3_600).default(20),
  /** Maximum number of concurrent proposals. */
  inFlight: z.int().min(1).max(64).default(4),
});
export type SchedulerSettings = Readonly<z.output<typeof schedulerSchema>>;

/**
 * Why nothing is proposed. `timeRefused`: the peers refuse this gateway's current time, so its clock (or theirs) is
 * wrong; `disabled`: by configuration; all others are checked again each round.
 */
export type SchedulerObstacle = (typeof schedulerObstacles)[number];

interface SchedulerDependencies {
  readonly index: IndexReader;
  readonly now: () => Date;
  /** Undefined when the gateway's own identity may propose. */
  readonly obstacle: () => SchedulerObstacle | undefined;
  /** Whether the ledger's beacon is due: see beacon.ts. */
  readonly beaconDue: () => boolean;
  /** Signs and submits under the gateway's own identity, and waits for the block. Never rejects. */
  readonly propose: (proposal: DueProposal) => Promise<DueOutcome>;
  /** Sends the peers a small query signed at the current time. Never rejects. */
  readonly ask: () => Promise<PeersAnswer>;
  readonly logger: Logger;
  readonly random?: () => number;
  readonly elapsed?: () => number;
}

/** What the scheduler did since its start, by command: `outcome` is `committed`, `alreadyDone`, … or a code. */
interface SchedulerCount {
  readonly command: ScheduledCommand;
  readonly outcome: string;
  readonly count: number;
}

/** One round: what was due of what was looked at, and what was proposed. */
interface Round {
  readonly due: number;
  readonly proposed: number;
}

/** The latest day whose limits have certainly passed, allowing for clock differences. */
function settledDay({ index, now }: Pick<SchedulerDependencies, 'index' | 'now'>): string {
  const at = now().toISOString();
  const calendar = index.record('calendar', shanghaiDate(at).slice(0, 4));
  const window = calendar?.inForce?.days.windowSeconds ?? defaultWindowSeconds;
  return shanghaiDate(settledAt(at, window));
}

/** Maximum number of items per round; the next round continues after them, so that failing items do not block others. */
const maxItemsPerRound = 1_000;

/**
 * Proposes due acts under the gateway's own identity; any member may submit the same commands. A round reads only the
 * index's due entries, so its cost is the number of due acts. The contract decides by the transaction's time, and it
 * does not matter who was first.
 */
export class Scheduler {
  readonly #settings: SchedulerSettings;
  readonly #deps: SchedulerDependencies;
  readonly #backoff: Backoff;
  readonly #clockJump: () => number | undefined;
  /** Whether the peers have accepted this gateway's time since its last jump. */
  #timeTaken = false;
  readonly #counts = new Map<string, SchedulerCount>();
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #beacon: NodeJS.Timeout | undefined;
  #round: Promise<Round> | undefined;
  #cursor: string | undefined;
  #lookedAt = new Set<string>();
  #obstacle: SchedulerObstacle | undefined;
  #due = 0;

  constructor(settings: SchedulerSettings, dependencies: SchedulerDependencies) {
    this.#settings = settings;
    this.#deps = dependencies;
    const elapsed = dependencies.elapsed ?? (() => performance.now());
    this.#clockJump = clockJumps(dependencies.now, elapsed);
    this.#backoff = new Backoff({
      pause: settings.everySeconds * 1000,
      spread: settings.spreadSeconds * 1000,
      elapsed,
      random: this.#random,
    });
    if (!settings.enabled) this.#obstacle = 'disabled';
  }

  /** Starts the rounds; logs when it cannot. */
  start(): void {
    if (!this.#settings.enabled) {
      this.#deps.logger.info('the scheduler is off by configuration');
      return;
    }
    this.#note(this.#deps.obstacle());
    this.#plan();
  }

  /** Why nothing is proposed; undefined while it proposes. */
  get obstacle(): SchedulerObstacle | undefined {
    return this.#obstacle;
  }

  /** Number of items due in the last round. */
  get due(): number {
    return this.#due;
  }

  counts(): readonly SchedulerCount[] {
    return [...this.#counts.values()];
  }

  /** Runs a round now, or joins the current one. */
  tick(): Promise<Round> {
    this.#round ??= this.#run().finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }

  /** Starts nothing new, and waits for the current round, `milliseconds` at most. */
  async close(milliseconds = 5_000): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    clearTimeout(this.#beacon);
    const grace = pause(milliseconds, undefined, { ref: false });
    await Promise.race([this.#round?.catch(() => undefined), grace]);
  }

  /**
   * Called when the beacon is due: submits it after a random delay of a few seconds, so that several gateways seldom do
   * so at once.
   */
  hearBeacon(): void {
    if (!this.#settings.enabled || this.#stop.signal.aborted) return;
    const wait = this.#settings.everySeconds * 100 * (0.5 + this.#random() / 2);
    this.#beacon ??= setTimeout(() => {
      this.#beacon = undefined;
      this.#showTime().catch((error: unknown) =>
        this.#deps.logger.error({ err: error }, 'the beacon could not be shown'),
      );
    }, wait).unref();
  }

  readonly #random = (): number => (this.#deps.random ?? Math.random)();

  #plan(): void {
    if (this.#stop.signal.aborted) return;
    const wait = this.#settings.everySeconds * 1000 * (0.75 + this.#random() / 2);
    this.#timer = setTimeout(() => {
      this.tick()
        .catch((error: unknown) =>
          this.#deps.logger.error({ err: error }, 'a round of the scheduler failed'),
        )
        .finally(() => this.#plan());
    }, wait);
    this.#timer.unref();
  }

  async #look(): Promise<SchedulerObstacle | undefined> {
    if (!this.#settings.enabled) return 'disabled';
    return this.#note(this.#deps.obstacle() ?? (await this.#timeObstacle()));
  }

  /** Initially, and after a jump of the clock, nothing is proposed before the peers have accepted the new time. */
  async #timeObstacle(): Promise<SchedulerObstacle | undefined> {
    const seconds = this.#clockJump();
    if (seconds !== undefined) {
      this.#deps.logger.warn({ seconds }, 'the clock jumped');
      this.#timeTaken = false;
      // Failures at the wrong time must not delay the next attempt.
      this.#backoff.keepOnly(new Set());
    }
    if (this.#timeTaken) return undefined;
    const answer = await this.#deps.ask();
    this.#timeTaken = answer === 'answered';
    if (this.#timeTaken) return undefined;
    return answer === 'refused' ? 'timeRefused' : 'notReady';
  }

  /** Logs a change of the obstacle. */
  #note(found: SchedulerObstacle | undefined): SchedulerObstacle | undefined {
    if (found !== this.#obstacle && found !== undefined && found !== 'notReady') {
      this.#deps.logger.warn({ obstacle: found }, 'the scheduler is off');
    }
    this.#obstacle = found;
    return found;
  }

  /** Submits the beacon if the time shown by the ledger lags behind its newest act. */
  async #showTime(): Promise<void> {
    if (!this.#deps.beaconDue() || (await this.#look()) !== undefined) return;
    const command = 'time.beacon';
    this.#count(command, await this.#deps.propose({ command, input: {} }));
  }

  async #run(): Promise<Round> {
    if ((await this.#look()) !== undefined) return { due: 0, proposed: 0 };
    await this.#showTime();
    const today = settledDay(this.#deps);
    const items = await this.#page(today);
    const groups = this.#groups(items.filter(({ key }) => this.#backoff.mayTry(key)));
    const round = { today, proposed: 0, away: false };
    const workers = Array.from({ length: this.#settings.inFlight }, async () => {
      for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
        for (const item of group) await this.#take(item, round);
      }
    });
    await Promise.all(workers);
    return { due: items.length, proposed: round.proposed };
  }

  /** The next page of due items. After the last page, items that no longer exist are dropped. */
  async #page(today: string): Promise<readonly DueItem[]> {
    const { index } = this.#deps;
    const request = { limit: maxItemsPerRound, cursor: this.#cursor };
    const { items, next } = await listDue(index, today, request);
    for (const { key } of items) this.#lookedAt.add(key);
    this.#cursor = next ?? undefined;
    if (next === null) {
      this.#due = this.#lookedAt.size;
      this.#backoff.keepOnly(this.#lookedAt);
      this.#lookedAt = new Set();
    }
    return items;
  }

  /**
   * Items with the same subject are processed in order, since each changes what the next depends on; subjects are
   * processed in any order.
   */
  #groups(items: readonly DueItem[]): DueItem[][] {
    const byAbout = new Map<string, DueItem[]>();
    for (const item of items) {
      byAbout.set(item.about, [...(byAbout.get(item.about) ?? []), item]);
    }
    return [...byAbout.values()]
      .map((group) => ({ group, at: this.#random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ group }) => group);
  }

  /** Processes one item; a failure does not affect the others. */
  async #take(
    item: DueItem,
    round: { readonly today: string; proposed: number; away: boolean },
  ): Promise<void> {
    const { index, logger, propose } = this.#deps;
    const given = () => round.away || this.#stop.signal.aborted || !index.hasEntry(item.key);
    let committed = false;
    try {
      if (given()) return;
      for (const proposal of await proposalsOf(item, round.today, index)) {
        if (given()) return;
        round.proposed += 1;
        const outcome = await propose(proposal);
        this.#count(proposal.command, outcome);
        round.away ||= isAway(outcome);
        committed = outcome.kind === 'committed';
      }
    } catch (error) {
      logger.error({ err: error, command: item.command }, 'a due item could not be taken up');
    }
    if (committed) this.#backoff.done(item.key);
    else this.#backoff.tried(item.key);
  }

  #count(command: ScheduledCommand, outcome: DueOutcome): void {
    const coded = outcome.kind === 'refused' || outcome.kind === 'failed';
    const name = coded ? outcome.code : outcome.kind;
    const key = `${command} ${name}`;
    const count = (this.#counts.get(key)?.count ?? 0) + 1;
    this.#counts.set(key, { command, outcome: name, count });
    if (outcome.kind === 'failed' || outcome.kind === 'refused') {
      this.#deps.logger.warn({ command, ...outcome }, 'what is due was not done');
    }
  }
}
