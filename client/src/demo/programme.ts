import type { StoryStep } from './narrator.js';

type Tell = (step: StoryStep) => void;

/** Reports concurrent acts one after the other: the current one as it runs, the others afterwards. */
export class Programme {
  readonly steps: StoryStep[] = [];
  readonly #onStep: Tell;

  constructor(onStep: Tell) {
    this.#onStep = onStep;
  }

  readonly tell: Tell = (step) => {
    this.steps.push(step);
    this.#onStep(step);
  };

  /** Runs all acts and returns their results. When one fails, its report so far is still printed. */
  async play<T>(acts: readonly ((tell: Tell) => Promise<T>)[]): Promise<T[]> {
    const played = acts.map((act) => new Played(act));
    // All acts end before a failure is passed on, so that none is still running.
    const ended = Promise.allSettled(played.map(({ outcome }) => outcome));
    const results: T[] = [];
    for (const act of played) {
      act.tellTo(this.tell);
      try {
        results.push(await act.outcome);
      } catch (error) {
        await ended;
        throw error;
      }
    }
    return results;
  }
}

/** A running act; it buffers its steps until they are read. */
class Played<T> {
  readonly outcome: Promise<T>;
  #kept: StoryStep[] = [];
  #tell: Tell = (step) => this.#kept.push(step);

  constructor(act: (tell: Tell) => Promise<T>) {
    this.outcome = act((step) => this.#tell(step));
  }

  tellTo(tell: Tell): void {
    for (const step of this.#kept) tell(step);
    this.#kept = [];
    this.#tell = tell;
  }
}
