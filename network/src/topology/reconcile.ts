import { shellWord } from '@yici/terminal';
import { NetworkError } from '../errors.js';
import { channelSettings, type Department, type Topology } from './schema.js';
import { flatSettings, type ChannelSettings } from './settings.js';

/**
 * What a file cannot change by being edited: the channel's name, before there is a channel; then its engine and settings as well; in
 * the data folder of a network also its departments, which in a folder of keys follow those that joined or left.
 */
type Fixed = 'channel' | 'settings' | 'departments';

/**
 * The effective topology: the given one, with the ports chosen for `0` when the network was created. Of the settings of a channel that
 * exists, a file that leaves them out gets those in force.
 * @param named the settings that the file does not leave out; without it one with the usual value is taken as left out
 * @throws NetworkError GENESIS_MISMATCH, CHANNEL_SETTINGS_DIFFER
 */
export function reconcile(
  given: Topology,
  stored: Topology,
  fixed: Fixed,
  named: ReadonlySet<string> = new Set(),
): Topology {
  const isMade = fixed !== 'channel';
  refuseAnother(factsOf[fixed](given), factsOf[fixed](stored));
  if (isMade) refuseOtherSettings(given, stored, named);
  const { batch, bft, policies } = isMade ? stored : given;
  return {
    ...given,
    ...{ batch, bft, policies },
    chaincode: { ...given.chaincode, port: given.chaincode.port || stored.chaincode.port },
    departments: given.departments.map((department) =>
      keepPorts(
        department,
        stored.departments.find(({ id }) => id === department.id),
      ),
    ),
  };
}

/** Settings that were edited: accepted, they would be believed and not be in force. */
function refuseOtherSettings(given: Topology, stored: Topology, named: ReadonlySet<string>): void {
  const [standing, usual] = [flatSettings(stored), flatSettings(defaults)];
  const edited = [...flatSettings(given)].flatMap(([key, asked]) => {
    const isLeftOut = asked === usual.get(key) && !named.has(key);
    return asked === standing.get(key) || isLeftOut ? [] : [`${key}=${asked}`];
  });
  if (edited.length === 0) return;
  const command = `yici-network channel propose set ${edited.map(shellWord).join(' ')} --out change.json`;
  throw new NetworkError(
    'CHANNEL_SETTINGS_DIFFER',
    {
      zh: `拓扑文件的设置与通道的不同；网络建成后，更改须由各部门同意。恢复文件，或者提出更改：${command}`,
      en: `The topology's settings are not those of the channel; once there is a network the departments must agree to a change. Put the file back, or propose it: ${command}`,
    },
    { details: { settings: edited } },
  );
}

const defaults: ChannelSettings = {
  batch: channelSettings.batch.parse({}),
  bft: channelSettings.bft.parse({}),
  policies: channelSettings.policies.parse({}),
};

function refuseAnother(given: readonly string[], stored: readonly string[]): void {
  const differences = given.filter((fact) => !stored.includes(fact));
  const made = stored.filter((fact) => !given.includes(fact));
  if (differences.length + made.length === 0) return;
  const asked = [...differences, ...made.map((fact) => `not ${fact}`)].join(', ');
  throw new NetworkError(
    'GENESIS_MISMATCH',
    {
      zh: `该目录是为另一个网络生成的（所给为 ${asked}）。增减部门用 yici-network channel propose；另建网络的，换一个目录。`,
      en: `This data folder was made for another network (asked for is ${asked}). Departments are added and removed with yici-network channel propose; for another network choose another folder.`,
    },
    { details: { differences, made } },
  );
}

/** What a folder of keys belongs to before there is a network: its departments may still be others. */
const channelFacts = ({ channel }: Topology): string[] => [`channel ${channel}`];

const engineFacts = (topology: Topology): string[] => [
  ...channelFacts(topology),
  ...[`engine ${topology.engine}`, `ordering ${topology.ordering}`],
];

function genesisFacts(topology: Topology): string[] {
  return [
    ...engineFacts(topology),
    ...topology.departments.map(
      ({ id, mspId, orderer }, index) =>
        `department ${index + 1} ${id} ${mspId}${orderer ? ' with an orderer' : ''}`,
    ),
  ];
}

const factsOf: Readonly<Record<Fixed, (topology: Topology) => string[]>> = {
  channel: channelFacts,
  settings: engineFacts,
  departments: genesisFacts,
};

function keepPorts(given: Department, stored: Department | undefined): Department {
  return mapPorts(given, (port, name) => (port === 0 ? (portOf(stored, name) ?? 0) : port));
}

function mapPorts(
  department: Department,
  change: (port: number, name: string) => number,
): Department {
  const entries = Object.entries(department.ports).flatMap(([name, port]) =>
    port === undefined ? [] : [[name, change(port, name)] as const],
  );
  return { ...department, ports: { ...department.ports, ...Object.fromEntries(entries) } };
}

function portOf(department: Department | undefined, name: string): number | undefined {
  return Object.entries(department?.ports ?? {}).find(([key]) => key === name)?.[1];
}

/** Number of ports that are not chosen yet. */
export function openPorts(topology: Topology): number {
  const chaincode = topology.chaincode.port === 0 ? 1 : 0;
  return topology.departments.reduce(
    (sum, { ports }) => sum + Object.values(ports).filter((port) => port === 0).length,
    chaincode,
  );
}

/** The same without the ports: all are still to be chosen. */
export const withoutPorts = (topology: Topology): Topology => ({
  ...topology,
  chaincode: { ...topology.chaincode, port: 0 },
  departments: topology.departments.map((department) => mapPorts(department, () => 0)),
});

/** Replaces 0 by the given free ports. */
export function fillPorts(topology: Topology, free: readonly number[]): Topology {
  const rest = [...free];
  const fill = (port: number) => (port === 0 ? (rest.shift() ?? 0) : port);
  return {
    ...topology,
    departments: topology.departments.map((department) => mapPorts(department, fill)),
    chaincode: { ...topology.chaincode, port: fill(topology.chaincode.port) },
  };
}
