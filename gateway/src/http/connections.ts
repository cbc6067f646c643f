import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from './addresses.js';
import { limitsSchema, type HttpLimits } from './limits.js';
import { Room } from './room.js';

/** Time limit of a request: a document of 64 MiB at 2 Mbit/s. JSON bodies have a shorter one (bodies.ts). */
const requestMs = 300_000;

/**
 * Limits connections before their first complete request: their number, the time for headers, and how many of one
 * address have not sent a complete request yet, so that an address that only connects does not exclude others.
 */
export function limitConnections(server: Server, given: HttpLimits = {}): void {
  const { headerSeconds, connections, halfOpenPerAddress } = limitsSchema.parse(given);
  server.headersTimeout = headerSeconds * 1_000;
  server.requestTimeout = requestMs;
  if (connections > 0) server.maxConnections = connections;
  if (halfOpenPerAddress > 0) limitHalfOpen(server, halfOpenPerAddress);
}

function limitHalfOpen(server: Server, most: number): void {
  const room = new Room('connections', { each: most, all: 0 });
  const silent = new Map<Socket, () => void>();
  const heard = (socket: Socket) => {
    silent.get(socket)?.();
    silent.delete(socket);
  };
  server.on('connection', (socket: Socket) => {
    try {
      silent.set(socket, room.take(networkOf(socket.remoteAddress)));
    } catch {
      socket.destroy();
      return;
    }
    socket.once('close', () => heard(socket));
  });
  server.on('request', ({ socket }: IncomingMessage) => heard(socket));
}
