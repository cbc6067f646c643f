import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main, processTerminal, type ExitCode, type Terminal } from '@yici/client/testing';

export interface Run {
  readonly exitCode: ExitCode;
  readonly out: readonly string[];
  readonly notes: readonly string[];
}

/** Runs `yici` in this process with an empty settings folder of its own, and files as they are or as `read` gives them. */
export async function runYici(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  given: Pick<Partial<Terminal>, 'read' | 'now' | 'screen'> = {},
): Promise<Run> {
  const home = await mkdtemp(join(tmpdir(), 'yici-home-'));
  const out: string[] = [];
  const notes: string[] = [];
  // Whoever runs the suites is asked nothing.
  const own = processTerminal(new AbortController().signal);
  const terminal: Terminal = {
    ...{ signal: own.signal, say: own.say, ...given },
    progress: (line) => {
      own.progress(line);
    },
    read: (path) => (given.read === undefined ? own.read(path) : given.read(path)),
    env: { YICI_HOME: home, ...env },
    out: (line) => out.push(line),
    note: (line) => notes.push(line),
  };
  try {
    return { exitCode: await main(args, terminal), out, notes };
  } finally {
    await rm(home, { recursive: true });
  }
}
