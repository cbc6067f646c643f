/**
 * A separate process that ends a network's processes after the network itself ended without doing so, for example by
 * `kill -9`: Fabric's processes do not notice that. It receives process ids on standard input, `+<pid>` or `-<pid>` per
 * line, and acts when the input ends.
 */
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

const graceful = 5_000;
const alive = new Set<number>();

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) alive.add(pid);
  else alive.delete(pid);
}
signalAll('SIGCONT');
signalAll('SIGTERM');
const deadline = performance.now() + graceful;
while (alive.size > 0 && performance.now() < deadline) {
  await delay(50);
  signalAll(0);
}
signalAll('SIGKILL');

function signalAll(signal: NodeJS.Signals | 0): void {
  for (const pid of alive) {
    try {
      process.kill(pid, signal);
    } catch {
      alive.delete(pid);
    }
  }
}
