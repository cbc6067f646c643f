import { setTimeout as pause } from 'node:timers/promises';
import type { Doubt, Journal } from '../support/journal.js';

const pollEvery = 20;
/** Longest wait for writes to go on; what is seen is far less and stands in the report. */
const goesOnLimit = 90_000;
/** Writes that show that it goes on, and not only what was on its way. */
export const enough = 20;

/** How long writes may take to go on, and what it is when they do not. */
interface Patience {
  readonly within: number;
  readonly late: (text: string) => void;
}

/** What a case sees of the clients' writes while it does its harm. */
export class Watch {
  readonly journal: Journal;
  readonly #tell: (text: string) => void;
  readonly #patience: Patience;
  /** Facts for the table, in words. */
  readonly notes: string[] = [];
  /** How often operators had to type a command again, where they do. */
  again?: number;

  constructor(journal: Journal, tell: (text: string) => void, patience?: Patience) {
    this.journal = journal;
    this.#tell = tell;
    this.#patience = patience ?? {
      within: goesOnLimit,
      late: (text) => this.violation(text),
    };
  }

  tell(text: string): void {
    this.#tell(text);
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** Waits for so many more acknowledged writes; none in time is a violation. Gives the milliseconds to the first of them. */
  async acknowledged(
    more: number,
    within: number,
    late = (text: string) => this.violation(text),
  ): Promise<number> {
    const started = performance.now();
    const before = this.#count();
    while (this.#count() < before + more) {
      if (performance.now() - started > within) {
        late(`${this.#count() - before} of ${more} writes acknowledged within ${within} ms`);
        break;
      }
      await pause(pollEvery);
    }
    return this.firstAfter(started) - started;
  }

  /** Waits until writes go on, as {@link acknowledged}. */
  goesOn(): Promise<number> {
    const { within, late } = this.#patience;
    return this.acknowledged(enough, within, late);
  }

  /** Nothing may be acknowledged for so long; gives the answers that clients got meanwhile. */
  async nothing(milliseconds: number): Promise<readonly Doubt[]> {
    const started = performance.now();
    const before = this.#count();
    await pause(milliseconds);
    const more = this.#count() - before;
    if (more > 0) this.journal.violation(`${more} writes acknowledged that could not be`);
    return this.journal.doubts.filter(({ at }) => at >= started);
  }

  violation(text: string): void {
    this.journal.violation(text);
  }

  #count(): number {
    return this.journal.acknowledged.length;
  }

  /** When the first write after a moment was acknowledged. */
  firstAfter(moment: number): number {
    const times = this.journal.acknowledged.flatMap(({ acknowledgedAt: at = 0 }) =>
      at > moment ? [at] : [],
    );
    return times.length === 0 ? Number.NaN : Math.min(...times);
  }
}

/** The longest time between two acknowledged writes, in milliseconds; the moments given count as two. */
export function longestGap(journal: Journal, from: number, to: number): number {
  const times = journal.acknowledged
    .flatMap(({ acknowledgedAt: at = 0 }) => (at > from && at < to ? [at] : []))
    .sort((left, right) => left - right);
  const all = [from, ...times, to];
  return Math.max(...all.slice(1).map((time, index) => time - (all[index] ?? time)));
}
