import { generateKeyPairSync } from 'node:crypto';
import { createSigner } from '@yici/ledger';
import { expect } from 'chai';
import { base64, type Answer } from './support/api.js';
import { openWorld, type World } from './support/world.js';

describe('sessions over HTTP on the embedded network', function () {
  this.timeout(60_000);
  let world: World;

  before(async () => {
    world = await openWorld();
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
});
