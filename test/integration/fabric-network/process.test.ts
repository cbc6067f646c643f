import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbeddedNetwork, type EmbeddedNetwork } from '@yici/network';
import { expect } from 'chai';
import { GatewayProcess } from '../gateway/support/process.js';
import { worldTopology } from '../gateway/support/world.js';
import { configFile, connectionOf } from './support/connection.js';

describe('yici-gateway with the engine fabric-network in its configuration file', function () {
  this.timeout(120_000);
  let directory: string;
  let network: EmbeddedNetwork;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'yici-sdk-process-'));
    const state = join(directory, 'state');
    network = await openEmbeddedNetwork({ topology: worldTopology, directory: state });
  });

  after(async () => {
    await network.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const start = (engine: unknown) =>
    new GatewayProcess([
      '--config',
      configFile(directory, engine),
      '--state',
      join(directory, 'gateway'),
      '--port',
      '0',
    ]);
  const connection = () => connectionOf(network, join(directory, 'state'));

  it('comes up, reads the channel, and goes down when told to', async () => {
    const running = start(connection());
    const ready = await running.ready;
    expect(ready.genesisHash).to.equal(network.genesisHash);
    const { ok } = await fetch(`${ready.url}/v1/network`);
    expect(ok).to.equal(true);
    expect(await running.stop()).to.deep.equal({ code: 0, errors: '' });
  });

  it('ends with a sentence and a code when no peer answers', async () => {
    const peers = connection().peers.map((one) => ({ ...one, url: 'grpcs://127.0.0.1:1' }));
    const { code, errors } = await start({ ...connection(), peers }).ended;
    expect(code).to.equal(3);
    expect(JSON.parse(errors)).to.have.nested.property('error.code', 'PEER_UNAVAILABLE');
  });
});
