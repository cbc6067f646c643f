/**
 * `relay.js <socket> <port>`: run in a host's network namespace, it passes connections to a Unix socket, which every
 * namespace of the machine sees, on to a port of that host. Clients outside are so the department's own, in its building: the
 * cable that a test pulls is not theirs.
 */
import { connect, createServer, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';

/** This file as a program. */
export const relayProgram = fileURLToPath(import.meta.url);

/** Passes every connection on. A side that breaks off ends the other. */
export function relayTo(target: { readonly path: string } | { readonly port: number }): Server {
  return createServer((from) => {
    const to = connect('path' in target ? target : { ...target, host: '127.0.0.1' });
    from.pipe(to).pipe(from);
    from.on('error', () => to.destroy());
    to.on('error', () => from.destroy());
  });
}

const [, program, socket, port] = process.argv;
if (program === relayProgram && socket !== undefined) {
  relayTo({ port: Number(port) }).listen(socket, () => process.stdout.write('ready\n'));
}
