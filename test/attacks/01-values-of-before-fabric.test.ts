import { rmSync } from 'node:fs';
import { movesValuesOfBefore } from '../support/attacks/values-of-before.js';
import { openFabricStand } from '../support/domain/fabric-stand.js';
import { needsFabric } from '../support/fabric.js';
import { temporaryFolder } from '../support/fabric-network.js';

/** docs/threat-model.md, 1: confidential values of a share, on a chain that has them from before. */
describe('a chain with values in implicit collections, on real Fabric', function () {
  this.timeout(300_000);
  let directory: string;

  before(function () {
    directory = temporaryFolder();
    needsFabric(this, 'peer', 'orderer');
  });

  movesValuesOfBefore(async (chaincode) => {
    const stand = await openFabricStand(directory, { chaincode });
    return { stand, peers: stand.network, close: () => stand.close() };
  });

  after(() => {
    rmSync(directory, { recursive: true, force: true });
  });
});
