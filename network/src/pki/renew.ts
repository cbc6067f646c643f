import { existsSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isTokenUri, KeyError, makeTokenKey, openPrivateKey, type PrivateKey } from '@yici/keys';
import { parseCertificate, type ChannelConfig } from '@yici/ledger';
import { secretMode, writeAtomically } from '../atomic.js';
import { NetworkError } from '../errors.js';
import { hostname } from '../topology/nodes.js';
import type { Department, Topology, User } from '../topology/schema.js';
import {
  issueSigning,
  issueTls,
  type Authority,
  type Issued,
  type Subject,
  type Validity,
} from './certificates.js';
import { issueChaincode, openAuthority, type Issuing } from './ensure.js';
import { daysLeft } from './held.js';
import { departmentPaths, type MspPaths, type NodePaths, type PairPaths } from './layout.js';
import { readPair } from './read.js';
import { finishReplacing, replaceTogether, type NewFile } from './replace.js';
import { keepIssued, refuseRevoked } from './revoke.js';
import { nodeHosts, nodeSubject, plainSubject, userCertificate, userHosts } from './subjects.js';

/** What can be renewed; a user's two certificates, and the chaincode's, only together. */
export const renewals = [
  'peer',
  'peer-tls',
  'orderer',
  'orderer-tls',
  'chaincode',
  'user',
  'gateway',
] as const;
export type RenewalKind = (typeof renewals)[number];
/** What the channel's configuration names. */
export type ConsenterKind = keyof typeof changes;

/** What is to be renewed. */
export interface Renewal {
  readonly kind: RenewalKind;
  readonly department: Department;
  /** With `user` and `gateway`. */
  readonly user?: User | undefined;
  readonly newKey: boolean;
}

export type ConsenterRenewal = Renewal & { readonly kind: ConsenterKind };

interface Work extends Issuing {
  readonly department: Department;
  readonly newKey: boolean;
}

/** A pair of files and what they are to hold. */
interface Renewed {
  readonly files: PairPaths;
  readonly issued: Issued;
}

/**
 * Issues certificates anew, for the same key or a new one, before or after the end of the old; all files of the renewal are
 * replaced together. Needs the department's root keys in the folder.
 * @returns the new certificates' files
 * @throws NetworkError CONSENTER_PINNED (an orderer's: the channel's configuration names it), CERTIFICATE_EXPIRED (the root has
 * ended), CERTIFICATE_REVOKED (the same key is asked for), IDENTITY_UNKNOWN (no root key or no certificate here), ROOT_KEY_LOCKED
 */
export function renew(issuing: Issuing, renewal: Renewal) {
  const { kind, department } = renewal;
  if (isPinned(issuing.topology, kind)) throw pinned(department, kind);
  const work = workOf(issuing, renewal);
  const files = filesOf(work, kind, renewal.user);
  keepSuperseded(work, renewal);
  return replaced(work, files);
}

/**
 * Issues an orderer's certificate anew beside the one in use, which stays until {@link adoptConsenter}; done again it gives the
 * same one. @returns what the channel's configuration is to name, as PEM
 * @throws NetworkError as {@link renew}
 */
export function prepareConsenter(issuing: Issuing, renewal: ConsenterRenewal) {
  const work = workOf(issuing, renewal);
  const { orderer } = departmentPaths(issuing.directory, renewal.department.id);
  const files = renewal.kind === 'orderer' ? orderer.msp : orderer.tls;
  if (preparedFor(work, files) === undefined) {
    const next = nextOf(work, files);
    const { issued } =
      renewal.kind === 'orderer'
        ? renewedNode(work, orderer, 'orderer0')
        : renewedTls(work, orderer, 'orderer0');
    // The certificate last: without it nothing counts as prepared.
    writeAtomically(next.key, issued.keyPem, secretMode);
    writeAtomically(next.certificate, issued.certificatePem);
  }
  const newest = (pair: PairPaths) => preparedFor(work, pair) ?? readPair(pair);
  const [identity, tls] = [newest(orderer.msp), newest(orderer.tls)];
  return { identity: identity.certificatePem, tls: tls.certificatePem };
}

/**
 * Puts a prepared certificate of an orderer into use, now that the channel's configuration names it.
 * @throws NetworkError CONSENTER_PINNED while it does not, or none is prepared
 */
