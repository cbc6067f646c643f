import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import type { ChaincodePaths } from '../pki/layout.js';
import { present } from '../present.js';

/** Whether a port of this host accepts TCP connections. */
export async function acceptsConnections(port: number, host = '127.0.0.1'): Promise<boolean> {
  return (await presenceOf(connect({ port, host }), 'connect')) === 'up';
}

/** Whether somebody listens: `hangs` takes a connection and then says nothing. */
export type Presence = 'up' | 'hangs' | 'down';

/**
 * Whether the listener on a loopback port has the chaincode's key: another process could listen there during a restart. One
 * without it is `down`.
 */
export async function chaincodePresence(
  port: number,
  { root, client }: ChaincodePaths,
): Promise<Presence> {
  const [ca, cert, key] = [root, client.certificate, client.key].map((file) => readFileSync(file));
  return (await shownBy({ port, host: '127.0.0.1', ca, cert, key })).state;
}

/** Who listens with TLS, and when the certificate ends that it shows, which may be long past. */
interface TlsPresence {
  readonly state: Presence;
  readonly ends?: Date;
}

/** Whether somebody who has a certificate of that root (PEM) and name listens with TLS. One without it is `down`. */
export function tlsPresence(
  { host, port }: { readonly host: string; readonly port: number },
  root: Uint8Array,
  servername: string,
): Promise<TlsPresence> {
  return shownBy({ port, host, ca: Buffer.from(root), servername });
}

async function shownBy(options: ConnectionOptions): Promise<TlsPresence> {
  // By default a certificate that has ended breaks the connection, as if nobody listened.
  const socket = connectTls({ ...options, ALPNProtocols: ['h2'], rejectUnauthorized: false });
  let ends: Date | undefined;
  socket.once('secureConnect', () => {
    const isEnded = String(socket.authorizationError) === 'CERT_HAS_EXPIRED';
    if (socket.authorized || isEnded) ends = new Date(socket.getPeerCertificate().valid_to);
  });
  const state = await presenceOf(socket, 'secureConnect');
  return state === 'up' && ends === undefined ? { state: 'down' } : { state, ...present({ ends }) };
}

const answersWithin = 2_000;

/** How far a connection gets within two seconds; it is closed then. */
function presenceOf(socket: Socket, event: string): Promise<Presence> {
  return new Promise((done) => {
    let taken = false;
    const finish = (answer: Presence) => {
      socket.destroy();
      done(answer);
    };
    socket.once('connect', () => (taken = true));
    socket.setTimeout(answersWithin, () => finish(taken ? 'hangs' : 'down'));
    socket.once(event, () => finish('up'));
    socket.once('error', () => finish('down'));
  });
}

/** The system's error when listening on a port; undefined when it is free. */
export function listenError(port: number, host: string): Promise<Error | undefined> {
  return new Promise((done) => {
    const server = createServer();
    server.once('error', done);
    server.listen({ port, host, exclusive: true }, () => {
      server.close(done);
    });
  });
}

/** Whether a port can be listened on now. */
const isFree = async (port: number, host: string): Promise<boolean> =>
  (await listenError(port, host)) === undefined;

const freeWithin = 2_000;

/** Whether a port is free, or becomes free within two seconds: a process that is being stopped still holds it for a moment. */
export async function becomesFree(port: number, host: string): Promise<boolean> {
  const deadline = performance.now() + freeWithin;
  while (!(await isFree(port, host))) {
    if (performance.now() > deadline) return false;
    await delay(25);
  }
  return true;
}

/**
 * Below every system's range of ephemeral ports (Linux 32768, others 49152): a port in that range could be taken by an
 * outgoing connection at a later start.
 */
const keepable = { from: 15_000, to: 32_000 };

/** What this process was given and does not listen on yet is as good as taken. */
const given = new Set<number>();

/** `count` different free loopback ports outside that range, none of them given before. */
export async function freePorts(count: number): Promise<number[]> {
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(keepable.from, keepable.to);
    if (given.has(port) || !(await isFree(port, '127.0.0.1'))) continue;
    given.add(port);
    ports.push(port);
  }
  return ports;
}
