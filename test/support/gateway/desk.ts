import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from '../../integration/gateway/support/world.js';
import { runYici, type Run } from '../terminal.js';

const yici = fileURLToPath(new URL('bin/yici.js', import.meta.resolve('@yici/client')));

const asUser = (world: World, user: string, args: readonly string[]): string[] => [
  ...args,
  ...['--gateway', world.url],
  ...['--identity', join(world.directory, 'state', 'identities', user)],
];

/** `yici` as a user of the world, in this process. */
export function yiciAs(world: World, user: string, ...args: readonly string[]): Promise<Run> {
  return runYici(asUser(world, user, args));
}

/** The same as a process of its own, which can be killed. */
export function startYici(world: World, user: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [yici, ...asUser(world, user, args)], {
    stdio: 'ignore',
    env: { ...process.env, YICI_HOME: join(world.directory, 'home') },
  });
}

export const jsonOf = (run: Run): unknown => JSON.parse(run.out.at(-1) ?? 'null');
