import { createHash } from 'node:crypto';
import { reproducibleTarGz } from '../archive/write-tar.js';

/** A chaincode-as-a-service package and its id. */
export interface ChaincodePackage {
  readonly bytes: Uint8Array;
  /** `label:hex(sha256(bytes))`, the id that an approval names. */
  readonly packageId: string;
}

/**
 * Builds the package that `peer lifecycle chaincode install` takes. Where the chaincode listens is not in it, nor any
 * certificate or key: these are template fields that Fabric's ccaas builder fills for each peer (environment variable
 * CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG), so every department has the same bytes and the same id with its own process, and
 * nothing secret travels between departments.
 */
export function buildChaincodePackage(
  label: string,
  { tls }: { readonly tls: boolean },
): ChaincodePackage {
  return packageWith(label, tls ? { ...server, ...mutual } : {});
}

/**
 * Whether a package is what an earlier release made of the same label: TLS without the peer's certificate, or none at all. A
 * department that approved it approves anew, which Fabric lets it do for a sequence that is committed.
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

/** By what the peer knows the chaincode. */
const server = { root_cert: '{{.root_cert}}' };

/** What the peer shows the chaincode. */
const mutual = {
  client_auth_required: true,
  client_cert: '{{.client_cert}}',
  client_key: '{{.client_key}}',
};

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
