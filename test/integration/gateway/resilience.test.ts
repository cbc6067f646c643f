import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { peer } from '@hyperledger/fabric-protos';
import { GatewayError, openLevelStore, type PeerGateway } from '@yici/gateway/testing';
import { dataFolder } from '@yici/network';
import { readBlockFiles } from '@yici/network/testing';
import { expect } from 'chai';
import type { Answer, Api } from './support/api.js';
import { failing, inFrontOf } from './support/in-front-of.js';
import { filing, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const unavailable = { code: 14, message: 'connection refused', details: [] };
const apartNow = 'ProposalResponsePayloads do not match';
const differing = {
  ...{ code: 10, message: 'failed to collect enough transaction endorsements' },
  details: [{ address: 'peer0.offices:7051', mspId: 'OfficesMSP', message: apartNow }],
};
const tooLate = { code: 4, message: 'deadline exceeded', details: [] };

describe('a gateway whose peer fails, or is another', function () {
  this.timeout(120_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });

  after(() => world.close());

  const custodial = (api: Api, key: string): Promise<Answer> =>
    api.call('POST', '/v1/cases', {
      body: filing,
      token: world.apiKeys['data.service1']!,
      headers: { 'idempotency-key': key },
    });

  /** A further gateway that shares the first one's custodial accounts by being opened after it on the same folder. */
  async function behind<T>(peer: PeerGateway, use: (api: Api) => Promise<T>): Promise<T> {
    await world.gateway.close();
    try {
      const gateway = await world.another('gateway', {}, peer);
      try {
        return await use(await world.apiOn(gateway));
      } finally {
        await gateway.close();
      }
    } finally {
      await world.reopen();
    }
  }

  it('says that the peer is away, and goes on with the same transaction when it is back', async () => {
    let away = true;
    const flaky = inFrontOf(world.peer, {
      endorse: (request) => (away ? failing(unavailable) : world.peer.endorse(request)),
    });
    await behind(flaky, async (api) => {
      const proposed = await api.post('data.clerk1', '/v1/cases', filing);
      const refused = await api.step('data.clerk1', proposed, 'endorse');
      expect([refused.status, refused.at('code'), refused.at('source')]).to.deep.equal([
        503,
        'PEER_UNAVAILABLE',
        'peer',
      ]);
      away = false;
      const endorsed = await api.step('data.clerk1', proposed, 'endorse');
      expect(endorsed.at('txId')).to.equal(proposed.at('txId'));
      expect(endorsed.at('state')).to.equal('endorsed');
    });
  });

  it('asks again for the endorsement of the same proposal while peers are a block apart', async () => {
    let apart = 2;
    const level = inFrontOf(world.peer, {
      endorse: (request) => {
        apart -= 1;
        return apart < 0 ? world.peer.endorse(request) : failing(differing);
      },
    });
    await behind(level, async (api) => {
      const proposed = await api.post('data.clerk1', '/v1/cases', filing);
      const endorsed = await api.step('data.clerk1', proposed, 'endorse');
      expect(endorsed.at('state')).to.equal('endorsed');
      expect(endorsed.at('txId')).to.equal(proposed.at('txId'));
      expect(apart).to.equal(-1);
    });
  });

  it('never asks for a second transaction when a submit timed out that had passed', async () => {
    const slow = inFrontOf(world.peer, {
      submit: async (request) => {
        await world.peer.submit(request);
        return failing(tooLate);
      },
    });
    await behind(slow, async (api) => {
      const first = await custodial(api, 'passed-but-late');
      expect(first.at('state')).to.equal('committed');
      const again = await custodial(api, 'passed-but-late');
      expect(again.at('txId')).to.equal(first.at('txId'));
    });
  });

  it('passes the same bytes on again when a submit never arrived', async () => {
    let lost = true;
    const lossy = inFrontOf(world.peer, {
      submit: (request) => (lost ? failing(unavailable) : world.peer.submit(request)),
    });
    await behind(lossy, async (api) => {
      const headers = { 'idempotency-key': 'never-arrived' };
      const token = world.apiKeys['data.service1']!;
      const body = filing;
      const first = await api.call('POST', '/v1/cases?wait=0', { body, token, headers });
      expect([first.status, first.at('state')]).to.deep.equal([202, 'submitted']);
      lost = false;
      const again = await api.call('POST', '/v1/cases?wait=20', { body, token, headers });
      expect(again.at('state')).to.equal('committed');
      expect(again.at('txId')).to.equal(first.at('txId'));
    });
  });

  it('hands over an envelope that was left behind as soon as its signer waits for it', async () => {
    let lost = true;
    const lossy = inFrontOf(world.peer, {
      submit: (request) => (lost ? failing(unavailable) : world.peer.submit(request)),
    });
    await behind(lossy, async (api) => {
      const proposed = await api.post('data.clerk1', '/v1/cases', filing);
      const endorsed = await api.step('data.clerk1', proposed, 'endorse');
      const first = await api.step('data.clerk1', endorsed, 'submit');
      expect([first.status, first.at('code')]).to.deep.equal([503, 'PEER_UNAVAILABLE']);
      expect(first.headers.get('retry-after')).to.equal('5');
      const path = `/v1/transactions/${proposed.id}`;
      expect((await api.get('data.clerk1', path)).at('state')).to.equal('submitted');
      lost = false;
      const waited = await api.get('data.clerk1', `${path}?wait=20`);
      expect(waited.at('state')).to.equal('committed');
      expect(waited.at('txId')).to.equal(proposed.at('txId'));
    });
  });

  it('opens a broken block stream again and misses nothing', async () => {
    let breaks = 3;
    const breaking = inFrontOf(world.peer, {
      async *deliver(envelope, kind, signal) {
        for await (const message of world.peer.deliver(envelope, kind, signal)) {
          yield message;
          breaks -= 1;
          if (breaks > 0) await failing(unavailable);
        }
      },
    });
    const gateway = await world.another('from-scratch', {}, breaking);
    await gateway.caughtUp();
    expect(gateway.height()).to.equal(Number(world.network.height()));
    await gateway.close();
  });

  it('reads from files what a peer does not have that began with a snapshot, and the rest from it', async () => {
    const older = join(world.directory, 'older');
    mkdirSync(older);
    const first = 5n;
    for await (const { number, bytes } of readBlockFiles(
      dataFolder(join(world.directory, 'state')),
      0n,
    )) {
      if (number < first) writeFileSync(join(older, `${number}.block`), bytes);
    }
    const notFound = new peer.DeliverResponse();
    notFound.setStatus(404);
    const young = inFrontOf(world.peer, {
      async *deliver(envelope, kind, signal) {
        for await (const message of world.peer.deliver(envelope, kind, signal)) {
          const number = peer.DeliverResponse.deserializeBinary(message)
            .getBlock()
            ?.getHeader()
            ?.getNumber();
          if (number === undefined || number >= Number(first)) yield message;
          else {
            yield notFound.serializeBinary();
            return;
          }
        }
      },
    });
    const without = await world.another('young', {}, young).catch((error: unknown) => error);
    expect(without).to.be.instanceOf(GatewayError).with.property('code', 'PEER_REFUSED');
    expect(without).to.have.property('message').that.includes('engine.olderBlocks');
    const gateway = await world.another('young', { olderBlocks: older }, young);
    await gateway.caughtUp();
    expect(gateway.height()).to.equal(Number(world.network.height()));
    const api = await world.apiOn(gateway);
    const configs = (await api.get('data.clerk1', '/v1/config-blocks')).list('items');
    expect(configs, 'with block 0').to.have.length(1);
    await gateway.close();
  });

  it('stops following, and is not ready, when blocks do not follow each other', async () => {
    const jumping = inFrontOf(world.peer, {
      async *deliver(envelope, kind, signal) {
        let position = 0;
        for await (const message of world.peer.deliver(envelope, kind, signal)) {
          position += 1;
          if (position !== 3) yield message;
        }
      },
    });
    const gateway = await world.another('jumping', {}, jumping);
    const failure = await gateway.caughtUp().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(GatewayError).with.property('code', 'NOT_READY');
    const ready = await (await world.apiOn(gateway)).call('GET', '/readyz');
    expect([ready.status, ready.text]).to.satisfy(
      ([status, text]: [number, string]) => status === 503 && text.includes('does not follow'),
    );
    await gateway.close();
  });

  it('refuses an index of another channel, and rebuilds one of an older layout by itself', async () => {
    const directory = join(world.directory, 'from-scratch', 'index');
    const checkpoint = 'm\u0000checkpoint';
    const times = 'm\u0000times';
    const clocksRead = async () => {
      const store = await openLevelStore(directory);
      const known = store.get(times);
      await store.close();
      return known;
    };
    const edit = async (change: object) => {
      const store = await openLevelStore(directory);
      const stored = JSON.parse(store.get(checkpoint)!) as object;
      const value = JSON.stringify({ ...stored, ...change });
      await store.write([
        { type: 'put', key: checkpoint, value },
        { type: 'del', key: times },
      ]);
      await store.close();
    };
    // What was written before acts were flagged whose time stands out has no times to hold them against.
    await edit({ layout: 12 });
    const rebuilt = await world.another('from-scratch');
    await rebuilt.caughtUp();
    expect(rebuilt.height()).to.equal(Number(world.network.height()));
    await rebuilt.close();
    expect(await clocksRead()).to.be.a('string');
    await edit({ genesis: '0'.repeat(64) });
    const failure = await world.another('from-scratch').then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(GatewayError).with.property('code', 'INDEX_OF_OTHER_CHANNEL');
    const again = await world.another('from-scratch', { rebuildIndex: true });
    await again.caughtUp();
    await again.close();
  });

  it('refuses a folder that another gateway has open', async () => {
    const failure = await world.another('gateway').then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).to.be.instanceOf(GatewayError).with.property('code', 'STATE_FOLDER_LOCKED');
  });
});
