import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openLevelStore } from '@yici/gateway/testing';
import { expect } from 'chai';
import type { Api } from '../integration/gateway/support/api.js';
import { EventReader } from '../integration/gateway/support/event-stream.js';
import { GatewayNode } from './support/gateway-node.js';

/** Enough that no socket's buffers hold it: what is left waits in the gateway. */
const pastEvents = 24_000;
const payload = { note: 'x'.repeat(300) };

/** The index of a ledger that has a past: what a reader who begins at its start is sent. */
async function addPast(directory: string): Promise<void> {
  const store = await openLevelStore(directory);
  const changes = Array.from({ length: pastEvents }, (_, index) => ({
    type: 'put' as const,
    key: `e\u0000${'0'.repeat(16)}\u0000${String(index + 1).padStart(7, '0')}`,
    value: JSON.stringify({
      ...{ id: `0-${index + 1}`, name: 'case.submit', txId: 'a', block: 0, index: index + 1 },
      ...{ at: null, mspId: 'DataMSP', payload, parties: null },
    }),
  }));
  await store.write(changes);
  await store.close();
}

/** Asks for every event; nothing is read of it unless somebody does. */
async function askForEvents(url: string, token: string, after = '0-0'): Promise<Socket> {
  const socket = open(url);
  const head = `GET /v1/events?after=${after} HTTP/1.1\r\nhost: 127.0.0.1\r\n`;
  socket.write(`${head}authorization: Bearer ${token}\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

function open(url: string): Socket {
  const { hostname, port } = new URL(url);
  return connect({ host: hostname, port: Number(port) }).on('error', () => undefined);
}

/** What the gateway says of itself. */
async function gauge(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  while (!(await reached())) await pause(100);
}

describe('attack 0: readers of events that stop reading', function () {
  this.timeout(240_000);
  const node = new GatewayNode({
    limits: { requestsPerMinute: 0, streamsPerCaller: 0, heartbeatSeconds: 1 },
  });
  let api: Api;

  before(async () => {
    await node.start();
    await node.process.stop();
    await addPast(join(node.state, 'gateway', 'index'));
    api = await node.start();
  });

  after(() => node.dispose());

  it('end neither the process nor another’s stream, keep no memory, and lose their own', async () => {
    const { token } = await api.as('data.clerk1');
    const ended = node.process.ended.then(({ errors }) => errors);
    const before = await gauge(node.url, 'process_resident_memory_bytes');
    const stalled = await Promise.all(
      Array.from({ length: 24 }, () => askForEvents(node.url, token)),
    );
    const given = until(async () => (await gauge(node.url, 'yici_event_streams')) === 0);
    expect(await Promise.race([ended, given.then(() => 'alive')])).to.equal('alive');
    const after = await gauge(node.url, 'process_resident_memory_bytes');
    // What waits for 24 readers would be 230 MB.
    expect(after - before).to.be.lessThan(120 * 1024 * 1024);
    for (const socket of stalled) socket.destroy();
    const authorization = `Bearer ${token}`;
    const reader = await EventReader.open(`${node.url}/v1/events?after=0-0`, { authorization });
    expect(await reader.until(pastEvents)).to.have.length(pastEvents);
    await reader.close();
  });

  it('a reader that is slow, and takes a little at a time, is sent everything', async () => {
    const { token } = await api.as('data.clerk1');
    const socket = await askForEvents(node.url, token);
    const seen = new Set<string>();
    let rest = '';
    while (seen.size < pastEvents) {
      const piece = (socket.read(64 * 1024) ?? socket.read()) as Buffer | null;
      if (piece === null) await Promise.race([once(socket, 'readable'), once(socket, 'close')]);
      const lines = (rest + (piece?.toString('latin1') ?? '')).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line.startsWith('id: ')) seen.add(line.slice(4));
      await pause(20);
      expect(socket.destroyed && socket.readableEnded, 'cut off').to.equal(false);
    }
    socket.destroy();
  });

  it('one who has logged out is cut off at the next heartbeat', async () => {
    const { token } = await api.login('data.clerk1');
    const authorization = `Bearer ${token}`;
    const reader = await EventReader.open(`${node.url}/v1/events`, { authorization });
    expect((await api.call('DELETE', '/v1/sessions/current', { token })).status).to.equal(204);
    await reader.ended;
  });

  it('2,000 that come back at once are all let in, also while the gateway is busy', async () => {
    const { token } = await api.as('data.clerk1');
    node.process.signal('SIGSTOP');
    const waiting = Array.from({ length: 2_000 }, () => open(node.url));
    const connected = Promise.all(waiting.map((socket) => once(socket, 'connect')));
    const patience = new AbortController();
    const tooLate = pause(20_000, 'some were not let in', { signal: patience.signal });
    const outcome = await Promise.race([connected.then(() => 'all in'), tooLate]);
    tooLate.catch(() => undefined);
    patience.abort();
    node.process.signal('SIGCONT');
    for (const socket of waiting) socket.destroy();
    expect(outcome).to.equal('all in');
    const last = `0-${pastEvents}`;
    const readers = await Promise.all(
      Array.from({ length: 2_000 }, () => askForEvents(node.url, token, last)),
    );
    expect(await gauge(node.url, 'yici_event_streams')).to.equal(2_000);
    for (const socket of readers) socket.destroy();
    await until(async () => (await gauge(node.url, 'yici_event_streams')) === 0);
  });
});
