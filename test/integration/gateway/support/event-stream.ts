/** One server-sent event. */
export interface StreamEvent {
  readonly id: string;
  readonly name: string;
  readonly data: Record<string, unknown>;
}

/** An open stream of server-sent events, read as a browser would. */
export class EventReader {
  readonly events: StreamEvent[] = [];
  readonly #stop = new AbortController();
  readonly #waiting = new Set<() => void>();
  #ended: Promise<void> = Promise.resolve();
  #done = false;

  static async open(url: string, headers: Record<string, string>): Promise<EventReader> {
    const reader = new EventReader();
    const response = await fetch(url, { headers, signal: reader.#stop.signal });
    if (response.body === null) throw new TypeError('no body');
    reader.#ended = reader.#read(response.body);
    return reader;
  }

  /** Resolves when at least `count` events are there, or the stream has ended. */
  async until(count: number): Promise<StreamEvent[]> {
    while (this.events.length < count && !this.#done) {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
    return this.events;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.#ended;
  }

  get ended(): Promise<void> {
    return this.#ended;
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let text = '';
    try {
      for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
        text += decoder.decode(chunk, { stream: true });
        const parts = text.split('\n\n');
        text = parts.pop() ?? '';
        for (const part of parts) this.#take(part);
      }
    } catch {
      // The test closed it.
    } finally {
      this.#done = true;
      this.#wake();
    }
  }

  #take(part: string): void {
    const field = (name: string) =>
      part
        .split('\n')
        .find((line) => line.startsWith(`${name}: `))
        ?.slice(name.length + 2);
    const id = field('id');
    if (id === undefined) return;
    const data = JSON.parse(field('data') ?? '{}') as Record<string, unknown>;
    this.events.push({ id, name: field('event') ?? '', data });
    this.#wake();
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
