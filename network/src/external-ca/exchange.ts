import type { KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { makeTokenKey, openPrivateKey } from '@yici/keys';
import { canonicalDer, CodedError, encodePem, Msp, parseCertificate } from '@yici/ledger';
import { readGiven } from '@yici/terminal';
import { issueAt } from '@yici/terminal/issues';
import { secretMode, writeAtomically } from '../atomic.js';
import { NetworkError } from '../errors.js';
import { wordsOf } from '../to-error.js';
import { mspDefinition } from '../genesis/organization.js';
import type { Department } from '../topology/schema.js';
import {
  exportKey,
  newKey,
  requestFor,
  signingExtensions,
  tlsExtensions,
} from '../pki/certificates.js';
import { certificatesInPem, rootFirst } from '../pki/chain.js';
import { ensureChaincode, type Issuing } from '../pki/ensure.js';
import { departmentPaths, type PairPaths } from '../pki/layout.js';
import { followMsp } from '../pki/msp-folders.js';
import { replaceTogether, type NewFile } from '../pki/replace.js';
import { judged, type Problem, type Taken } from './judged.js';
import { wantedOf, type WantedCertificate } from './wanted.js';

/**
 * Makes the keys that a department lacks, where they stay, and writes a request for the certificate of each. The two of the
 * chaincode's connection are made at once, since nobody but these two looks at them.
 * @returns the files of the requests
 * @throws KeyError of the token in which the signing keys of the department's server are to be made
 */
export function requestCertificates(
  { topology, directory, now, token }: Issuing,
  department: Department,
  out: string,
): string[] {
  const paths = departmentPaths(directory, department.id);
  const validity = { from: now, days: topology.certificateDays };
  ensureChaincode({ topology, department, paths, validity, made: [] });
  mkdirSync(out, { recursive: true });
  return wantedOf(topology, department, directory).map((wanted) => {
    if (!existsSync(wanted.files.key)) {
      const place = wanted.kind === 'signing' && wanted.isOfServer ? token : undefined;
      const { commonName } = wanted.subject;
      const text = place === undefined ? exportKey(newKey()) : makeTokenKey(place, commonName).text;
      writeAtomically(wanted.files.key, text, secretMode);
    }
    const key = openPrivateKey(readFileSync(wanted.files.key, 'utf8'));
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
    readable(contentOf(file), (text) => rootFirst(text.toString())),
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

/** Whose key a certificate is for. */
function matching(file: string, wanted: readonly WantedCertificate[]): Omit<Taken, 'file'> {
  const certificate = readable(contentOf(file), parseCertificate);
  if (certificate === undefined) return {};
  const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });
  const of = wanted.find(({ files: { key } }) => {
    if (!existsSync(key)) return false;
    return spki(openPrivateKey(readFileSync(key, 'utf8')).publicKey).equals(
      spki(certificate.publicKey),
    );
  });
  return { certificate, ...(of && { of }) };
}

/** The department's MSP as a Fabric node would read it, or why it would not. */
function mspOf(definition: ReturnType<typeof mspDefinition>): Msp | Pick<Problem, 'message'> {
  try {
    return new Msp(definition);
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    return { message: wordsOf(error) };
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

const contentOf = (file: string): Buffer =>
  readGiven(file, (message) => refused([{ path: file, message }]));

function readable<T>(content: Buffer, read: (content: Buffer) => T): T | undefined {
  try {
    return read(content);
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
  const issues = problems.map(({ path, message }) => issueAt(path, message));
  return new NetworkError('CERTIFICATES_INVALID', words, { details: { issues } });
}
