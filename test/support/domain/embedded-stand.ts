import { join } from 'node:path';
import type { World } from '../../integration/gateway/support/world.js';
import type { Stand } from './stand.js';

/** The embedded network with one gateway for everybody. The world may open its gateway anew meanwhile. */
export const standOn = (world: World): Stand => ({
  get api() {
    return world.api;
  },
  at: () => world.api,
  height: () => world.gateway.height(),
  directory: world.directory,
  identityFolder: (user) => join(world.directory, 'state', 'identities', user),
  log: () => world.log(),
});
