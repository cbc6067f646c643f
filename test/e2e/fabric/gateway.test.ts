import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { GatewayError } from '@hyperledger/fabric-gateway';
import { createPemSigner, YiciClient } from '@yici/client';
import type { FabricNetwork, TopologyInput } from '@yici/network/testing';
import { expect } from 'chai';
import { z } from 'zod';
import { Api } from '../../integration/gateway/support/api.js';
import { EventReader } from '../../integration/gateway/support/event-stream.js';
import { connectWith } from '../../integration/topology/support.js';
import { needsFabric } from '../../support/fabric.js';
import {
  nativeDepartments,
  nativeMsp,
  nativeTopology,
  openNative,
  temporaryFolder,
} from '../../support/fabric-network.js';
import { ChannelChanges } from '../../support/operations/channel-changes.js';
import { RawClient } from '../../support/peer/raw-client.js';
import { refusesWrongPeers } from '../../support/gateway/wrong-peers.js';

const program = fileURLToPath(new URL('main.js', import.meta.resolve('@yici/gateway/testing')));
const registration = (id: string) => ({
  ...{ id, name: { zh: id, en: id } },
  ...{ level: 'city', regionCode: '331100' },
});

/** A program of the console's suites: what an official sees there of the ledger. */
const look = fileURLToPath(new URL('../console/support/look-at-ledger.js', import.meta.url));
const seenSchema = z.object({ endorsers: z.number(), members: z.array(z.string()) });

const readySchema = z.object({
  url: z.url(),
  engine: z.string(),
  genesisHash: z.string(),
  accountsMade: z.array(z.string()),
});

function withGatewayUser(topology: TopologyInput): TopologyInput {
  const departments = topology.departments.map((one) =>
    one.id === 'data'
      ? {
          ...one,
          users: [
            ...(one.users ?? []),
            { name: 'data.gateway', role: 'gateway' as const },
            { name: 'data.service1', role: 'service' as const },
          ],
        }
      : one,
  );
  return { ...topology, departments };
}

