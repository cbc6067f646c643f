/** Resources to close in the reverse order of opening, also after a partial start. */
export class CloseStack {
  readonly #closers: (() => void | Promise<void>)[] = [];
  #closing: Promise<void> = Promise.resolve();

  add(close: () => void | Promise<void>): void {
    this.#closers.push(close);
  }

  /**
   * Closes all, even when one fails; then throws the first failure. A second call waits for the first and closes what
   * was added meanwhile.
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
