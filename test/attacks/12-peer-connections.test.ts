import { join } from 'node:path';
import { openWorld, type World } from '../integration/gateway/support/world.js';
import { tellsConnections } from './support/connections.js';

describe('attack 12: whoever connects to a peer of the embedded engine', function () {
  this.timeout(60_000);
  let world: World;

  before(async () => {
    world = await openWorld({}, true);
  });
  after(() => world.close());

  tellsConnections(() => ({
    folder: join(world.directory, 'state'),
    topology: world.network.topology,
    other: 'offices',
  }));
});
