/** Runs asynchronous work in the order it comes, so many at a time and no more; the rest waits in memory. */
export class BoundedQueue {
  readonly #most: number;
  #running = 0;
  /** First in, first out: a set gives its members in the order they came. */
  readonly #waiting = new Set<() => void>();

  constructor(most: number) {
    this.#most = most;
  }

  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#running < this.#most) return this.#start(work);
    return new Promise((resolve, reject) => {
      this.#waiting.add(() => {
        this.#start(work).then(resolve, reject);
      });
    });
  }

  async #start<T>(work: () => Promise<T>): Promise<T> {
    this.#running += 1;
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#startNext();
    }
  }

  #startNext(): void {
    const [start] = this.#waiting;
    if (start === undefined) return;
    this.#waiting.delete(start);
    start();
  }
}
