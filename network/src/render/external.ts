import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { basename, join, relative } from 'node:path';
import { roleAttribute, sectionAttribute, type Words } from '@yici/domain/model';
import {
  canonicalDer,
  CodedError,
  encodeIdentity,
  encodePem,
  Msp,
  parseCertificate,
  type Certificate,
} from '@yici/ledger';
import { secretMode, writeAtomically } from '../atomic.js';
import { NetworkError } from '../errors.js';
import { mspDefinition } from '../genesis/organization.js';
import { hostname, usersOf } from '../topology/nodes.js';
import type { Department, Topology } from '../topology/schema.js';
import {
  exportKey,
  newKey,
  requestFor,
  signingExtensions,
  tlsExtensions,
  type Subject,
} from '../pki/certificates.js';
import { certificatesInPem, rootFirst } from '../pki/chain.js';
import { ensureChaincode, type Issuing } from '../pki/ensure.js';
import { departmentPaths, type NodePaths, type PairPaths, type TlsPaths } from '../pki/layout.js';
import { followMsp } from '../pki/msp-folders.js';
import { replaceTogether, type NewFile } from '../pki/replace.js';
import {
  nodeHosts,
  nodeSubject,
  plainSubject,
  userCertificate,
  userHosts,
} from '../pki/subjects.js';

interface Wanted {
  /** Of its files: `hrss.clerk1`, `hrss.clerk1.tls`. */
  readonly name: string;
  readonly subject: Subject;
}
interface WantedSigning extends Wanted {
  readonly kind: 'signing';
  readonly files: PairPaths & { readonly root?: undefined };
  readonly attributes: Readonly<Record<string, string>>;
}
interface WantedTls extends Wanted {
  readonly kind: 'tls';
  readonly files: TlsPaths;
  readonly hosts: readonly string[];
  readonly isServer: boolean;
}

type WantedCertificate = WantedSigning | WantedTls;

/** Every certificate of a department that its authority issues, and what each must say. The chaincode's are its own. */
function wantedOf(
  topology: Topology,
  department: Department,
  directory: string,
): WantedCertificate[] {
  const paths = departmentPaths(directory, department.id);
  const both = (
    name: string,
    { msp, tls }: NodePaths,
    signing: Pick<WantedSigning, 'subject' | 'attributes'>,
    hosts: Pick<WantedTls, 'hosts' | 'isServer'>,
  ): WantedCertificate[] => [
    { kind: 'signing', name, files: msp, ...signing },
    {
      ...{ kind: 'tls', name: `${name}.tls`, files: tls, ...hosts },
      subject: plainSubject(department, signing.subject.commonName),
    },
  ];
  const node = (part: 'peer0' | 'orderer0', files: NodePaths) => {
    const name = hostname(topology, department, part);
    const subject = nodeSubject(topology, department, part);
    const hosts = { hosts: nodeHosts(department, name), isServer: true };
    return both(part, files, { subject, attributes: {} }, hosts);
  };
  return [
    ...node('peer0', paths.peer),
    ...(department.orderer ? node('orderer0', paths.orderer) : []),
    ...usersOf(department).flatMap((user) => {
      const hosts = { hosts: userHosts(topology, department, user), isServer: false };
      return both(user.name, paths.user(user.name), userCertificate(department, user), hosts);
    }),
  ];
}

/**
 * Makes the keys that a department lacks, where they stay, and writes a request for the certificate of each. The two of the
 * chaincode's connection are made at once, since nobody but these two looks at them.
 * @returns the files of the requests
 */
export function requestCertificates(
  { topology, directory, now }: Issuing,
  department: Department,
  out: string,
): string[] {
  const paths = departmentPaths(directory, department.id);
  const validity = { from: now, days: topology.certificateDays };
  ensureChaincode({ topology, department, paths, validity, made: [] });
  mkdirSync(out, { recursive: true });
  return wantedOf(topology, department, directory).map((wanted) => {
    if (!existsSync(wanted.files.key))
      writeAtomically(wanted.files.key, exportKey(newKey()), secretMode);
    const key = createPrivateKey(readFileSync(wanted.files.key, 'utf8'));
    const file = join(out, `${wanted.name}.csr`);
    const extensions =
      wanted.kind === 'signing'
        ? signingExtensions(wanted.attributes)
        : tlsExtensions(wanted.hosts, wanted.isServer ? ['server', 'client'] : ['client']);
    writeAtomically(file, requestFor(wanted.subject, key, extensions));
    return file;
  });
}

