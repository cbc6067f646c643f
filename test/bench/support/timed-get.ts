import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { z } from 'zod';

const pageSchema = z.object({ items: z.array(z.unknown()), next: z.string().nullable() });

/** One page, and how long it took from the request to the last byte. */
export interface TimedPage {
  readonly milliseconds: number;
  readonly rows: number;
  readonly next: string | null;
}

/** One reader over one connection that stays open. */
export class TimedReader {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  /** Anything but a page is a failure of the benchmark. */
  async page(path: string): Promise<TimedPage> {
    const start = performance.now();
    const sent = request(this.#url + path, {
      agent: this.#agent,
      headers: { authorization: `Bearer ${this.#token}` },
    });
    sent.end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk as Buffer);
    const milliseconds = performance.now() - start;
    const text = Buffer.concat(chunks).toString('utf8');
    assert.equal(response.statusCode, 200, `${path}: ${text}`);
    const { items, next } = pageSchema.parse(JSON.parse(text));
    return { milliseconds, rows: items.length, next };
  }

  close(): void {
    this.#agent.destroy();
  }
}
