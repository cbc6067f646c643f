import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfigBlock, type ChannelConfig } from '@yici/ledger';
import { dataFolder } from '@yici/network';
import {
  channelChanges,
  exportCertificates,
  makeDepartmentKeys,
  parseTopology,
  prepareFolder,
  readFitting,
  type ReadyChange,
  type Topology,
  type TopologyInput,
} from '@yici/network/testing';
import { stringify } from 'yaml';

const ids = ['north', 'east', 'south', 'west'];

/** Four departments that order by BFT, and a fifth that is to join. */
export interface City {
  readonly directory: string;
  readonly topology: Topology;
  readonly config: ChannelConfig;
  /** What `add-department` and its like are given of a department's file. */
  certified(id: string): Readonly<Record<string, unknown>>;
  remove(): void;
}

export const mspOf = (id: string): string => `${id.toUpperCase()}MSP`;

export function makeCity(change: Partial<TopologyInput> = {}): City {
  const directory = mkdtempSync(join(tmpdir(), 'yici-city-'));
  const topology = parseTopology({ ...input(ids), ...change });
  const { genesisBlock } = prepareFolder(topology, dataFolder(directory), new Date());
  return {
    directory,
    topology,
    config: parseConfigBlock(genesisBlock),
    certified: (id) => certifiedIn(directory, id),
    remove: () => {
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A change with its arguments. */
export function change(name: string, given: Readonly<Record<string, unknown>>): ReadyChange {
  const found = channelChanges.find((each) => each.name === name);
  if (found === undefined) throw new RangeError(`there is no change ${name}`);
  return found.read(given);
}

/** New keys of a department, made where nobody else's are. */
function certifiedIn(directory: string, id: string) {
  const all = parseTopology(input([...new Set([...ids, id])]));
  const folder = join(directory, `keys-${id}`);
  const file = join(directory, 'with-all.yaml');
  writeFileSync(file, stringify(all));
  makeDepartmentKeys(dataFolder(folder), file, id, 'a sentence of the test');
  const sent = join(directory, `${id}.certificates.json`);
  exportCertificates(all, folder, id, sent);
  const department = all.departments.find((each) => each.id === id);
  return { certificates: readFitting(all, sent), department, orders: true };
}

const input = (all: readonly string[]): TopologyInput => ({
  version: 1,
  channel: 'city',
  engine: 'fabric',
  departments: all.map((id, index) => ({
    id,
    mspId: mspOf(id),
    name: { zh: `第${index + 1}局`, en: `${id} bureau` },
    level: 'city',
    regionCode: '331100',
    host: `10.9.0.${index + 1}`,
    ports: { peer: 7051, orderer: 7050 },
    orderer: true,
  })),
});
