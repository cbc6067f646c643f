import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from '@yici/network';
import { parseTopology, prepareFolder, type TopologyInput } from '@yici/network/testing';
import { stringify } from 'yaml';

/** Four departments on hosts of their own, three with persons and services. */
export const topology: TopologyInput = {
  version: 1,
  channel: 'hosts',
  engine: 'fabric',
  departments: ['north', 'east', 'south', 'west'].map((id, index) => ({
    id,
    mspId: `${id.toUpperCase()}MSP`,
    name: { zh: `第${index + 1}局`, en: `${id} 100% "bureau"` },
    level: 'city',
    regionCode: '331100',
    host: `10.9.0.${index + 1}`,
    ports: { peer: 7051, orderer: 7050 },
    orderer: true,
    users: [
      { name: `${id}.clerk1`, role: 'clerk' },
      { name: `${id}.service1`, role: 'service' },
    ],
  })),
};

export function topologyIn(folder: string): string {
  const file = join(folder, 'city.yaml');
  writeFileSync(file, stringify(topology));
  return file;
}

/** One operator's folder with every department's keys, as `yici-network init` makes it. */
export function operatorFolder(directory: string): string {
  const root = join(directory, 'operator');
  mkdirSync(root, { recursive: true });
  prepareFolder(parseTopology(topology), dataFolder(root), new Date());
  return root;
}

/** A folder laid out as a release of Fabric, as far as rendering looks: it starts nothing. */
export function releaseFolder(directory: string): string {
  const root = join(directory, 'release');
  const files = {
    'bin/peer': '',
    'bin/orderer': '',
    'builders/ccaas/bin/detect': '',
    'builders/ccaas/bin/build': '',
    'builders/ccaas/bin/release': '',
    'config/core.yaml': 'peer:\n  id: jdoe # of the sample\n',
    'config/orderer.yaml': 'General:\n  ListenPort: 7050\n',
  };
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(root, name, '..'), { recursive: true });
    writeFileSync(join(root, name), text, { mode: 0o755 });
  }
  return join(root, 'bin');
}

/** Every file below a folder with its text, by its path. */
export function filesOf(root: string): Map<string, string> {
  return new Map(
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => [file.slice(root.length + 1), readFileSync(file, 'utf8')]),
  );
}

/** Among the department's own; or what its peer's builder is told, which holds the key that the peer shows the chaincode. */
export const isOwn = (path: string, id: string): boolean =>
  path.startsWith(`pki/${id}/`) || path.endsWith('/chaincode.json');

/** The private keys in a folder: PEM bodies by path. */
export function keysIn(root: string): Map<string, string> {
  return new Map([...filesOf(root)].filter(([, text]) => /PRIVATE KEY/.test(text)));
}
