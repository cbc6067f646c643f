import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roleAttribute } from '@yici/domain/model';
import { parseCertificate } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import { hostname, usersOf } from '../topology/nodes.js';
import type { Department, Topology, User } from '../topology/schema.js';
import { isSealed, openRootKey, sealRootKey } from './root-key.js';
import { secretMode, writeAtomically, writeOnce } from '../atomic.js';
import {
  issueRoot,
  issueSigning,
  issueTls,
  type Authority,
  type Issued,
  type NodeOu,
  type Subject,
  type Validity,
} from './certificates.js';
import type { TlsSide } from './extensions.js';
import {
  departmentPaths,
  type ChaincodePaths,
  type DepartmentPaths,
  type NodePaths,
  type PairPaths,
} from './layout.js';

/** The files of the certificates that were created. */
export interface PkiReport {
  readonly made: readonly string[];
}

/**
 * Creates every missing key and certificate of the topology: roots, TLS roots, peers, orderers, chaincode TLS, users.
 * Existing files are kept, so a user added to the topology later is added here only; but a user certificate from before
 * roles were organizational units is reissued for the same key. Private keys are PKCS#8, mode 0600; with a passphrase,
 * root keys are encrypted, including existing ones.
 * @throws NetworkError DATA_FOLDER_UNUSABLE when a certificate has no key or a key no certificate; ROOT_KEY_LOCKED
 */
export function ensurePki(
  topology: Topology,
  directory: string,
  now: Date,
  passphrase?: string,
): PkiReport {
  const made: string[] = [];
  for (const department of topology.departments) {
    const paths = departmentPaths(directory, department.id);
    const validity = { from: now, days: topology.certificateDays };
    ensureDepartment({ topology, department, paths, made, validity, passphrase });
  }
  return { made };
}

interface Work {
  readonly topology: Topology;
  readonly department: Department;
  readonly paths: DepartmentPaths;
  readonly validity: Validity;
  readonly made: string[];
  readonly passphrase: string | undefined;
}

/** Work for which the department's roots are there. */
interface IssuingWork extends Work {
  readonly ca: Authority;
  readonly tlsca: Authority;
}

function ensureDepartment(given: Work): void {
  const { department, paths } = given;
  const ca = ensureAuthority(given, paths.ca, `ca.${department.id}`);
  const tlsca = ensureAuthority(given, paths.tlsca, `tlsca.${department.id}`, certifiable(given));
  const work = { ...given, ca, tlsca };
  ensureMspRoots(work, paths.msp);
  ensureNode(work, paths.peer, 'peer', 'peer0');
  if (department.orderer) ensureNode(work, paths.orderer, 'orderer', 'orderer0');
  ensureChaincode(work);
  for (const user of usersOf(department)) ensureUser(work, user);
}

function ensureAuthority(
  work: Work,
  files: PairPaths,
  commonName: string,
  hosts?: readonly string[],
): Authority {
  const subject = { commonName, organization: work.department.mspId };
  const { passphrase, validity } = work;
  ensurePair(work, files.certificate, files.key, () => {
    const root = issueRoot(subject, { ...validity, days: validity.days * 2 }, hosts);
    return passphrase === undefined
      ? root
      : { ...root, keyPem: sealRootKey(root.keyPem, passphrase) };
  });
  encryptPlainKey(files.key, passphrase);
  return {
    subject,
    certificatePem: readFileSync(files.certificate, 'utf8'),
    key: () => openRootKey(readFileSync(files.key, 'utf8'), files.key, passphrase),
  };
}

/** Encrypts a root key that an earlier release, or a demo, left unencrypted. */
function encryptPlainKey(file: string, passphrase: string | undefined): void {
  const pem = readFileSync(file, 'utf8');
  if (passphrase === undefined || isSealed(pem)) return;
  writeAtomically(file, sealRootKey(pem, passphrase), secretMode);
}

function ensureNode(work: IssuingWork, files: NodePaths, nodeOu: NodeOu, node: string): void {
  const { topology, department } = work;
  const name = hostname(topology, department, node);
  const subject = tlsSubject(department, name);
  ensureSigning(work, files, { ...subject, nodeOu }, {});
  ensureTls(work, files.tls, subject, hosts(department, name));
}

/**
 * TLS certificates of the chaincode's server and its only client, under a root whose key is not stored: no other certificate of
 * the department, such as a clerk's, is accepted by either. Both are created together, and recreated when one is missing.
 */
function ensureChaincode({ topology, department, paths, validity, made }: Work): void {
  const files = paths.chaincode;
  if (isWholePair(files)) return;
  const name = hostname(topology, department, 'chaincode');
  const subject = tlsSubject(department, name);
  const issuer = tlsSubject(department, `ca.${name}`);
  const root = issueRoot(issuer, { ...validity, days: validity.days * 2 });
  const { certificatePem } = root;
  const authority = { subject: issuer, certificatePem, key: () => createPrivateKey(root.keyPem) };
  const client = issueTls(authority, subject, [], validity, ['client']);
  const server = issueTls(authority, subject, hosts(department, name), validity, ['server']);
  writeAtomically(files.root, certificatePem);
  for (const [at, issued] of [
    [files.client, client],
    [files, server],
  ] as const) {
    writeAtomically(at.key, issued.keyPem, secretMode);
    writeAtomically(at.certificate, issued.certificatePem);
    made.push(at.certificate);
  }
}

