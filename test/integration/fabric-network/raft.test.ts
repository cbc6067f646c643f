import './support/quiet.js';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  apiKeysFile,
  createLogger,
  importWallet,
  openGateway,
  type Engine,
  type Gateway,
} from '@yici/gateway/testing';
import { validationCode } from '@yici/ledger';
import type { FabricNetwork } from '@yici/network/testing';
import { expect } from 'chai';
import { needsFabric } from '../../support/fabric.js';
import { openNative, temporaryFolder } from '../../support/fabric-network.js';
import { Api } from '../gateway/support/api.js';
import { listen, worldTopology } from '../gateway/support/world.js';
import { Caller, endorsersOf } from './support/caller.js';
import { configFile, connectionOf, engineFrom } from './support/connection.js';
import { writeWallet } from './support/wallet.js';

const account = 'data.head1';
const registration = {
  id: 'data',
  name: { zh: 'data', en: 'data' },
  level: 'city',
  regionCode: '331100',
  functions: ['leadAuthority'],
};

describe('fabric-network on a real Raft channel', function () {
  this.timeout(400_000);
  let directory: string;
  let network: FabricNetwork;
  let engine: Engine;
  let gateway: Gateway;
  let api: Api;
  let apiKey: string;

  before(async function () {
    needsFabric(this, 'peer', 'orderer');
    directory = temporaryFolder();
    const state = join(directory, 'state');
    network = await openNative(state, {
      ...worldTopology,
      channel: 'raft',
      engine: 'fabric',
      ordering: 'raft',
    });
    engine = await engineFrom(configFile(directory, connectionOf(network, state)));
    const wallet = join(directory, 'wallet');
    const custody = join(directory, 'gateway', 'custody');
    await writeWallet(wallet, account, await network.identity(account));
    importWallet({ wallet, label: account, custody });
    const keys = JSON.parse(readFileSync(join(custody, apiKeysFile), 'utf8')) as Record<
      string,
      string
    >;
    apiKey = keys[account]!;
    gateway = await openGateway(
      {
        channel: engine.channel,
        chaincode: engine.chaincode,
        engine: engine.kind,
        audience: 'raft',
        directory: join(directory, 'gateway'),
      },
      { peer: engine.peer, identity: engine.identity, logger: createLogger('silent') },
    );
    await gateway.caughtUp();
    api = new Api(await listen(gateway), (user) => network.identity(user));
  });

  after(async function () {
    this.timeout(60_000);
    // What a failed start did not get to is not there.
    await (gateway as Gateway | undefined)?.close();
    await (engine as Engine | undefined)?.close();
    await (network as FabricNetwork | undefined)?.close();
    if (directory) rmSync(directory, { recursive: true, force: true });
  });

  it('commits a custodial account’s command, endorsed by every department’s own peer', async () => {
    const done = await api.call('POST', '/v1/departments', { body: registration, token: apiKey });
    expect([done.status, done.at('state')], done.text).to.deep.equal([200, 'committed']);
    const read = await api.call('GET', '/v1/departments/data', { token: apiKey });
    expect(read.at('mspId')).to.equal('DataMSP');
  });

  it('answers a contract’s refusal in the contract’s words', async () => {
    const again = await api.call('POST', '/v1/departments', { body: registration, token: apiKey });
    expect([again.status, again.at('code')], again.text).to.deep.equal([409, 'ALREADY_EXISTS']);
  });

  it('reports that the later of two conflicting transactions lost', async () => {
    const head = new Caller(engine, network.channel, await network.identity('establishment.head1'));
    const input = { ...registration, id: 'establishment', functions: ['establishment'] };
    const args = ['department:register', JSON.stringify(input)];
    const first = await head.endorse(args);
    expect(endorsersOf(first)).to.have.length(4);
    const second = await head.endorse(args);
    await head.submit(first);
    await head.submit(second);
    expect((await head.status(first.txId)).code).to.equal(validationCode.VALID);
    const lost = await head.status(second.txId);
    expect(lost.code).to.equal(validationCode.MVCC_READ_CONFLICT);
  });
});
