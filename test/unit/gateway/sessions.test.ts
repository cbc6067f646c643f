import { createHash, generateKeyPairSync } from 'node:crypto';
import { loginMessage } from '@yici/client';
import {
  Challenges,
  GatewayError,
  Membership,
  SessionStore,
  checkSignature,
  type Caller,
  type GatewayErrorCode,
} from '@yici/gateway/testing';
import { createSigner, parseEnvelope, parseProposal, parseSignedProposal } from '@yici/ledger';
import { expect } from 'chai';
import { channelConfig } from '../../support/ledger/channel.js';
import { createOrganization } from '../../support/ledger/organization.js';

const day = 86_400_000;
const start = new Date('2026-06-01T00:00:00Z');

function codeOf(action: () => unknown): GatewayErrorCode | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof GatewayError) return error.code;
    throw error;
  }
}

/** A clock that moves when told. */
function clock(at: Date = start) {
  let now = at.getTime();
  return {
    now: () => new Date(now),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}

describe('login challenges', () => {
  const scope = { audience: 'the test', channel: 'door' };
  const subject = { mspId: 'DataMSP', certificateHash: 'ab'.repeat(32) };
  const door = 'http://127.0.0.1:8080';

  it('can never be signed as a transaction: the text is no protobuf from its tenth byte on', () => {
    const issued = { challenge: 'c', expiresAt: start.toISOString() };
    const text = Buffer.from(loginMessage({ ...scope, gateway: door }, subject, issued));
    for (const parse of [parseProposal, parseSignedProposal, parseEnvelope]) {
      expect(() => parse(text)).to.throw();
    }
    expect(text[9]! & 7, 'wire type 7 does not exist').to.equal(7);
  });

  it('are for one subject, a short time and one use', () => {
    const time = clock();
    const challenges = new Challenges({ ...scope, lifetime: 60_000 }, time);
    const { challenge, message } = challenges.issue(subject, door);
    expect(challenges.message(challenge, subject)).to.equal(message);
    expect(codeOf(() => challenges.message(challenge, { ...subject, mspId: 'OtherMSP' }))).to.equal(
      'CHALLENGE_UNKNOWN',
    );
    expect(codeOf(() => challenges.message(`9${challenge}`, subject))).to.equal(
      'CHALLENGE_UNKNOWN',
    );
    expect(codeOf(() => challenges.message('', subject))).to.equal('CHALLENGE_UNKNOWN');
    challenges.use(challenge);
    expect(codeOf(() => challenges.message(challenge, subject))).to.equal('CHALLENGE_USED');
    const second = challenges.issue(subject, door).challenge;
    time.pass(60_000);
    expect(codeOf(() => challenges.message(second, subject))).to.equal('CHALLENGE_EXPIRED');
  });

  it('of another gateway process are unknown', () => {
    const { challenge } = new Challenges(scope, clock()).issue(subject, door);
    const other = new Challenges(scope, clock());
    expect(codeOf(() => other.message(challenge, subject))).to.equal('CHALLENGE_UNKNOWN');
  });
});

describe('the session store', () => {
  const caller = { fingerprint: 'f' } as Caller;

  it('keeps a session while it is used, and never past its end or its certificate’s', () => {
    const time = clock();
    const store = new SessionStore({ idle: 1_000, total: 5_000 }, time);
    const { token } = store.open(caller, new Date(start.getTime() + day));
    for (let used = 0; used < 5; used += 1) {
      expect(store.find(token)).to.not.equal(undefined);
      time.pass(999);
    }
    time.pass(5);
    expect(store.find(token), 'total time is over').to.equal(undefined);
    const short = store.open(caller, new Date(time.now().getTime() + 100)).token;
    time.pass(100);
    expect(store.find(short), 'certificate has expired').to.equal(undefined);
  });

  it('ends an idle session, and does not count a look as use', () => {
    const time = clock();
    const store = new SessionStore({ idle: 1_000 }, time);
    const { token } = store.open(caller, new Date(start.getTime() + day));
    time.pass(600);
    expect(store.isOpen(token)).to.equal(true);
    time.pass(600);
    expect(store.isOpen(token)).to.equal(false);
    expect(store.find(token)).to.equal(undefined);
  });

  it('of one caller are so many and no more: the oldest ends', () => {
    const store = new SessionStore({}, clock());
    const other = store.open({ ...caller, fingerprint: 'another' }, new Date('2030-01-01')).token;
    const tokens = Array.from(
      { length: 201 },
      () => store.open(caller, new Date('2030-01-01')).token,
    );
    expect(tokens.map((token) => store.isOpen(token)).indexOf(true)).to.equal(1);
    expect([store.size, store.isOpen(other)]).to.deep.equal([201, true]);
  });

  it('ends what a new channel config does not accept any more', () => {
    const store = new SessionStore({}, clock());
    const { token } = store.open(caller, new Date(start.getTime() + day));
    store.retain(() => false);
    expect(store.find(token)).to.equal(undefined);
    expect(store.size).to.equal(0);
  });
});

describe('membership', () => {
  it('accepts members and names why it refuses anybody else', async () => {
    const time = clock();
    const [alpha, beta, orderer] = await Promise.all([
      createOrganization('AlphaMSP'),
      createOrganization('BetaMSP'),
      createOrganization('OrdererMSP'),
    ]);
    const member = await alpha.issue('clerk1', 'client');
    const admin = await alpha.issue('admin1', 'admin');
    const revoked = await alpha.issue('clerk2', 'client');
    const short = await alpha.issue('clerk3', 'client', { notAfter: new Date('2026-06-02') });
    const stranger = await beta.issue('clerk1', 'client');
    const config = (revocationList: Uint8Array[]) =>
      channelConfig({
        organizations: [{ ...alpha.definition, revocationList }],
        orderer: orderer.definition,
      });
    const membership = new Membership(time);
    const judge = (mspId: string, pem: string) => codeOf(() => membership.member(mspId, pem));
    expect(judge('AlphaMSP', member.pem)).to.equal('NOT_READY');
    membership.update(config([]));
    expect(membership.member('AlphaMSP', member.pem).caller).to.include({
      user: 'clerk1',
      admin: false,
      role: null,
    });
    expect(membership.member('AlphaMSP', admin.pem).caller.admin).to.equal(true);
    expect(judge('BetaMSP', stranger.pem)).to.equal('MSP_UNKNOWN');
    expect(judge('AlphaMSP', stranger.pem)).to.equal('CERTIFICATE_FOREIGN');
    expect(judge('AlphaMSP', 'x')).to.equal('CERTIFICATE_MALFORMED');
    expect(judge('AlphaMSP', revoked.pem)).to.equal(undefined);
    const open = membership.member('AlphaMSP', revoked.pem).caller;
    membership.update(config([await alpha.revoke(revoked)]));
    expect(judge('AlphaMSP', revoked.pem)).to.equal('CERTIFICATE_REVOKED');
    expect(membership.stillValid(open), 'an open session ends too').to.equal(false);
    expect(judge('AlphaMSP', short.pem)).to.equal(undefined);
    time.pass(2 * day);
    expect(judge('AlphaMSP', short.pem), 'also one that was good before').to.equal(
      'CERTIFICATE_EXPIRED',
    );
  });
});

describe('the signature check', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const message = createHash('sha256').update('x').digest();

  const check = (signature: Uint8Array) =>
    checkSignature(publicKey, message, signature).then(
      () => undefined,
      (error: unknown) => (error instanceof GatewayError ? error.code : error),
    );

  it('takes a low-S signature of the key and nothing else', async () => {
    const good = createSigner(privateKey)(message);
    expect(await check(good)).to.equal(undefined);
    for (let at = 0; at < good.length; at += 1) {
      const bad = Uint8Array.from(good);
      bad[at]! ^= 0x55;
      expect(await check(bad), `byte ${at} flipped`).to.be.oneOf([
        'SIGNATURE_MALFORMED',
        'SIGNATURE_HIGH_S',
        'SIGNATURE_INVALID',
      ]);
    }
  });
});
