import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { NetworkError } from '../errors.js';
import { present } from '../present.js';
import type { Topology } from '../topology/schema.js';
import { buildChaincodePackage, type ChaincodePackage } from './chaincode-package.js';

/** Folder of the project's own chaincode; its code runs in another process. */
export function ownChaincode(): string {
  return dirname(createRequire(import.meta.url).resolve('@yici/chaincode/package.json'));
}

type Chaincode = Pick<Topology['chaincode'], 'label' | 'tls' | 'path' | 'address'>;

/**
 * The package of a topology's chaincode, of the code that lies on this machine.
 * @throws NetworkError CHAINCODE_UNAVAILABLE when the chaincode's folder is not here
 */
export function packageOf(chaincode: Chaincode): ChaincodePackage {
  return buildChaincodePackage(chaincode.label, { tls: chaincode.tls, code: codeOf(chaincode) });
}

/** The digest of the code here and the id of its package; no digest of a server that somebody else runs. */
export function chaincodeHere(chaincode: Chaincode & Pick<Topology['chaincode'], 'packageId'>) {
  const packageId = chaincode.packageId ?? packageOf(chaincode).packageId;
  return { packageId, ...present({ code: codeOf(chaincode) }) };
}

const codeOf = ({ path, address }: Chaincode): string | undefined =>
  address === undefined ? codeDigest(path ?? ownChaincode()) : undefined;

const codeFile = /\.(?:[cm]?js|json|node|wasm)$/;
const noCode = /^(?:\..*|node_modules|tsconfig.*\.json)$/;

/**
 * SHA-256 (hex) of what a chaincode's process runs of its own folder: a line of digest and path for each file of code, in order
 * of path. Of what npm rewrites (package.json, the lock file) only what decides which code runs counts. Packages it depends on
 * count by version and integrity, which `npm ci` checks.
 * @throws NetworkError CHAINCODE_UNAVAILABLE when the folder has no package.json
 */
export function codeDigest(folder: string): string {
  if (!existsSync(join(folder, 'package.json'))) {
    const message = {
      zh: `链码目录 ${folder} 中没有 package.json；链码包的编号取决于其中的代码。`,
      en: `The chaincode folder ${folder} has no package.json; the package's id depends on the code in it.`,
    };
    throw new NetworkError('CHAINCODE_UNAVAILABLE', message, { details: { folder } });
  }
  const lines = [...codeFiles(folder, '')]
    .sort()
    .map((path) => `${sha256(contentOf(folder, path))}  ${path}\n`);
  return sha256(lines.join(''));
}

function* codeFiles(folder: string, below: string): Generator<string> {
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    if (noCode.test(entry.name)) continue;
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) yield* codeFiles(folder, `${path}/`);
    else if (entry.isFile() && codeFile.test(entry.name)) yield path;
  }
}

function contentOf(folder: string, path: string): Uint8Array | string {
  const bytes = readFileSync(join(folder, path));
  const reduce = reduced[path.split('/').at(-1) ?? ''];
  try {
    return reduce === undefined ? bytes : JSON.stringify(reduce(parseJson(bytes)));
  } catch {
    return bytes;
  }
}

type Json = Readonly<Record<string, unknown>>;

const parseJson = (bytes: Buffer): Json => JSON.parse(bytes.toString('utf8')) as Json;

const reduced: Readonly<Record<string, (file: Json) => unknown>> = {
  'package.json': (file) =>
    ['type', 'main', 'exports', 'imports', 'dependencies', 'overrides'].map((name) => file[name]),
  'package-lock.json': ({ packages }) =>
    Object.entries((packages ?? {}) as Readonly<Record<string, Json>>)
      .filter(([path, { dev }]) => path !== '' && dev !== true)
      .map(([path, { version, integrity }]) => [path, version, integrity]),
};

const sha256 = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('hex');
