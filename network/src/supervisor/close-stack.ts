/** Things to close in the opposite order of opening, however far the opening came. */
export class CloseStack {
  readonly #closers: (() => void | Promise<void>)[] = [];
  #closing: Promise<void> = Promise.resolve();

  add(close: () => void | Promise<void>): void {
    this.#closers.push(close);
  }

  /**
   * Closes all, also when one fails; then throws the first failure. Closing again waits for that and closes what was added
   * meanwhile.
   */
  close(): Promise<void> {
    this.#closing = this.#closing.catch(() => undefined).then(() => this.#closeAll());
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let close = this.#closers.pop(); close !== undefined; close = this.#closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
