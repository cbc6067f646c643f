import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  departmentPaths,
  ensurePki,
  FabricPeer,
  parseTopology,
  type FabricNetwork,
  type PeerEndpoint,
} from '@yici/network';
import { expect } from 'chai';
import { needsFabric } from '../support/fabric.js';
import {
  nativeMsp,
  nativeTopology,
  openNative,
  temporaryFolder,
} from '../support/fabric-network.js';

describe('attack 12: who connects to a peer of real Fabric', function () {
  this.timeout(400_000);
  let directory: string | undefined;
  let network: FabricNetwork | undefined;

  before(async function () {
    needsFabric(this, 'peer', 'orderer');
    directory = temporaryFolder();
    network = await openNative(directory, nativeTopology({ channel: 'mutual' }));
  });

  after(async () => {
    await network?.close();
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true });
  });

  const opened = () => ({
    network: network ?? expect.fail('no network'),
    directory: directory ?? expect.fail('no folder'),
  });

  /** gRPC's status of a call that any member may make; INVALID_ARGUMENT says that the peer took the connection. */
  async function answer(tlsClient?: PeerEndpoint['tlsClient']) {
    const { address, tlsHostname, tlsRoot } = opened().network.endpoint(nativeMsp.data);
    const peer = new FabricPeer({ address, tlsHostname, tlsRoot, ...(tlsClient && { tlsClient }) });
    try {
      await peer.evaluate(new Uint8Array());
      return 'answered';
    } catch (error) {
      return error instanceof Error && 'code' in error ? error.code : String(error);
    } finally {
      peer.close();
    }
  }

  const tlsOf = (folder: string, id: string, user: string) => {
    const { certificate, key } = departmentPaths(folder, id).user(user).tls;
    const read = (file: string) => readFileSync(file, 'utf8');
    return { certificatePem: read(certificate), keyPem: read(key) };
  };

  it('shows a certificate of a department of the channel, its own or another', async () => {
    for (const id of ['data', 'finance']) {
      expect(await answer(tlsOf(opened().directory, id, `${id}.clerk1`)), id).to.equal(3);
    }
  });

  it('is turned away without one, and with one that no department of the channel issued', async () => {
    expect(await answer(), 'without').to.equal(14);
    const stranger = join(opened().directory, 'stranger');
    ensurePki(parseTopology(nativeTopology()), stranger, new Date());
    expect(await answer(tlsOf(stranger, 'data', 'data.clerk1')), 'a stranger').to.equal(14);
  });
});
