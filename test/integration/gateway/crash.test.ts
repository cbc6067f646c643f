import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openLevelStore } from '@yici/gateway/testing';
import { expect } from 'chai';
import { stringify } from 'yaml';
import { Api, type Answer } from './support/api.js';
import { GatewayProcess } from './support/process.js';
import { filing, seed } from './support/story.js';
import { worldTopology } from './support/world.js';

const rounds = 4;
const filings = 24;

describe('a gateway process that is killed under load', function () {
  this.timeout(240_000);
  let directory: string;
  let running: GatewayProcess;

  const start = (...more: string[]): GatewayProcess => {
    running = new GatewayProcess([
      '--state',
      join(directory, 'state'),
      '--topology',
      join(directory, 'topology.yaml'),
      '--port',
      '0',
      '--rate-limit',
      '0',
      '--no-listen-peers',
      ...more,
    ]);
    return running;
  };

  const apiOf = (url: string): Api =>
    new Api(url, (user) => {
      const read = (name: string) =>
        readFileSync(join(directory, 'state', 'identities', user, name), 'utf8');
      const { mspId } = JSON.parse(read('connection.json')) as { mspId: string };
      return Promise.resolve({ mspId, certificatePem: read('cert.pem'), keyPem: read('key.pem') });
    });

  const apiKey = (): string => {
    const file = join(directory, 'state', 'gateway', 'custody', 'api-keys.json');
    return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)['data.service1']!;
  };

  const file = (url: string, key: string): Promise<Answer> =>
    apiOf(url).call('POST', '/v1/cases?wait=20', {
      body: filing,
      token: apiKey(),
      headers: { 'idempotency-key': key },
    });

  before(() => {
    directory = mkdtempSync(join(tmpdir(), 'yici-gateway-crash-'));
    writeFileSync(join(directory, 'topology.yaml'), stringify(worldTopology));
  });

  after(async () => {
    await running.kill();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Everything in the index, read while no gateway has it open. */
  const dump = async (): Promise<[string, string][]> => {
    const store = await openLevelStore(join(directory, 'state', 'gateway', 'index'));
    const all: [string, string][] = [];
    for await (const [key, value] of store.range({ gte: '', lt: '\uffff' })) all.push([key, value]);
    await store.close();
    return all;
  };

  it('loses nothing that it acknowledged and does nothing twice, and its index is that of a rebuild', async () => {
    const first = await start().ready;
    await seed(apiOf(first.url));
    let url = first.url;
    const acknowledged = new Map<string, string>();
    for (let round = 0; round < rounds; round += 1) {
      const keys = Array.from({ length: filings }, (_, n) => `round-${round}-${n}`);
      const sent = keys.map((key) =>
        file(url, key).then(
          (answer) => {
            if (answer.at('state') === 'committed') acknowledged.set(key, answer.str('txId'));
          },
          () => undefined,
        ),
      );
      await pause(40 + Math.random() * 400);
      await running.kill();
      await Promise.all(sent);
      url = (await start().ready).url;
      for (const answer of await Promise.all(keys.map((key) => file(url, key)))) {
        expect(answer.at('state'), answer.text).to.equal('committed');
      }
    }
    await checkCases(url, acknowledged);
    await running.stop();
    const followed = await dump();
    await start('--rebuild-index').ready;
    await running.stop();
    expect(await dump()).to.deep.equal(followed);
  });

  async function checkCases(url: string, acknowledged: ReadonlyMap<string, string>): Promise<void> {
    const api = apiOf(url);
    const cases = await api.get('offices.clerk1', '/v1/cases?limit=200');
    expect(cases.list('items'), 'one case for each key').to.have.length(rounds * filings);
    for (const [key, txId] of acknowledged) {
      const again = await file(url, key);
      expect(again.at('txId'), key).to.equal(txId);
    }
    const events = await api.get('offices.clerk1', '/v1/blocks?limit=200');
    expect(events.status).to.equal(200);
  }

  it('refuses in one sentence, writing nothing: a port in use, a folder in use, an unusable option', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const { port } = taken.address() as AddressInfo;
    const fresh = join(directory, 'fresh');
    const onPort = await new GatewayProcess(['--state', fresh, '--port', String(port)]).ended;
    taken.close();
    expect(onPort.code).to.equal(3);
    expect(JSON.parse(onPort.errors.trim())).to.have.nested.property('error.code', 'PORT_IN_USE');
    expect(() => readFileSync(fresh)).to.throw(/ENOENT/);
    await start().ready;
    const state = join(directory, 'state');
    const second = await new GatewayProcess(['--state', state, '--port', '0', '--no-listen-peers'])
      .ended;
    expect(second.code).to.equal(3);
    expect(second.errors).to.contain('DATA_FOLDER_LOCKED');
    const usage = await new GatewayProcess(['--state', fresh, '--port', 'many']).ended;
    expect(usage.code).to.equal(2);
    expect(usage.errors).to.contain('CONFIG_INVALID').and.to.contain('port');
  });

  it('stops cleanly on SIGTERM, also while a stream is open', async () => {
    const url = (await running.ready).url;
    const api = apiOf(url);
    const { token } = await api.as('data.clerk1');
    const stream = await fetch(`${url}/v1/events`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { code } = await running.stop();
    expect(code).to.equal(0);
    await stream.text();
  });
});
