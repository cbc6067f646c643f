import { readFileSync } from 'node:fs';
import { KeyError, asideSignerOf } from '@yici/keys';
import { encodeIdentity, parseCertificate, tlsCertHash } from '@yici/ledger';
import type { FabricEngine, GatewayConfig } from './config.js';
import type { Engine } from './engine.js';
import { GatewayError } from '../errors.js';
import { checkFirstPeer } from '../peer/check-peer.js';
import { openFabricNetworkPeer } from '../peer/fabric-network/adapter.js';
import type { FabricNetworkEngine } from '../peer/fabric-network/config.js';
import type { ImportSdk } from '../peer/fabric-network/sdk.js';
import { withFallback } from '../peer/fallback.js';
import { openGrpcPeer } from '../peer/grpc.js';
import type { PeerGateway } from '../peer/port.js';

/**
 * The department's own peer over gRPC, with fallback peers, and the gateway's identity from files. The first peer that
 * answers is checked.
 * @throws GatewayError CONFIG_INVALID naming the file that cannot be read or used; as checkPeer
 */
export async function openFabricEngine(
  engine: FabricEngine,
  custodial: GatewayConfig['custodial'],
): Promise<Engine> {
  const described = describedPeers(engine);
  const peer = withFallback(described.map((each) => each.peer));
  try {
    const { standingIn } = peer;
    const opened = { ...engineOver(peer, engine, custodial), standingIn };
    const { channel, mspId, startWithin } = engine;
    const expected = { channel, mspId, identity: opened.identity };
    await checkFirstPeer(described, expected, startWithin);
    return opened;
  } catch (error) {
    peer.close();
    throw error;
  }
}

function describedPeers({ fallback, mspId, deadline, tlsClient, ...own }: FabricEngine) {
  const client = tlsClientOf(tlsClient);
  const all = [{ ...own, mspId }, ...fallback.map((each) => ({ mspId, ...each }))].map((each) => ({
    mspId: each.mspId,
    address: {
      endpoint: each.endpoint,
      ...(each.tlsRoot === undefined ? {} : { tlsRootPem: read(each.tlsRoot) }),
      ...(each.tlsHostname === undefined ? {} : { tlsHostname: each.tlsHostname }),
      ...client,
    },
  }));
  return all.map((each) => ({ ...each, peer: openGrpcPeer({ ...each.address, deadline }) }));
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
  const shared = tlsClientOf(engine.tlsClient);
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

/** The TLS client certificate and key, if configured. */
function tlsClientOf(files: FabricEngine['tlsClient']) {
  if (files === undefined) return {};
  return { tlsClient: { certificatePem: read(files.certificate), keyPem: read(files.key) } };
}

type OwnFiles = Pick<
  FabricEngine,
  'channel' | 'chaincode' | 'mspId' | 'certificate' | 'key' | 'tlsClient'
>;

function ownIdentity(engine: OwnFiles): Engine['identity'] {
  const shown = engine.tlsClient?.certificate;
  return {
    creator: encodeIdentity(engine.mspId, read(engine.certificate)),
    sign: usable(engine.key, () => asideSignerOf(read(engine.key))),
    ...(shown && { tlsCertHash: usable(shown, () => tlsCertHash(read(shown))) }),
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
    if (cause instanceof KeyError) throw cause;
    const words = {
      zh: `文件 ${path} 无法使用。核对路径、权限和内容。`,
      en: `The file ${path} cannot be used.`,
    };
    throw new GatewayError('CONFIG_INVALID', words, { cause });
  }
}
