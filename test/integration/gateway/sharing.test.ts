import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeIdentity, decodePayload, parseProposal, parseTransaction } from '@yici/ledger';
import { expect } from 'chai';
import { commit, openDataset, publishDataset, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

const shanghai = (days: number) =>
  new Date(Date.now() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** Values nobody else has, so that finding one means that it leaked. */
const confidential = {
  code: 'count',
  value: `机密数值 ${randomUUID()}`,
  salt: randomBytes(32).toString('hex'),
};
const sealed = {
  code: confidential.code,
  digestAlg: 'sha256',
  digest: createHash('sha256')
    .update(Buffer.from(confidential.salt, 'hex'))
    .update(confidential.value, 'utf8')
    .digest('hex'),
};
const secrets = [confidential.value, confidential.salt].flatMap((text) => [
  Buffer.from(text, 'utf8'),
  // As it would stand inside base64, whatever its place: without its first and last group.
  Buffer.from(Buffer.from(text, 'utf8').toString('base64').slice(4, -8), 'ascii'),
]);

function leaksIn(bytes: Uint8Array): boolean {
  return secrets.some((secret) => Buffer.from(bytes).includes(secret));
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

const leaking = (folder: string) => filesOf(folder).filter((file) => leaksIn(readFileSync(file)));

describe('data sharing over HTTP on the embedded network', function () {
  this.timeout(180_000);
  let world: World;
  const shareId = 'share-1';
  const path = `/v1/shares/${shareId}`;
  const request = {
    shareId,
    datasetId: 'establishment.headcount',
    basis: { law: '机关事务管理条例', clause: '第二十一条', text: '（条文）' },
    scenario: '办公用房核定',
    fields: ['count'],
    method: 'interface',
    term: { from: shanghai(0), to: shanghai(20) },
  };
  const terms = {
    purpose: '办公用房核定',
    period: { from: shanghai(0), to: shanghai(20) },
    uses: ['核对'],
    retention: { value: 3, unit: 'workingDay' },
    conditions: [],
  };
  const body = { fields: [sealed], private: { values: [confidential] } };

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    const headcount = openDataset('establishment.headcount', 'count');
    await publishDataset(world.api, 'establishment', headcount);
  });
  after(() => world.close());

  const refusedWith = async (user: string, at: string, given: unknown) => {
    const answer = await world.api.run(user, at, given);
    return [answer.status, answer.at('code')];
  };

  it('files a request with the head’s consent, and runs the provider’s clock', async () => {
    const { api } = world;
    await commit(api, 'offices.clerk1', '/v1/shares', request);
    expect(await refusedWith('offices.clerk1', `${path}/consent`, {})).to.deep.equal([
      403,
      'ROLE_REFUSED',
    ]);
    await commit(api, 'offices.head1', `${path}/consent`, {});
    const clocks = await api.get('establishment.clerk1', '/v1/share-clocks');
    expect(clocks.each('items', 'what')).to.deep.equal(['reply']);
    expect(clocks.each('items', 'limitDays')).to.deep.equal([1]);
    const inbox = await api.get('establishment.clerk1', '/v1/inbox');
    const due = clocks.at('items.0.dueOn');
    expect(inbox.list('items')[0]).to.deep.include({ todo: 'answerShare', shareId, due });
    const others = await api.get('offices.clerk1', '/v1/share-clocks');
    expect(others.at('items')).to.deep.equal([]);
    const lead = await api.get('data.clerk1', '/v1/share-clocks?department=establishment');
    expect(lead.each('items', 'shareId')).to.deep.equal([shareId]);
  });

  it('shows a share to its parties, to the lead authority and to supervisors, to nobody else', async () => {
    const seen = async (user: string) => (await world.api.get(user, path)).status;
    expect(await seen('establishment.clerk1')).to.equal(200);
    expect(await seen('offices.clerk1')).to.equal(200);
    expect(await seen('data.clerk1')).to.equal(200);
    expect(await seen('supervision.supervisor1')).to.equal(200);
    expect(await seen('supervision.head1')).to.equal(404);
    for (const part of ['grant', 'events', 'receipts', 'challenges', 'disputes', 'values']) {
      expect((await world.api.get('supervision.head1', `${path}/${part}`)).status, part).to.equal(
        404,
      );
    }
    const listed = await world.api.get('supervision.head1', '/v1/shares');
    expect(listed.at('items')).to.deep.equal([]);
    const found = await world.api.get('data.clerk1', '/v1/shares?state=FILED&requester=offices');
    expect(found.each('items', 'shareId')).to.deep.equal([shareId]);
    const ledger = await world.api.get('offices.clerk1', `${path}?source=ledger`);
    const index = await world.api.get('offices.clerk1', path);
    expect(ledger.text).to.equal(index.text);
  });

  it('refuses by the rules, with code and article, and writes nothing', async () => {
    const refusal = { basis: 'inconvenient', reason: '不便' };
    const before = world.gateway.height();
    const answer = await world.api.run('establishment.clerk1', `${path}/refuse`, refusal);
    expect([answer.status, answer.at('code')]).to.deep.equal([422, 'REFUSAL_BASIS_REQUIRED']);
    expect(answer.str('article')).to.include('art 21');
    const incomplete = { basis: 'incomplete', reason: '材料不全' };
    expect(await refusedWith('establishment.clerk1', `${path}/refuse`, incomplete)).to.deep.equal([
      422,
      'SHARE_NOTICE_REQUIRED',
    ]);
    expect(world.gateway.height()).to.equal(before);
  });

  it('names every place of a private part that is wrong, and no value of it', async () => {
    await commit(world.api, 'establishment.clerk1', `${path}/grant`, terms);
    const wrong = { fields: [sealed], private: { values: [{ ...confidential, salt: 'zz' }] } };
    const answer = await world.api.post('establishment.service1', `${path}/deliver`, wrong);
    expect([answer.status, answer.at('code')]).to.deep.equal([400, 'VALIDATION_FAILED']);
    expect(answer.text).to.include('/private/values/0/salt');
    expect(leaksIn(Buffer.from(answer.text))).to.equal(false);
    const elsewhere = await world.api.post('establishment.clerk1', '/v1/datasets', body);
    expect(elsewhere.at('code')).to.equal('VALIDATION_FAILED');
  });

  it('keeps the private part in memory until it is endorsed, and nowhere else', async () => {
    const proposed = await world.api.post('establishment.service1', `${path}/deliver`, body);
    expect(proposed.status).to.equal(202);
    expect(leaksIn(Buffer.from(JSON.stringify(proposed.at('input'))))).to.equal(false);
    const { transient } = parseProposal(proposed.toSign);
    expect([...transient.keys()]).to.deep.equal(['private']);
    expect(leaking(world.directory)).to.deep.equal([]);
    await world.gateway.close();
    await world.reopen();
    const after = await world.api.get('establishment.service1', `/v1/transactions/${proposed.id}`);
    expect(after.at('state'), 'a gateway that stopped has lost it').to.equal('expired');
    expect(after.at('retry')).to.equal(undefined);
    const retry = await world.api.post(
      'establishment.service1',
      `/v1/transactions/${proposed.id}/retry`,
      {},
    );
    expect(retry.at('code')).to.equal('TRANSACTION_STATE');
  });

  it('has a delivery endorsed by the peers of provider and requester alone', async () => {
    const { api } = world;
    const proposed = await api.post('establishment.service1', `${path}/deliver`, body);
    const endorsed = await api.step('establishment.service1', proposed, 'endorse');
    expect(endorsed.status, endorsed.text).to.equal(200);
    expect(leaksIn(endorsed.toSign), 'what is ordered').to.equal(false);
    const { endorsements } = parseTransaction(decodePayload(endorsed.toSign).data);
    const mspIds = endorsements.map(({ endorser }) => decodeIdentity(endorser).mspId);
    expect(mspIds.sort()).to.deep.equal(['EstablishmentMSP', 'OfficesMSP']);
    await api.step('establishment.service1', endorsed, 'submit');
    const done = await api.get('establishment.service1', `/v1/transactions/${proposed.id}?wait=20`);
    expect(done.at('state'), done.text).to.equal('committed');
    const grant = await api.get('data.clerk1', `${path}/grant`);
    expect(grant.at('deliveries.0.fields.0.digest')).to.equal(sealed.digest);
    await commit(api, 'offices.clerk1', `${path}/confirm`, {});
    const events = await api.get('offices.clerk1', `${path}/events`);
    expect(events.each('items', 'type').slice(-2)).to.deep.equal([
      'sharing.deliver',
      'sharing.confirm',
    ]);
  });

  it('gives the values to officials of the two departments from their own peers, to nobody else', async () => {
    for (const user of ['establishment.clerk1', 'offices.head1']) {
      const held = await world.api.get(user, `${path}/values`);
      expect(held.at('deliveries.0.values.0'), user).to.deep.equal(confidential);
    }
    for (const user of ['data.clerk1', 'supervision.supervisor1']) {
      const held = await world.api.get(user, `${path}/values`);
      expect([held.status, held.at('code')]).to.deep.equal([403, 'ROLE_REFUSED']);
    }
  });

  it('has a gateway without that department’s peer neither take nor give values', async () => {
    const alone = await world.another('alone', {}, undefined, new Map());
    try {
      const api = await world.apiOn(alone);
      await alone.caughtUp();
      const held = await api.get('offices.head1', `${path}/values`);
      expect([held.status, held.at('code')]).to.deep.equal([403, 'PRIVATE_VALUES_ELSEWHERE']);
      const given = await api.post('establishment.service1', `${path}/deliver`, body);
      expect(given.at('code')).to.equal('PRIVATE_VALUES_ELSEWHERE');
    } finally {
      await alone.close();
    }
  });

  it('shows the values in no block, no log, no index, and to no third department’s peer', async () => {
    expect(leaksIn(Buffer.from(world.log()))).to.equal(false);
    expect(leaking(join(world.directory, 'gateway'))).to.deep.equal([]);
    for (const mspId of ['SupervisionMSP', 'DataMSP']) {
      const blocks = await world.privateBlocks(mspId);
      expect(blocks.length).to.be.greaterThan(20);
      expect(blocks.some(leaksIn), mspId).to.equal(false);
    }
    const own = await world.privateBlocks('OfficesMSP');
    expect(own.some(leaksIn), 'the search finds them where they are').to.equal(true);
  });

  it('lists what is unmatched until the requester records its use, which provider and lead read', async () => {
    const { api } = world;
    const unmatched = async (user: string) =>
      (await api.get(user, '/v1/unmatched-shares')).each('items', 'halves');
    expect(await unmatched('data.clerk1')).to.deep.equal([['grantedWithoutReceipt']]);
    expect(await unmatched('establishment.clerk1')).to.deep.equal([['grantedWithoutReceipt']]);
    expect(await unmatched('supervision.head1')).to.deep.equal([]);
    const receipt = {
      useId: 'use-1',
      fields: ['count'],
      scenario: '核定',
      process: '比对',
      effect: '免交材料',
      storage: '不留存',
    };
    await commit(api, 'offices.clerk1', `${path}/receipt`, receipt);
    expect(await unmatched('data.clerk1')).to.deep.equal([]);
    for (const user of ['establishment.clerk1', 'data.clerk1']) {
      const read = await api.get(user, `${path}/receipts`);
      expect(read.each('items', 'useId')).to.deep.equal(['use-1']);
    }
  });

  it('keeps challenges and disputes with their clocks', async () => {
    const { api } = world;
    const challenge = { challengeId: 'c-1', fields: ['count'], finding: '不一致' };
    await commit(api, 'offices.clerk1', `${path}/challenge`, challenge);
    const clocks = await api.get('establishment.clerk1', '/v1/share-clocks');
    expect(clocks.each('items', 'what')).to.deep.equal(['answerChallenge']);
    const inbox = await api.get('establishment.clerk1', '/v1/inbox');
    expect(inbox.each('items', 'todo')).to.include('answerChallenge');
    expect(inbox.each('items', 'todo')).to.not.include.members(['answerShare']);
    const answer = { challengeId: 'c-1', outcome: 'confirmed', note: '无误' };
    await commit(api, 'establishment.clerk1', `${path}/answer-challenge`, answer);
    const dispute = { disputeId: 'd-1', subject: 'quality', claim: '数据不准' };
    await commit(api, 'offices.clerk1', `${path}/dispute`, dispute);
    const read = await api.get('establishment.clerk1', `${path}/disputes`);
    expect(read.each('items', 'stage')).to.deep.equal(['negotiation']);
    const challenges = await api.get('offices.clerk1', `${path}/challenges`);
    expect(challenges.each('items', 'status')).to.deep.equal(['answered']);
  });

  it('purges the values when the requester disposes of the data; the digests stay', async () => {
    const { api } = world;
    await commit(api, 'offices.clerk1', `${path}/end`, { reason: 'purposeMet' });
    await commit(api, 'offices.clerk1', `${path}/dispose`, { note: '已删除' });
    const held = await api.get('offices.head1', `${path}/values`);
    expect(held.at('deliveries')).to.deep.equal([]);
    const grant = await api.get('offices.head1', `${path}/grant`);
    expect(grant.at('deliveries.0.fields.0.digest')).to.equal(sealed.digest);
    for (const mspId of ['OfficesMSP', 'EstablishmentMSP']) {
      expect((await world.privateBlocks(mspId)).some(leaksIn), mspId).to.equal(false);
    }
  });
});
