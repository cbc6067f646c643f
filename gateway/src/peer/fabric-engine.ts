import { readFileSync } from 'node:fs';
import { createSigner, encodeIdentity, parseCertificate } from '@yici/ledger';
import type { FabricEngine, GatewayConfig } from '../config.js';
import type { Engine } from '../engine.js';
import { GatewayError } from '../errors.js';
import { openFabricNetworkPeer } from './fabric-network/adapter.js';
import type { FabricNetworkEngine } from './fabric-network/config.js';
import type { ImportSdk } from './fabric-network/sdk.js';
import { openGrpcPeer } from './grpc.js';
import type { PeerGateway } from './port.js';

/**
 * A real peer over gRPC, with the gateway's own identity from files.
 * @throws GatewayError CONFIG_INVALID naming the file that cannot be read or used
 */
export function openFabricEngine(
  engine: FabricEngine,
  custodial: GatewayConfig['custodial'],
): Engine {
  const peer = openGrpcPeer({
    endpoint: engine.endpoint,
    ...(engine.tlsRoot === undefined ? {} : { tlsRootPem: read(engine.tlsRoot) }),
    ...(engine.tlsHostname === undefined ? {} : { tlsHostname: engine.tlsHostname }),
  });
  return engineOver(peer, engine, custodial);
}

/**
 * A Raft network without the peers' gateway service, through the SDK fabric-network.
 * @throws GatewayError FABRIC_NETWORK_MISSING; CONFIG_INVALID naming the file that cannot be read or used
 */
export async function openFabricNetworkEngine(
  engine: FabricNetworkEngine,
  custodial: GatewayConfig['custodial'],
  importSdk?: ImportSdk,
): Promise<Engine> {
  const { tlsClient } = engine;
  const shared =
    tlsClient === undefined
      ? {}
      : { tlsClient: { certificatePem: read(tlsClient.certificate), keyPem: read(tlsClient.key) } };
  const located = <T extends { readonly tlsCaFile: string }>(node: T) => ({
    ...node,
    ...shared,
    tlsCaPem: read(node.tlsCaFile),
  });
  const peer = await openFabricNetworkPeer(
    {
      channel: engine.channel,
      mspId: engine.mspId,
      peers: engine.peers.map(located),
      orderers: engine.orderers.map(located),
      identity: ownIdentity(engine),
      ...(engine.endorsements === undefined ? {} : { endorsements: engine.endorsements }),
    },
    importSdk,
  );
  return engineOver(peer, engine, custodial);
}

type OwnFiles = Pick<FabricEngine, 'channel' | 'chaincode' | 'mspId' | 'certificate' | 'key'>;

function ownIdentity(engine: OwnFiles): Engine['identity'] {
  return {
    creator: encodeIdentity(engine.mspId, read(engine.certificate)),
    sign: usable(engine.key, () => createSigner(read(engine.key))),
  };
}

function engineOver(
  peer: PeerGateway & { close(): void },
  engine: OwnFiles,
  custodial: GatewayConfig['custodial'],
): Engine {
  const certificatePem = read(engine.certificate);
  return {
    kind: 'fabric',
    channel: engine.channel,
    chaincode: engine.chaincode,
    peer,
    identity: ownIdentity(engine),
    user: usable(engine.certificate, () => parseCertificate(certificatePem).commonName),
    custodial: custodial.map(({ account, mspId, certificate, key }) => ({
      account,
      mspId,
      certificatePem: read(certificate),
      keyPem: read(key),
    })),
    close: () => {
      peer.close();
      return Promise.resolve();
    },
  };
}

function read(path: string): string {
  return usable(path, () => readFileSync(path, 'utf8'));
}

function usable<T>(path: string, use: () => T): T {
  try {
    return use();
  } catch (cause) {
    throw new GatewayError('CONFIG_INVALID', `The file ${path} cannot be used.`, { cause });
  }
}
