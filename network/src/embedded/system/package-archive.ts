import { createHash } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Sentence } from '@yici/ledger';
import { z } from 'zod';
import { readTar } from '../../archive/read-tar.js';
import { NetworkError, quoted } from '../../errors.js';
import type { ChaincodeTls } from '../../lifecycle/chaincode-tls.js';
import { toError } from '../../to-error.js';

const unpack = promisify(gunzip);
/** Maximum unpacked size: a service package consists of two small JSON files. */
const largestArchive = 16 * 1024 * 1024;

const metadataSchema = z.object({
  type: z.string(),
  label: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.+-]*$/, 'is not a label'),
});

const connectionSchema = z.object({
  address: z.string().regex(/^.+:\d+$/, 'is not host:port'),
  tls_required: z.boolean().default(false),
  client_auth_required: z.boolean().default(false),
  root_cert: z.string().default(''),
  client_cert: z.string().default(''),
  client_key: z.string().default(''),
});

/** A chaincode-as-a-service package, read. */
export interface ServicePackage {
  /** `label:` and the SHA-256 of the package's bytes in hex. */
  readonly packageId: string;
  readonly label: string;
  /** `host:port` of its chaincode server. */
  readonly address: string;
  readonly tls?: ChaincodeTls;
}

/**
 * Decodes a package like Fabric's `ccaas` builder: `metadata.json` and `code.tar.gz` with `connection.json`.
 * @throws NetworkError SIMULATION_REFUSED when it is malformed.
 */
export async function readServicePackage(source: Uint8Array): Promise<ServicePackage> {
  const outer = await filesOf(source, 'chaincode install package');
  const metadata = parse(metadataSchema, outer.get('metadata.json'), 'metadata.json');
  if (metadata.type !== 'ccaas') {
    throw refused(`only packages of type ccaas can run here, this one is ${metadata.type}`);
  }
  const code = outer.get('code.tar.gz');
  if (!code) {
    throw refused('did not find a code package inside the package');
  }
  const inner = await filesOf(code, 'code package');
  const connection = parse(connectionSchema, inner.get('connection.json'), 'connection.json');
  const hash = createHash('sha256').update(source).digest('hex');
  const { label } = metadata;
  const { address } = connection;
  const packageId = `${label}:${hash}`;
  return connection.tls_required
    ? { packageId, label, address, tls: tlsOf(connection) }
    : { packageId, label, address };
}

function tlsOf(connection: z.infer<typeof connectionSchema>): ChaincodeTls {
  const { root_cert: rootCert, client_cert: clientCert, client_key: clientKey } = connection;
  return connection.client_auth_required ? { rootCert, clientCert, clientKey } : { rootCert };
}

function parse<Schema extends z.ZodType>(
  schema: Schema,
  bytes: Uint8Array | undefined,
  name: string,
): z.infer<Schema> {
  if (!bytes) {
    throw refused(`did not find ${name} in the package`);
  }
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString()));
  } catch (error) {
    throw refused(`${name}: ${toError(error).message}`);
  }
}

/** The regular files of a gzipped tar archive by name. */
async function filesOf(archive: Uint8Array, what: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  for await (const { name, kind, content } of readTar(unpacked(archive, what), refusalsOf(what))) {
    if (kind === 'file') files.set(name.replace(/^\.\//, ''), await buffer(content));
  }
  return files;
}

async function* unpacked(archive: Uint8Array, what: string): AsyncGenerator<Uint8Array> {
  try {
    yield await unpack(archive, { maxOutputLength: largestArchive });
  } catch (error) {
    throw refused(`error reading ${what} as gzip stream: ${toError(error).message}`);
  }
}

const refusalsOf = (what: string) => ({
  invalid: ({ en }: Sentence) => refused(`${what}: ${en}`),
  unsafe: (member: string, { en }: Sentence) => refused(`${what}: ${member} ${en}`),
});

/** In Fabric's wording. */
const refused = (message: string): NetworkError =>
  new NetworkError(
    'SIMULATION_REFUSED',
    quoted(`could not parse as a chaincode install package: ${message}`, '不是可安装的链码包'),
  );
