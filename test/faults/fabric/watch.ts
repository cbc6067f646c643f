import { setTimeout as pause } from 'node:timers/promises';
import type { Doubt, Journal } from '../support/journal.js';

const pollEvery = 20;
/** Longest wait for writes to go on; what is seen is far less and stands in the report. */
const goesOnWithin = 90_000;
/** Writes that show that it goes on, and not only what was on its way. */
const enough = 20;

/** What a case sees of the clients' writes while it does its harm. */
export class Watch {
  readonly journal: Journal;
  readonly #tell: (text: string) => void;
  /** Facts for the table, in words. */
  readonly notes: string[] = [];

  constructor(journal: Journal, tell: (text: string) => void) {
    this.journal = journal;
    this.#tell = tell;
  }

  tell(text: string): void {
    this.#tell(text);
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** Waits for so many more acknowledged writes; none in time is a violation. Gives the milliseconds to the first of them. */
  async acknowledged(more: number, within: number): Promise<number> {
    const started = performance.now();
    const before = this.#count();
    while (this.#count() < before + more) {
      if (performance.now() - started > within) {
        this.journal.violation(
          `${this.#count() - before} of ${more} writes acknowledged within ${within} ms`,
        );
        break;
      }
      await pause(pollEvery);
    }
    return this.firstAfter(started) - started;
  }

  /** Waits until writes go on, as {@link acknowledged}. */
  goesOn(): Promise<number> {
    return this.acknowledged(enough, goesOnWithin);
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
