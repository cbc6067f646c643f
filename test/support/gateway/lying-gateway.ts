import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request that went through, and the true gateway's answer to it. */
export interface Exchange {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly asked: unknown;
  readonly status: number;
  readonly answer: Readonly<Record<string, unknown>>;
}

/** What the lying gateway says instead, a problem with the status that it names; undefined leaves the true answer. */
export type Lie = (exchange: Exchange) => Said | Promise<Said>;
type Said = Readonly<Record<string, unknown>> | undefined;

/** What the lying gateway asks the true one instead; undefined passes the request on as it is. */
export type Reroute = (
  path: string,
) => { readonly path: string; readonly body: unknown } | undefined;

/** Stands between a client and a true gateway, passes on what is asked, and lies in the answers. */
export interface LyingGateway {
  readonly url: string;
  /** Everything that came through, with the true answers. */
  readonly seen: Exchange[];
  /** Lies so from now on, and forgets what came through. */
  lie(lie: Lie | undefined, reroute?: Reroute): void;
  close(): Promise<void>;
}

export async function openLyingGateway(target: () => string): Promise<LyingGateway> {
  const seen: Exchange[] = [];
  let current: Lie | undefined;
  let detour: Reroute | undefined;
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const exchange = await ask(target(), request, detour);
    seen.push(exchange);
    const answer = (await current?.(exchange)) ?? exchange.answer;
    const { status } = exchange;
    const said = typeof answer['status'] === 'number' ? answer['status'] : status;
    response.writeHead(said, { 'content-type': 'application/json' });
    response.end(status === 204 ? undefined : JSON.stringify(answer));
  };
  const server = createServer((request, response) => {
    pass(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    lie(lie, reroute) {
      current = lie;
      detour = reroute;
      seen.length = 0;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function ask(
  target: string,
  request: IncomingMessage,
  detour: Reroute | undefined,
): Promise<Exchange> {
  const { method = 'GET', url: path = '/' } = request;
  const given = await bodyOf(request);
  const other = detour?.(path);
  const body = other === undefined ? given : JSON.stringify(other.body);
  const response = await fetch(target + (other?.path ?? path), {
    method,
    headers: headersOf(request),
    ...(body === '' ? {} : { body }),
  });
  const text = await response.text();
  const answer = parsed(text === '' ? '{}' : text) as Exchange['answer'];
  return { method, path, asked: parsed(given || 'null'), status: response.status, answer };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

const passedOn = ['authorization', 'content-type', 'idempotency-key'] as const;

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const given = passedOn.flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  return Object.fromEntries(given);
}

const parsed = (text: string): unknown => JSON.parse(text);
