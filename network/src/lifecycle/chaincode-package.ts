import { createHash } from 'node:crypto';
import { reproducibleTarGz } from './tar.js';

/** A chaincode-as-a-service package and its id. */
export interface ChaincodePackage {
  readonly bytes: Uint8Array;
  /** `label:hex(sha256(bytes))`, the id that an approval names. */
  readonly packageId: string;
}

/**
 * Builds the package that `peer lifecycle chaincode install` takes. Where the chaincode listens is not in it: address and
 * root certificate are template fields that Fabric's ccaas builder fills for each peer (environment variable
 * CHAINCODE_AS_A_SERVICE_BUILDER_CONFIG), so every department has the same bytes and the same id with its own process.
 */
export function buildChaincodePackage(
  label: string,
  { tls }: { readonly tls: boolean },
): ChaincodePackage {
  const connection = {
    address: '{{.address}}',
    dial_timeout: '10s',
    tls_required: tls,
    ...(tls ? { root_cert: '{{.root_cert}}' } : {}),
  };
  const code = reproducibleTarGz([{ name: 'connection.json', content: json(connection) }]);
  const bytes = reproducibleTarGz([
    { name: 'metadata.json', content: json({ type: 'ccaas', label }) },
    { name: 'code.tar.gz', content: code },
  ]);
  return { bytes, packageId: `${label}:${createHash('sha256').update(bytes).digest('hex')}` };
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
