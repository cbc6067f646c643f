import { createHash, randomBytes } from 'node:crypto';
import type { ShareReaders } from '@yici/domain/model';
import { decodeIdentity, decodePayload, parseTransaction } from '@yici/ledger';
import { expect } from 'chai';
import type { Door } from '../../integration/gateway/support/api.js';
import { commit, openDataset, publishDataset } from '../../integration/gateway/support/story.js';
import { piecesOf } from './search.js';
import { refusal, shanghai, type Stand } from './stand.js';
import { readValues } from './values.js';

const shareId = 'share-1';
const path = `/v1/shares/${shareId}`;
const requestOf = (id: string, datasetId: string) => ({
  shareId: id,
  datasetId,
  basis: { law: '机关事务管理条例', clause: '第二十一条', text: '（条文）' },
  scenario: '办公用房核定',
  fields: ['count'],
  method: 'interface',
  term: { from: shanghai(0), to: shanghai(20) },
});
const terms = {
  purpose: '办公用房核定',
  period: { from: shanghai(0), to: shanghai(20) },
  uses: ['核对'],
  retention: { value: 3, unit: 'workingDay' },
  conditions: [],
};

/** Random text that nobody else has: whatever holds a piece of it holds what is confidential. */
const random = (bytes: number) => randomBytes(bytes).toString('hex');
export const confidential = { code: 'count', value: `${random(64)} 机密数值`, salt: random(32) };
const sealed = {
  code: confidential.code,
  digestAlg: 'sha256',
  digest: createHash('sha256')
    .update(Buffer.from(confidential.salt, 'hex'))
    .update(confidential.value, 'utf8')
    .digest('hex'),
};
/** The route and the body of the delivery. */
export const delivery = {
  path: `${path}/deliver`,
  body: { fields: [sealed], private: { values: [confidential] } },
};
export const valuesPath = `${path}/values`;

const values = [confidential.value, confidential.salt].flatMap(piecesOf);

/** Whether the bytes hold a piece of the confidential value or of its salt. */
export const leaksIn = (bytes: Uint8Array): boolean =>
  values.some((piece) => Buffer.from(bytes).includes(piece));

/** A share of another data set of the establishment office's, all the way to the delivery of the confidential value. */
export async function deliverTo(api: Door, id: string, datasetId: string): Promise<void> {
  await grantTo(api, id, datasetId);
  await commit(api, 'establishment.service1', `/v1/shares/${id}/deliver`, delivery.body);
}

/** A share of another data set of the establishment office's, granted. */
export async function grantTo(
  api: Door,
  id: string,
  datasetId: string,
  readers?: ShareReaders,
): Promise<void> {
  const at = `/v1/shares/${id}`;
  await publishDataset(api, 'establishment', openDataset(datasetId, confidential.code));
  await commit(api, 'offices.clerk1', '/v1/shares', requestOf(id, datasetId));
  await commit(api, 'offices.head1', `${at}/consent`, {});
  await giveGrant(api, at, readers === undefined ? terms : { ...terms, readers });
}

/** A grant as a clerk of the establishment office words it, and its head consents to it. */
async function giveGrant(api: Door, at: string, given: object): Promise<void> {
  const worded = await commit(api, 'establishment.clerk1', `${at}/grant`, given);
  const seq = worded.at('result.proposedReply.seq');
  await commit(api, 'establishment.head1', `${at}/consent-reply`, { seq });
}

const refusedWith = async (stand: Stand, user: string, at: string, given: unknown) => {
  const answer = await refusal(stand, user, at, given);
  return [answer.status, answer.at('code')];
};

