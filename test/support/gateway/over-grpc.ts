import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openGrpcPeer, type GrpcPeer, type PeerGateway } from '@yici/gateway/testing';
import { tlsCertHash } from '@yici/ledger';
import { FabricPeer } from '@yici/network/testing';

/** A peer, and what a seek on the connection to it must name, where there is one and it shows a certificate. */
export type ReachedPeer = PeerGateway & { readonly tlsCertHash?: Uint8Array };
export type PeerOverGrpc = GrpcPeer & { readonly tlsCertHash: Uint8Array };

/** A department's peer as the folder of an exported identity reaches it. */
export function peerOverGrpc(folder: string): PeerOverGrpc {
  const address = addressIn(folder);
  return { ...openGrpcPeer(address), tlsCertHash: tlsCertHash(address.tlsClient.certificatePem) };
}

/** The same peer with every service that it has; the gateway asks for fewer. */
export function wholePeerOverGrpc(folder: string): FabricPeer {
  const { endpoint: address, tlsRootPem: tlsRoot, ...tls } = addressIn(folder);
  return new FabricPeer({ address, tlsRoot, ...tls });
}

function addressIn(folder: string) {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const { endpoint, tlsHostname } = JSON.parse(read('connection.json')) as {
    endpoint: string;
    tlsHostname: string;
  };
  const tlsClient = { certificatePem: read('tls-cert.pem'), keyPem: read('tls-key.pem') };
  return { endpoint, tlsHostname, tlsRootPem: read('tls-ca.pem'), tlsClient };
}
