import { readFileSync } from 'node:fs';
import { createSigner, encodeIdentity, parseCertificate } from '@yici/ledger';
import type { FabricEngine, GatewayConfig } from '../config.js';
import type { Engine } from '../engine.js';
import { GatewayError } from '../errors.js';
import { openGrpcPeer } from './grpc.js';

/**
 * A real peer over gRPC, with the gateway's own identity from files.
 * @throws GatewayError CONFIG_INVALID naming the file that cannot be read or used
 */
export function openFabricEngine(
  engine: FabricEngine,
  custodial: GatewayConfig['custodial'],
): Engine {
  const certificatePem = read(engine.certificate);
  const peer = openGrpcPeer({
    endpoint: engine.endpoint,
    ...(engine.tlsRoot === undefined ? {} : { tlsRootPem: read(engine.tlsRoot) }),
    ...(engine.tlsHostname === undefined ? {} : { tlsHostname: engine.tlsHostname }),
  });
  return {
    kind: 'fabric',
    channel: engine.channel,
    chaincode: engine.chaincode,
    peer,
    identity: {
      creator: encodeIdentity(engine.mspId, certificatePem),
      sign: usable(engine.key, () => createSigner(read(engine.key))),
    },
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
