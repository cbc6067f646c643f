import { rmSync } from 'node:fs';
import { caseRecord } from '@yici/domain/model';
import { openFabricNetwork, type FabricNetwork } from '@yici/network/testing';
import { expect } from 'chai';
import { commit, fileCase, seed } from '../integration/gateway/support/story.js';
import {
  networkFolder,
  openFabricStand,
  type FabricStand,
} from '../support/domain/fabric-stand.js';
import { until } from '../support/domain/stand.js';
import { needsFabric } from '../support/fabric.js';
import { temporaryFolder } from '../support/fabric-network.js';
import { RawActor } from '../support/gateway/raw-acts.js';

const minute = 60_000;
const minutes = (count: number) => count / (24 * 60);

/**
 * On a network whose peers take any time within a year, so that the present can be moved on: what bounds an act that is
 * held back is the beacon alone, as it is in a real quarter of an hour.
 */
describe('attack 5: the time of an act, at peers of real Fabric', function () {
  this.timeout(300_000);
  let directory: string;
  let opened: FabricStand | undefined;
  let ahead = 0;

  const stand = () => opened ?? expect.fail('no network');
  const actor = async (network: FabricNetwork, user: string, mspId: string) =>
    new RawActor(await network.identity(user), network.peer(mspId), network.channel);
  const goOn = (count: number) => {
    ahead += count * minute;
    stand().goOn(minutes(count));
  };
  const [first, second] = [() => stand().schedulers[0], () => stand().schedulers[1]];
  const codeOf = async (txId: string): Promise<string | undefined> => {
    await until('the transaction', () => first().index.transaction(txId) !== undefined);
    return first().index.transaction(txId)?.code.name;
  };
  const beaconsOf = () => first().index.record('beacon', 'newest')?.from;

  before(async function () {
    directory = temporaryFolder();
    needsFabric(this, 'peer', 'orderer');
    opened = await openFabricStand(directory);
    await seed(stand().api);
  });

  after(async () => {
    await opened?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('an act that was endorsed and held back conflicts once others have gone on', async () => {
    const { api, network } = stand();
    const caseNo = await fileCase(api, 'data.clerk1');
    const offices = await actor(network, 'offices.clerk1', 'OfficesMSP');
    const held = await offices.act('case:receive', { caseNo }, new Date(Date.now() + ahead));
    goOn(20);
    await fileCase(api, 'data.clerk1');
    await first().scheduler.tick();
    await held.submit();
    expect(await codeOf(held.txId)).to.equal('MVCC_READ_CONFLICT');
    expect(caseRecord.parse(first().index.record('case', caseNo)).state).to.equal('SUBMITTED');
    // Its signer signs it again, as of now.
    await commit(api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
  });

  it('acts beside beacons, of two gateways that show the same time, do not conflict', async () => {
    const { api } = stand();
    const shown: (string | undefined)[] = [beaconsOf()];
    for (let period = 0; period < 3; period += 1) {
      goOn(2);
      await fileCase(api, 'data.clerk1');
      const acts = ['data.clerk1', 'data.head1', 'establishment.clerk1'].map((user) =>
        fileCase(api, user),
      );
      await Promise.all([first().scheduler.tick(), second().scheduler.tick(), ...acts]);
      shown.push(beaconsOf());
    }
    expect(new Set(shown).size, shown.join()).to.equal(shown.length);
  });

  it('peers as they are run refuse an act that is dated more than five minutes back or ahead', async () => {
    await opened?.close();
    opened = undefined;
    const network = await openFabricNetwork({ directory: networkFolder(directory) });
    try {
      const offices = await actor(network, 'offices.clerk1', 'OfficesMSP');
      for (const off of [-6, 6]) {
        const act = offices.act(
          'case:receive',
          { caseNo: 'x' },
          new Date(Date.now() + off * minute),
        );
        const refused: unknown = await act.catch((error: unknown) => error);
        expect(JSON.stringify(refused), String(off)).to.contain('incorrect timestamp');
        expect(JSON.stringify(refused), String(off)).to.contain('timewindow 5m0s');
      }
      const now = await offices
        .act('case:receive', { caseNo: 'x' }, new Date())
        .catch((error: unknown) => error);
      expect(JSON.stringify(now)).to.contain('VALIDATION_FAILED');
    } finally {
      await network.close();
    }
  });
});
