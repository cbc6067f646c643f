import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sectionAttribute } from '@yici/domain/model';
import { makeTokenKey, openPrivateKey, type PrivateKey } from '@yici/keys';
import { parseCertificate } from '@yici/ledger';
import { NetworkError } from '../errors.js';
import { findUser, hostname, isOfServer, usersOf } from '../topology/nodes.js';
import type { Department, Topology, User } from '../topology/schema.js';
import { isSealed, openRootKey, sealRootKey } from './root-key.js';
import { secretMode, writeAtomically, writeOnce } from '../atomic.js';
import { readPair } from './read.js';
import { nodeOuConfig } from './msp-folders.js';
import { finishReplacing } from './replace.js';
import {
  certifySigning,
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
import { nodeHosts, nodeSubject, plainSubject, userCertificate, userHosts } from './subjects.js';
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
 * roles were organizational units, or of another section, is reissued for the same key. Private keys are PKCS#8, mode 0600; with a passphrase,
 * root keys are encrypted, including existing ones. With a token, named by a PKCS#11 URI, the signing keys of what runs on a
 * department's server are made in that token; TLS keys are files always, since Fabric reads no others.
 * @throws NetworkError DATA_FOLDER_UNUSABLE when a certificate has no key or a key no certificate; ROOT_LOST; ROOT_KEY_LOCKED;
 * KeyError of the token
 */
export function ensurePki(
  topology: Topology,
  directory: string,
  now: Date,
  passphrase?: string,
  token?: string,
): PkiReport {
  const made: string[] = [];
  for (const department of topology.departments) {
    const paths = departmentPaths(directory, department.id);
    const validity = { from: now, days: topology.certificateDays };
    ensureDepartment({ topology, department, paths, made, validity, passphrase, token });
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
  readonly token: string | undefined;
}

type Chaincode = Pick<Work, 'topology' | 'department' | 'paths' | 'validity' | 'made'>;

/** Work for which the department's roots are there. */
interface IssuingWork extends Work {
  readonly ca: Authority;
  readonly tlsca: Authority;
}

function ensureDepartment(given: Work): void {
  const { department, paths } = given;
  finishReplacing(paths.root);
  const ca = ensureAuthority(given, paths.ca, `ca.${department.id}`);
  const tlsca = ensureAuthority(given, paths.tlsca, `tlsca.${department.id}`, certifiable(given));
  const work = { ...given, ca, tlsca };
  ensureMspRoots(work, paths.msp);
  ensureNode(work, paths.peer, 'peer0');
  if (department.orderer) ensureNode(work, paths.orderer, 'orderer0');
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
  refuseLostRoot(work, files);
  if (existsSync(files.certificate) && !existsSync(files.key)) return elsewhere(subject, files);
  ensurePair(work, files.certificate, files.key, () => {
    const root = issueRoot(subject, { ...validity, days: work.topology.rootDays }, hosts);
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

/** An authority whose key is not here: another one, or a lost one. What it certified is used; nothing new is issued. */
const elsewhere = (subject: Subject, { certificate }: PairPaths): Authority => ({
  subject,
  certificatePem: readFileSync(certificate, 'utf8'),
  key: () => {
    const words = {
      zh: `${certificate} 的密钥不在此目录，不能由其签发证书。由外部证书机构签发的，用 keys request 和 keys accept。`,
      en: `The key of ${certificate} is not in this folder, so nothing can be issued with it. Where another authority issues, use keys request and keys accept.`,
    };
    throw new NetworkError('CERTIFICATES_MISSING', words, { details: { certificate } });
  },
});

/**
 * A new root in the place of one that was lost would sign certificates that nobody on the channel knows.
 * @throws NetworkError ROOT_LOST while certificates of the former root are there
 */
function refuseLostRoot({ paths, department }: Work, { certificate, key }: PairPaths): void {
  if (existsSync(certificate) || existsSync(key)) return;
  const { peer, msp } = paths;
  const issued = [peer.msp.certificate, peer.tls.certificate, join(msp, 'config.yaml')];
  const found = issued.filter((file) => existsSync(file));
  if (found.length === 0) return;
  const words = {
    zh: `${department.id} 的根证书 ${certificate} 及其密钥不在，而由其签发的证书还在；没有生成新的根。有备份的，恢复该目录；没有的，以 keys collect --genesis … --pin … 取回证书，在另一目录以 keys make 生成新的根，再以 channel propose add-root 加入通道。`,
    en: `The root ${certificate} of ${department.id} and its key are lost while what it certified is there: no other root is made. Put the folder back from the backup; without one take the certificates back with keys collect --genesis … --pin …, make new roots in another folder with keys make, and have the channel take them up with channel propose add-root.`,
  };
  throw new NetworkError('ROOT_LOST', words, {
    details: { department: department.id, certificate, found },
  });
}

/** Encrypts a root key that an earlier release, or a demo, left unencrypted. */
function encryptPlainKey(file: string, passphrase: string | undefined): void {
  const pem = readFileSync(file, 'utf8');
  if (passphrase === undefined || isSealed(pem)) return;
  writeAtomically(file, sealRootKey(pem, passphrase), secretMode);
}

function ensureNode(work: IssuingWork, files: NodePaths, node: 'peer0' | 'orderer0'): void {
  const { topology, department } = work;
  const name = hostname(topology, department, node);
  ensureSigning(work, files, nodeSubject(topology, department, node), {}, work.token);
  ensureTls(work, files.tls, plainSubject(department, name), nodeHosts(department, name));
}

/**
 * TLS certificates of the chaincode's server and its only client, see {@link issueChaincode}. Both are created together, and
 * recreated when one is missing.
 */
export function ensureChaincode({ topology, department, paths, validity, made }: Chaincode): void {
  const files = paths.chaincode;
  if (isWholePair(files)) return;
  const { root, client, server } = issueChaincode(topology, department, validity);
  writeAtomically(files.root, root);
  for (const [at, issued] of [
    [files.client, client],
    [files, server],
  ] as const) {
    writeAtomically(at.key, issued.keyPem, secretMode);
    writeAtomically(at.certificate, issued.certificatePem);
    made.push(at.certificate);
  }
}

/**
 * TLS certificates of the chaincode's server and its only client, under a root (PEM) whose key is not stored: no other
 * certificate of the department, such as a clerk's, is accepted by either.
 */
export function issueChaincode(
  topology: Topology,
  department: Department,
  validity: Validity,
  keys: { readonly server?: PrivateKey; readonly client?: PrivateKey } = {},
) {
  const name = hostname(topology, department, 'chaincode');
  const subject = plainSubject(department, name);
  const issuer = plainSubject(department, `ca.${name}`);
  const root = issueRoot(issuer, { ...validity, days: topology.rootDays });
  const { certificatePem } = root;
  const authority = { subject: issuer, certificatePem, key: () => createPrivateKey(root.keyPem) };
  const hosts = nodeHosts(department, name);
  return {
    root: certificatePem,
    client: issueTls(authority, subject, [], validity, ['client'], keys.client),
    server: issueTls(authority, subject, hosts, validity, ['server'], keys.server),
  };
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

/**
 * A certificate of a department's user for a key that somebody else made; nothing is written. The root's key must be in the folder.
 * @throws NetworkError ROOT_KEY_LOCKED, IDENTITY_UNKNOWN when the folder does not have the root's key
 */
export function certifyUser(
  { topology, directory, now, passphrase }: Issuing,
  user: string,
  publicKey: KeyObject,
): string {
  const { department, user: known } = findUser(topology, user);
  const authority = openAuthority(department, directory, 'ca', passphrase);
  const { subject, attributes } = userCertificate(department, known);
  const validity = { from: now, days: topology.certificateDays };
  return certifySigning(authority, subject, attributes, validity, publicKey);
}

/**
 * One of a department's two authorities, whose key must be in the folder.
 * @throws NetworkError IDENTITY_UNKNOWN when it is not; its `key` throws ROOT_KEY_LOCKED
 */
export function openAuthority(
  { id, mspId }: Department,
  directory: string,
  which: 'ca' | 'tlsca',
  passphrase: string | undefined,
): Authority {
  const files = departmentPaths(directory, id)[which];
  const { certificatePem, keyPem } = readPair(files);
  return {
    subject: { commonName: `${which}.${id}`, organization: mspId },
    certificatePem,
    key: () => openRootKey(keyPem, files.key, passphrase),
  };
}

export interface Issuing {
  readonly topology: Topology;
  readonly directory: string;
  readonly now: Date;
  /** Of sealed root keys. */
  readonly passphrase?: string | undefined;
  /** PKCS#11 URI of the token in which new signing keys are made. */
  readonly token?: string | undefined;
}

function ensureUser(work: IssuingWork, user: User): void {
  const files = work.paths.user(user.name);
  const { subject, attributes } = userCertificate(work.department, user);
  ensureSigning(work, files, subject, attributes, isOfServer(user) ? work.token : undefined);
  ensureCurrent(work, files, subject, attributes);
  const hosts = userHosts(work.topology, work.department, user);
  ensureTls(work, files.tls, plainSubject(work.department, user.name), hosts, ['client']);
}

function ensureSigning(
  work: IssuingWork,
  files: NodePaths,
  subject: Subject,
  attributes: Readonly<Record<string, string>>,
  token: string | undefined,
): void {
  ensurePair(work, files.msp.certificate, files.msp.key, () => {
    const key = token === undefined ? undefined : makeTokenKey(token, subject.commonName);
    return issueSigning(work.ca, subject, attributes, work.validity, key);
  });
  ensureMspRoots(work, files.msp.folder);
}

/**
 * Issues a certificate anew, for the same key, that has only its node OU (without the role as a unit, Fabric denies access to
 * collections restricted to the role), or that names another section than the topology.
 */
function ensureCurrent(
  work: IssuingWork,
  { msp }: NodePaths,
  subject: Subject,
  attributes: Readonly<Record<string, string>>,
): void {
  const known = parseCertificate(readFileSync(msp.certificate, 'utf8'));
  const hasUnit = subject.unit === undefined || known.organizationalUnits.length > 1;
  const section = known.attributes.get(sectionAttribute);
  if (hasUnit && section === attributes[sectionAttribute]) return;
  const key = openPrivateKey(readFileSync(msp.key, 'utf8'));
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
  writeOnce(join(folder, 'config.yaml'), ownNodeOus);
}

/**
 * The key is written first: after a crash a key without a certificate cannot have been used, so both are recreated. A
 * certificate without its key is an error.
 */
function ensurePair(work: Work, certificate: string, key: string, issue: () => Issued): void {
  const has = { certificate: existsSync(certificate), key: existsSync(key) };
  if (has.certificate && has.key) return;
  if (has.certificate) {
    const words = {
      zh: `缺少私钥 ${key}，而其证书还在。用备份恢复该目录。`,
      en: `The private key ${key} is missing while its certificate is there.`,
    };
    throw new NetworkError('DATA_FOLDER_UNUSABLE', words, { details: { certificate, key } });
  }
  const issued = issue();
  writeAtomically(key, issued.keyPem, secretMode);
  writeAtomically(certificate, issued.certificatePem);
  work.made.push(certificate);
}

/** What a department's TLS root may certify: names in its own subdomain, its host, and loopback. */
function certifiable({ topology, department }: Work): string[] {
  return nodeHosts(department, `${department.id}.${topology.domain}`);
}

/** All four node OUs, certified by the department's root. */
function ownNodeOus(): string {
  const certificate = new Uint8Array(0);
  const unit = (identifier: NodeOu) => ({ certificate, identifier });
  const units = {
    ...{ enable: true, client: unit('client'), peer: unit('peer') },
    ...{ admin: unit('admin'), orderer: unit('orderer') },
  };
  return nodeOuConfig(units, () => 'cacerts/ca.pem');
}
