import { createHash } from 'node:crypto';
import { reproducibleTarGz } from '../archive/write-tar.js';

/** A chaincode-as-a-service package and its id. */
export interface ChaincodePackage {
  readonly bytes: Uint8Array;
  /** `label:hex(sha256(bytes))`, the package id in an approval. */
  readonly packageId: string;
}

/**
 * Builds the package for `peer lifecycle chaincode install`. It contains neither the chaincode's address nor
 * certificates or keys: these are template fields that Fabric's ccaas builder fills for each peer (environment variable
 * CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG). So every department has the same bytes and package id with its own process,
 * and no secret is exchanged between departments.
 */
export function buildChaincodePackage(
  label: string,
  { tls }: { readonly tls: boolean },
): ChaincodePackage {
  return packageWith(label, tls ? { ...server, ...mutual } : {});
}

/**
 * Whether a package is an earlier release's form of the same label: TLS without a client certificate, or no TLS. A
 * department that approved it approves again, which Fabric allows for a committed sequence.
 */
export function supersedes(packageId: string, approved: string): boolean {
  const [label = ''] = packageId.split(':');
  const earlier = [packageWith(label, {}), packageWith(label, server)];
  return approved !== packageId && earlier.some((each) => each.packageId === approved);
}

function packageWith(label: string, tls: Readonly<Record<string, unknown>>): ChaincodePackage {
  const connection = {
    address: '{{.address}}',
    dial_timeout: '10s',
    tls_required: 'root_cert' in tls,
    ...tls,
  };
  const code = reproducibleTarGz([{ name: 'connection.json', content: json(connection) }]);
  const bytes = reproducibleTarGz([
    { name: 'metadata.json', content: json({ type: 'ccaas', label }) },
    { name: 'code.tar.gz', content: code },
  ]);
  return { bytes, packageId: `${label}:${createHash('sha256').update(bytes).digest('hex')}` };
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
