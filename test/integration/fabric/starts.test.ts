import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataFolder } from '@yici/network';
import {
  acceptsConnections,
  departmentPaths,
  isLocked,
  NetworkError,
  openFabricNetwork,
  prepareFolder,
  readRunning,
  resolveTopology,
  type Topology,
} from '@yici/network/testing';
import type { Contract } from '@hyperledger/fabric-gateway';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { z } from 'zod';
import { sayIn } from '@yici/terminal';
import {
  isAlive,
  nativeTopology,
  openNative,
  temporaryFolder,
} from '../../support/fabric-network.js';
import { program, release, tarGz } from '../../support/fabric-binaries/archive.js';
import { Cache } from '../../support/fabric-binaries/cache.js';
import { needsFabric } from '../../support/fabric.js';
import { writeForeignContract } from '../topology/contracts.js';
import { connectWith, yiciNetwork } from '../topology/support.js';

const day = 86_400_000;
const nodes = z.array(
  z.object({ name: z.string(), running: z.boolean(), pid: z.number().optional() }),
);

const failure = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

async function refusal(work: Promise<unknown>): Promise<NetworkError> {
  const outcome = await work.then(
    () => 'no refusal',
    (error: unknown) => error,
  );
  expect(outcome).to.be.instanceOf(NetworkError);
  return outcome as NetworkError;
}