describe('a gateway over its department’s own peer, from the file that the network wrote', function () {
  this.timeout(240_000);
  let directory: string;
  let network: FabricNetwork;
  let gateway: ChildProcess;
  let ready: z.infer<typeof readySchema>;

  before(async function () {
    directory = temporaryFolder();
    needsFabric(this, 'peer', 'orderer');
    network = await openNative(directory, withGatewayUser(nativeTopology()));
    const args = ['--config', join(directory, 'gateway.yaml'), '--port', '0', '--ready-json'];
    gateway = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const { stdout } = gateway;
    if (stdout === null) return;
    const [line] = (await once(createInterface({ input: stdout }), 'line')) as [string];
    ready = readySchema.parse(JSON.parse(line));
  });

  after(async () => {
    if ((gateway as ChildProcess | undefined)?.exitCode === null) {
      const ended = once(gateway, 'exit');
      gateway.kill('SIGTERM');
      await ended;
    }
    await (network as FabricNetwork | undefined)?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const pins = () => ({
    ...{ channel: network.channel, chaincode: 'yici', genesisHash: network.genesisHash },
    gateways: [{ audience: `data.gateway@${network.channel}`, addresses: [ready.url] }],
  });

  const client = async (user: string): Promise<YiciClient> => {
    const { mspId, certificatePem, keyPem } = await network.identity(user);
    const sign = createPemSigner(keyPem);
    const identity = { mspId, certificate: certificatePem, sign, pins: pins() };
    const opened = new YiciClient({ baseUrl: ready.url, identity });
    await opened.login();
    return opened;
  };

  const register = async (id: string): Promise<number> => {
    const head = await client(`${id}.head1`);
    return (await head.execute('department.register', registration(id))).block;
  };

  const eventually = async <T>(attempt: () => Promise<T>): Promise<T> => {
    const deadline = performance.now() + 60_000;
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        if (performance.now() > deadline) throw error;
        await delay(500);
      }
    }
  };

  /**
   * Until the Data Bureau's peer reaches that of another department. One that dies before that keeps it from hearing of the
   * rest until there is a new block: Fabric's gossip drops what others tell of all when it knows one of them not
   * (gossip/channel handleStateInfSnapshot).
   */
  const reaches = (mspId: string, id: string) =>
    eventually(async () => {
      const raw = new RawClient(await network.identity(`${id}.head1`), network.channel);
      const args = ['department:register', JSON.stringify(registration(id))];
      const { bytes } = raw.proposal({ chaincode: 'yici', args, timestamp: new Date() });
      await network.peer(nativeMsp.data).endorse(raw.endorseRequest(raw.signed(bytes), [mspId]));
    });

  it('serves the network and says that it is no single point of trust', async () => {
    expect(ready).to.deep.include({ engine: 'fabric', genesisHash: network.genesisHash });
    expect(ready.accountsMade).to.deep.equal(['data.service1']);
    const facts = await (await client('data.clerk1')).network();
    expect(facts).to.include({ engine: 'fabric', onePointOfTrust: false, channel: 'native' });
  });

  it('goes on through the second peer while its own is away, and comes back to its own', async () => {
    await register('data');
    await network.stopNode('peer0.data');
    await register('finance');
    await network.startNode('peer0.data');
    await reaches(nativeMsp.establishment, 'hrss');
    // The second peer, which stood in, is the next department's: the establishment office's.
    const reached = await register('hrss');
    await network.stopNode('peer0.establishment');
    // A peer that has just started learns by gossip who else can endorse.
    expect(await eventually(() => register('establishment'))).to.be.greaterThan(reached);
    await network.startNode('peer0.establishment');
  });

  it('has a console in which an official’s own browser verifies what the departments’ nodes wrote and signed', async () => {
    const folder = join(directory, 'identities', 'data.head1');
    const connection = join(directory, 'connection.json');
    const written = JSON.parse(readFileSync(join(folder, 'connection.json'), 'utf8')) as object;
    // The system chose this gateway's port.
    const { gateways } = pins();
    writeFileSync(connection, JSON.stringify({ ...written, gateways }));
    const files = [join(folder, 'cert.pem'), join(folder, 'key.pem'), connection];
    const { stdout } = await promisify(execFile)(process.execPath, [look, ready.url, ...files]);
    const { endorsers, members } = seenSchema.parse(JSON.parse(stdout));
    expect(endorsers).to.be.greaterThan(1);
    expect(members.join()).to.include(nativeMsp.data).and.to.include(nativeMsp.hrss);
  });

  it('hears nothing more of whom the department revokes, once the channel has its list: neither a session with its stream nor an account; the peer neither', async () => {
    const api = new Api(ready.url, (user) => network.identity(user));
    const { token } = await api.login('data.clerk1');
    const keys = JSON.parse(
      readFileSync(join(directory, 'gateway/custody/api-keys.json'), 'utf8'),
    ) as Record<string, string>;
    const codeOf = async (bearer: string | undefined) =>
      (await api.call('GET', '/v1/sessions/current', { token: bearer! })).at('code');
    const stream = await EventReader.open(`${ready.url}/v1/events`, {
      authorization: `Bearer ${token}`,
    });
    const changes = new ChannelChanges({
      ...{ state: directory, folder: directory, departments: nativeDepartments },
      ...{ genesisHash: network.genesisHash, startAgain: (name) => network.startNode(name) },
    });
    const call = (user: string) => {
      const { gateway: fabric, close, ...at } = connectWith(join(directory, 'identities', user));
      const contract = fabric.getNetwork(at.channel).getContract(at.chaincode);
      return contract.evaluateTransaction('org.hyperledger.fabric:GetMetadata').finally(close);
    };
    const list = await changes.revokes('data.clerk1', 'data.service1');
    await call('data.clerk1');
    const before = [await codeOf(token), await codeOf(keys['data.service1'])];
    expect(before, 'a list in a folder binds nobody').to.deep.equal([undefined, undefined]);
    await changes.lists('data', list);
    await stream.ended;
    expect(await codeOf(token)).to.equal('UNAUTHENTICATED');
    expect(await codeOf(keys['data.service1'])).to.equal('CERTIFICATE_REVOKED');
    const { mspId, certificatePem: certificate } = await network.identity('data.clerk1');
    const again = await api.call('POST', '/v1/sessions/challenge', {
      body: { mspId, certificate },
    });
    expect([again.status, again.at('code')]).to.deep.equal([403, 'CERTIFICATE_REVOKED']);
    // Its own peer may hear of the block after the one that the gateway read it from.
    await eventually(async () => {
      const refusal: unknown = await call('data.clerk1').catch((error: unknown) => error);
      expect(refusal).to.be.instanceOf(GatewayError);
      expect(JSON.stringify(refusal)).to.match(/access denied/);
    });
    await call('data.head1');
    expect((await api.login('data.head1')).session.status).to.equal(201);
  });

  describe('pointed at another peer', () => {
    refusesWrongPeers(() => ({ folder: directory, topology: network.topology }));
  });
});