/** A data set of the establishment office's, asked for by the offices and granted. Registers the tests. */
export function tellsRequest(stand: () => Stand): void {
  const datasetId = 'establishment.headcount';
  before(() =>
    publishDataset(stand().api, 'establishment', openDataset(datasetId, confidential.code)),
  );

  it('files a request with the head’s consent, and runs the provider’s clock', async () => {
    const { api } = stand();
    await commit(api, 'offices.clerk1', '/v1/shares', requestOf(shareId, datasetId));
    expect(await refusedWith(stand(), 'offices.clerk1', `${path}/consent`, {})).to.deep.equal([
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
    const seen = async (user: string) => (await stand().api.get(user, path)).status;
    expect(await seen('establishment.clerk1')).to.equal(200);
    expect(await seen('offices.clerk1')).to.equal(200);
    expect(await seen('data.clerk1')).to.equal(200);
    expect(await seen('supervision.supervisor1')).to.equal(200);
    expect(await seen('supervision.head1')).to.equal(404);
    for (const part of ['grant', 'events', 'receipts', 'challenges', 'disputes', 'values']) {
      expect((await stand().api.get('supervision.head1', `${path}/${part}`)).status, part).to.equal(
        404,
      );
    }
    const listed = await stand().api.get('supervision.head1', '/v1/shares');
    expect(listed.at('items')).to.deep.equal([]);
    const found = await stand().api.get('data.clerk1', '/v1/shares?state=FILED&requester=offices');
    expect(found.each('items', 'shareId')).to.deep.equal([shareId]);
    const ledger = await stand().api.get('offices.clerk1', `${path}?source=ledger`);
    const index = await stand().api.get('offices.clerk1', path);
    expect(ledger.text).to.equal(index.text);
  });

  it('refuses by the rules, with code and article, and writes nothing', async () => {
    const refusal = { basis: 'inconvenient', reason: '不便' };
    const before = stand().height();
    const answer = await stand().api.run('establishment.clerk1', `${path}/refuse`, refusal);
    expect([answer.status, answer.at('code')]).to.deep.equal([422, 'REFUSAL_BASIS_REQUIRED']);
    expect(answer.str('article.zh')).to.include('第二十一条');
    const incomplete = { basis: 'incomplete', reason: '材料不全' };
    expect(
      await refusedWith(stand(), 'establishment.clerk1', `${path}/refuse`, incomplete),
    ).to.deep.equal([422, 'SHARE_NOTICE_REQUIRED']);
    expect(stand().height()).to.equal(before);
  });

  it('names every place of a private part that is wrong, and no value of it', async () => {
    await giveGrant(stand().api, path, terms);
    const wrong = { ...delivery.body, private: { values: [{ ...confidential, salt: 'zz' }] } };
    const answer = await stand().api.post('establishment.service1', delivery.path, wrong);
    expect([answer.status, answer.at('code')]).to.deep.equal([400, 'VALIDATION_FAILED']);
    expect(answer.text).to.include('/private/values/0/salt');
    expect(leaksIn(Buffer.from(answer.text))).to.equal(false);
    const elsewhere = await stand().api.post('establishment.clerk1', '/v1/datasets', delivery.body);
    expect(elsewhere.at('code')).to.equal('VALIDATION_FAILED');
  });
}

/** The confidential value delivered, held by two departments and by nobody else. Registers the tests. */
export function tellsDelivery(stand: () => Stand): void {
  it('has a delivery endorsed by the peers of provider and requester alone', async () => {
    const { api } = stand();
    const proposed = await api.post('establishment.service1', delivery.path, delivery.body);
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
      const held = await readValues(stand().api, user, valuesPath);
      expect(held.at('deliveries.0.values.0'), user).to.deep.equal(confidential);
    }
    for (const user of ['data.clerk1', 'supervision.supervisor1']) {
      const held = await readValues(stand().api, user, valuesPath);
      expect([held.status, held.at('code')]).to.deep.equal([403, 'ROLE_REFUSED']);
    }
  });
}

/** Its use recorded, challenged and disputed. Registers the tests. */
export function tellsUse(stand: () => Stand): void {
  it('lists what is unmatched until the requester records its use, which provider and lead read', async () => {
    const { api } = stand();
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
    const { api } = stand();
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
    const { shareId } = read.list('items')[0] as { shareId: string };
    const open = `/v1/disputes?shareId=${shareId}&stage=negotiation`;
    const one = `/v1/disputes/${shareId}/d-1`;
    for (const user of ['establishment.clerk1', 'offices.clerk1', 'data.clerk1']) {
      expect((await api.get(user, open)).each('items', 'disputeId'), user).to.deep.equal(['d-1']);
      expect((await api.get(user, one)).status, user).to.equal(200);
    }
    expect((await api.get('supervision.head1', open)).list('items')).to.deep.equal([]);
    expect((await api.get('supervision.head1', one)).status).to.equal(404);
  });
}

/** The end of the use, and of the values with it. Registers the tests. */
export function tellsPurge(stand: () => Stand): void {
  it('purges the values when the requester disposes of the data; the digests stay', async () => {
    const { api } = stand();
    await commit(api, 'offices.clerk1', `${path}/end`, { reason: 'purposeMet' });
    await commit(api, 'offices.clerk1', `${path}/dispose`, { note: '已删除' });
    const held = await readValues(api, 'offices.head1', valuesPath);
    expect(held.at('deliveries')).to.deep.equal([]);
    const grant = await api.get('offices.head1', `${path}/grant`);
    expect(grant.at('deliveries.0.fields.0.digest')).to.equal(sealed.digest);
  });
}
