import { createHash, X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { parseConfigBlock, type ChannelConfig, type Sentence } from '@yici/ledger';
import { readGiven } from '@yici/terminal';
import { issuesIn, issuesText } from '@yici/terminal/issues';
import { NetworkError } from '../errors.js';
import { readMaterial } from '../genesis/material.js';
import { genesisHashOf, genesisIn } from '../genesis/prepare.js';
import { writeAtomically, writeOnce } from '../atomic.js';
import { certificatesInPem } from '../pki/chain.js';
import { certificatesFile, type CertificatesFile } from '../pki/certificates-shape.js';
import { departmentPaths } from '../pki/layout.js';
import type { DataFolder } from '../supervisor/data-folder.js';
import type { Department, Topology } from '../topology/schema.js';
import { departmentNamed } from '../topology/nodes.js';
import { ownPart } from './department-file.js';
import { keysDiffer } from './files.js';

/** A file that came from a department or goes to others, and the number by which two people compare it. */
interface CertificatesReport {
  readonly department: string;
  /** SHA-256 of the certificates, hex in groups of four. */
  readonly fingerprint: string;
}

/**
 * Writes a department's public certificates into one file; with `orderer`, those that its orderer is to have next.
 * @throws NetworkError CERTIFICATES_MISSING
 */
export function exportCertificates(
  topology: Topology,
  directory: string,
  departmentId: string,
  out: string,
  orderer?: CertificatesFile['orderer'],
): CertificatesReport {
  const department = departmentNamed(topology, departmentId);
  const file = { ...certificatesOf(topology, directory, department), ...(orderer && { orderer }) };
  refuseUnfit(file, topology, out);
  writeAtomically(out, `${JSON.stringify(file, undefined, 2)}\n`);
  return { department: department.id, fingerprint: fingerprintOf(file) };
}

function certificatesOf(
  topology: Topology,
  directory: string,
  department: Department,
): CertificatesFile {
  try {
    const [material] = readMaterial(ownPart(topology, department), directory);
    return certificatesFile.parse({
      v: 1,
      department: department.id,
      mspId: department.mspId,
      root: text(material?.root ?? new Uint8Array()),
      tlsRoot: text(material?.tlsRoot ?? new Uint8Array()),
      ...(material?.orderer === undefined
        ? {}
        : {
            orderer: {
              identity: text(material.orderer.identity),
              tls: text(material.orderer.tls),
            },
          }),
    });
  } catch (cause) {
    throw new NetworkError(
      'CERTIFICATES_MISSING',
      {
        zh: `${directory} 缺少 ${department.id} 的证书。先执行 yici-network keys make。`,
        en: `${directory} lacks certificates of ${department.id}: run yici-network keys make first.`,
      },
      { details: { folder: directory, departments: [department.id] }, cause },
    );
  }
}

/**
 * Imports another department's public certificates into a data folder. Idempotent.
 * @throws NetworkError CERTIFICATES_INVALID (not such a file, not of this topology, no valid chain), KEYS_DIFFER
 */
export function collectCertificates(
  topology: Topology,
  directory: string,
  source: string,
): CertificatesReport {
  return takeIn(directory, readFitting(topology, source));
}

/**
 * Imports the certificates of every department that a network began with from its first block, which its hash pins, and keeps the
 * block. Those of departments that joined later travel as files. Idempotent.
 * @throws NetworkError GENESIS_MISMATCH (another block), CERTIFICATES_INVALID (not of this topology), KEYS_DIFFER
 */
export function collectFromGenesis(
  topology: Topology,
  folder: DataFolder,
  { file, pin }: { readonly file: string; readonly pin: string },
): CertificatesReport[] {
  const block = genesisIn(file, topology);
  const found = genesisHashOf(block);
  if (found !== pin.replaceAll(/\s/g, '').toLowerCase()) throw otherGenesis(file, found);
  const config = parseConfigBlock(block);
  // Who has its own keys here, perhaps of a new root, is not told them by the network's beginning.
  const others = topology.departments.filter(
    ({ id }) => !existsSync(departmentPaths(folder.root, id).ca.key),
  );
  const files = others.flatMap((department) => certificatesIn(config, department));
  for (const each of files) refuseUnfit(each, topology, file);
  const taken = files.map((each) => takeIn(folder.root, each));
  writeOnce(folder.genesis, () => block);
  return taken;
}

const otherGenesis = (file: string, found: string): NetworkError =>
  new NetworkError(
    'GENESIS_MISMATCH',
    {
      zh: `${file} 的哈希为 ${found}，与所给的不同；没有导入任何证书。`,
      en: `The hash of ${file} is ${found}, not the one given; nothing was taken in.`,
    },
    { details: { file, found } },
  );

/** A department's certificates as the first block has them; none of one that joined later. */
function certificatesIn(
  { msps, consenters }: ChannelConfig,
  { id, mspId, orderer }: Department,
): CertificatesFile[] {
  const definition = msps.get(mspId)?.definition;
  if (definition === undefined) return [];
  const chain = (roots: readonly Uint8Array[] = [], below: readonly Uint8Array[] = []) =>
    [...roots.slice(0, 1), ...below].map(text).join('');
  const root = chain(definition.rootCerts, definition.intermediateCerts);
  const tlsRoot = chain(definition.tlsRootCerts, definition.tlsIntermediateCerts);
  const own = orderer ? consenters.find((each) => each.mspId === mspId) : undefined;
  return [
    {
      ...{ v: 1, department: id, mspId, root, tlsRoot },
      ...(own && { orderer: { identity: text(own.identity), tls: text(own.serverTlsCert) } }),
    },
  ];
}

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('utf8');

function takeIn(directory: string, file: CertificatesFile): CertificatesReport {
  const paths = departmentPaths(directory, file.department);
  const contents: [string, string][] = [
    [paths.ca.certificate, file.root],
    [paths.tlsca.certificate, file.tlsRoot],
  ];
  if (file.orderer !== undefined) {
    contents.push(
      [paths.orderer.msp.certificate, file.orderer.identity],
      [paths.orderer.tls.certificate, file.orderer.tls],
    );
  }
  const differing = contents.filter(
    ([path, text]) => existsSync(path) && readFileSync(path, 'utf8') !== text,
  );
  if (differing.length > 0) throw keysDiffer(differing.map(([path]) => path));
  for (const [path, text] of contents) if (!existsSync(path)) writeAtomically(path, text);
  return { department: file.department, fingerprint: fingerprintOf(file) };
}

/** A department's file of certificates that fits the topology. @throws NetworkError CERTIFICATES_INVALID */
export function readFitting(topology: Topology, source: string): CertificatesFile {
  const file = readCertificates(source);
  refuseUnfit(file, topology, source);
  return file;
}

function readCertificates(source: string): CertificatesFile {
  const text = readGiven(source, ({ zh, en }, cause) => {
    const words = { zh: `没有导入：${zh}。`, en: `Nothing was taken in: ${en}.` };
    const details = { file: source, reason: en };
    return new NetworkError('CERTIFICATES_INVALID', words, { details, cause });
  }).toString();
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch (cause) {
    throw invalid(source, { zh: '不是可读的 JSON', en: 'cannot be read as JSON' }, cause);
  }
  const read = certificatesFile.safeParse(given);
  if (read.success) return read.data;
  throw invalid(source, issuesText(issuesIn(read.error, given)), read.error);
}

/** Certificates of other departments are validated before they become part of everybody's genesis block. */
function refuseUnfit(file: CertificatesFile, topology: Topology, source: string): void {
  const department = topology.departments.find(({ id }) => id === file.department);
  if (department?.mspId !== file.mspId) {
    throw invalid(source, {
      zh: `拓扑文件中没有 MSP 为 ${file.mspId} 的部门 ${file.department}`,
      en: `the topology has no department ${file.department} with ${file.mspId}`,
    });
  }
  if (department.orderer !== (file.orderer !== undefined)) {
    throw invalid(source, {
      zh: `按拓扑文件，${file.department} ${department.orderer ? '设有' : '不设'}排序节点`,
      en: `in the topology ${file.department} ${department.orderer ? 'orders' : 'does not order'} blocks`,
    });
  }
  const [root, tlsRoot] = [issuing(file.root, source), issuing(file.tlsRoot, source)];
  if (file.root === file.tlsRoot) {
    throw invalid(source, {
      zh: '身份根证书与 TLS 根证书相同',
      en: 'identity root and TLS root are the same',
    });
  }
  if (file.orderer === undefined) return;
  refuseStranger(certificate(file.orderer.identity, source), root, source);
  refuseStranger(certificate(file.orderer.tls, source), tlsRoot, source);
}

/** The authority that issues: the last of a chain, each of which the one before it has issued. */
function issuing(text: string, source: string): X509Certificate {
  const [root, ...below] = certificatesInPem(text).map((each) => certificate(each, source));
  if (root?.ca !== true) {
    throw invalid(source, {
      zh: '根证书不是证书机构的证书',
      en: 'a root is no certificate authority',
    });
  }
  return below.reduce((above, each) => {
    if (each.ca && each.checkIssued(above) && each.verify(above.publicKey)) return each;
    throw invalid(source, {
      zh: `${nameOf(each)} 不是由其上一级签发的证书机构`,
      en: `${nameOf(each)} is no authority below the one before it`,
    });
  }, root);
}

const nameOf = ({ subject }: X509Certificate): string => subject.replaceAll('\n', ' ');

function refuseStranger(leaf: X509Certificate, root: X509Certificate, source: string): void {
  if (leaf.ca || !leaf.checkIssued(root) || !leaf.verify(root.publicKey)) {
    throw invalid(source, {
      zh: `${nameOf(leaf)} 不是由该部门的证书机构签发的`,
      en: `${nameOf(leaf)} was not issued by its authority`,
    });
  }
}

function certificate(text: string, source: string): X509Certificate {
  try {
    return new X509Certificate(text);
  } catch (cause) {
    throw invalid(source, { zh: '有证书无法读取', en: 'a certificate cannot be read' }, cause);
  }
}

function invalid(source: string, { zh, en }: Sentence, cause?: unknown): NetworkError {
  const words = {
    zh: `没有导入 ${source}：${zh}。请该部门重新执行 yici-network keys export。`,
    en: `${source} is not taken: ${en}.`,
  };
  return new NetworkError('CERTIFICATES_INVALID', words, {
    details: { file: source, reason: en },
    cause,
  });
}

function fingerprintOf({ root, tlsRoot, orderer }: CertificatesFile): string {
  const hash = createHash('sha256');
  for (const text of [root, tlsRoot, orderer?.identity ?? '', orderer?.tls ?? '']) {
    hash.update(text).update('\0');
  }
  return hash.digest('hex').replace(/(.{4})(?!$)/g, '$1 ');
}
