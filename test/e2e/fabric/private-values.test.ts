import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createLogger, openFabricEngine, openGateway, type Gateway } from '@yici/gateway';
import type { FabricNetwork, TopologyInput } from '@yici/network';
import { expect } from 'chai';
import { z } from 'zod';
import { needsFabric } from '../../support/fabric.js';
import { openNative, temporaryFolder } from '../../support/fabric-network.js';
import { Answer, Api } from '../../integration/gateway/support/api.js';
import {
  commit,
  openDataset,
  publishDataset,
  seed,
} from '../../integration/gateway/support/story.js';
import { listen, worldTopology } from '../../integration/gateway/support/world.js';

/** The four departments with a node of each kind, and a gateway's user for those that have one here. */
const topology: TopologyInput = {
  ...worldTopology,
  engine: 'fabric',
  departments: worldTopology.departments.map((one) => ({
    ...one,
    ports: { peer: 0, ...(one.orderer === true ? { orderer: 0 } : {}) },
    users: [...(one.users ?? []), { name: `${one.id}.gateway`, role: 'gateway' as const }].filter(
      ({ name }, index, all) => all.findIndex((user) => user.name === name) === index,
    ),
  })),
};

const shanghai = (days: number) =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** Random text that nobody else has: whatever file holds a piece of it holds what is confidential. */
const random = (bytes: number) => randomBytes(bytes).toString('hex');
const confidential = { code: 'count', value: random(200), salt: random(32) };
const documentText = random(400);
const documentSalt = randomBytes(32);
const sealed = {
  code: confidential.code,
  digestAlg: 'sha256',
  digest: createHash('sha256')
    .update(Buffer.from(confidential.salt, 'hex'))
    .update(confidential.value, 'utf8')
    .digest('hex'),
};

/** Pieces of 12 characters, plain and as they stand inside base64: compression between them does not hide them. */
function piecesOf(text: string): Buffer[] {
  const forms = [
    text,
    ...[0, 1, 2].map((skip) => Buffer.from(text.slice(skip)).toString('base64')),
  ];
  return forms.flatMap((form) =>
    (form.match(/.{12}/g) ?? []).map((piece) => Buffer.from(piece, 'ascii')),
  );
}
const values = [confidential.value, confidential.salt].flatMap(piecesOf);
const documents = [...piecesOf(documentText), documentSalt];

const holds = (bytes: Uint8Array, pieces: readonly Buffer[]) =>
  pieces.some((piece) => Buffer.from(bytes).includes(piece));

function filesWith(folder: string, pieces: readonly Buffer[]): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => holds(readFileSync(file), pieces))
    .map((file) => relative(folder, file))
    .sort();
}

/** A file of the three stores of a department's own peer that hold private data by Fabric's design; blocks are not among them. */
const isStoreOf = (id: string) => (file: string) =>
  ['ledgersData/pvtdataStore', 'ledgersData/stateLeveldb', 'transientstore'].some((store) =>
    file.startsWith(`fabric/${id}/peer/data/${store}/`),
  );

const connection = z.looseObject({ endpoint: z.string(), tlsHostname: z.string() });

