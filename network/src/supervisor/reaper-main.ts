/**
 * A process of its own that ends what its network started when the network is gone without having done so, also after
 * `kill -9`: Fabric's processes do not notice. It is told process ids on its standard input, `+<pid>` and `-<pid>` a line,
 * and acts when that input ends.
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