/** What another authority issued: files of certificates, and of its two chains. */
export interface Issued {
  readonly certificates: readonly string[];
  readonly ca: string;
  readonly tlsCa: string;
}

interface Problem {
  readonly path: string;
  readonly message: Words;
}

/**
 * Takes into use what another authority issued for a department's keys: all of it, or, where anything is wrong, nothing.
 * @returns the files of the certificates
 * @throws NetworkError CERTIFICATES_INVALID with everything that is wrong, each with its file
 */
export function acceptCertificates(
  { topology, directory, now }: Issuing,
  department: Department,
  issued: Issued,
): string[] {
  const paths = departmentPaths(directory, department.id);
  const [root = '', tlsRoot = ''] = [issued.ca, issued.tlsCa].map((file) =>
    readable(() => rootFirst(readFileSync(file, 'utf8'))),
  );
  const material = { department, root: Buffer.from(root), tlsRoot: Buffer.from(tlsRoot) };
  const definition = mspDefinition(material);
  const wanted = wantedOf(topology, department, directory);
  const taken = issued.certificates.map((file) => ({ file, ...matching(file, wanted) }));
  const msp = mspOf(definition);
  const problems: readonly Problem[] = [
    ...(msp instanceof Msp ? judged(taken, { msp, tlsRoot, now }) : [{ path: issued.ca, ...msp }]),
    ...otherAuthority(paths.ca, root),
    ...otherAuthority(paths.tlsca, tlsRoot),
    ...lacking(wanted, taken),
  ];
  if (problems.length > 0) throw refused(problems);
  const files: readonly (readonly [path: string, content: string])[] = [
    [paths.ca.certificate, root],
    [paths.tlsca.certificate, tlsRoot],
    ...wanted.flatMap(({ files: { root: file } }) => (file ? [[file, tlsRoot] as const] : [])),
    ...taken.flatMap((each) => keptAs(each, root)),
  ];
  const isNew = ([path, content]: (typeof files)[number]): NewFile => ({
    ...{ path: relative(paths.root, path), content, secret: false },
  });
  replaceTogether(paths.root, files.map(isNew));
  mkdirSync(paths.msp, { recursive: true });
  followMsp(paths, definition);
  return taken.flatMap(({ of }) => (of ? [of.files.certificate] : []));
}

/** A signing certificate is kept in the form that Fabric compares (low S), so that the channel's configuration has that one. */
function keptAs({ certificate, of }: Taken, root: string): (readonly [string, string])[] {
  const issuer = certificatesInPem(root).at(-1);
  if (certificate === undefined || of === undefined || issuer === undefined) return [];
  const pem =
    of.kind === 'tls'
      ? certificate.pem
      : encodePem('CERTIFICATE', canonicalDer(certificate, parseCertificate(issuer)));
  return [[of.files.certificate, pem]];
}

/** A certificate that was brought, and what it is for. */
interface Taken {
  readonly file: string;
  readonly certificate?: Certificate;
  readonly of?: WantedCertificate;
}

/** Whose key a certificate is for. */
function matching(file: string, wanted: readonly WantedCertificate[]): Omit<Taken, 'file'> {
  const certificate = readable(() => parseCertificate(readFileSync(file)));
  if (certificate === undefined) return {};
  const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });
  const of = wanted.find(({ files: { key } }) => {
    if (!existsSync(key)) return false;
    return spki(createPublicKey(readFileSync(key, 'utf8'))).equals(spki(certificate.publicKey));
  });
  return { certificate, ...(of && { of }) };
}

interface Authorities {
  readonly msp: Msp;
  readonly tlsRoot: string;
  readonly now: Date;
}

function judged(taken: readonly Taken[], authorities: Authorities): Problem[] {
  return taken.flatMap((each) =>
    faultsOf(each, authorities).map((message) => ({ path: each.file, message })),
  );
}

function faultsOf({ certificate, of }: Taken, authorities: Authorities): Words[] {
  if (certificate === undefined) return [{ zh: '不是证书', en: 'it is no certificate' }];
  if (of === undefined)
    return [{ zh: '不属于本部门的任何密钥', en: 'it is for no key of this department' }];
  const { commonName: name } = of.subject;
  return [
    ...(certificate.commonName === name ? [] : [differs('CN', certificate.commonName, name)]),
    ...(of.kind === 'tls'
      ? tlsFaults(certificate, of, authorities)
      : signingFaults(certificate, of, authorities)),
  ];
}

