import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTopology, renderedGatewayConfig } from '@yici/network/testing';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import type { Operation } from '../support/journal.js';
import { People } from '../support/people.js';
import { quietPorts } from '../support/topology.js';
import { GatewayProcess } from './gateway-process.js';
import { filing } from './paced-load.js';
import type { NativeStand } from './stand.js';
import { gatewayDepartment, ownClockDepartment as department } from './topology.js';
import type { Watch } from './watch.js';
import { wrongClock } from './wrong-clock.js';

/** More than the five minutes that peers take. */
const off = 330;
const goesOnWithin = 90_000;

export const needsProc = (): string | undefined =>
  existsSync('/proc/self/cmdline') ? undefined : 'no /proc here';

/** In odd rounds the clock is ahead, in even rounds behind. */
export async function clockOff(stand: NativeStand, watch: Watch, round: number): Promise<void> {
  const seconds = round % 2 === 1 ? off : -off;
  const { people, gateway } = await ownGateway(stand, seconds);
  try {
    const [before, meanwhile] = [await received(stand, watch), await received(stand, watch)];
    await settles(watch, before, people);
    watch.tell(`the clock of ${department}’s gateway and chaincode is ${seconds} s off`);
    gateway.signal('SIGUSR2');
    const chaincode = await chaincodeUnder(stand, seconds);
    try {
      await watch.goesOn();
      await refused(watch, meanwhile, people);
      await needed(stand, watch);
    } finally {
      await chaincode.close();
    }
    watch.tell('and is right again');
    gateway.signal('SIGUSR2');
    await settles(watch, meanwhile, people);
    await watch.goesOn();
  } finally {
    await gateway.stop();
  }
}

/** A case of the clients' department is there, and its receipt to be confirmed by the department under test. */
async function received(stand: NativeStand, { journal }: Watch): Promise<Operation> {
  const filed = journal.begin(`${gatewayDepartment}.service1`, 'case.submit', filing);
  await journal.settle(filed, new People(stand), goesOnWithin);
  const caseNo = filed.acknowledged?.caseNo ?? '';
  return journal.begin(`${department}.service1`, 'case.receive', { caseNo });
}

/** Its own gateway says that the clock is wrong, and nothing is written. */
async function refused(watch: Watch, asked: Operation, people: People): Promise<void> {
  const { journal } = watch;
  const before = performance.now();
  await journal.ask(asked, people);
  const said = journal.doubts.find(({ at, code }) => at >= before && code === 'TIME_REFUSED');
  if (said === undefined || asked.acknowledged !== undefined) {
    watch.violation(`${department} was not told that its clock is wrong`);
  } else watch.note(`its own act: ${said.code}`);
}

/** Without a third department nothing is written unless the one under test agrees: its chaincode says what the others say. */
async function needed(stand: NativeStand, watch: Watch): Promise<void> {
  const away = stand.departments.filter((id) => id !== gatewayDepartment && id !== department)[0];
  watch.tell(`the peer of ${String(away)} is away: ${department}’s has to agree`);
  await stand.takeAway(`peer0.${String(away)}`);
  await watch.goesOn();
  await stand.bringBack(`peer0.${String(away)}`);
  await watch.goesOn();
}

async function settles({ journal }: Watch, asked: Operation, people: People): Promise<void> {
  await journal.settle(asked, people, goesOnWithin);
  // Its key is known at that gateway alone: the clients' own is not asked for it once more.
  asked.doubted = false;
}

/** A gateway of the department under test, with its service account; its clock is right until it is told otherwise. */
async function ownGateway(stand: NativeStand, seconds: number) {
  const topology = readTopology(join(stand.state, 'topology.yaml'));
  const own = topology.departments.find(({ id }) => id === department);
  if (own === undefined) throw new RangeError(`there is no ${department}`);
  const folder = join(stand.folder, 'own-clock');
  const config = join(stand.folder, 'own-clock.yaml');
  const rendered: unknown = parse(renderedGatewayConfig(topology, own, stand.state));
  const settings = z.looseObject({ state: z.string() }).parse(rendered);
  writeFileSync(config, stringify({ ...settings, state: folder }));
  const [port = 0] = await quietPorts(1);
  const logFile = join(stand.folder, 'own-clock.log');
  const node = wrongClock(seconds, 'signal');
  const gateway = new GatewayProcess({ config, port, logFile, node });
  await gateway.start();
  const people = new People({ url: `http://127.0.0.1:${port}`, state: folder });
  return { gateway, people };
}

/** Starts the department's chaincode as the network does, with another clock; `close` gives the network its own again. */
async function chaincodeUnder(stand: NativeStand, seconds: number) {
  const name = `chaincode.${department}`;
  const about = `/proc/${String(stand.pid(name))}`;
  const read = (what: string) => readFileSync(join(about, what), 'utf8').split('\0').slice(0, -1);
  const [command = '', ...args] = read('cmdline');
  const settings = read('environ').map((line): [string, string] => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)];
  });
  const env = Object.fromEntries(settings);
  const cwd = readlinkSync(join(about, 'cwd'));
  await stand.takeAway(name);
  const log = openSync(join(stand.folder, 'own-clock-chaincode.log'), 'a');
  const given = [...wrongClock(seconds, 'start'), ...args];
  const child = spawn(command, given, { cwd, env, stdio: ['pipe', log, log] });
  return {
    close: async () => {
      const ended = once(child, 'exit');
      if (child.exitCode === null && child.signalCode === null) {
        child.kill('SIGTERM');
        await ended;
      }
      await stand.bringBack(name);
    },
  };
}
