import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openWorld } from '../integration/gateway/support/world.js';
import { movesValuesOfBefore } from '../support/attacks/values-of-before.js';
import { standOn } from '../support/domain/embedded-stand.js';

/** docs/threat-model.md, 1: confidential values of a share, on a chain that has them from before. */
describe('a chain with values in implicit collections, on the embedded engine', function () {
  this.timeout(180_000);
  const directory = mkdtempSync(join(tmpdir(), 'yici-before-'));
  // After the suite's own, which close what is open in it.
  after(() => {
    setImmediate(() => {
      rmSync(directory, { recursive: true, force: true });
    });
  });

  movesValuesOfBefore(async (chaincode) => {
    const world = await openWorld({}, false, undefined, { directory, topology: { chaincode } });
    return { stand: standOn(world), peers: world.network, close: () => world.close() };
  });
});
