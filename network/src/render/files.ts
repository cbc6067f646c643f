import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseCertificate, type Certificate } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import { secretMode, writeAtomically } from '../atomic.js';
import { departmentPaths, type NodePaths } from '../pki/layout.js';
import { replaceTogether } from '../pki/replace.js';
import { isOfServer, usersOf } from '../topology/nodes.js';
import type { Department } from '../topology/schema.js';

/** A file of a data folder, relative to it. */
interface PkiFile {
  readonly path: string;
  readonly secret: boolean;
}

/**
 * Files that only a department's own host has: everything its nodes, administrator, gateway and service accounts use.
 * The keys of its two roots are excluded: nothing that runs needs them, and they are stored separately.
 */
export function ownFiles(department: Department, from: string): PkiFile[] {
  const paths = departmentPaths('', department.id);
  const nodes = [
    paths.peer,
    ...(department.orderer ? [paths.orderer] : []),
    ...usersOf(department)
      .filter(isOfServer)
      .map(({ name }) => paths.user(name)),
  ];
  return [
    ...rootFiles(department),
    ...mspRoots(paths.msp, from),
    ...nodes.flatMap(nodeFiles),
    ...nodes.flatMap(({ msp }) => mspRoots(msp.folder, from)),
    ...tlsFiles(paths.chaincode),
    open(paths.chaincode.client.certificate),
    secret(paths.chaincode.client.key),
  ];
}

/** Files of every department that every host has: roots, and certificates of consenters. No secrets. */
export function publicFiles(department: Department): PkiFile[] {
  const { orderer } = departmentPaths('', department.id);
  return [
    ...rootFiles(department),
    ...(department.orderer ? [open(orderer.msp.certificate), open(orderer.tls.certificate)] : []),
  ];
}

function rootFiles({ id }: Department): PkiFile[] {
  const { ca, tlsca } = departmentPaths('', id);
  return [open(ca.certificate), open(tlsca.certificate)];
}

function nodeFiles({ msp, tls }: NodePaths): PkiFile[] {
  return [open(msp.certificate), secret(msp.key), ...tlsFiles(tls)];
}

function mspRoots(folder: string, from: string): PkiFile[] {
  const below = ['intermediatecerts', 'tlsintermediatecerts']
    .filter((name) => existsSync(join(from, folder, name)))
    .flatMap((name) => readdirSync(join(from, folder, name)).map((file) => join(name, file)));
  return ['cacerts/ca.pem', 'tlscacerts/tlsca.pem', 'config.yaml', ...below].map((name) =>
    open(join(folder, name)),
  );
}

function tlsFiles({ certificate, key, root }: NodePaths['tls']): PkiFile[] {
  return [open(certificate), secret(key), open(root)];
}

function open(path: string): PkiFile {
  return { path, secret: false };
}

function secret(path: string): PkiFile {
  return { path, secret: true };
}

/**
 * Copies files from one data folder to another. Existing files are kept, but certificates that were renewed are replaced; if
 * another one differs, nothing is written.
 * @throws NetworkError CERTIFICATES_MISSING with every file missing in the source, KEYS_DIFFER with every file that differs
 */
export function copyFiles(files: readonly PkiFile[], from: string, to: string): void {
  const missing = files.filter(({ path }) => !existsSync(join(from, path)));
  if (missing.length > 0) throw lacking(missing, from);
  // An MSP's config.yaml follows the channel on its host.
  const differing = files.filter(
    ({ path }) => !path.endsWith('config.yaml') && differs(join(from, path), join(to, path)),
  );
  const others = differing.filter(({ path }) => !isRenewed(path, from, to));
  if (others.length > 0) throw keysDiffer(others.map(({ path }) => join(to, path)));
  for (const file of files) copyFile(file, from, to);
  replaceRenewed(differing, from, to);
}

/** Brings renewed certificates, each with its key, to a folder that has those of before. */
function replaceRenewed(files: readonly PkiFile[], from: string, to: string): void {
  for (const department of new Set(files.map(({ path }) => departmentOf(path)))) {
    const root = join('pki', department);
    const own = files.filter(({ path }) => departmentOf(path) === department);
    const renewed = own.map(({ path, secret: isSecret }) => ({
      path: relative(root, path),
      content: readFileSync(join(from, path), 'utf8'),
      secret: isSecret,
    }));
    replaceTogether(join(to, root), renewed);
  }
}

const departmentOf = (path: string): string => relative('pki', path).split(/[\\/]/)[0] ?? '';

/**
 * Whether a file's certificate (a key's, or that of the file itself) is the successor of what is there: of the same subject and
 * issuer, and no older. Nothing else is ever overwritten.
 */
function isRenewed(path: string, from: string, to: string): boolean {
  const certificate = path
    .replace(/keystore([\\/])key\.pem$/, 'signcerts$1cert.pem')
    .replace(/\.key$/, '.crt');
  const [next, before] = [from, to].map((root) => readIfCertificate(join(root, certificate)));
  if (next === undefined || before === undefined) return false;
  if (next.serial === before.serial) return false;
  const sameName = next.subject === before.subject && next.issuer === before.issuer;
  return sameName && next.notBefore >= before.notBefore;
}

function readIfCertificate(file: string): Certificate | undefined {
  try {
    return parseCertificate(readFileSync(file));
  } catch {
    // Missing, or no certificate: nothing that could have been renewed.
    return undefined;
  }
}

function copyFile({ path, secret: isSecret }: PkiFile, from: string, to: string): void {
  const target = join(to, path);
  if (existsSync(target)) return;
  writeAtomically(target, readFileSync(join(from, path)), isSecret ? secretMode : undefined);
}

function differs(source: string, target: string): boolean {
  return existsSync(target) && !readFileSync(source).equals(readFileSync(target));
}

function lacking(missing: readonly PkiFile[], from: string): NetworkError {
  const files = missing.map(({ path }) => path);
  const departments = [...new Set(files.map(departmentOf))];
  return new NetworkError(
    'CERTIFICATES_MISSING',
    {
      zh: `${from} 缺少 ${departments.join('、')} 的密钥或者证书。本部门的执行 yici-network keys make，其他部门的执行 yici-network keys collect。`,
      en: `${from} lacks files of ${departments.join(', ')}: yici-network keys make makes a department's own, yici-network keys collect takes the others' in.`,
    },
    { details: { folder: from, departments, files } },
  );
}

/** Existing files are never overwritten. */
export function keysDiffer(files: readonly string[]): NetworkError {
  return new NetworkError(
    'KEYS_DIFFER',
    {
      zh: `${files[0] ?? ''} 已存在，且内容不同；没有写入。查明哪一个正确，自行移走旧文件。`,
      en: `${files[0] ?? ''} exists and is another; nothing was written.`,
    },
    { details: { files } },
  );
}
