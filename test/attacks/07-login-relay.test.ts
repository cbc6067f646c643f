import { createHash, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ClientError, createPemSigner, readIdentityFolder, YiciClient } from '@yici/client';
import type { Pins } from '@yici/client/testing';
import { createSigner } from '@yici/ledger';
import { departmentPaths } from '@yici/network/testing';
import { expect } from 'chai';
import { base64 } from '../integration/gateway/support/api.js';
import { openWorld, type World } from '../integration/gateway/support/world.js';
import { openLyingGateway, type LyingGateway } from '../support/gateway/lying-gateway.js';

const supervisor = 'supervision.supervisor1';
const audience = 'door of the test';

describe('attack 7: a false gateway that relays a login to the true one', function () {
  this.timeout(120_000);
  let world: World;
  let relay: LyingGateway;

  before(async () => {
    world = await openWorld();
    relay = await openLyingGateway(() => world.url);
  });

  after(async () => {
    await relay.close();
    await world.close();
  });

  const pinned = (...gateways: Pins['gateways']): Pins => ({
    ...{ channel: world.network.channel, chaincode: 'yici' },
    genesisHash: world.network.genesisHash,
    gateways,
  });

  /** The supervisor logs in at the relay; what came of it, and whether a signature left the client's hand. */
  const loggedIn = async (pins: Pins | undefined) => {
    const { mspId, certificatePem, keyPem } = await world.network.identity(supervisor);
    let signatures = 0;
    const sign = createPemSigner(keyPem);
    const identity = {
      ...{ mspId, certificate: certificatePem, pins },
      sign: (message: Uint8Array) => {
        signatures += 1;
        return sign(message);
      },
    };
    const client = new YiciClient({ baseUrl: relay.url, identity });
    try {
      await client.login();
      return { code: 'LOGGED_IN', message: '', signatures };
    } catch (error) {
      if (!(error instanceof ClientError)) throw error;
      return { code: error.code, message: error.message, signatures };
    }
  };

  const asked = async (change: object) => {
    const { mspId, certificatePem } = await world.network.identity(supervisor);
    const body = { mspId, certificate: certificatePem, ...change };
    return world.api.call('POST', '/v1/sessions/challenge', { body });
  };

  it('gets no signature from somebody who was lured to it', async () => {
    relay.lie(undefined);
    const outcome = await loggedIn(pinned({ audience, addresses: [world.url] }));
    expect(outcome.code).to.equal('GATEWAY_NOT_PINNED');
    expect(outcome.message).to.include(relay.url).and.include(world.url).and.include('yici pin');
    expect(outcome.signatures).to.equal(0);
  });

  it('gets no signature for the true gateway where it is itself the pinned one', async () => {
    const pins = pinned({ audience: 'door of another department', addresses: [relay.url] });
    // It says what it is, and relays the true gateway's challenge.
    relay.lie(({ path, answer }) =>
      path === '/v1/network' ? { ...answer, audience: 'door of another department' } : undefined,
    );
    const relayed = await loggedIn(pins);
    expect(relayed.code).to.be.oneOf(['GATEWAY_ANSWER_INVALID', 'GATEWAY_REFUSED']);
    expect(relayed.signatures).to.equal(0);
    // It says that it is the true one.
    relay.lie(undefined);
    const posing = await loggedIn(pins);
    expect(posing.code).to.equal('GATEWAY_NOT_PINNED');
    expect(posing.message).to.include('audience');
    expect(posing.signatures).to.equal(0);
  });

  it('gets no signature from an identity of before, which pins nothing', async () => {
    relay.lie(undefined);
    for (const pins of [undefined, pinned()]) {
      const outcome = await loggedIn(pins);
      expect(outcome.code).to.equal('IDENTITY_UNPINNED');
      expect(outcome.message).to.include('yici-network identity export').and.include('yici pin');
      expect(outcome.signatures).to.equal(0);
    }
  });

  it('cannot use a signature that names its own address, whoever was so careless as to give it', async () => {
    relay.lie(undefined);
    // A pin that was set at the relay itself: audience and channel are the true gateway's, the address is not.
    const outcome = await loggedIn(pinned({ audience, addresses: [relay.url] }));
    expect(outcome.code).to.equal('GATEWAY_REFUSED');
    expect(outcome.message).to.include('LOGIN_ELSEWHERE');
    const elsewhere = await asked({ gateway: relay.url });
    expect([elsewhere.status, elsewhere.at('code')]).to.deep.equal([403, 'LOGIN_ELSEWHERE']);
    // It asks in the true gateway's name, and has the text signed with its own address in it.
    const { mspId, certificatePem, keyPem } = await world.network.identity(supervisor);
    const challenge = await asked({ gateway: world.url });
    const text = challenge.str('message').replace(world.url, relay.url);
    expect(text).to.include(`gateway: ${relay.url}\n`);
    const body = {
      ...{ mspId, certificate: certificatePem, challenge: challenge.str('challenge') },
      signature: base64(createSigner(keyPem)(Buffer.from(text))),
    };
    const opened = await world.api.call('POST', '/v1/sessions', { body });
    expect([opened.status, opened.at('code')]).to.deep.equal([403, 'SIGNATURE_INVALID']);
  });

  it('gets nothing over https where the true gateway’s certificate is pinned, whoever vouches for its own', async () => {
    const tlsOf = (department: string) => {
      const { tls } = departmentPaths(join(world.directory, 'state'), department).peer;
      return { cert: readFileSync(tls.certificate, 'utf8'), key: readFileSync(tls.key, 'utf8') };
    };
    let asked = 0;
    const door = createServer(tlsOf('data'), (_request, response) => {
      asked += 1;
      response.setHeader('content-type', 'application/json').end('{"code":"NO_SUCH","status":404}');
    });
    door.listen(0, '127.0.0.1');
    await once(door, 'listening');
    const url = `https://127.0.0.1:${(door.address() as AddressInfo).port}`;
    const at = async (department: string): Promise<string> => {
      const certificates = [
        createHash('sha256')
          .update(new X509Certificate(tlsOf(department).cert).raw)
          .digest('hex'),
      ];
      const folder = join(world.directory, 'state', 'identities', supervisor);
      const file = join(folder, 'connection.json');
      const connection = JSON.parse(readFileSync(file, 'utf8')) as object;
      const gateways = [{ audience, addresses: [url], certificates }];
      writeFileSync(file, JSON.stringify({ ...connection, gateways }));
      const client = new YiciClient({ baseUrl: url, identity: await readIdentityFolder(folder) });
      return client.login().then(
        () => 'LOGGED_IN',
        (error: unknown) => (error as ClientError).code,
      );
    };
    expect(await at('offices'), 'it shows the certificate of data').to.equal('GATEWAY_NOT_PINNED');
    expect(asked, 'requests that reached it').to.equal(0);
    expect(await at('data')).to.equal('GATEWAY_ANSWER_INVALID');
    expect(asked).to.equal(1);
    door.closeAllConnections();
    door.close();
  });

  it('cannot make the true gateway take another address for its own by the Host header', async () => {
    const { mspId, certificatePem } = await world.network.identity(supervisor);
    const body = JSON.stringify({ mspId, certificate: certificatePem });
    const message = await new Promise<string>((done, fail) => {
      const headers = { 'content-type': 'application/json', host: new URL(relay.url).host };
      const sent = request(
        `${world.url}/v1/sessions/challenge`,
        { method: 'POST', headers },
        (response) => {
          let text = '';
          response.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
          response.on('end', () => {
            done((JSON.parse(text) as { message: string }).message);
          });
        },
      );
      sent.on('error', fail);
      sent.end(body);
    });
    expect(message).to.include(`gateway: ${world.url}\n`).and.not.include(relay.url);
  });
});
