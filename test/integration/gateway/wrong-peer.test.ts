import { join } from 'node:path';
import { departmentPaths, ensurePki } from '@yici/network/testing';
import { expect } from 'chai';
import { openWith, refusesWrongPeers } from '../../support/gateway/wrong-peers.js';
import { openWorld, type World } from './support/world.js';

describe('a gateway that is pointed at a peer of the embedded engine', function () {
  this.timeout(120_000);
  let world: World;

  before(async () => {
    world = await openWorld({}, true);
  });

  after(async () => {
    await world.close();
  });

  const stand = () => ({
    folder: join(world.directory, 'state'),
    topology: world.network.topology,
  });
  refusesWrongPeers(stand);

  it('says that the peer hangs up on a TLS certificate that no department issued', async () => {
    const { folder, topology } = stand();
    const elsewhere = join(folder, 'made-up');
    ensurePki(topology, elsewhere, new Date());
    const { certificate, key } = departmentPaths(elsewhere, 'data').user('data.gateway').tls;
    const opening = openWith(stand(), { tlsClient: { certificate, key }, startWithin: 0 });
    const error = await opening.catch((failure: unknown) => failure);
    expect(error).to.include({ code: 'PEER_UNAVAILABLE' });
    expect(error).to.have.property('message').that.contains('tlsClient');
  });
});
