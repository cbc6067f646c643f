import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openGrpcPeer, type GrpcPeer, type PeerGateway } from '@yici/gateway/testing';
import { tlsCertHash } from '@yici/ledger';

/** A peer, and what a seek on the connection to it must name, where there is one and it shows a certificate. */
export type ReachedPeer = PeerGateway & { readonly tlsCertHash?: Uint8Array };
export type PeerOverGrpc = GrpcPeer & { readonly tlsCertHash: Uint8Array };

/** A department's peer as the folder of an exported identity reaches it. */
export function peerOverGrpc(folder: string): PeerOverGrpc {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const { endpoint, tlsHostname } = JSON.parse(read('connection.json')) as {
    endpoint: string;
    tlsHostname: string;
  };
  const tlsClient = { certificatePem: read('tls-cert.pem'), keyPem: read('tls-key.pem') };
  const peer = openGrpcPeer({ endpoint, tlsHostname, tlsRootPem: read('tls-ca.pem'), tlsClient });
  return { ...peer, tlsCertHash: tlsCertHash(tlsClient.certificatePem) };
}
