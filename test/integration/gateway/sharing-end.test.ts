import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { commit, openDataset, publishDataset, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';
import { readValues } from '../../support/domain/values.js';

const day = 86_400_000;
const datasetId = 'establishment.posts';
const [provider, requester] = ['establishment', 'offices'];
const workingDays = (value: number) => ({ value, unit: 'workingDay' });

/** A value nobody else has, with its digest. */
function secretValue() {
  const value = {
    code: 'count',
    value: `机密 ${randomUUID()}`,
    salt: randomBytes(32).toString('hex'),
  };
  const digest = createHash('sha256')
    .update(Buffer.from(value.salt, 'hex'))
    .update(value.value, 'utf8')
    .digest('hex');
  return { value, sealed: { code: value.code, digestAlg: 'sha256', digest } };
}

/** Order 809 art 27, from misuse to the purge of what was kept. */
describe('the end of use over HTTP on the embedded network', function () {
  this.timeout(180_000);
  let world: World;
  let ahead = 0;
  const clock = () => new Date(Date.now() + ahead);
  const shanghai = (days: number) =>
    new Date(clock().getTime() + 8 * 3_600_000 + days * day).toISOString().slice(0, 10);
  const goOn = (days: number) => {
    ahead += days * day;
    world.api.forgetSessions();
  };

  before(async () => {
    world = await openWorld({}, false, clock);
    await seed(world.api);
    await publishDataset(world.api, provider, openDataset(datasetId, 'count'));
  });
  after(() => world.close());

  const path = (shareId: string, act: string) => `/v1/shares/${shareId}/${act}`;
  /** The state of a transaction, or the code of a refusal. */
  const run = async (user: string, shareId: string, act: string, body: unknown) => {
    const answer = await world.api.run(user, path(shareId, act), body);
    return answer.status === 200 ? answer.at('state') : answer.at('code');
  };
  const share = (shareId: string) => world.api.get(`${requester}.clerk1`, `/v1/shares/${shareId}`);
  const held = async (user: string, shareId: string) =>
    (await readValues(world.api, user, path(shareId, 'values'))).list('deliveries');

  /** Granted for a month with two days to dispose of the data, and delivered. */
  async function delivered(shareId: string) {
    const { api } = world;
    const period = { from: shanghai(0), to: shanghai(30) };
    const { value, sealed } = secretValue();
    await commit(api, `${requester}.clerk1`, '/v1/shares', {
      ...{ shareId, datasetId, scenario: '核定', fields: ['count'], method: 'interface' },
      basis: { law: '某条例', clause: '第三条', text: '（条文）' },
      term: period,
    });
    await commit(api, `${requester}.head1`, path(shareId, 'consent'), {});
    const worded = await commit(api, `${provider}.clerk1`, path(shareId, 'grant'), {
      ...{ purpose: '核定', period, uses: ['核对'], conditions: [] },
      ...{ retention: workingDays(2), disposal: '删除全部副本并书面确认' },
    });
    const seq = worded.at('result.proposedReply.seq');
    await commit(api, `${provider}.head1`, path(shareId, 'consent-reply'), { seq });
    await commit(api, `${provider}.service1`, path(shareId, 'deliver'), {
      ...{ fields: [sealed], private: { values: [value] } },
    });
    await commit(api, `${requester}.clerk1`, path(shareId, 'confirm'), {});
    return { value, sealed };
  }

  it('comes to misuse only after a suspension and time to mend', async () => {
    await delivered('e-1');
    const stop = { ground: 'inconvenient', note: '不便', limit: workingDays(3) };
    expect(await run(`${provider}.clerk1`, 'e-1', 'suspend', stop)).to.equal('SHARE_STOP_REFUSED');
    for (const reason of ['notNeeded', 'misuse', 'termOver']) {
      const ended = await run(`${provider}.clerk1`, 'e-1', 'end', { reason });
      expect(ended, reason).to.equal('SHARE_STOP_REFUSED');
    }
    const misuse = { ...stop, ground: 'thirdParty', note: '转给他人' };
    expect(await run(`${requester}.clerk1`, 'e-1', 'suspend', misuse)).to.equal('WRONG_DEPARTMENT');
    expect(await run(`${requester}.clerk1`, 'e-1', 'mend', { note: '无' })).to.equal('WRONG_STATE');
    expect(await run(`${provider}.clerk1`, 'e-1', 'suspend', misuse)).to.equal('committed');
    expect(await run(`${provider}.clerk1`, 'e-1', 'suspend', misuse)).to.equal('WRONG_STATE');
    const { sealed, value } = secretValue();
    const more = { fields: [sealed], private: { values: [value] } };
    const given = await run(`${provider}.service1`, 'e-1', 'deliver', more);
    expect(given, 'nothing more while it is suspended').to.equal('WRONG_STATE');
    const inbox = await world.api.get(`${requester}.clerk1`, '/v1/inbox');
    expect(inbox.each('items', 'todo')).to.include('mendShare');
    const early = await run(`${provider}.clerk1`, 'e-1', 'end', { reason: 'misuse' });
    expect(early, 'there is time to mend').to.equal('SHARE_STOP_REFUSED');
    const mended = { note: '已删除副本' };
    expect(await run(`${requester}.clerk1`, 'e-1', 'mend', mended)).to.equal('committed');
    expect(await run(`${provider}.clerk1`, 'e-1', 'resume', mended)).to.equal('committed');
    expect((await share('e-1')).at('state')).to.equal('GRANTED');

    expect(await run(`${provider}.clerk1`, 'e-1', 'suspend', misuse)).to.equal('committed');
    expect((await share('e-1')).at('suspension.mended'), 'it is asked anew').to.equal(undefined);
    goOn(7);
    const overdue = await run(`${provider}.clerk1`, 'e-1', 'end', { reason: 'misuse' });
    expect(overdue, 'not mended in time').to.equal('committed');
    expect((await share('e-1')).at('ended.reason')).to.equal('misuse');
    expect(await run(`${provider}.clerk1`, 'e-1', 'resume', mended)).to.equal('WRONG_STATE');
  });

  it('is judged by the lead authority where it suspended the share', async () => {
    await delivered('e-2');
    const misuse = { ground: 'widerScope', note: '超出范围', limit: workingDays(3) };
    expect(await run('supervision.head1', 'e-2', 'suspend', misuse)).to.equal('WRONG_DEPARTMENT');
    expect(await run('data.clerk1', 'e-2', 'suspend', misuse)).to.equal('committed');
    const note = { note: '已整改' };
    expect(await run(`${requester}.clerk1`, 'e-2', 'mend', note)).to.equal('committed');
    expect(await run(`${provider}.clerk1`, 'e-2', 'resume', note)).to.equal('WRONG_DEPARTMENT');
    const end = { reason: 'misuse' };
    expect(await run(`${provider}.clerk1`, 'e-2', 'end', end)).to.equal('WRONG_DEPARTMENT');
    expect(await run('data.clerk1', 'e-2', 'end', end)).to.equal('committed');
  });

  it('is followed by disposal as the provider asked, which purges the values from both collections', async () => {
    const { sealed } = await delivered('e-3');
    const grant = await world.api.get(`${requester}.clerk1`, path('e-3', 'grant'));
    expect(grant.at('terms.disposal')).to.equal('删除全部副本并书面确认');
    const note = { note: '已删除全部副本，确认书随附' };
    expect(await run(`${requester}.clerk1`, 'e-3', 'dispose', note)).to.equal('WRONG_STATE');
    const end = { reason: 'purposeMet' };
    expect(await run(`${requester}.clerk1`, 'e-3', 'end', end)).to.equal('committed');
    expect(await run(`${provider}.clerk1`, 'e-3', 'dispose', note)).to.equal('WRONG_DEPARTMENT');
    expect(await held(`${requester}.clerk1`, 'e-3')).to.have.length(1);
    expect(await run(`${requester}.clerk1`, 'e-3', 'dispose', note)).to.equal('committed');
    for (const side of [provider, requester]) {
      expect(await held(`${side}.clerk1`, 'e-3'), side).to.deep.equal([]);
    }
    const kept = await world.api.get('data.clerk1', path('e-3', 'grant'));
    expect(kept.at('deliveries.0.fields.0.digest'), 'its digest stays').to.equal(sealed.digest);
    expect((await share('e-3')).at('disposal.note')).to.equal(note.note);
    expect(await run(`${requester}.clerk1`, 'e-3', 'dispose', note)).to.equal('WRONG_STATE');
  });

  it('has what was kept too long purged by any member, which shows it as late', async () => {
    const { value } = await delivered('e-4');
    await run(`${requester}.clerk1`, 'e-4', 'end', { reason: 'notNeeded' });
    expect(await run('data.clerk1', 'e-4', 'purge-expired', {})).to.equal('DISPOSAL_NOT_DUE');
    goOn(14);
    expect(await run('data.clerk1', 'e-4', 'purge-expired', {})).to.equal('committed');
    expect((await share('e-4')).at('disposal')).to.include({ how: 'term', late: true });
    for (const mspId of ['EstablishmentMSP', 'OfficesMSP']) {
      const blocks = await world.privateBlocks(mspId);
      const leaks = blocks.some((block) => Buffer.from(block).includes(value.value));
      expect(leaks, mspId).to.equal(false);
    }
  });
});