/** Whether both exist and belong to the root: a crash, or an older release, may have left others. */
function isWholePair({ root, client, ...server }: ChaincodePaths): boolean {
  const files = [root, client.certificate, client.key, server.certificate, server.key];
  if (!files.every((file) => existsSync(file))) return false;
  const [issuer, ...issued] = [root, client.certificate, server.certificate].map(
    (file) => new X509Certificate(readFileSync(file)),
  );
  return issuer !== undefined && issued.every((each) => each.verify(issuer.publicKey));
}

function ensureUser(work: IssuingWork, user: User): void {
  const files = work.paths.user(user.name);
  const nodeOu = user.role === 'admin' ? 'admin' : 'client';
  const attributes = {
    'hf.EnrollmentID': user.name,
    'hf.Type': nodeOu,
    [roleAttribute]: user.role,
    'yici.user': user.name,
  };
  const subject: Subject = {
    commonName: user.name,
    organization: work.department.mspId,
    nodeOu,
    // A certificate that contains a node OU twice is invalid (msp/mspimplvalidate.go).
    ...(user.role === nodeOu ? {} : { unit: user.role }),
  };
  ensureSigning(work, files, subject, attributes);
  ensureUnit(work, files, subject, attributes);
  // Has a host name of its own, because OpenSSL treats the common name as host name when there is none.
  const host = hostname(work.topology, work.department, user.name);
  ensureTls(work, files.tls, tlsSubject(work.department, user.name), [host], ['client']);
}

function ensureSigning(
  work: IssuingWork,
  files: NodePaths,
  subject: Subject,
  attributes: Readonly<Record<string, string>>,
): void {
  ensurePair(work, files.msp.certificate, files.msp.key, () =>
    issueSigning(work.ca, subject, attributes, work.validity),
  );
  ensureMspRoots(work, files.msp.folder);
}

/**
 * Adds the role as an organizational unit to a certificate that has only its node OU: without it, Fabric denies access
 * to collections restricted to the role.
 */
function ensureUnit(
  work: IssuingWork,
  { msp }: NodePaths,
  subject: Subject,
  attributes: Readonly<Record<string, string>>,
): void {
  const { organizationalUnits } = parseCertificate(readFileSync(msp.certificate, 'utf8'));
  if (subject.unit === undefined || organizationalUnits.length > 1) return;
  const key = createPrivateKey(readFileSync(msp.key, 'utf8'));
  const { certificatePem } = issueSigning(work.ca, subject, attributes, work.validity, key);
  writeAtomically(msp.certificate, certificatePem);
  work.made.push(msp.certificate);
}

function ensureTls(
  work: IssuingWork,
  files: NodePaths['tls'],
  subject: Subject,
  names: readonly string[],
  sides?: readonly TlsSide[],
): void {
  ensurePair(work, files.certificate, files.key, () =>
    issueTls(work.tlsca, subject, names, work.validity, sides),
  );
  writeOnce(files.root, () => work.tlsca.certificatePem);
}

function ensureMspRoots({ ca, tlsca }: IssuingWork, folder: string): void {
  writeOnce(join(folder, 'cacerts', 'ca.pem'), () => ca.certificatePem);
  writeOnce(join(folder, 'tlscacerts', 'tlsca.pem'), () => tlsca.certificatePem);
  writeOnce(join(folder, 'config.yaml'), nodeOuConfig);
}

/**
 * The key is written first: after a crash a key without a certificate cannot have been used, so both are recreated. A
 * certificate without its key is an error.
 */
function ensurePair(work: Work, certificate: string, key: string, issue: () => Issued): void {
  const has = { certificate: existsSync(certificate), key: existsSync(key) };
  if (has.certificate && has.key) return;
  if (has.certificate) {
    const message = `The private key ${key} is missing while its certificate is there.`;
    throw new NetworkError('DATA_FOLDER_UNUSABLE', message, { details: { certificate, key } });
  }
  const issued = issue();
  writeAtomically(key, issued.keyPem, secretMode);
  writeAtomically(certificate, issued.certificatePem);
  work.made.push(certificate);
}

/** What a department's TLS root may certify: names in its own subdomain, its host, and loopback. */
function certifiable({ topology, department }: Work): string[] {
  return hosts(department, `${department.id}.${topology.domain}`);
}

function hosts(department: Department, name: string): string[] {
  return [...new Set(['127.0.0.1', 'localhost', name, department.host])];
}

function tlsSubject(department: Department, commonName: string): Subject {
  return { commonName, organization: department.mspId };
}

/** Fabric's MSP configuration: all four node OUs enabled, certified by the department's root. */
function nodeOuConfig(): string {
  const entry = (name: string, ou: NodeOu) =>
    `  ${name}OUIdentifier:\n    Certificate: cacerts/ca.pem\n    OrganizationalUnitIdentifier: ${ou}\n`;
  return [
    'NodeOUs:\n  Enable: true\n',
    entry('Client', 'client'),
    entry('Peer', 'peer'),
    entry('Admin', 'admin'),
    entry('Orderer', 'orderer'),
  ].join('');
}
