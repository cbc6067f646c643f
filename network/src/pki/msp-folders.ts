import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { digest, type Msp } from '@yici/ledger';
import { writeIfChanged } from '../atomic.js';
import type { DepartmentPaths } from './layout.js';

type Definition = Msp['definition'];
type NodeOus = NonNullable<Definition['nodeOus']>;

/** Where an MSP folder has each kind of authority (msp/configbuilder.go), and what the folder's own is called. */
const kinds = [
  ['cacerts', 'ca', 'rootCerts'],
  ['intermediatecerts', 'ca', 'intermediateCerts'],
  ['tlscacerts', 'tlsca', 'tlsRootCerts'],
  ['tlsintermediatecerts', 'tlsca', 'tlsIntermediateCerts'],
] as const;

/**
 * Makes the MSP folders of a department's nodes and users what the channel's configuration has: roots, intermediates, and the units
 * that distinguish nodes. A node judges its own department by its folder, so that a certificate of a new root is nobody's until it
 * is there. The authority that a folder has keeps its file while the channel has it.
 * @returns the files that were written or removed
 */
export function followMsp(paths: DepartmentPaths, definition: Definition): string[] {
  const users = join(paths.root, 'users');
  const names = existsSync(users) ? readdirSync(users) : [];
  const folders = [
    paths.msp,
    paths.peer.msp.folder,
    paths.orderer.msp.folder,
    ...names.map((name) => paths.user(name).msp.folder),
  ];
  return folders
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => followIn(folder, definition));
}

function followIn(folder: string, definition: Definition): string[] {
  const wanted = new Map<string, string>();
  for (const [directory, own, name] of kinds) {
    for (const [file, text] of authorities(folder, directory, own, definition[name] ?? []))
      wanted.set(file, text);
  }
  const fileOf = (certificate: Uint8Array) =>
    [...wanted].find(([, text]) => text === pem(certificate))?.[0];
  if (definition.nodeOus !== undefined)
    wanted.set('config.yaml', nodeOuConfig(definition.nodeOus, fileOf));
  const written = [...wanted].filter(([file, text]) => writeIfChanged(join(folder, file), text));
  const removed = kinds.flatMap(([directory]) => removeOthers(folder, directory, wanted));
  return [...written.map(([file]) => file), ...removed].map((file) => join(folder, file));
}

const pem = (certificate: Uint8Array): string => Buffer.from(certificate).toString('utf8');

/** Relative paths and contents. */
function authorities(
  folder: string,
  directory: string,
  own: string,
  all: readonly Uint8Array[],
): (readonly [string, string])[] {
  const first = join(directory, `${own}.pem`);
  const path = join(folder, first);
  const before = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  const texts = all.map(pem);
  const kept = texts.find((text) => text === before) ?? texts.at(-1);
  return all.map((certificate) => {
    const text = pem(certificate);
    const other = join(directory, `${own}-${digest(certificate).slice(0, 16)}.pem`);
    return [text === kept ? first : other, text] as const;
  });
}

function removeOthers(
  folder: string,
  directory: string,
  wanted: ReadonlyMap<string, string>,
): string[] {
  if (!existsSync(join(folder, directory))) return [];
  const files = readdirSync(join(folder, directory)).map((name) => join(directory, name));
  const others = files.filter((file) => file.endsWith('.pem') && !wanted.has(file));
  for (const file of others) rmSync(join(folder, file));
  return others;
}

/** Fabric's `config.yaml` of an MSP: the units, each of one authority where the channel pins it to one. */
export function nodeOuConfig(
  units: NodeOus,
  fileOf: (certificate: Uint8Array) => string | undefined,
): string {
  const entries = (['client', 'peer', 'admin', 'orderer'] as const).flatMap((name) => {
    const unit = units[name];
    if (unit === undefined) return [];
    const file = unit.certificate && fileOf(unit.certificate);
    const title = name.charAt(0).toUpperCase() + name.slice(1);
    return [
      `  ${title}OUIdentifier:\n`,
      ...(file === undefined ? [] : [`    Certificate: ${file}\n`]),
      `    OrganizationalUnitIdentifier: ${unit.identifier}\n`,
    ];
  });
  return [`NodeOUs:\n  Enable: ${String(units.enable)}\n`, ...entries].join('');
}
