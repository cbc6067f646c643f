import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What was asked of the server, in order. */
export interface Asked {
  readonly path: string;
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/** A mirror on loopback that answers each request as the test says, the last answer for all that follow. */
export interface Mirror {
  readonly url: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

export async function mirror(...answers: readonly Answer[]): Promise<Mirror> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const { range, 'if-range': ifRange } = request.headers;
    const answer = answers[Math.min(asked.length, answers.length - 1)];
    asked.push({ path: request.url ?? '', range, ifRange: ifRange?.toString() });
    answer?.(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/fabric`,
    asked,
    close: () =>
      new Promise((done) => {
        server.close(() => {
          done();
        });
        server.closeAllConnections();
      }),
  };
}

export interface FileOptions {
  readonly etag?: string;
  /** Break the connection after so many bytes of the body, when they have arrived. */
  readonly cutAfter?: number;
  readonly arrived?: (size: number) => boolean;
  /** Send so many bytes and no more, but keep the connection. */
  readonly stallAfter?: number;
}

/** Serves bytes as a web server serves a file: ranges, If-Range, 416. */
export function file(bytes: Buffer, options: FileOptions = {}): Answer {
  const { etag = '"v1"', cutAfter, stallAfter, arrived = () => true } = options;
  return (request, response) => {
    const start = startOf(request, etag);
    response.setHeader('etag', etag);
    if (start >= bytes.length) {
      response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
      return;
    }
    const body = bytes.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': body.length,
      ...(start > 0
        ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }
        : {}),
    });
    if (cutAfter !== undefined) {
      breakOff(response, body.subarray(0, cutAfter), () => arrived(start + cutAfter));
    } else if (stallAfter !== undefined) response.write(body.subarray(0, stallAfter));
    else response.end(body);
  };
}

function startOf({ headers }: IncomingMessage, etag: string): number {
  const from = /^bytes=([0-9]+)-$/.exec(headers.range ?? '')?.[1];
  const same = (headers['if-range'] ?? etag) === etag;
  return from !== undefined && same ? Number(from) : 0;
}

/** Sends bytes and breaks the connection when they are where they go: a client drops what it has not written down. */
export function breakOff(response: ServerResponse, bytes: Buffer, arrived: () => boolean): void {
  const cut = () => {
    if (arrived()) response.destroy();
    else if (!response.destroyed) setImmediate(cut);
  };
  response.write(bytes, cut);
}

/** An answer without a file. */
export function status(code: number, headers: Record<string, string> = {}): Answer {
  return (_request, response) => {
    response.writeHead(code, headers).end();
  };
}
