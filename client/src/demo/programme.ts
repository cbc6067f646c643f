import type { StoryStep } from './narrator.js';

type Tell = (step: StoryStep) => void;

/** Tells acts one after the other that are played at the same time: the one whose turn it is step by step, the others later. */
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

  /** Plays all acts and gives what each came to. When one fails, what was told of it is still told. */
  async play<T>(acts: readonly ((tell: Tell) => Promise<T>)[]): Promise<T[]> {
    const played = acts.map((act) => new Played(act));
    // Every act ends before a failure is passed on, so that nothing goes on behind it.
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

/** One act under way; it keeps its steps until somebody listens. */
class Played<T> {
  readonly outcome: Promise<T>;
  #kept: StoryStep[] = [];
  #tell: Tell = (step) => this.#kept.push(step);

  constructor(act: (tell: Tell) => Promise<T>) {
    this.outcome = act((step) => {
      this.#tell(step);
    });
  }

  tellTo(tell: Tell): void {
    for (const step of this.#kept) tell(step);
    this.#kept = [];
    this.#tell = tell;
  }
}
