import { rmSync } from 'node:fs';
import { seed } from '../integration/gateway/support/story.js';
import { attacksValues } from '../support/attacks/confidential.js';
import { attacksGossip } from '../support/attacks/gossip.js';
import { openFabricStand, type FabricStand } from '../support/domain/fabric-stand.js';
import { needsFabric } from '../support/fabric.js';
import { temporaryFolder } from '../support/fabric-network.js';

/** docs/threat-model.md, 1: confidential values of a share. */
describe('whoever wants the confidential values of others’ shares, on real Fabric', function () {
  this.timeout(300_000);
  let stand: FabricStand;
  let directory: string;

  before(async function () {
    directory = temporaryFolder();
    needsFabric(this, 'peer', 'orderer');
    stand = await openFabricStand(directory);
    await seed(stand.api);
  });

  after(async () => {
    await (stand as FabricStand | undefined)?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  attacksValues(
    () => stand,
    () => stand.network,
  );

  attacksGossip(() => stand);
});
