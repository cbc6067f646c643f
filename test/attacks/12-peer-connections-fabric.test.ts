import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { openFabricEngine, readConfig } from '@yici/gateway/testing';
import type { FabricNetwork, TopologyInput } from '@yici/network/testing';
import { expect } from 'chai';
import { needsFabric } from '../support/fabric.js';
import { nativeTopology, openNative, temporaryFolder } from '../support/fabric-network.js';
import { firstBlock, tellsConnections } from './support/connections.js';

/** Two departments, of which one orders: as few nodes as show it. */
function topology(): TopologyInput {
  const { departments, ...rest } = nativeTopology(
    { channel: 'mutual', ordering: 'raft', allowNoFaultTolerance: true },
    (id) => id === 'data',
  );
  return {
    ...rest,
    departments: departments
      .filter(({ id }) => id === 'hrss' || id === 'data')
      .map((each) => ({
        ...each,
        users: [...(each.users ?? []), { name: `${each.id}.gateway`, role: 'gateway' as const }],
      })),
  };
}

describe('attack 12: whoever connects to a peer of real Fabric', function () {
  this.timeout(300_000);
  let folder: string;
  let network: FabricNetwork;

  before(async function () {
    folder = temporaryFolder();
    needsFabric(this, 'peer', 'orderer');
    network = await openNative(folder, topology());
  });
  after(async () => {
    await (network as FabricNetwork | undefined)?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  tellsConnections(() => ({ folder, topology: network.topology, other: 'hrss' }));

  it('is heard as the department’s gateway, with the settings that were written for it', async () => {
    const { engine } = readConfig({ config: join(folder, 'gateway.yaml') }, {});
    if (engine.kind !== 'fabric') return expect.fail('another engine');
    const { peer, channel, identity, close } = await openFabricEngine(engine, []);
    expect(await firstBlock(peer, channel, identity)).to.equal('block');
    await close();
  });
});
