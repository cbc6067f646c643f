import './support/quiet.js';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { GatewayError, toGatewayError, type Engine } from '@yici/gateway/testing';
import { encodeGenesis, parseTopology, readMaterial } from '@yici/network/testing';
import { expect } from 'chai';
import { rejection } from '../../support/peer/rejection.js';
import { fileCase } from '../gateway/support/story.js';
import { worldTopology } from '../gateway/support/world.js';
import { alteredSdk } from './support/altered-sdk.js';
import { Caller, endorsersOf, failureOf } from './support/caller.js';
import { configFile, connectionOf, engineFrom, type ImportSdk } from './support/connection.js';
import { openDoor, type Door } from './support/door.js';
import { Relay } from './support/relay.js';

type Connection = ReturnType<typeof connectionOf>;

const closedPort = 'grpcs://127.0.0.1:1';

describe('fabric-network and what can go wrong', function () {
  this.timeout(180_000);
  let door: Door;
  let args: readonly string[];

  before(async () => {
    door = await openDoor();
  });

  beforeEach(async () => {
    const caseNo = await fileCase(door.world.api, 'data.clerk1');
    args = ['case:receive', JSON.stringify({ caseNo, voucherNo: 'V1' })];
  });

  after(() => door.close());

  const state = () => join(door.world.directory, 'state');

  /** A caller over an engine of its own; the connection may be bent, the SDK too. */
  const through = async (
    bend: (connection: Connection) => Connection,
    importSdk?: ImportSdk,
  ): Promise<{ engine: Engine; clerk: Caller }> => {
    const { network, directory } = door.world;
    const file = configFile(directory, bend(connectionOf(network, state())));
    const engine = await engineFrom(file, importSdk);
    const identity = await network.identity('offices.clerk1');
    return { engine, clerk: new Caller(engine, network.channel, identity) };
  };

  const down =
    (...mspIds: readonly string[]) =>
    (connection: Connection): Connection => ({
      ...connection,
      peers: connection.peers.map((one) =>
        mspIds.includes(one.mspId) ? { ...one, url: closedPort } : one,
      ),
    });

  const unchanged = (connection: Connection): Connection => connection;

  it('endorses without one department’s peer, and says who is missing when too many are', async () => {
    const one = await through(down('SupervisionMSP'));
    expect(endorsersOf(await one.clerk.endorse(args))).to.have.members([
      'EstablishmentMSP',
      'OfficesMSP',
      'DataMSP',
    ]);
    await one.engine.close();
    const two = await through(down('SupervisionMSP', 'OfficesMSP'));
    const failure = await failureOf(two.clerk.endorse(args));
    expect(failure.code).to.equal(14);
    expect(failure.details.map(({ mspId }) => mspId)).to.have.members([
      'SupervisionMSP',
      'OfficesMSP',
    ]);
    expect(toGatewayError(failure)).to.include({ code: 'PEER_UNAVAILABLE' });
    await two.engine.close();
  });

  it('asks a department’s second peer, and for queries another department’s, when the first is down', async () => {
    const { engine, clerk } = await through((connection) => {
      const [first] = connection.peers.filter(({ mspId }) => mspId === 'OfficesMSP');
      const others = down('DataMSP')(connection).peers;
      return { ...connection, peers: [{ ...first!, url: closedPort }, ...others] };
    });
    expect(endorsersOf(await clerk.endorse(args))).to.include('OfficesMSP');
    await engine.close();
  });

  it('gives the code PEER_UNAVAILABLE for blocks, queries and writes when no peer answers', async () => {
    const { engine, clerk } = await through(
      down('DataMSP', 'OfficesMSP', 'EstablishmentMSP', 'SupervisionMSP'),
    );
    for (const call of [clerk.evaluate('yici', 'case:get', '{}'), clerk.endorse(args)]) {
      expect(toGatewayError(await failureOf(call))).to.include({ code: 'PEER_UNAVAILABLE' });
    }
    const refused = await rejection(
      door.world.another('no-peer', { engine: 'fabric' }, engine.peer),
      GatewayError,
    );
    expect(refused.code).to.equal('PEER_UNAVAILABLE');
    await engine.close();
  });

  it('knows at once while a peer is away, and finds it again when it is back', async () => {
    const relay = new Relay(door.world.network.topology.departments[2]!.ports.peer);
    await relay.start();
    const { engine, clerk } = await through((connection) => {
      const own = connection.peers.filter(({ mspId }) => mspId === 'DataMSP');
      return {
        ...connection,
        peers: own.map((one) => ({ ...one, url: `grpcs://127.0.0.1:${relay.port}` })),
      };
    });
    const height = () => clerk.evaluate('qscc', 'GetChainInfo', door.world.network.channel);
    await height();
    await relay.stop();
    expect((await failureOf(height())).code).to.equal(14);
    await failureOf(height());
    const started = performance.now();
    expect((await failureOf(height())).code).to.equal(14);
    expect(performance.now() - started).to.be.lessThan(1_000);
    await relay.start();
    while (!(await height().catch(() => undefined))) await delay(50);
    await engine.close();
    await relay.stop();
  });

  it('passes on to the next orderer, and says so when none takes the envelope', async () => {
    const dead = { ...connectionOf(door.world.network, state()).orderers[0]!, url: closedPort };
    const next = await through((one) => ({ ...one, orderers: [dead, ...one.orderers] }));
    const prepared = await next.clerk.endorse(args);
    const none = await through((one) => ({ ...one, orderers: [dead] }));
    const failure = await failureOf(none.clerk.submit(prepared));
    expect(failure.code).to.equal(14);
    expect(failure.details.map(({ address }) => address)).to.deep.equal(['127.0.0.1:1']);
    await next.clerk.submit(prepared);
    expect((await next.clerk.status(prepared.txId)).code).to.equal(0);
    await next.engine.close();
    await none.engine.close();
  });

  it('passes on an orderer’s refusal', async () => {
    const { engine, clerk } = await through(unchanged);
    const txId = '00';
    const failure = await failureOf(clerk.submit({ txId, payload: Uint8Array.of(1, 2, 3) }));
    expect(failure.code).to.equal(10);
    expect(failure.message).to.contain('status=BAD_REQUEST');
    await engine.close();
  });

  it('does not count a peer that belongs to another department than the file says', async () => {
    const { engine, clerk } = await through((connection) => {
      const data = connection.peers.find(({ mspId }) => mspId === 'DataMSP')!;
      const peers = connection.peers.map((one) =>
        one.mspId === 'OfficesMSP' ? { ...data, mspId: 'OfficesMSP' } : one,
      );
      return { ...connection, peers };
    });
    const organizations = ['OfficesMSP'];
    const failure = await failureOf(clerk.endorse(args, { organizations }));
    expect(failure.code).to.equal(10);
    expect(failure.details.map(({ message }) => message)).to.deep.equal([
      'the peer belongs to DataMSP, not to OfficesMSP',
    ]);
    await engine.close();
  });

  it('leaves out one peer whose result differs, and gives up when too few agree', async () => {
    const lying = (...liars: readonly string[]) =>
      alteredSdk((mspId, answer) => {
        if (answer.response.status !== 200 || !liars.includes(mspId)) return;
        answer.payload = Buffer.concat([answer.payload, Buffer.from(mspId)]);
      });
    const one = await through(unchanged, lying('OfficesMSP'));
    expect(endorsersOf(await one.clerk.endorse(args))).to.not.include('OfficesMSP');
    await one.engine.close();
    const two = await through(unchanged, lying('OfficesMSP', 'SupervisionMSP'));
    const failure = await failureOf(two.clerk.endorse(args));
    expect(failure).to.include({
      code: 10,
      message: 'ProposalResponsePayloads do not match',
    });
    await two.engine.close();
  });

  it('refuses a channel that SmartBFT orders', async () => {
    const { departments } = door.world.network.topology;
    const topology = parseTopology({ ...worldTopology, engine: 'fabric', departments });
    const genesis = Buffer.from(
      encodeGenesis({
        topology,
        material: readMaterial(topology, state()),
      }),
    );
    const { engine, clerk } = await through(
      unchanged,
      alteredSdk((_, answer) => {
        answer.response.payload = genesis;
      }),
    );
    const refused = await rejection(clerk.endorse(args), GatewayError);
    expect(refused.code).to.equal('ORDERING_UNSUPPORTED');
    await engine.close();
  });

  it('names the package to install when it is not there, or is not what it should be', async () => {
    const notFound = () =>
      Promise.reject(Object.assign(new TypeError('no module'), { code: 'MODULE_NOT_FOUND' }));
    const missing = await rejection(through(unchanged, notFound), GatewayError);
    expect(missing.code).to.equal('FABRIC_NETWORK_MISSING');
    expect(missing.message).to.contain('npm ci --prefix gateway/fabric-network');
    const other = await rejection(
      through(unchanged, () => Promise.resolve({ Client: 'none' })),
      GatewayError,
    );
    expect(other.code).to.equal('FABRIC_NETWORK_MISSING');
  });

  it('refuses a connection file that cannot work, with every offending field', async () => {
    const refused = await rejection(
      through((connection) => ({
        ...connection,
        endorsements: 9,
        peers: connection.peers.filter(({ mspId }) => mspId !== 'DataMSP'),
        orderers: connection.orderers.map((one) => ({ ...one, url: 'grpc://127.0.0.1:7050' })),
      })),
      GatewayError,
    );
    expect(refused.code).to.equal('CONFIG_INVALID');
    expect(refused.message).to.contain('engine.orderers.0.url');
    const policy = await rejection(
      through((connection) => ({
        ...connection,
        endorsements: 9,
        peers: connection.peers.filter(({ mspId }) => mspId !== 'DataMSP'),
      })),
      GatewayError,
    );
    expect(policy.message).to.contain('no peer of DataMSP').and.contain('engine.endorsements');
    const file = await rejection(
      through((connection) => ({
        ...connection,
        peers: connection.peers.map((one) => ({ ...one, tlsCaFile: '/nowhere.pem' })),
      })),
      GatewayError,
    );
    expect([file.code, file.message]).to.deep.equal([
      'CONFIG_INVALID',
      'The file /nowhere.pem cannot be used.',
    ]);
  });
});
