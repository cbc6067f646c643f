import { setTimeout as pause } from 'node:timers/promises';
import { canMakeNamespaces } from '../../support/hosts/namespaces.js';
import { ChannelChanges } from '../../support/operations/channel-changes.js';
import { clockOff, needsProc } from './clock-off.js';
import type { HostStand } from './host-stand.js';
import { needsStrace, slowDisk } from './slow-disk.js';
import type { NativeStand } from './stand.js';
import { gatewayDepartment } from './topology.js';
import type { Watch } from './watch.js';

interface Described {
  readonly name: string;
  readonly title: string;
  /** Whether it is itself a change that operators make, and none of what may happen while they make one. */
  readonly isChange?: true;
  /** What this machine lacks for it, in words; undefined when it has everything. */
  readonly lacks?: () => string | undefined;
}

/** One kind of harm; it returns when the network is whole again and writes go on. */
export type FaultCase =
  | (Described & {
      readonly stand: 'native';
      readonly act: (stand: NativeStand, watch: Watch, round: number) => Promise<void>;
    })
  | (Described & {
      readonly stand: 'hosts';
      readonly act: (stand: HostStand, watch: Watch, round: number) => Promise<void>;
    });

const orderer = (id: string) => `orderer0.${id}`;
const nodes = (id: string) => [orderer(id), `peer0.${id}`];
const needsNamespaces = () =>
  canMakeNamespaces() ? undefined : 'no network namespaces here (root)';

export const faultCases: readonly FaultCase[] = [
  {
    name: 'leader-killed',
    title: 'kill -9 of the leading orderer, which stays away until others lead',
    stand: 'native',
    async act(stand, watch) {
      const leader = await stand.leader();
      watch.tell(`kill -9 ${orderer(leader)}, which leads`);
      await stand.takeAway(orderer(leader));
      await watch.goesOn();
      watch.note(`${await stand.leader()} leads after ${leader}`);
      await stand.bringBack(orderer(leader));
      await watch.goesOn();
    },
  },
  {
    name: 'leader-crashed',
    title: 'kill -9 of the leading orderer, which its supervisor starts again',
    stand: 'native',
    async act(stand, watch) {
      const leader = await stand.leader();
      watch.tell(`kill -9 ${orderer(leader)}, which leads`);
      await stand.crash(orderer(leader));
      await watch.goesOn();
      watch.note(`${await stand.leader()} leads after ${leader}`);
    },
  },
  {
    name: 'leader-paused',
    title: 'SIGSTOP of the leading orderer, SIGCONT after 20 s',
    stand: 'native',
    async act(stand, watch) {
      const leader = await stand.leader();
      watch.tell(`SIGSTOP ${orderer(leader)}, which leads`);
      await stand.freeze(orderer(leader));
      await Promise.all([watch.goesOn(), pause(20_000)]);
      stand.thaw(orderer(leader));
      await watch.goesOn();
    },
  },
  {
    name: 'department-killed',
    title: 'kill -9 of one department’s orderer and peer, each of the four in turn',
    stand: 'native',
    async act(stand, watch) {
      for (const id of stand.departments) {
        watch.tell(`kill -9 ${nodes(id).join(' and ')}`);
        await stand.takeAway(...nodes(id));
        await watch.goesOn();
        await stand.bringBack(...nodes(id));
        await watch.goesOn();
      }
    },
  },
  {
    name: 'two-gone',
    title: 'two of four departments gone: writes stop, and resume when one returns',
    stand: 'native',
    act: twoGone,
  },
  {
    name: 'chaincode-killed',
    title: 'kill -9 of a department’s chaincode process, each of the four in turn',
    stand: 'native',
    async act(stand, watch) {
      for (const id of stand.departments) {
        watch.tell(`kill -9 chaincode.${id}`);
        await stand.crash(`chaincode.${id}`);
        await watch.goesOn();
      }
    },
  },
  {
    name: 'gateway-killed',
    title: 'kill -9 of the gateway in the middle of submits, three times',
    stand: 'native',
    async act(stand, watch) {
      for (let kill = 1; kill <= 3; kill += 1) {
        watch.tell('kill -9 of the gateway');
        await stand.gateway.kill();
        await stand.gateway.start();
        await watch.goesOn();
      }
    },
  },
  {
    name: 'all-restarted',
    title: 'kill -9 of every process at once, gateway included; all are started again',
    stand: 'native',
    async act(stand, watch) {
      watch.tell('kill -9 of every orderer, peer and chaincode, and of the gateway');
      await stand.gateway.kill();
      await stand.crashAll();
      await stand.gatewayServes();
      await watch.goesOn();
    },
  },
  {
    name: 'certificate-renewed',
    title: 'a peer gets new certificates, for another TLS key',
    stand: 'native',
    isChange: true,
    async act(stand, watch) {
      await new ChannelChanges(stand).renews('finance');
      await watch.goesOn();
    },
  },
  {
    name: 'consenter-replaced',
    title: 'a consenter gets other keys, by consent of the departments',
    stand: 'native',
    isChange: true,
    async act(stand, watch) {
      await new ChannelChanges(stand).replaces('finance');
      await watch.goesOn();
    },
  },
  {
    name: 'department-joins',
    title: 'a fifth department joins, with an orderer and a peer',
    stand: 'native',
    isChange: true,
    async act(stand, watch, round) {
      await new ChannelChanges(stand).joins(`audit${String(round)}`);
      await watch.goesOn();
    },
  },
  {
    name: 'slow-disk',
    title:
      'every fsync of one department’s orderer and peer takes 250 ms more for 20 s, then the leader’s',
    stand: 'native',
    lacks: needsStrace,
    act: slowDisk,
  },
  {
    name: 'clock-off',
    title: 'the clock of one department’s gateway and chaincode is 5.5 minutes off',
    stand: 'native',
    lacks: needsProc,
    act: clockOff,
  },
  {
    name: 'cut-off',
    title: 'one department cut off the network (namespace) for 30 s, and healed',
    stand: 'hosts',
    lacks: needsNamespaces,
    act: cutOff,
  },
  {
    name: 'partition',
    title: 'two departments cut off from the other two (namespaces) for 30 s, and healed',
    stand: 'hosts',
    lacks: needsNamespaces,
    act: partition,
  },
];

