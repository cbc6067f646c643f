import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { demoTopologyFile, freePorts } from '@yici/network/testing';
import { runYici } from '../../support/terminal.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** `npm start` in a folder of its own, and what it printed when it was ready. */
export class StartedDemo {
  readonly folder: string;
  readonly printed: string;
  readonly #process: ChildProcess;
  readonly #before = process.cwd();

  private constructor(folder: string, printed: string, child: ChildProcess) {
    this.folder = folder;
    this.printed = printed;
    this.#process = child;
    // What is printed names folders as seen from here.
    process.chdir(folder);
  }

  static async start(): Promise<StartedDemo> {
    const folder = await mkdtemp(join(tmpdir(), 'yici-first-day-'));
    const topology = join(folder, 'topology.yaml');
    const demo = await readFile(demoTopologyFile, 'utf8');
    await writeFile(topology, demo.replace(/\b(peer|orderer|port): \d+/g, '$1: 0'));
    const [port = 0] = await freePorts(1);
    const own = ['--state', 'state', '--port', String(port), '--topology', topology];
    const script = join(root, 'network/scripts/start.mjs');
    const child = spawn(process.execPath, [script, ...own, '--lang', 'zh'], {
      cwd: folder,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const errors: string[] = [];
    child.stderr.setEncoding('utf8').on('data', (text: string) => errors.push(text));
    const lines: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      lines.push(line);
      if (line.startsWith('Ctrl-C')) break;
    }
    child.stdout.resume();
    if (lines.length === 0) throw new RangeError(`npm start printed nothing: ${errors.join('')}`);
    return new StartedDemo(folder, lines.join('\n'), child);
  }

  /** A line as it is typed in the folder. Each is a run of its own of the program, in this process, which spares its start. */
  async type(line: string): Promise<{ readonly exitCode: number; readonly text: string }> {
    const [program, ...words] = line.trim().split(/\s+/);
    if (program !== 'yici') throw new RangeError(`not a command of this project: ${line}`);
    const env = { YICI_HOME: join(this.folder, 'home'), YICI_LANG: 'zh' };
    const { exitCode, out, notes } = await runYici(words, env);
    return { exitCode, text: [...notes, ...out].join('\n') };
  }

  async stop(): Promise<number | null> {
    const closed = once(this.#process, 'close');
    this.#process.kill('SIGTERM');
    await closed;
    process.chdir(this.#before);
    await rm(this.folder, { recursive: true, force: true });
    return this.#process.exitCode;
  }
}