describe('confidential values on real Fabric', function () {
  this.timeout(400_000);
  const parties = ['establishment', 'offices'];
  const doors = new Map<string, { gateway: Gateway; api: Api; close: () => Promise<void> }>();
  const lines: string[] = [];
  let directory: string;
  let network: FabricNetwork;

  before(async function () {
    directory = temporaryFolder();
    needsFabric(this, 'peer', 'orderer');
    network = await openNative(directory, topology);
    for (const id of [...parties, 'data']) doors.set(id, await openDoor(id));
    await seed(at('data'));
    await publishDataset(
      at('data'),
      'establishment',
      openDataset('establishment.headcount', 'count'),
    );
  });

  after(async () => {
    for (const { close } of doors.values()) await close();
    await (network as FabricNetwork | undefined)?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** A department's own gateway over its own peer, in a folder of its own. */
  async function openDoor(id: string) {
    const folder = join(directory, 'identities', `${id}.gateway`);
    const { endpoint, tlsHostname } = connection.parse(
      JSON.parse(readFileSync(join(folder, 'connection.json'), 'utf8')),
    );
    const { mspId } = topology.departments.find((one) => one.id === id) ?? { mspId: '' };
    const engine = await openFabricEngine(
      {
        kind: 'fabric',
        channel: topology.channel,
        chaincode: 'yici',
        endpoint,
        tlsHostname,
        tlsRoot: join(folder, 'tls-ca.pem'),
        mspId,
        certificate: join(folder, 'cert.pem'),
        key: join(folder, 'key.pem'),
        fallback: [],
        deadline: 30_000,
        startWithin: 60_000,
      },
      [],
    );
    const gateway = await openGateway(
      {
        channel: topology.channel,
        chaincode: 'yici',
        engine: engine.kind,
        audience: id,
        directory: join(directory, 'doors', id),
        limits: { requestsPerMinute: 0, loginsPerMinute: 0 },
      },
      {
        peer: engine.peer,
        identity: engine.identity,
        ...(engine.departments === undefined ? {} : { departments: engine.departments }),
        logger: createLogger('debug', { write: (line) => lines.push(line) }),
      },
    );
    await gateway.caughtUp();
    const api = new Api(await listen(gateway), (user) => network.identity(user));
    const close = async () => {
      await gateway.close();
      await engine.close();
    };
    return { gateway, api, close };
  }

  const at = (id: string): Api => doors.get(id)!.api;
  const path = '/v1/shares/share-1';
  const leaks = () => filesWith(directory, values);

  it('reach provider and requester, through their own gateways', async () => {
    const term = { from: shanghai(0), to: shanghai(20) };
    await commit(at('offices'), 'offices.clerk1', '/v1/shares', {
      shareId: 'share-1',
      datasetId: 'establishment.headcount',
      basis: { law: '机关事务管理条例', clause: '第二十一条', text: '（条文）' },
      scenario: '办公用房核定',
      fields: ['count'],
      method: 'interface',
      term,
    });
    await commit(at('offices'), 'offices.head1', `${path}/consent`, {});
    await commit(at('data'), 'establishment.clerk1', `${path}/grant`, {
      purpose: '办公用房核定',
      period: term,
      uses: ['核对'],
      retention: { value: 3, unit: 'workingDay' },
      conditions: [],
    });
    const body = { fields: [sealed], private: { values: [confidential] } };
    await commit(at('establishment'), 'establishment.service1', `${path}/deliver`, body);
    for (const [id, user] of [
      ['establishment', 'establishment.clerk1'],
      ['offices', 'offices.head1'],
    ] as const) {
      await doors.get(id)!.gateway.caughtUp();
      const held = await at(id).get(user, `${path}/values`);
      expect(held.at('deliveries.0.values.0'), held.text).to.deep.equal(confidential);
    }
  });

  it('come with a document that stays encrypted at the gateway that took it in', async () => {
    const { token } = await at('establishment').as('establishment.clerk1');
    const response = await fetch(`${at('establishment').url}/v1/documents`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/pdf',
        'x-document-name': 'a.pdf',
        'x-document-salt': documentSalt.toString('base64'),
      },
      body: `%PDF-1.7\n${documentText}`,
    });
    const taken = new Answer(response, await response.text());
    expect(taken.status, taken.text).to.equal(201);
    expect(filesWith(directory, documents)).to.deep.equal([]);
    expect(holds(Buffer.from(lines.join('')), documents)).to.equal(false);
  });

  it('stand in the peers’ folders of the two, and in no block, log, index or state of anybody else', () => {
    const found = leaks();
    for (const id of parties) {
      expect(found.filter(isStoreOf(id)), `${id} has them`).to.not.deep.equal([]);
    }
    expect(found.filter((file) => !parties.some((id) => isStoreOf(id)(file)))).to.deep.equal([]);
    expect(holds(Buffer.from(lines.join('')), values)).to.equal(false);
  });

  it('are given to nobody once they are purged', async () => {
    await commit(at('offices'), 'offices.clerk1', `${path}/end`, { reason: 'purposeMet' });
    await commit(at('offices'), 'offices.clerk1', `${path}/dispose`, { note: '已删除' });
    for (const [id, user] of [
      ['establishment', 'establishment.clerk1'],
      ['offices', 'offices.head1'],
    ] as const) {
      await doors.get(id)!.gateway.caughtUp();
      const held = await at(id).get(user, `${path}/values`);
      expect(held.at('deliveries'), held.text).to.deep.equal([]);
    }
    // The bytes lie in the stores of the two until LevelDB writes those files anew (docs/threat-model.md), and nowhere else.
    expect(leaks().filter((file) => !parties.some((id) => isStoreOf(id)(file)))).to.deep.equal([]);
    expect(holds(Buffer.from(lines.join('')), values)).to.equal(false);
  });
});
