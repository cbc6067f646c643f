import { join } from 'node:path';
import { refusesWrongPeers } from '../../support/gateway/wrong-peers.js';
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

  refusesWrongPeers(() => ({
    folder: join(world.directory, 'state'),
    topology: world.network.topology,
  }));
});
