import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NativeStand } from './stand.js';
import { gatewayDepartment } from './topology.js';
import type { Watch } from './watch.js';

/** What every fsync takes more, and for how long, in milliseconds. */
const delay = 250;
const slowFor = 20_000;
const attachedWithin = 20_000;

export const needsStrace = (): string | undefined =>
  spawnSync('strace', ['-V']).status === 0 ? undefined : 'strace is not here';

/** First a department that does not lead, then the one that does. */
export async function slowDisk(stand: NativeStand, watch: Watch): Promise<void> {
  const leader = await stand.leader();
  const other = stand.departments.find((id) => id !== leader && id !== gatewayDepartment) ?? '';
  for (const id of [other, leader]) {
    watch.tell(`the disk of ${id}, which ${id === leader ? 'leads' : 'does not lead'}, is slow`);
    const log = join(stand.folder, `slow-disk-${id}.log`);
    const names = [`orderer0.${id}`, `peer0.${id}`];
    const written = await stand.alone(names, async () => {
      const heal = await delayDisk(
        names.map((name) => stand.pid(name)),
        log,
      );
      const before = watch.journal.acknowledged.length;
      await Promise.all([watch.goesOn(), pause(slowFor)]);
      await heal();
      return watch.journal.acknowledged.length - before;
    });
    const delayed = readFileSync(log, 'utf8').split('(DELAYED)').length - 1;
    if (delayed === 0) watch.violation(`nothing that ${id} wrote was held up`);
    watch.note(
      `${id === leader ? 'leader' : 'not the leader'}: ${written} writes, ${delayed} fsyncs held up`,
    );
    await watch.goesOn();
  }
  watch.note(`${await stand.leader()} leads, before ${leader}`);
}

/** Holds up what processes write to the disk, until the function it gives is called; what was held up stands in `log`. */
async function delayDisk(pids: readonly number[], log: string): Promise<() => Promise<void>> {
  const calls = 'fsync,fdatasync';
  const strace = spawn('strace', [
    ...['-f', '-o', log, '-e', `trace=${calls}`],
    ...['-e', `inject=${calls}:delay_exit=${delay * 1_000}`],
    ...pids.flatMap((pid) => ['-p', String(pid)]),
  ]);
  const ended = once(strace, 'exit');
  let said = '';
  strace.stderr.on('data', (text: Buffer) => (said += text.toString()));
  const deadline = performance.now() + attachedWithin;
  while (pids.some((pid) => !said.includes(`Process ${pid} attached`))) {
    if (strace.exitCode !== null || performance.now() > deadline) {
      strace.kill('SIGTERM');
      throw new RangeError(`strace does not attach: ${said}`);
    }
    await pause(20);
  }
  return async () => {
    strace.kill('SIGTERM');
    await ended;
  };
}
