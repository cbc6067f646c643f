import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { openGrpcPeer, peerFailure, type PeerGateway } from '@yici/gateway/testing';
import {
  createSigner,
  deliverResponse,
  encodeIdentity,
  seekEnvelope,
  tlsCertHash,
  type SigningIdentity,
} from '@yici/ledger';
import {
  departmentPaths,
  ensurePki,
  readTls,
  readUser,
  type Topology,
} from '@yici/network/testing';
import { expect } from 'chai';
import { peerAddress } from './stock-client.js';

/** gRPC's UNAVAILABLE: the peer ended the handshake. INVALID_ARGUMENT: it took the connection and read what came. */
const turnedAway = 14;
const takenIn = 3;
/** common.Status BAD_REQUEST. */
const notBound = 400;

type TlsClient = NonNullable<Parameters<typeof openGrpcPeer>[0]['tlsClient']>;

/** A running network whose peers listen. */
export interface Connectable {
  /** Its data folder. */
  readonly folder: string;
  readonly topology: Topology;
  /** Another department than `data`, whose peer is asked. */
  readonly other: string;
}

/** Who is heard by the peer of the department `data`, whichever engine it runs on. Registers the tests. */
export function tellsConnections(stand: () => Connectable): void {
  const tlsOf = (user: string, folder = stand().folder): TlsClient =>
    readTls(departmentPaths(folder, user.split('.')[0] ?? '').user(user).tls);

  const clerk = (): SigningIdentity => {
    const { mspId, certificatePem, keyPem } = readUser(
      stand().topology,
      stand().folder,
      'data.clerk1',
    );
    return { creator: encodeIdentity(mspId, certificatePem), sign: createSigner(keyPem) };
  };
  const bound = (to: TlsClient): SigningIdentity => ({
    ...clerk(),
    tlsCertHash: tlsCertHash(to.certificatePem),
  });

  /** What the peer's services answer whoever shows this certificate and asks so for block 0. */
  async function told(tlsClient: TlsClient | undefined, identity: SigningIdentity) {
    const { folder, topology } = stand();
    const { endpoint, tlsHostname, tlsRoot } = peerAddress(
      join(folder, 'identities', 'data.clerk1'),
    );
    const tlsRootPem = tlsRoot.toString();
    const peer = openGrpcPeer({
      ...{ endpoint, tlsHostname, tlsRootPem },
      ...(tlsClient && { tlsClient }),
    });
    const code = (error: unknown) => peerFailure(error)?.code;
    try {
      const evaluate = await peer.evaluate(new Uint8Array()).then(() => 'answered', code);
      const deliver = await firstBlock(peer, topology.channel, identity).catch(code);
      return { evaluate, deliver };
    } finally {
      peer.close();
    }
  }

  it('is heard with a certificate of any department of the channel that the seek names', async () => {
    for (const user of ['data.clerk1', `${stand().other}.head1`]) {
      const own = tlsOf(user);
      const heard = { evaluate: takenIn, deliver: 'block' };
      expect(await told(own, bound(own)), user).to.deep.equal(heard);
    }
  });

  it('gets nothing without a certificate', async () => {
    const nothing = { evaluate: turnedAway, deliver: turnedAway };
    expect(await told(undefined, clerk())).to.deep.equal(nothing);
    expect(await told(undefined, bound(tlsOf('data.clerk1')))).to.deep.equal(nothing);
  });

  it('gets nothing with a certificate of its own making, whatever names it carries', async () => {
    const elsewhere = join(stand().folder, 'stranger');
    ensurePki(stand().topology, elsewhere, new Date());
    const made = tlsOf('data.clerk1', elsewhere);
    const nothing = { evaluate: turnedAway, deliver: turnedAway };
    expect(await told(made, bound(made))).to.deep.equal(nothing);
  });

  it('gets no block for a seek that names another connection’s certificate, or none', async () => {
    const own = tlsOf('data.clerk1');
    const refused = { evaluate: takenIn, deliver: notBound };
    expect(await told(own, bound(tlsOf('data.gateway'))), 'another').to.deep.equal(refused);
    expect(await told(own, clerk()), 'none').to.deep.equal(refused);
  });
}

/** `block`, or the status that the peer ends with instead. */
export async function firstBlock(
  peer: Pick<PeerGateway, 'deliver'>,
  channel: string,
  identity: SigningIdentity,
): Promise<number | 'block' | undefined> {
  const range = { channel, from: 0n, to: 0n };
  const envelope = await seekEnvelope(range, identity, new Date(), randomBytes(24));
  for await (const answer of peer.deliver(envelope, 'full')) {
    const { block, status } = deliverResponse.decode(answer);
    return block === undefined ? status : 'block';
  }
  return undefined;
}
