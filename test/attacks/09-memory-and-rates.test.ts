import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Gateway, GatewayOptions } from '@yici/gateway/testing';
import { encodeIdentity } from '@yici/ledger';
import type { FabricPeer, PeerGateway } from '@yici/network/testing';
import { expect } from 'chai';
import type { Api } from '../integration/gateway/support/api.js';
import { fileCase, seed } from '../integration/gateway/support/story.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';
import { wholePeerOverGrpc } from '../support/gateway/over-grpc.js';
import { flood, heldMebibytes, tally, until } from './support/flood.js';
import { claiming } from './support/claiming.js';

type Limits = NonNullable<GatewayOptions['limits']>;
type Service = 'evaluate' | 'commitStatus' | 'deliver';

describe('attack 9: memory and rates', function () {
  this.timeout(180_000);
  let world: World;
  const opened: Gateway[] = [];

  before(async () => {
    world = await openWorld({}, true);
    await seed(world.api);
  });
  afterEach(async () => {
    for (const gateway of opened.splice(0)) await gateway.close();
  });
  after(() => world.close());

  /** A gateway of its own for each attack: what one used up is not the next one's. */
  async function gatewayWith(limits: Limits, change: Partial<GatewayOptions> = {}): Promise<Api> {
    const gateway = await world.another(`attacked-${opened.length}-${Math.random()}`, {
      limits,
      ...change,
    });
    opened.push(gateway);
    await gateway.caughtUp();
    return world.apiOn(gateway);
  }

  const credentialsOf = async (user: string) => {
    const { mspId, certificatePem } = await world.network.identity(user);
    return { mspId, certificate: certificatePem };
  };

  const status = async (answer: Promise<{ readonly status: number }>) => (await answer).status;

  describe('rates', () => {
    const ask = (api: Api, headers: Record<string, string>) =>
      status(api.call('GET', '/v1/network', { headers }));

    it('a made-up Authorization header opens no budget of its own', async () => {
      const api = await gatewayWith({ anonymousPerMinute: 40, requestsPerMinute: 40 });
      const made = (turn: number) =>
        [`Bearer ys_${String(turn).padStart(43, '0')}`, `Basic ${turn}`, `Bearer yk_${turn}`][
          turn % 3
        ] ?? '';
      const answers = await flood(120, (turn) => ask(api, { authorization: made(turn) }));
      expect(tally(answers)[429]).to.be.at.least(80);
    });

    it('nor does an X-Forwarded-For header, as long as no proxy is named', async () => {
      const api = await gatewayWith({ anonymousPerMinute: 40, requestsPerMinute: 40 });
      const answers = await flood(120, (turn) => ask(api, { 'x-forwarded-for': `10.9.8.${turn}` }));
      expect(tally(answers)[429]).to.be.at.least(80);
    });

    it('behind a proxy that is named, each client has its own budget and none that it chooses', async () => {
      const api = await gatewayWith({ anonymousPerMinute: 5, trustedProxies: ['127.0.0.1'] });
      for (const client of ['10.0.0.1', '10.0.0.2']) {
        // What the client wrote itself stands before what the proxy adds.
        const answers = await flood(15, (turn) =>
          ask(api, { 'x-forwarded-for': `192.0.2.${turn}, ${client}` }),
        );
        expect(tally(answers), client).to.deep.equal({ 200: 5, 429: 10 });
      }
    });

    it('a request without a session counts once, on the fast lane too', async () => {
      const api = await gatewayWith({ anonymousPerMinute: 30, requestsPerMinute: 30 });
      const path = '/v1/cases/00000000000000000A-20260101-0001';
      const answers = await flood(60, () => status(api.call('GET', path)));
      expect(tally(answers)).to.deep.equal({ 401: 30, 429: 30 });
    });

    it('an anonymous flood stops neither who has a session nor who wants one', async () => {
      const api = await gatewayWith({
        ...{ anonymousPerMinute: 20, requestsPerMinute: 1_000, loginsPerMinute: 6 },
      });
      const { token } = await api.login('data.clerk1');
      await flood(60, () => ask(api, {}));
      const forged = await credentialsOf('data.clerk1');
      const junk = await flood(60, (turn) =>
        status(
          api.call('POST', '/v1/sessions/challenge', {
            body: { ...forged, mspId: turn % 2 === 0 ? 'OfficesMSP' : `Made${turn}` },
          }),
        ),
      );
      expect(tally(junk)).to.deep.equal({ 429: 60 });
      expect(await status(api.call('GET', '/v1/sessions/current', { token }))).to.equal(200);
      const { session } = await api.login('offices.clerk1');
      expect(session.status, session.text).to.equal(201);
    });

    it('a flood with one person’s certificate locks nobody else out', async () => {
      const api = await gatewayWith({ loginsPerMinute: 6 });
      const body = await credentialsOf('data.clerk1');
      const answers = await flood(60, () =>
        status(api.call('POST', '/v1/sessions/challenge', { body })),
      );
      expect(tally(answers)).to.deep.equal({ 201: 6, 429: 54 });
      const { session } = await api.login('data.head1');
      expect(session.status, session.text).to.equal(201);
    });

    it('says in Retry-After when it goes on', async () => {
      const api = await gatewayWith({ anonymousPerMinute: 1 });
      await api.call('GET', '/v1/network');
      const refused = await api.call('GET', '/v1/network');
      expect([refused.status, refused.at('code')]).to.deep.equal([429, 'RATE_LIMITED']);
      expect(Number(refused.headers.get('retry-after'))).to.be.within(1, 60);
    });
  });

  describe('metrics', () => {
    it('are not given to whoever comes through a proxy, and count against the budget', async () => {
      const api = await gatewayWith({ anonymousPerMinute: 5 });
      for (const headers of [{ 'x-forwarded-for': '192.0.2.1' }, { forwarded: 'for=192.0.2.1' }]) {
        const answer = await api.call('GET', '/metrics', { headers });
        expect([answer.status, answer.at('code')]).to.deep.equal([403, 'ADDRESS_REFUSED']);
      }
      const statuses = await flood(10, () => status(api.call('GET', '/metrics')));
      expect(tally(statuses)).to.deep.equal({ 200: 3, 429: 7 });
    });

    it('are given to the addresses that are named', async () => {
      const api = await gatewayWith({ metricsFrom: ['192.0.2.0/24'] });
      expect(await status(api.call('GET', '/metrics'))).to.equal(403);
    });
  });

  describe('streams', () => {
    it('one caller opens so many, all together so many, and one that ends makes room', async () => {
      const api = await gatewayWith({ streamsPerCaller: 3, streams: 4 });
      const open: AbortController[] = [];
      const subscribe = async (user: string) => {
        const stop = new AbortController();
        const answer = await api.fetch(user, '/v1/events', { signal: stop.signal });
        if (answer.status === 200) open.push(stop);
        else await answer.text();
        return answer.status;
      };
      const statuses = [];
      for (let turn = 0; turn < 5; turn += 1) statuses.push(await subscribe('data.clerk1'));
      expect(statuses).to.deep.equal([200, 200, 200, 429, 429]);
      expect(await subscribe('offices.clerk1')).to.equal(200);
      expect(await subscribe('offices.clerk1'), 'in all').to.equal(429);
      open[0]?.abort();
      expect(await until(200, () => subscribe('data.clerk1'))).to.equal(200);
      for (const stop of open) stop.abort();
    });
  });

  describe('half-open requests', () => {
    const socketTo = async ({ url }: Api): Promise<Socket> => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1');
      socket.on('error', () => undefined);
      await once(socket, 'connect');
      return socket;
    };
    const ended = (socket: Socket) =>
      socket.destroyed ? Promise.resolve() : once(socket.resume(), 'close');

    it('headers and bodies that never come whole end their connections', async () => {
      const api = await gatewayWith({ headerSeconds: 1, bodySeconds: 1 });
      const { token } = await api.login('data.clerk1');
      const starts = [
        'GET /v1/network HTTP/1.1\r\nHost: x\r\nX-Slow: ',
        'POST /v1/sessions/challenge HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{',
        `POST /v1/cases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{`,
      ];
      const sockets = await Promise.all(starts.map(() => socketTo(api)));
      sockets.forEach((socket, index) => socket.write(starts[index] ?? ''));
      await Promise.all(sockets.map(ended));
    });

    it('one address holds so many silent connections, and they keep nobody else from being answered', async () => {
      const api = await gatewayWith({ halfOpenPerAddress: 20 });
      const silent = await Promise.all(Array.from({ length: 60 }, () => socketTo(api)));
      for (const socket of silent) socket.resume();
      const open = () => Promise.resolve(silent.filter(({ closed }) => !closed).length);
      expect(await until(20, open)).to.equal(20);
      for (const socket of silent) socket.destroy();
      expect(
        await until(200, () => status(api.call('GET', '/v1/network')).catch(() => 0)),
      ).to.equal(200);
    });

    it('a stranger’s body is not read, and announced bodies that do not come are bounded', async () => {
      const api = await gatewayWith({ pendingBytesPerCaller: 300_000 });
      const refused = await api.call('POST', '/v1/cases', {
        raw: `{"a":"${'x'.repeat(200_000)}"}`,
      });
      expect([refused.status, refused.at('code')]).to.deep.equal([401, 'UNAUTHENTICATED']);
      const { token } = await api.login('data.clerk1');
      const head = `POST /v1/cases HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nContent-Type: application/json\r\nContent-Length: 200000\r\nExpect: 100-continue\r\n\r\n{`;
      const slow = await socketTo(api);
      slow.write(head);
      // Its head is in before anything else is asked: a body sent meanwhile would take the room that it needs.
      await once(slow, 'data');
      const ask = () => api.call('POST', '/v1/cases', { token, raw: `"${'x'.repeat(150_000)}"` });
      expect(await until(429, () => status(ask()))).to.equal(429);
      expect((await ask()).at('code')).to.equal('TOO_MANY_AT_ONCE');
      slow.destroy();
      expect(await until(400, () => status(ask()))).to.equal(400);
    });
  });

  describe('documents', () => {
    const put = async (api: Api, user: string, size: number) => {
      const answer = await api.fetch(user, '/v1/documents', {
        method: 'POST',
        headers: { 'content-type': 'text/plain', 'x-document-name': 'a.txt' },
        body: 'x'.repeat(size),
      });
      const problem = (await answer.json()) as { code?: string; details?: Record<string, unknown> };
      return { status: answer.status, ...problem };
    };

    it('a department fills its own share of the store and no more', async () => {
      const quota = { bytes: 5_000, count: 3 };
      const store = { kind: 'folder' } as const;
      const documents = { maxBytes: 4_096, store, quota, types: ['text/plain'] };
      const api = await gatewayWith({}, { documents });
      expect((await put(api, 'data.clerk1', 3_000)).status).to.equal(201);
      const large = await put(api, 'data.clerk1', 3_000);
      expect([large.status, large.code]).to.deep.equal([507, 'DOCUMENT_QUOTA']);
      expect(large.details).to.include({ department: 'data', limit: 5_000, used: 3_000 });
      for (const size of [10, 11])
        expect((await put(api, 'data.clerk1', size)).status).to.equal(201);
      const many = await put(api, 'data.clerk1', 12);
      expect([many.status, many.details?.['of']]).to.deep.equal([507, 'count']);
      expect((await put(api, 'offices.clerk1', 3_000)).status, 'another').to.equal(201);
    });
  });

  describe('identities that a peer is shown', () => {
    let peer: FabricPeer;
    before(() => {
      const identity = join(world.directory, 'state', 'identities', 'data.gateway');
      peer = wholePeerOverGrpc(identity);
    });
    after(() => {
      peer.close();
    });

    /** Where a cache of identities looks first: near the end. */
    const mark = (turn: number) => `${turn}`.padEnd(60, '-');

    /** Whatever the peer says to it: over gRPC, or as its services in this process. */
    const show = async (to: Pick<PeerGateway, Service>, turn: number, creator: Uint8Array) => {
      const { evaluate, seek, commitStatus } = await claiming(
        world.network.channel,
        creator,
        peer.tlsCertHash ?? new Uint8Array(),
      );
      const ignore = () => undefined;
      if (turn % 3 === 0) await to.evaluate(evaluate).catch(ignore);
      else if (turn % 3 === 1) await to.commitStatus(commitStatus).catch(ignore);
      else for await (const answer of to.deliver(seek, 'full')) expect(answer).to.have.lengthOf(3);
    };

    it('large ones are refused before they are read, and refused ones are not remembered', async () => {
      const { mspId, certificatePem } = await world.network.identity('data.clerk1');
      await show(peer, 0, encodeIdentity(mspId, certificatePem));
      const before = heldMebibytes();
      await flood(120, (turn) =>
        show(peer, turn, encodeIdentity(mspId, `${'x'.repeat(1024 * 1024)}${mark(-turn)}`)),
      );
      const services = world.network.peer(mspId);
      await flood(3_000, (turn) =>
        show(services, turn, encodeIdentity(mspId, `${'x'.repeat(15_000)}${mark(turn)}`)),
      );
      expect(heldMebibytes() - before).to.be.below(20);
    });

    it('nor are thousands of spellings of one good certificate', async () => {
      const { mspId, certificatePem } = await world.network.identity('data.clerk1');
      const services = world.network.peer(mspId);
      const before = heldMebibytes();
      await flood(3_000, (turn) =>
        show(
          services,
          turn,
          encodeIdentity(mspId, `${certificatePem}${'\n'.repeat(12_000)}${mark(turn)}`),
        ),
      );
      expect(heldMebibytes() - before).to.be.below(20);
    });

    it('a login with a certificate of megabytes is refused, and spellings are not kept', async () => {
      const api = await gatewayWith({ anonymousPerMinute: 0, loginsPerMinute: 0 });
      const body = await credentialsOf('data.clerk1');
      const long = await api.call('POST', '/v1/sessions/challenge', {
        body: { ...body, certificate: body.certificate + '\n'.repeat(200_000) },
      });
      expect([long.status, long.at('code')]).to.deep.equal([413, 'BODY_TOO_LARGE']);
      const before = heldMebibytes();
      await flood(1_200, (turn) =>
        status(
          api.call('POST', '/v1/sessions/challenge', {
            body: { ...body, certificate: `${body.certificate}${turn}${' '.repeat(15_000)}` },
          }),
        ),
      );
      expect(heldMebibytes() - before).to.be.below(15);
    });
  });

  it('what is bounded still serves: a case is filed and read', async () => {
    const caseNo = await fileCase(world.api, 'data.clerk1');
    expect((await world.api.get('data.clerk1', `/v1/cases/${caseNo}`)).status).to.equal(200);
  });
});
