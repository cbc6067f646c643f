import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { FabricNetwork } from '@yici/network/testing';
import { readTopology } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { needsFabric } from '../../support/fabric.js';
import { nativeTopology, openNative, temporaryFolder } from '../../support/fabric-network.js';
import { yiciNetworkHere } from '../topology/support.js';

const submitted = z.object({
  silent: z.array(z.number()),
  restarted: z.array(z.string()),
  restart: z.array(z.unknown()),
});

describe('a consenter of native nodes that gets another address', function () {
  this.timeout(480_000);
  let directory: string;
  let network: FabricNetwork;

  before(async function () {
    directory = temporaryFolder();
    needsFabric(this, 'peer', 'orderer');
    network = await openNative(directory, nativeTopology());
  });

  after(async () => {
    await (network as FabricNetwork | undefined)?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const at = (name: string) => join(directory, name);
  async function channel(...args: string[]): Promise<string> {
    const { code, out, err } = await yiciNetworkHere('channel', ...args, '--dir', directory);
    expect(code, `${out}${err}`).to.equal(0);
    return out;
  }
  const pids = () =>
    new Map(
      network
        .nodes()
        .flatMap(({ kind, department, pid }) =>
          kind === 'orderer' ? [[department, pid] as const] : [],
        ),
    );

  it('has the others start again, one after the other, where they run, and all sign blocks', async () => {
    const before = pids();
    const { departments } = readTopology(at('topology.yaml'));
    const port = departments.find(({ id }) => id === 'hrss')?.ports.orderer;
    const change = ['consenter-address', 'HrssMSP', `localhost:${String(port)}`];
    await channel('propose', ...change, '--out', at('moves.json'));
    const signers = ['hrss', 'finance', 'data'];
    await channel('sign', at('moves.json'), '--department', ...signers, '--yes');
    const out = submitted.parse(JSON.parse(await channel('submit', at('moves.json'), '--json')));
    expect(out).to.deep.equal({
      ...{ silent: [], restart: [] },
      restarted: ['establishment', 'finance', 'data'],
    });
    for (const [id, pid] of pids()) {
      if (id === 'hrss') expect(pid).to.equal(before.get(id));
      else expect(pid, id).to.not.equal(before.get(id));
    }
  });
});