async function twoGone(stand: NativeStand, watch: Watch): Promise<void> {
  const leader = await stand.leader();
  const others = stand.departments.filter((id) => id !== gatewayDepartment && id !== leader);
  const [first = '', second = ''] = leader === gatewayDepartment ? others : [leader, ...others];
  watch.tell(`kill -9 of ${first} and ${second}, orderers and peers`);
  await stand.takeAway(...nodes(first), ...nodes(second));
  await stopped(watch, 15_000);
  watch.tell(`${first} returns`);
  const returned = performance.now();
  await stand.bringBack(...nodes(first));
  await resumed(watch, returned, 'one returned');
  await stand.bringBack(...nodes(second));
  await watch.goesOn();
}

/** Two of four departments cannot do anything: nothing is acknowledged, and clients are told why. */
async function stopped(watch: Watch, milliseconds: number): Promise<void> {
  // What three had endorsed and ordered before may still come.
  await pause(2_000);
  const refusals = await watch.nothing(milliseconds);
  const codes = [...new Set(refusals.map(({ code }) => code))].sort();
  const unclear = refusals.filter(({ code }) => !clearCodes.includes(code));
  for (const { code, message } of unclear.slice(0, 3)) {
    watch.violation(`with two departments gone a client was told ${code}: ${message}`);
  }
  if (refusals.length === 0) watch.violation('with two departments gone no client was told so');
  watch.note(`refused with ${codes.join(', ')}`);
}

/** Waits until writes go on, and notes how long the first took since the network could do them again. */
async function resumed(watch: Watch, since: number, what: string): Promise<void> {
  await watch.goesOn();
  watch.note(`resumed ${seconds(watch.firstAfter(since) - since)} after ${what}`);
}

/** What says that too few departments are there; the last, that what was handed over before is not in a block yet. */
const clearCodes: readonly string[] = [
  'ENDORSERS_UNAVAILABLE',
  'ORDERERS_UNAVAILABLE',
  'COMMIT_UNKNOWN',
];

/** A department that is not the gateway’s: in odd rounds one that does not lead, in even rounds the one that does. */
async function cutOff(stand: HostStand, watch: Watch, round: number): Promise<void> {
  const leader = await stand.leader();
  const others = stand.departments.filter((id) => id !== gatewayDepartment);
  const leads = round % 2 === 0 && leader !== gatewayDepartment;
  const away = leads ? leader : (others.find((id) => id !== leader) ?? leader);
  watch.tell(`the cable of ${away}, which ${leads ? 'leads' : 'does not lead'}, is pulled`);
  await stand.cut(away);
  await Promise.all([watch.goesOn(), pause(30_000)]);
  watch.tell('and is back');
  await stand.heal(away);
  await watch.goesOn();
  watch.note(leads ? 'the leader’s department' : 'one that did not lead');
}

/** Neither half has the three that endorse a write, nor the three that order one. */
async function partition(stand: HostStand, watch: Watch): Promise<void> {
  const leader = await stand.leader();
  const apart: readonly string[] = stand.departments
    .filter((id) => id !== gatewayDepartment)
    .slice(1);
  watch.tell(`${apart.join(' and ')} are parted from the others; ${leader} leads`);
  await stand.part(apart);
  await stopped(watch, 30_000);
  watch.tell('and are joined again');
  const healed = performance.now();
  await stand.join(apart);
  await resumed(watch, healed, 'they were joined');
  watch.note(`the leader was in the gateway’s half: ${apart.includes(leader) ? 'no' : 'yes'}`);
}

const seconds = (milliseconds: number): string => `${(milliseconds / 1_000).toFixed(1)} s`;