export function adoptConsenter(issuing: Issuing, renewal: ConsenterRenewal, config: ChannelConfig) {
  const { department, kind } = renewal;
  const work = workOf(issuing, renewal);
  const { orderer } = departmentPaths(issuing.directory, department.id);
  const files = kind === 'orderer' ? orderer.msp : orderer.tls;
  const issued = preparedFor(work, files);
  if (issued === undefined) throw pinned(department, kind);
  const named = (config.orderer?.consenters ?? []).map(({ identity, serverTlsCert }) =>
    Buffer.from(kind === 'orderer' ? identity : serverTlsCert).toString('utf8'),
  );
  if (!named.includes(issued.certificatePem)) throw pinned(department, kind);
  const done = replaced(work, pairFiles({ files, issued }));
  const { certificate, key } = nextOf(work, files);
  for (const file of [certificate, key]) rmSync(file);
  return done;
}

/** What is prepared to follow a pair; what a crash left after it was taken into use is not. */
function preparedFor(work: Work, files: PairPaths): Issued | undefined {
  const next = nextOf(work, files);
  if (!existsSync(next.certificate)) return undefined;
  const prepared = readPair(next);
  return prepared.certificatePem === readPair(files).certificatePem ? undefined : prepared;
}

/** What signs: the only keys that may lie in a token. */
const signing: readonly RenewalKind[] = ['peer', 'orderer', 'user', 'gateway'];

function tlsInToken(kind: RenewalKind): KeyError {
  const words = {
    zh: 'TLS 密钥只能在文件中：Fabric 不从令牌读取 TLS 密钥。',
    en: 'A TLS key is a file: Fabric reads none from a token.',
  };
  return new KeyError('TOKEN_KEY_UNSUPPORTED', words, { details: { kind } });
}

/** Where a pair lies that is not used yet. */
function nextOf({ directory, department }: Work, { certificate, key }: PairPaths): PairPaths {
  const { root } = departmentPaths(directory, department.id);
  const beside = (file: string) => join(root, '.next', relative(root, file));
  return { certificate: beside(certificate), key: beside(key) };
}

function workOf(issuing: Issuing, { kind, department, newKey }: Renewal): Work {
  if (issuing.token !== undefined && !signing.includes(kind)) throw tlsInToken(kind);
  finishReplacing(departmentPaths(issuing.directory, department.id).root);
  return { ...issuing, department, newKey };
}

function replaced({ directory, department }: Work, files: readonly NewFile[]) {
  const { root } = departmentPaths(directory, department.id);
  replaceTogether(
    root,
    files.map(({ path, ...file }) => ({ ...file, path: relative(root, path) })),
  );
  return { certificates: files.filter(({ secret }) => !secret).map(({ path }) => path) };
}

function filesOf(work: Work, kind: RenewalKind, user: User | undefined): NewFile[] {
  const paths = departmentPaths(work.directory, work.department.id);
  switch (kind) {
    case 'peer':
      return pairFiles(renewedNode(work, paths.peer, 'peer0'));
    case 'peer-tls':
      return pairFiles(renewedTls(work, paths.peer, 'peer0'));
    case 'orderer':
      return pairFiles(renewedNode(work, paths.orderer, 'orderer0'));
    case 'orderer-tls':
      return pairFiles(renewedTls(work, paths.orderer, 'orderer0'));
    case 'chaincode':
      return chaincodeFiles(work);
    case 'user':
    case 'gateway':
      return user === undefined ? [] : userFiles(work, user);
  }
}

/** The change of the channel that names a new certificate of an orderer. */
export const changes = { orderer: 'replace-consenter', 'orderer-tls': 'consenter-tls' } as const;

function pinned(department: Department, kind: ConsenterKind): NetworkError {
  return new NetworkError(
    'CONSENTER_PINNED',
    {
      zh: `${department.id} 排序节点的证书写在通道配置中，配置尚未写明新证书。先用 --out 备好新证书，由各部门通过配置变更（yici-network channel propose ${changes[kind]}），再用 --in-force 启用。`,
      en: `The channel's configuration names the certificate of ${department.id}'s orderer, and not a new one: prepare it with --out, have the departments change the configuration (yici-network channel propose ${changes[kind]}), then take it into use with --in-force.`,
    },
    { details: { department: department.id, kind } },
  );
}

/**
 * Whether the channel's configuration names that certificate. A Raft consenter's signing certificate it does not, nor does anybody
 * look there for the embedded engine's orderer.
 */
function isPinned({ engine, ordering }: Topology, kind: RenewalKind): kind is ConsenterKind {
  if (engine === 'embedded') return false;
  return kind === 'orderer-tls' || (kind === 'orderer' && ordering === 'bft');
}

