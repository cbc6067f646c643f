import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seed } from '../integration/gateway/support/story.js';
import {
  networkFolder,
  openFabricStand,
  type FabricStand,
} from '../support/domain/fabric-stand.js';
import { needsFabric } from '../support/fabric.js';
import { tellsQueries } from './support/queries.js';

describe('attack 10: queries at a peer of real Fabric', function () {
  this.timeout(300_000);
  let directory: string;
  let stand: FabricStand;

  before(async function () {
    directory = mkdtempSync(join(tmpdir(), 'yici-attack-'));
    needsFabric(this, 'peer', 'orderer');
    stand = await openFabricStand(directory);
    await seed(stand.api);
  });
  after(async () => {
    await (stand as FabricStand | undefined)?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  tellsQueries(() => ({
    api: stand.api,
    channel: stand.network.channel,
    folder: networkFolder(directory),
  }));
});
