import { Agent, request } from 'node:http';

/** A request exactly as it goes over the wire: nothing is normalised. */
export interface RawRequest {
  readonly method: string;
  /** Path and query, percent-encoded or not. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** Sends what no URL or JSON library would let through. Not to be left idle: the server closes idle connections. */
export class RawHttp {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 8 });
  readonly #url: URL;

  constructor(url: string) {
    this.#url = new URL(url);
  }

  send({ method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const { hostname: host, port } = this.#url;
      // Node would send the body of a DELETE without any length.
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const sent = request(
        {
          ...{ agent: this.#agent, host, port, method, path, timeout: 30_000 },
          headers: { ...headers, ...length },
        },
        (response) => {
          const stream = response.headers['content-type']?.startsWith('text/event-stream') === true;
          const parts: Buffer[] = [];
          const answer = () => {
            const text = Buffer.concat(parts).toString('utf8');
            resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
          };
          if (stream) {
            answer();
            response.destroy();
            return;
          }
          response.on('data', (part: Buffer) => parts.push(part));
          response.once('end', answer);
          response.once('error', reject);
        },
      );
      sent.once('error', (error) => {
        reject(new RangeError(`${method} ${path}: ${error.message}`));
      });
      sent.once('timeout', () => sent.destroy(new RangeError(`no answer: ${method} ${path}`)));
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}