describe('starting native nodes', function () {
  this.timeout(180_000);
  let directory: string;

  beforeEach(() => {
    directory = temporaryFolder();
  });

  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });

  const entries = () =>
    nodes.parse(JSON.parse(readFileSync(dataFolder(directory).nodes, 'utf8')) as unknown);

  const nothingRuns = async (topology: Topology): Promise<void> => {
    expect(entries().filter(({ running }) => running)).to.deep.equal([]);
    for (const { ports } of topology.departments) {
      for (const port of Object.values(ports).map((each) => each ?? 0)) {
        expect(await acceptsConnections(port), String(port)).to.equal(false);
      }
    }
    expect(await isLocked(dataFolder(directory))).to.equal(false);
  };

  /** What a start would make, at another time than now. */
  const prepared = async (change: Parameters<typeof nativeTopology>[0], now: Date) => {
    const folder = dataFolder(directory);
    const topology = await resolveTopology({ topology: nativeTopology(change) }, folder);
    return prepareFolder(topology, folder, now).topology;
  };

  /** What the head of a department is answered by the chaincode of the folder's network. */
  const asHead = async (ask: (contract: Contract) => Promise<Uint8Array>): Promise<string> => {
    const { gateway, channel, chaincode, close } = connectWith(
      join(directory, 'identities/hrss.head1'),
    );
    try {
      return Buffer.from(await ask(gateway.getNetwork(channel).getContract(chaincode))).toString();
    } finally {
      close();
    }
  };

  it('refuses without binaries before it writes anything, and says how to get them', async () => {
    const empty = mkdtempSync(join(tmpdir(), 'yici-empty-'));
    const made = join(directory, 'made');
    const error = await refusal(
      openFabricNetwork({ directory: made, topology: nativeTopology(), binDir: empty }),
    );
    expect(error.code).to.equal('FABRIC_NOT_INSTALLED');
    expect(error.message).to.include('fabric install');
    expect(existsSync(made)).to.equal(false);
    rmSync(empty, { recursive: true });
  });

  it('refuses binaries of another version or for another platform before it writes anything', async () => {
    const cache = new Cache();
    await cache.installBytes(tarGz(release()));
    const made = join(directory, 'made');
    const start = (orderer: string) => {
      writeFileSync(join(cache.installed, 'bin', 'orderer'), orderer);
      return refusal(
        openFabricNetwork({
          directory: made,
          topology: nativeTopology(),
          binDir: join(cache.installed, 'bin'),
        }),
      );
    };
    const older = await start(program('v2.5.0'));
    expect(older.code).to.equal('FABRIC_VERSION_MISMATCH');
    expect(older.message).to.include('is Fabric 2.5.0').and.to.include('fabric install');
    const foreign = await start(program('v3.1.5', 'plan9/mips'));
    expect(foreign.code).to.equal('FABRIC_PLATFORM_MISMATCH');
    expect(foreign.message).to.include('was built for plan9/mips');
    expect(existsSync(made)).to.equal(false);
    cache.remove();
  });

  it('refuses a topology that names one MSP twice, says where, and writes nothing', async function () {
    const topology = nativeTopology();
    const [first, second] = topology.departments;
    Object.assign(second ?? {}, { mspId: first?.mspId });
    const file = join(directory, 'city.yaml');
    writeFileSync(file, stringify(topology));
    const made = join(directory, 'made');
    const { code, err } = await yiciNetwork('up', '--topology', file, '--dir', made, '--json');
    expect(code).to.equal(2);
    const error = failure.parse(JSON.parse(err.trim().split('\n').at(-1) ?? '')).error;
    expect(error.code).to.equal('TOPOLOGY_INVALID');
    expect(error.message).to.include('departments.1.mspId');
    expect(existsSync(made)).to.equal(false);
  });

  it('names a port of any node that is taken before it starts one', async function () {
    needsFabric(this, 'peer', 'orderer');
    const server = createServer().listen({ port: 0, host: '127.0.0.1' });
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const topology = nativeTopology();
    const [first] = topology.departments;
    Object.assign(first?.ports ?? {}, { ordererAdmin: port });
    const error = await refusal(openNative(directory, topology));
    expect(error.code).to.equal('PORT_IN_USE');
    expect(error.details['addresses']).to.deep.equal([`127.0.0.1:${port}`]);
    expect(existsSync(dataFolder(directory).topology)).to.equal(false);
    server.close();
  });

  it('refuses nodes whose certificates have ended, and names them', async function () {
    needsFabric(this, 'peer', 'orderer');
    await prepared({ certificateDays: 1 }, new Date(Date.now() - 3 * day));
    const error = await refusal(openNative(directory));
    expect(error.code).to.equal('CERTIFICATE_EXPIRED');
    expect(error.details['expired']).to.have.length(44);
    expect(existsSync(dataFolder(directory).nodes)).to.equal(false);
  });

  it('leaves nothing running when one node does not start, and shows the end of its log', async function () {
    needsFabric(this, 'peer', 'orderer');
    const topology = await prepared({}, new Date());
    writeFileSync(departmentPaths(directory, 'hrss').peer.tls.key, 'not a key');
    const error = await refusal(openNative(directory));
    expect(error.code).to.equal('NODE_FAILED');
    expect(error.details).to.include({ node: 'peer0.hrss' });
    expect(error.details['output'])
      .to.be.a('string')
      .and.match(/TLS|key/);
    await nothingRuns(topology);
  });

  it('leaves nothing running when a start is given up', async function () {
    needsFabric(this, 'peer', 'orderer');
    const giveUp = new AbortController();
    const topology = await prepared({}, new Date());
    const error = await refusal(
      openFabricNetwork({
        directory,
        binDir: process.env['YICI_FABRIC_BIN'],
        signal: giveUp.signal,
        progress: (text) => {
          if (sayIn('en')(text).startsWith('Peers join')) giveUp.abort();
        },
      }),
    );
    expect(error.code).to.be.oneOf(['CLOSED', 'NODE_FAILED', 'CHANNEL_NOT_READY']);
    await nothingRuns(topology);
  });

  it('orders with raft when the topology says so', async function () {
    needsFabric(this, 'peer', 'orderer');
    const topology = nativeTopology({ ordering: 'raft' }, (id) => id !== 'data');
    const network = await openNative(directory, topology);
    try {
      const { out } = await yiciNetwork('status', '--dir', directory);
      expect(out).to.match(/^主节点 orderer0\./m);
      const client = connectWith(join(directory, 'identities', 'data.head1'));
      const contract = client.gateway.getNetwork(client.channel).getContract(client.chaincode);
      const input = { id: 'data', name: { zh: 'a', en: 'a' }, level: 'city', regionCode: '331100' };
      await contract.submitTransaction('department:register', JSON.stringify(input));
      client.close();
    } finally {
      await network.close();
    }
    await nothingRuns(network.topology);
  });

  it('ends every node when its supervisor is killed; the next start approves code that changed, and keeps the data', async function () {
    needsFabric(this, 'peer', 'orderer');
    const file = join(directory, 'city.yaml');
    const path = writeForeignContract(join(directory, 'contract'));
    const topology = nativeTopology({ chaincode: { name: 'foreign', path } });
    writeFileSync(file, stringify({ ...topology, engine: 'embedded' }));
    const at = ['--dir', directory, '--json'];
    const up = await yiciNetwork('up', '--engine', 'fabric', '--topology', file, ...at);
    expect(up.code, up.err).to.equal(0);
    const pids = entries().flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
    expect(pids).to.have.length(12);
    await asHead((contract) => contract.submitTransaction('put', 'colour', 'blue'));
    const running = await readRunning(dataFolder(directory));
    process.kill(running?.pid ?? 0, 'SIGKILL');
    const deadline = Date.now() + 20_000;
    while (pids.some(isAlive)) {
      expect(Date.now(), 'nodes outlive their supervisor').to.be.lessThan(deadline);
      await delay(100);
    }
    appendFileSync(join(path, 'index.js'), '// mended\n');
    const again = await yiciNetwork('up', ...at, '--lang', 'en');
    expect(again.code, again.err).to.equal(0);
    expect(again.err).to.include('hrss approves chaincode foreign 1.0, package ');
    expect(await asHead((contract) => contract.evaluateTransaction('get', 'colour'))).to.equal(
      'blue',
    );
    await asHead((contract) => contract.submitTransaction('put', 'colour', 'mended'));
    const down = await yiciNetwork('down', ...at);
    expect(down.code, down.err).to.equal(0);
    const reset = await yiciNetwork('reset', ...at);
    expect(reset.code, reset.err).to.equal(0);
    expect(existsSync(dataFolder(directory).fabric)).to.equal(false);
  });
});
