import { createHash } from 'node:crypto';
import { reproducibleTarGz } from './tar.js';

/** How a peer reaches the chaincode server (Fabric's ccaas builder, connection.json). */
export interface ChaincodeConnectionInfo {
  /** host:port */
  readonly address: string;
  readonly tls?: { readonly rootPem: string };
}

/** A chaincode-as-a-service package and its id. */
export interface ChaincodePackage {
  readonly bytes: Uint8Array;
  /** `label:hex(sha256(bytes))`, the id that an approval names. */
  readonly packageId: string;
}

/** Builds the package that `peer lifecycle chaincode install` takes; the same input gives the same bytes everywhere. */
export function buildChaincodePackage(
  label: string,
  connection: ChaincodeConnectionInfo,
): ChaincodePackage {
  const code = reproducibleTarGz([
    { name: 'connection.json', content: json(connectionJson(connection)) },
  ]);
  const bytes = reproducibleTarGz([
    { name: 'metadata.json', content: json({ type: 'ccaas', label }) },
    { name: 'code.tar.gz', content: code },
  ]);
  return { bytes, packageId: `${label}:${createHash('sha256').update(bytes).digest('hex')}` };
}

function connectionJson({ address, tls }: ChaincodeConnectionInfo) {
  return {
    address,
    dial_timeout: '10s',
    tls_required: tls !== undefined,
    ...(tls === undefined ? {} : { root_cert: tls.rootPem }),
  };
}

function json(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
