/** Who works at what: one after the other in the order in which they came, as people at one machine do. */
export class Hands {
  readonly #queues = new Map<string, (() => void)[]>();

  /** Waits until nobody else works at any of them. Whoever takes several stands in every line at once, so none waits for another in a circle. */
  async take(...names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.#turn(name)));
  }

  leave(...names: readonly string[]): void {
    for (const name of names) {
      const queue = this.#queues.get(name);
      const next = queue?.shift();
      if (next === undefined) this.#queues.delete(name);
      else next();
    }
  }

  #turn(name: string): Promise<void> {
    const queue = this.#queues.get(name);
    if (queue !== undefined) return new Promise((go) => queue.push(go));
    this.#queues.set(name, []);
    return Promise.resolve();
  }
}
