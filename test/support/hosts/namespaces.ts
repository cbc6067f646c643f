import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { Context } from 'mocha';

const run = promisify(execFile);

/** Leaves a suite out, by name, where network namespaces cannot be made: no iproute2, or not the right to. */
export function needsNamespaces(context: Context): void {
  if (!canMakeNamespaces()) context.skip();
}

/** Whether this user of this machine can make network namespaces. */
export function canMakeNamespaces(): boolean {
  const name = `yici-probe-${randomBytes(3).toString('hex')}`;
  try {
    execFileSync('ip', ['netns', 'add', name], { stdio: 'ignore' });
    execFileSync('ip', ['netns', 'exec', name, 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    try {
      execFileSync('ip', ['netns', 'del', name], { stdio: 'ignore' });
    } catch {
      // It was never made.
    }
  }
}

interface Host {
  readonly namespace: string;
  /** Our end of its cable, in the switch. */
  readonly port: string;
}

/**
 * Hosts of one network on one machine: each a network namespace with its own address and loopback, joined by a bridge in a
 * namespace of its own, so that nothing of the machine's own network is touched.
 */
export class HostNetwork {
  readonly #id = randomBytes(2).toString('hex');
  readonly #switch = `yici-${this.#id}-switch`;
  readonly #hosts = new Map<string, Host>();

  /** Makes the hosts, by name, with their addresses in 10.0.0.0/8. */
  async open(addresses: ReadonlyMap<string, string>): Promise<void> {
    await ip('netns', 'add', this.#switch);
    await this.#inSwitch('link', 'add', 'bridge', 'type', 'bridge');
    await this.#inSwitch('link', 'set', 'bridge', 'up');
    for (const [name, address] of addresses) await this.plug(name, address);
  }

  /** One more host. */
  async plug(name: string, address: string): Promise<void> {
    const namespace = `yici-${this.#id}-${name}`;
    const port = `p-${name}`;
    this.#hosts.set(name, { namespace, port });
    await ip('netns', 'add', namespace);
    await this.#inSwitch(
      'link',
      'add',
      port,
      'type',
      'veth',
      'peer',
      'name',
      'eth0',
      'netns',
      namespace,
    );
    await this.#inSwitch('link', 'set', port, 'master', 'bridge', 'up');
    const inside = ['-n', namespace];
    await ip(...inside, 'addr', 'add', `${address}/24`, 'dev', 'eth0');
    await ip(...inside, 'link', 'set', 'eth0', 'up');
    await ip(...inside, 'link', 'set', 'lo', 'up');
    // As docs/operations.md asks of every host.
    await ip('netns', 'exec', namespace, 'sysctl', '-qw', 'net.ipv4.tcp_syn_retries=1');
  }

  /** Pulls a host's cable. */
  cut(name: string): Promise<unknown> {
    return this.#inSwitch('link', 'set', this.#host(name).port, 'down');
  }

  heal(name: string): Promise<unknown> {
    return this.#inSwitch('link', 'set', this.#host(name).port, 'up');
  }

  /** Puts the cables of these hosts into a bridge of their own: they reach one another and none of the others. */
  async part(names: readonly string[]): Promise<void> {
    await this.#inSwitch('link', 'add', 'apart', 'type', 'bridge');
    await this.#inSwitch('link', 'set', 'apart', 'up');
    await this.#into('apart', names);
  }

  /** Puts them back into the bridge of all. */
  async join(names: readonly string[]): Promise<void> {
    await this.#into('bridge', names);
    await this.#inSwitch('link', 'del', 'apart');
  }

  /** The command line that runs something on a host. */
  on(name: string, ...command: readonly string[]): [string, string[]] {
    return ['ip', ['netns', 'exec', this.#host(name).namespace, ...command]];
  }

  /** Starts something on a host; `ip` becomes it, so the process is the thing itself. */
  start(name: string, ...command: readonly string[]): ChildProcess {
    const [program, args] = this.on(name, ...command);
    return spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Removes every host; what runs there must have ended. */
  async close(): Promise<void> {
    const all = [...this.#hosts.values()].map(({ namespace }) => namespace);
    for (const namespace of [...all, this.#switch]) {
      await ip('netns', 'del', namespace).catch(() => undefined);
    }
  }

  async #into(bridge: string, names: readonly string[]): Promise<void> {
    for (const name of names) {
      await this.#inSwitch('link', 'set', this.#host(name).port, 'master', bridge);
    }
  }

  #inSwitch(...args: readonly string[]): Promise<unknown> {
    return ip('-n', this.#switch, ...args);
  }

  #host(name: string): Host {
    return this.#hosts.get(name) ?? { namespace: `yici-${this.#id}-${name}`, port: `p-${name}` };
  }
}

function ip(...args: readonly string[]): Promise<unknown> {
  return run('ip', [...args]);
}
