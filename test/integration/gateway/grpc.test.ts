import { join } from 'node:path';
import { openGrpcPeer, peerFailure, withFallback } from '@yici/gateway/testing';
import { expect } from 'chai';
import { peerOverGrpc, type PeerOverGrpc } from '../../support/gateway/over-grpc.js';
import { commit, filing, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

describe('a gateway whose peer is reached over gRPC with TLS', function () {
  this.timeout(120_000);
  let world: World;
  let peer: PeerOverGrpc;

  before(async () => {
    world = await openWorld({}, true);
    const identity = join(world.directory, 'state', 'identities', 'data.gateway');
    peer = peerOverGrpc(identity);
  });

  after(async () => {
    peer.close();
    await world.close();
  });

  it('serves the same: writes, reads from index and ledger, refusals in the contract’s words', async () => {
    const gateway = await world.another('over-grpc', {}, peer);
    await gateway.caughtUp();
    const api = await world.apiOn(gateway);
    try {
      await seed(api);
      const done = await commit(api, 'data.clerk1', '/v1/cases', filing);
      const path = `/v1/cases/${done.str('result.caseNo')}`;
      const ledger = await api.get('data.clerk1', `${path}?source=ledger`);
      expect(ledger.text).to.equal((await api.get('data.clerk1', path)).text);
      const refused = await api.run('data.clerk1', '/v1/cases', { ...filing, materials: [] });
      expect([refused.status, refused.at('code')]).to.deep.equal([422, 'MATERIAL_MISSING']);
    } finally {
      await gateway.close();
    }
  });

  it('knows whether another peer stands in for its own', async () => {
    const nobody = openGrpcPeer({ endpoint: '127.0.0.1:1' });
    const both = withFallback([nobody, peer]);
    expect(both.standingIn(), 'nothing was asked yet').to.equal(false);
    const gateway = await world.another('stood-in', {}, { ...peer, ...both });
    try {
      await gateway.caughtUp();
      expect(both.standingIn()).to.equal(true);
    } finally {
      await gateway.close();
      nobody.close();
    }
  });

  it('gives each endorser’s own words with a failure', async () => {
    const failure = await peer.endorse(new Uint8Array()).then(
      () => undefined,
      (error: unknown) => peerFailure(error),
    );
    expect(failure).to.include({ code: 3 });
  });

  it('says that nobody answers at a closed port', async () => {
    const nobody = openGrpcPeer({ endpoint: '127.0.0.1:1', deadline: 2_000 });
    const failure = await nobody.evaluate(new Uint8Array()).then(
      () => undefined,
      (error: unknown) => peerFailure(error),
    );
    nobody.close();
    expect(failure?.code).to.equal(14);
  });
});