const differs = (what: string, found: string | undefined, wanted: string | undefined): Words => ({
  zh: `${what} 为 ${found ?? '（无）'}，应为 ${wanted ?? '（无）'}`,
  en: `its ${what} is ${found ?? '(absent)'}, not ${wanted ?? '(absent)'}`,
});

/** The channel's own judgement: chain, validity, units; and the role by which contracts judge. */
function signingFaults(
  { pem, organizationalUnits, attributes }: Certificate,
  { subject, attributes: wanted }: WantedSigning,
  { msp, now }: Authorities,
): Words[] {
  const verdict = msp.check(encodeIdentity(msp.mspId, pem), now);
  if (!verdict.valid) return [{ zh: verdict.detail, en: verdict.detail }];
  const { role } = verdict.identity;
  const { unit } = subject;
  const differing = [roleAttribute, sectionAttribute].filter(
    (name) => attributes.get(name) !== wanted[name],
  );
  return [
    ...(role === subject.nodeOu ? [] : [differs('OU', role, subject.nodeOu)]),
    ...(unit === undefined || organizationalUnits.includes(unit)
      ? []
      : [differs('OU', organizationalUnits.join(' '), unit)]),
    ...differing.map((name) => differs(name, attributes.get(name), wanted[name])),
  ];
}

const purposes = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const;

function tlsFaults(
  { der, usage, notBefore, notAfter }: Certificate,
  { hosts, isServer }: WantedTls,
  { tlsRoot, now }: Authorities,
): Words[] {
  const x509 = new X509Certificate(der);
  const authorities = certificatesInPem(tlsRoot).map((each) => new X509Certificate(each));
  const issuer = authorities.at(-1);
  const isIssued = issuer && x509.checkIssued(issuer) && x509.verify(issuer.publicKey);
  const isCurrent = notBefore <= now && now < notAfter;
  const covers = (host: string) =>
    (isIP(host) === 0 ? x509.checkHost(host, { subject: 'never' }) : x509.checkIP(host)) !==
    undefined;
  const missing = isServer ? hosts.filter((host) => !covers(host)).join(' ') : '';
  const sides = isServer ? (['server', 'client'] as const) : (['client'] as const);
  const unusable = sides.filter((side) => !usage.extendedKeyUsages.includes(purposes[side]));
  return [
    ...(isIssued === true
      ? []
      : [{ zh: '不是所给 TLS 证书机构签发的', en: 'the TLS authority given did not issue it' }]),
    ...(isCurrent ? [] : [{ zh: '不在有效期内', en: 'it is not valid now' }]),
    ...(missing === ''
      ? []
      : [{ zh: `没有写明主机名 ${missing}`, en: `it does not name the hosts ${missing}` }]),
    ...unusable.map((side) => differs('extendedKeyUsage', undefined, `${side}Auth`)),
  ];
}

/** The department's MSP as a Fabric node would read it, or why it would not. */
function mspOf(definition: ReturnType<typeof mspDefinition>): Msp | Pick<Problem, 'message'> {
  try {
    return new Msp(definition);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { message: { zh: error.message, en: error.message } };
  }
}

/** Another root is not taken by replacing files: the channel must take it up first. */
function otherAuthority({ certificate }: PairPaths, text: string): Problem[] {
  if (!existsSync(certificate) || readFileSync(certificate, 'utf8') === text) return [];
  const message = {
    zh: '目录中是另一个证书机构；更换证书机构，请另用一个目录，再用 channel propose add-root',
    en: 'the folder has another authority; to change it use another folder, and channel propose add-root',
  };
  return [{ path: certificate, message }];
}

const lacking = (wanted: readonly WantedCertificate[], taken: readonly Taken[]): Problem[] =>
  wanted
    .filter((each) => !existsSync(each.files.certificate))
    .filter((each) => taken.every(({ of }) => of !== each))
    .map(({ name }) => ({
      path: `${name}.csr`,
      message: { zh: '缺少其证书', en: 'there is no certificate for it' },
    }));

function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    // Said as what is wrong with the file.
    return undefined;
  }
}

function refused(problems: readonly Problem[]): NetworkError {
  const said = (language: 'zh' | 'en') =>
    problems.map(({ path, message }) => `${basename(path)}: ${message[language]}`).join('; ');
  const words = {
    zh: `没有启用任何证书。${said('zh')}。`,
    en: `Nothing was taken into use. ${said('en')}.`,
  };
  const issues = problems.map(({ path, message }) => ({ path, message: message.en }));
  return new NetworkError('CERTIFICATES_INVALID', words, { details: { issues } });
}
