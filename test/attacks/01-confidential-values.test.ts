import { seed } from '../integration/gateway/support/story.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';
import { attacksValues } from '../support/attacks/confidential.js';
import { standOn } from '../support/domain/embedded-stand.js';

/** docs/threat-model.md, 1: confidential values of a share. */
describe('whoever wants the confidential values of others’ shares, on the embedded engine', function () {
  this.timeout(180_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });
  after(() => world.close());

  attacksValues(
    () => standOn(world),
    () => world.network,
  );
});