function renewedNode(work: Work, { msp }: NodePaths, node: 'peer0' | 'orderer0'): Renewed {
  return renewedSigning(work, msp, nodeSubject(work.topology, work.department, node));
}

function renewedSigning(
  work: Work,
  files: MspPaths,
  subject: Subject,
  attributes: Readonly<Record<string, string>> = {},
): Renewed {
  const authority = openAuthority(work.department, work.directory, 'ca', work.passphrase);
  const key = keyFor(work, files, subject.commonName);
  const issued = issueSigning(authority, subject, attributes, validityUnder(authority, work), key);
  return { files, issued };
}

function renewedTls(work: Work, { tls }: NodePaths, node: 'peer0' | 'orderer0'): Renewed {
  const { topology, department } = work;
  const authority = openAuthority(department, work.directory, 'tlsca', work.passphrase);
  const name = hostname(topology, department, node);
  const hosts = nodeHosts(department, name);
  const validity = validityUnder(authority, work);
  const key = keyFor(work, tls);
  const subject = plainSubject(department, name);
  return { files: tls, issued: issueTls(authority, subject, hosts, validity, undefined, key) };
}

function userFiles(work: Work, user: User): NewFile[] {
  const { topology, department, directory } = work;
  const { msp, tls } = departmentPaths(directory, department.id).user(user.name);
  const { subject, attributes } = userCertificate(department, user);
  const authority = openAuthority(department, directory, 'tlsca', work.passphrase);
  const issued = issueTls(
    authority,
    plainSubject(department, user.name),
    userHosts(topology, department, user),
    validityUnder(authority, work),
    ['client'],
    keyFor(work, tls),
  );
  if (!work.newKey) refuseRevoked(work.department, work.directory, msp);
  return [
    ...pairFiles(renewedSigning(work, msp, subject, attributes)),
    ...pairFiles({ files: tls, issued }),
  ];
}

function chaincodeFiles(work: Work): NewFile[] {
  const { topology, department, directory } = work;
  const files = departmentPaths(directory, department.id).chaincode;
  const validity = { from: work.now, days: topology.certificateDays };
  const [server, client] = [keyFor(work, files), keyFor(work, files.client)];
  const keys = { ...(server && { server }), ...(client && { client }) };
  const issued = issueChaincode(topology, department, validity, keys);
  return [
    { path: files.root, content: issued.root, secret: false },
    ...pairFiles({ files, issued: issued.server }),
    ...pairFiles({ files: files.client, issued: issued.client }),
  ];
}

const pairFiles = ({ files, issued }: Renewed): NewFile[] => [
  { path: files.key, content: issued.keyPem, secret: true },
  { path: files.certificate, content: issued.certificatePem, secret: false },
];

/**
 * The key that is kept, or a new one in a token, of that label; undefined when a new one is to be made for a file.
 * @throws NetworkError IDENTITY_UNKNOWN without a certificate; KeyError
 */
function keyFor({ newKey, token }: Work, files: PairPaths, label?: string): PrivateKey | undefined {
  const { keyPem } = readPair(files);
  if (!newKey) return openPrivateKey(keyPem);
  // What lies in a token has its successor there.
  const place = token ?? (isTokenUri(keyPem) ? keyPem : undefined);
  return place === undefined || label === undefined ? undefined : makeTokenKey(place, label);
}

/** No certificate outlives its root. @throws NetworkError CERTIFICATE_EXPIRED */
function validityUnder({ certificatePem }: Authority, { topology, now }: Work): Validity {
  const { notAfter, subject } = parseCertificate(certificatePem);
  const left = daysLeft({ ends: notAfter }, now);
  if (left >= 1) return { from: now, days: Math.min(topology.certificateDays, left) };
  const ended = notAfter.toISOString();
  const words = {
    zh: `根证书 ${subject} 已于 ${ended.slice(0, 10)} 到期，由其签发的证书均无效。更换根证书须变更通道配置。`,
    en: `The root ${subject} ended on ${ended.slice(0, 10)}: what it certifies is worth nothing.`,
  };
  throw new NetworkError('CERTIFICATE_EXPIRED', words, { details: { root: subject, ended } });
}

/** The certificate that is replaced stays valid until its end, so whoever revokes the user must still know it. */
function keepSuperseded({ directory, department }: Work, { user }: Renewal): void {
  if (user === undefined) return;
  const { msp } = departmentPaths(directory, department.id).user(user.name);
  keepIssued(department, directory, readPair(msp).certificatePem);
}
