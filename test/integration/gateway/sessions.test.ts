import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  createSigner,
  encodeIdentity,
  encodeMspConfig,
  parseConfigBlock,
  WireWriter,
  decodeMspConfig,
} from '@yici/ledger';
import { dataFolder } from '@yici/network';
import { departmentPaths, runCli, TransactionClient } from '@yici/network/testing';
import { expect } from 'chai';
import { editGroup, withValue } from '../../support/ledger/channel.js';
import { configUpdate } from '../../support/ledger/config-update.js';
import { base64, type Answer } from './support/api.js';
import { EventReader } from './support/event-stream.js';
import { openWorld, type World } from './support/world.js';

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(20);
}

describe('sessions over HTTP on the embedded network', function () {
  this.timeout(60_000);
  let world: World;

  before(async () => {
    const none = { requestsPerMinute: 0, anonymousPerMinute: 0, loginsPerMinute: 0 };
    world = await openWorld({ limits: { ...none, heartbeatSeconds: 60 } });
  });

  after(() => world.close());

  const credentials = async (user: string) => {
    const { mspId, certificatePem, keyPem } = await world.network.identity(user);
    return { body: { mspId, certificate: certificatePem }, sign: createSigner(keyPem) };
  };
  const challenge = (body: unknown): Promise<Answer> =>
    world.api.call('POST', '/v1/sessions/challenge', { body });
  const open = (body: unknown): Promise<Answer> => world.api.call('POST', '/v1/sessions', { body });

  it('opens a session for whoever signs the challenge, and ends it', async () => {
    const { token, session } = await world.api.login('data.head1');
    expect(session.status).to.equal(201);
    expect(token).to.match(/^ys_[A-Za-z0-9_-]{43}$/);
    expect(session.at('session.role')).to.equal('head');
    expect(session.at('session.department')).to.equal(null);
    const current = await world.api.call('GET', '/v1/sessions/current', { token });
    expect(current.at('user')).to.equal('data.head1');
    const ended = await world.api.call('DELETE', '/v1/sessions/current', { token });
    expect(ended.status).to.equal(204);
    const after = await world.api.call('GET', '/v1/sessions/current', { token });
    expect(after.at('code')).to.equal('UNAUTHENTICATED');
  });

  it('names audience, channel, MSP and certificate in what is signed', async () => {
    const { body } = await credentials('data.head1');
    const given = await challenge(body);
    expect(given.str('message')).to.match(
      /^Yici gateway login\ngateway: http:\/\/127\.0\.0\.1:\d+\naudience: door of the test\nchannel: door\nmspId: DataMSP\ncertificate: [0-9a-f]{64}\nchallenge: \S+\nexpires: \S+$/,
    );
  });

  it('takes a challenge once, from its own certificate only', async () => {
    const head = await credentials('data.head1');
    const clerk = await credentials('data.clerk1');
    const given = await challenge(head.body);
    const message = Buffer.from(given.str('message'));
    const other = await open({
      ...clerk.body,
      challenge: given.str('challenge'),
      signature: base64(clerk.sign(message)),
    });
    expect([other.status, other.at('code')]).to.deep.equal([401, 'CHALLENGE_UNKNOWN']);
    const answer = {
      ...head.body,
      challenge: given.str('challenge'),
      signature: base64(head.sign(message)),
    };
    expect((await open(answer)).status).to.equal(201);
    const replay = await open(answer);
    expect([replay.status, replay.at('code')]).to.deep.equal([401, 'CHALLENGE_USED']);
  });

  it('lets only one of many simultaneous answers to a challenge in', async () => {
    const { body, sign } = await credentials('data.head1');
    const given = await challenge(body);
    const answer = {
      ...body,
      challenge: given.str('challenge'),
      signature: base64(sign(Buffer.from(given.str('message')))),
    };
    const answers = await Promise.all([1, 2, 3, 4].map(() => open(answer)));
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 401, 401, 401]);
  });

  it('refuses a signature by a key that is not the certificate’s', async () => {
    const { body } = await credentials('data.head1');
    const given = await challenge(body);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const signature = createSigner(privateKey)(Buffer.from(given.str('message')));
    const answer = await open({
      ...body,
      challenge: given.str('challenge'),
      signature: base64(signature),
    });
    expect([answer.status, answer.at('code')]).to.deep.equal([403, 'SIGNATURE_INVALID']);
  });

  it('gives no challenge to a stranger: unknown MSP, another MSP’s certificate, no certificate', async () => {
    const { body } = await credentials('data.head1');
    const unknown = await challenge({ ...body, mspId: 'NobodyMSP' });
    expect([unknown.status, unknown.at('code')]).to.deep.equal([403, 'MSP_UNKNOWN']);
    const foreign = await challenge({ ...body, mspId: 'OfficesMSP' });
    expect([foreign.status, foreign.at('code')]).to.deep.equal([403, 'CERTIFICATE_FOREIGN']);
    const none = await challenge({ ...body, certificate: 'no certificate' });
    expect([none.status, none.at('code')]).to.deep.equal([400, 'CERTIFICATE_MALFORMED']);
  });

  it('limits login attempts', async () => {
    const strict = await world.another('strict', {
      limits: { loginsPerMinute: 3, requestsPerMinute: 0 },
    });
    const { listen } = await import('./support/world.js');
    const url = await listen(strict);
    try {
      const { body } = await credentials('data.head1');
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const answer = await fetch(`${url}/v1/sessions/challenge`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
        statuses.push(answer.status);
      }
      expect(statuses).to.deep.equal([201, 201, 201, 429, 429]);
    } finally {
      await strict.close();
    }
  });

  describe('of a certificate that its department revokes', () => {
    const state = () => join(world.directory, 'state');
    const revoke = async (user: string): Promise<void> => {
      const ignored = { write: () => undefined };
      const code = await runCli(['identity', 'revoke', user, '--dir', state()], {
        ...{ stdout: ignored, stderr: ignored, env: {}, script: '', nodeOptions: [] },
      });
      expect(code).to.equal(0);
    };
    /** What the department's administrator sends: its MSP with the list. */
    const putInForce = async (id: string, mspId: string): Promise<void> => {
      const config = parseConfigBlock(readFileSync(dataFolder(state()).genesis));
      const { msp } = departmentPaths(state(), id);
      const revocationList = [readFileSync(join(msp, 'crls', 'crl.pem'))];
      const tree = editGroup(config.tree, ['Application', mspId], (group) => {
        const before = group.values.get('MSP')!;
        const value = encodeMspConfig({ ...decodeMspConfig(before.value), revocationList });
        return withValue(group, 'MSP', { ...before, value });
      });
      const { certificatePem, keyPem } = await world.network.identity(`${id}.admin`);
      const identity = encodeIdentity(mspId, certificatePem);
      const admin = { identity, sign: createSigner(keyPem) };
      const envelope = configUpdate({ config, tree, admins: [admin], channel: 'door' });
      await world.peer.submit(new WireWriter().bytes(3, envelope).finish());
    };
    const evaluateAs = async (user: string): Promise<unknown> => {
      const identity = await world.network.identity(user);
      const gateway = world.network.peer('DataMSP');
      const now = () => new Date();
      const client = new TransactionClient({ channel: 'door', gateway, identity, now });
      const call = { chaincode: 'yici', args: [Buffer.from('org.hyperledger.fabric:GetMetadata')] };
      return client.evaluate(call).catch((error: unknown) => error);
    };

    it('goes on until the channel’s configuration has the list, and then ends with its stream and its account, and at the peer', async () => {
      const { token } = await world.api.login('data.clerk1');
      const apiKey = world.apiKeys['data.service1']!;
      const current = (with_: string) =>
        world.api.call('GET', '/v1/sessions/current', { token: with_ });
      const stream = await EventReader.open(`${world.url}/v1/events`, {
        authorization: `Bearer ${token}`,
      });
      await revoke('data.clerk1');
      await revoke('data.service1');
      expect((await current(token)).status, 'a list in a folder binds nobody').to.equal(200);
      await putInForce('data', 'DataMSP');
      await stream.ended;
      expect((await current(token)).at('code')).to.equal('UNAUTHENTICATED');
      const again = await challenge((await credentials('data.clerk1')).body);
      expect([again.status, again.at('code')]).to.deep.equal([403, 'CERTIFICATE_REVOKED']);
      expect((await current(apiKey)).at('code')).to.equal('CERTIFICATE_REVOKED');
      // Whether the certificate is unknown or revoked is nothing that a peer tells a stranger.
      const refusal = await evaluateAs('data.clerk1');
      expect(refusal)
        .to.have.property('message')
        .that.matches(/access denied.*DataMSP/);
      expect(await evaluateAs('data.head1')).to.be.instanceOf(Uint8Array);
      expect((await world.api.login('data.head1')).session.status).to.equal(201);
    });

    it('makes a gateway of which it is the own one not ready: its peer gives it no more blocks', async () => {
      const user = 'offices.service1';
      const peer = world.network.peer('OfficesMSP');
      const gateway = await world.another('offices', {}, peer, new Map(), user);
      try {
        await gateway.caughtUp();
        const isOut = () =>
          gateway.obstacles().some(({ en }) => /^DEPARTMENT_OUT:.*not in force/.test(en));
        expect(isOut()).to.equal(false);
        await revoke(user);
        await putInForce('offices', 'OfficesMSP');
        await until(isOut);
      } finally {
        await gateway.close();
      }
    });
  });
});
