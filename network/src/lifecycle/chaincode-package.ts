import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { storedGzip } from '../archive/stored-gzip.js';
import { reproducibleTar } from '../archive/write-tar.js';

/** A chaincode-as-a-service package and its id. */
export interface ChaincodePackage {
  readonly bytes: Uint8Array;
  /** `label:hex(sha256(bytes))`, the package id in an approval. */
  readonly packageId: string;
}

interface PackageContent {
  readonly tls: boolean;
  /** {@link codeDigest} of what its process runs; absent for a process that somebody else runs. */
  readonly code?: string | undefined;
}

/**
 * Builds the package for `peer lifecycle chaincode install`. It contains the digest of the code, which the builder ignores and
 * by which the package id covers what was agreed on; neither the chaincode's address nor certificates or keys: these are
 * template fields that Fabric's ccaas builder fills for each peer (environment variable CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG).
 * So every department has the same bytes and package id with its own process, and no secret is exchanged between departments.
 */
export function buildChaincodePackage(label: string, content: PackageContent): ChaincodePackage {
  const { tls, code } = content;
  const digest = code === undefined ? {} : { code_sha256: code };
  return packageWith(label, { ...(tls ? { ...server, ...mutual } : {}), ...digest }, storedGzip);
}

/**
 * Whether a package is an earlier release's form of the same label. A department that approved it approves again, which Fabric
 * allows for a committed sequence.
 */
export function supersedes(packageId: string, approved: string): boolean {
  return earlierIds(labelOf(packageId)).includes(approved);
}

/** What earlier releases made of a label: no TLS, TLS without a client certificate, or both, and nothing of the code. */
export function earlierIds(label: string): string[] {
  return [{}, server, { ...server, ...mutual }].map(
    (tls) => packageWith(label, tls, compressed).packageId,
  );
}

export const labelOf = (packageId: string): string => packageId.split(':')[0] ?? '';

type Gzip = (content: Uint8Array) => Uint8Array;

function packageWith(
  label: string,
  fields: Readonly<Record<string, unknown>>,
  gzip: Gzip,
): ChaincodePackage {
  const connection = {
    address: '{{.address}}',
    dial_timeout: '10s',
    tls_required: 'root_cert' in fields,
    ...fields,
  };
  const code = gzip(reproducibleTar([{ name: 'connection.json', content: json(connection) }]));
  const bytes = gzip(
    reproducibleTar([
      { name: 'metadata.json', content: json({ type: 'ccaas', label }) },
      { name: 'code.tar.gz', content: code },
    ]),
  );
  return { bytes, packageId: `${label}:${createHash('sha256').update(bytes).digest('hex')}` };
}

/** As earlier releases packed: the bytes are those of this Node's zlib. */
function compressed(content: Uint8Array): Uint8Array {
  const archive = gzipSync(content, { level: 9 });
  // RFC 1952 2.3.1: byte 9 is the operating system; 255 means "unknown".
  archive[9] = 255;
  return archive;
}

/** TLS fields by which the peer authenticates the chaincode. */
const server = { root_cert: '{{.root_cert}}' };

/** TLS fields with which the peer authenticates itself to the chaincode. */
const mutual = {
  client_auth_required: true,
  client_cert: '{{.client_cert}}',
  client_key: '{{.client_key}}',
};

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
