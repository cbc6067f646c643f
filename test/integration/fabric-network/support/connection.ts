import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  openFabricNetworkEngine,
  readConfig,
  type Engine,
  type GatewayConfig,
} from '@yici/gateway/testing';
import { departmentPaths, type Topology } from '@yici/network/testing';
import { expect } from 'chai';
import { stringify } from 'yaml';

type FabricNetworkEngine = Extract<GatewayConfig['engine'], { kind: 'fabric-network' }>;

/** What brings up fabric-common; a test may put its own in. */
export type ImportSdk = NonNullable<Parameters<typeof openFabricNetworkEngine>[2]>;

/** A started network as far as a connection file needs it. */
export interface Reachable {
  readonly topology: Topology;
  readonly channel: string;
}

/** The `engine:` of a gateway of the department `data`, with every peer and orderer of a network that listens. */
export function connectionOf(network: Reachable, directory: string): FabricNetworkEngine {
  const own = join(directory, 'identities', 'data.gateway');
  const { tls } = departmentPaths(directory, 'data').user('data.gateway');
  return {
    kind: 'fabric-network',
    channel: network.channel,
    chaincode: 'yici',
    mspId: 'DataMSP',
    certificate: join(own, 'cert.pem'),
    key: join(own, 'key.pem'),
    tlsClient: { certificate: tls.certificate, key: tls.key },
    peers: network.topology.departments.map(({ id, mspId, host, ports }) => ({
      mspId,
      url: `grpcs://${host}:${ports.peer}`,
      tlsCaFile: departmentPaths(directory, id).peer.tls.root,
      hostnameOverride: `peer0.${id}.${network.topology.domain}`,
    })),
    orderers: network.topology.departments.flatMap(({ id, host, ports }) =>
      ports.orderer === undefined
        ? []
        : [
            {
              url: `grpcs://${host}:${ports.orderer}`,
              tlsCaFile: departmentPaths(directory, id).orderer.tls.root,
              hostnameOverride: `orderer0.${id}.${network.topology.domain}`,
            },
          ],
    ),
  };
}

/** Writes a configuration file as an operator would and reads it back. */
export function configFile(folder: string, engine: unknown): string {
  const file = join(folder, 'gateway.yaml');
  writeFileSync(file, stringify({ engine, logLevel: 'silent' }));
  return file;
}

/** The engine of such a file, opened. */
export async function engineFrom(file: string, importSdk?: ImportSdk): Promise<Engine> {
  const { engine } = readConfig({ config: file }, {});
  if (engine.kind !== 'fabric-network') return expect.fail('the file names another engine');
  return openFabricNetworkEngine(engine, [], importSdk);
}
