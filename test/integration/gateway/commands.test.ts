import { expect } from 'chai';
import { base64 } from './support/api.js';
import { commit, fileCase, filing, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

/** The order of P-256: s and order - s both verify; Fabric takes the lower only. */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

function withHighS(der: Uint8Array): Uint8Array {
  const r = der.subarray(4, 4 + der[3]!);
  const s = der.subarray(6 + der[3]!);
  const high = (order - BigInt(`0x${Buffer.from(s).toString('hex')}`)).toString(16);
  const bytes = Buffer.from(high.padStart(64, '0'), 'hex');
  const positive = bytes[0]! >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
  const body = Buffer.concat([Buffer.of(2, r.length), r, Buffer.of(2, positive.length), positive]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
}

describe('commands over HTTP on the embedded network', function () {
  this.timeout(120_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });

  after(() => world.close());

  it('takes a case from proposal to block, each step under the caller’s own signature', async () => {
    const { api } = world;
    const proposed = await api.post('data.clerk1', '/v1/cases', filing);
    expect(proposed.status).to.equal(202);
    expect(proposed.headers.get('location')).to.equal(`/v1/transactions/${proposed.id}`);
    expect(proposed.str('input.caseNo')).to.match(/^LEASE0001-\d{8}-\d{4}$/);
    expect(proposed.at('summary.function')).to.equal('case:submit');
    expect(proposed.at('summary.user')).to.equal('data.clerk1');
    const endorsed = await api.step('data.clerk1', proposed, 'endorse');
    expect(endorsed.at('state')).to.equal('endorsed');
    expect(endorsed.at('sign.kind')).to.equal('transaction');
    expect(endorsed.at('result.applicant')).to.equal('data');
    const submitted = await api.step('data.clerk1', endorsed, 'submit');
    expect(submitted.status).to.equal(202);
    const done = await api.get('data.clerk1', `/v1/transactions/${proposed.id}?wait=20`);
    expect(done.at('state')).to.equal('committed');
    expect(done.at('code')).to.deep.equal({ number: 0, name: 'VALID' });
    const byFabricId = await api.get('data.clerk1', `/v1/transactions/${proposed.str('txId')}`);
    expect(byFabricId.at('id')).to.equal(proposed.id);
  });

  it('names every offending place of a body at once', async () => {
    const answer = await world.api.post('data.clerk1', '/v1/cases', {
      ...filing,
      matterVersion: 'one',
      surprise: true,
      materials: [{ code: 'application' }],
    });
    expect(answer.status).to.equal(400);
    expect(answer.headers.get('content-type')).to.match(/^application\/problem\+json/);
    expect(answer.at('code')).to.equal('VALIDATION_FAILED');
    expect(answer.at('requestId')).to.equal(answer.headers.get('x-request-id'));
    expect(answer.each('errors', 'path')).to.have.members([
      '/matterVersion',
      '/materials/0/document',
      '/surprise',
    ]);
  });

  it('judges the path’s field with the body, and takes it from nowhere else', async () => {
    const { api } = world;
    const bad = await api.post('offices.clerk1', '/v1/cases/not-a-number/receive', { x: 1 });
    expect(bad.each('errors', 'path')).to.have.members(['/caseNo', '/x']);
    const twice = await api.post('offices.clerk1', '/v1/cases/LEASE0001-20261124-0001/receive', {
      caseNo: 'LEASE0001-20261124-0002',
    });
    expect(twice.each('errors', 'path')).to.deep.equal(['/caseNo']);
  });

  it('refuses a body that is no JSON, too large, or of another type', async () => {
    const { api } = world;
    const { token } = await api.as('data.clerk1');
    const malformed = await api.call('POST', '/v1/cases', { raw: '{"a":', token });
    expect([malformed.status, malformed.at('code')]).to.deep.equal([400, 'BODY_MALFORMED']);
    const large = await api.call('POST', '/v1/cases', { body: { a: 'x'.repeat(300_000) }, token });
    expect([large.status, large.at('code')]).to.deep.equal([413, 'BODY_TOO_LARGE']);
    const other = await api.call('POST', '/v1/cases', {
      raw: 'a=1',
      token,
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect([other.status, other.at('code')]).to.deep.equal([415, 'MEDIA_TYPE_UNSUPPORTED']);
  });

  it('refuses a signature by another key, over other bytes, with a high S, or that is none', async () => {
    const { api } = world;
    const proposed = await api.post('data.clerk1', '/v1/cases', filing);
    const path = `/v1/transactions/${proposed.id}/endorse`;
    const own = await api.as('data.clerk1');
    const stranger = await api.as('data.head1');
    const tampered = Uint8Array.from(proposed.toSign);
    tampered[tampered.length - 1]! ^= 1;
    const cases = [
      [stranger.sign(proposed.toSign), 403, 'SIGNATURE_INVALID'],
      [own.sign(tampered), 403, 'SIGNATURE_INVALID'],
      [withHighS(own.sign(proposed.toSign)), 400, 'SIGNATURE_HIGH_S'],
      [Buffer.from('no signature'), 400, 'SIGNATURE_MALFORMED'],
    ] as const;
    for (const [signature, status, code] of cases) {
      const answer = await api.post('data.clerk1', path, { signature: base64(signature) });
      expect([answer.status, answer.at('code')]).to.deep.equal([status, code]);
    }
    const still = await api.get('data.clerk1', `/v1/transactions/${proposed.id}`);
    expect(still.at('state')).to.equal('proposed');
  });

  it('knows nothing of a transaction towards anybody but its maker', async () => {
    const { api } = world;
    const proposed = await api.post('data.clerk1', '/v1/cases', filing);
    const read = await api.get('data.head1', `/v1/transactions/${proposed.id}`);
    expect([read.status, read.at('code')]).to.deep.equal([404, 'TRANSACTION_NOT_FOUND']);
    const endorse = await api.step('data.head1', proposed, 'endorse');
    expect(endorse.at('code')).to.equal('TRANSACTION_NOT_FOUND');
  });

  it('answers a replayed step with what stands, and commits once', async () => {
    const { api } = world;
    const proposed = await api.post('data.clerk1', '/v1/cases', filing);
    const endorsed = await api.step('data.clerk1', proposed, 'endorse');
    const again = await api.step('data.clerk1', proposed, 'endorse');
    expect(again.json).to.deep.equal(endorsed.json);
    await Promise.all([
      api.step('data.clerk1', endorsed, 'submit'),
      api.step('data.clerk1', endorsed, 'submit'),
    ]);
    const done = await api.get('data.clerk1', `/v1/transactions/${proposed.id}?wait=20`);
    expect(done.at('state')).to.equal('committed');
    const late = await api.step('data.clerk1', endorsed, 'submit');
    expect([late.status, late.at('state')]).to.deep.equal([202, 'committed']);
    const events = await api.get('data.clerk1', `/v1/cases/${done.str('result.caseNo')}/events`);
    expect(events.list('items')).to.have.length(1);
  });

  it('refuses by role before anybody signs, and by rule in the contract’s own words', async () => {
    const { api } = world;
    const caseNo = await fileCase(api, 'data.clerk1');
    const role = await api.post('offices.clerk1', `/v1/cases/${caseNo}/decide`, {
      outcome: 'granted',
      document: { digestAlg: 'sha256', digest: '0'.repeat(64) },
    });
    expect([role.status, role.at('code')]).to.deep.equal([403, 'ROLE_REFUSED']);
    const department = await api.run('data.clerk1', `/v1/cases/${caseNo}/receive`, {});
    expect([department.status, department.at('code'), department.at('source')]).to.deep.equal([
      403,
      'WRONG_DEPARTMENT',
      'contract',
    ]);
    const state = await api.run('offices.clerk1', `/v1/cases/${caseNo}/complete`, {
      result: { digestAlg: 'sha256', digest: '0'.repeat(64) },
    });
    expect([state.status, state.at('code')]).to.deep.equal([409, 'WRONG_STATE']);
  });

  it('keeps a refusal: the transaction has ended, and says so in the same words', async () => {
    const { api } = world;
    const missing = { ...filing, materials: [] };
    const proposed = await api.post('data.clerk1', '/v1/cases', missing);
    const refused = await api.step('data.clerk1', proposed, 'endorse');
    expect([refused.status, refused.at('code')]).to.deep.equal([422, 'MATERIAL_MISSING']);
    expect(JSON.stringify(refused.at('details'))).to.contain('application');
    const again = await api.step('data.clerk1', proposed, 'endorse');
    expect([again.status, again.at('code')]).to.deep.equal([422, 'MATERIAL_MISSING']);
    const view = await api.get('data.clerk1', `/v1/transactions/${proposed.id}`);
    expect([view.at('state'), view.at('error.code')]).to.deep.equal([
      'refused',
      'MATERIAL_MISSING',
    ]);
    const retry = await api.post('data.clerk1', `/v1/transactions/${proposed.id}/retry`, {});
    expect([retry.status, retry.at('code')]).to.deep.equal([409, 'TRANSACTION_STATE']);
  });

  it('offers a conflicted transaction again: same id, new attempt, new signature', async () => {
    const { api } = world;
    const caseNo = await fileCase(api, 'data.clerk1');
    const path = `/v1/cases/${caseNo}/receive`;
    const first = await api.step(
      'offices.clerk1',
      await api.post('offices.clerk1', path, { voucherNo: 'A' }),
      'endorse',
    );
    const second = await api.step(
      'offices.head1',
      await api.post('offices.head1', path, { voucherNo: 'B' }),
      'endorse',
    );
    await api.step('offices.clerk1', first, 'submit');
    await api.get('offices.clerk1', `/v1/transactions/${first.id}?wait=20`);
    await api.step('offices.head1', second, 'submit');
    const lost = await api.get('offices.head1', `/v1/transactions/${second.id}?wait=20`);
    expect([lost.at('state'), lost.at('code.name'), lost.at('retry')]).to.deep.equal([
      'invalid',
      'MVCC_READ_CONFLICT',
      true,
    ]);
    const retry = await api.post('offices.head1', `/v1/transactions/${second.id}/retry`, {});
    expect([retry.status, retry.id, retry.at('attempt')]).to.deep.equal([202, second.id, 2]);
    expect(retry.at('txId')).to.not.equal(second.at('txId'));
    const refused = await api.step('offices.head1', retry, 'endorse');
    expect(refused.at('code')).to.equal('WRONG_STATE');
  });

  it('dates anew under the same key what a clock that was wrong had dated, behind or ahead', async () => {
    let wrong = 0;
    const now = () => new Date(Date.now() + wrong);
    const through = [undefined, undefined, undefined] as const;
    const gateway = await world.another('wrong clock', {}, ...through, now);
    try {
      await gateway.caughtUp();
      const api = await world.apiOn(gateway);
      await api.as('data.clerk1');
      for (const minutes of [-6, 6]) {
        const key = { 'idempotency-key': `dated-by-${minutes}` };
        const file = () => api.post('data.clerk1', '/v1/cases', filing, key);
        wrong = minutes * 60_000;
        const first = await file();
        const refused = await api.step('data.clerk1', first, 'endorse');
        expect([refused.status, refused.at('code')]).to.deep.equal([502, 'TIME_REFUSED']);
        expect((await file()).at('txId'), 'while it is wrong').to.equal(first.at('txId'));
        wrong = 0;
        const next = await file();
        expect([next.status, next.id, next.at('attempt')]).to.deep.equal([202, first.id, 2]);
        const endorsed = await api.step('data.clerk1', next, 'endorse');
        await api.step('data.clerk1', endorsed, 'submit');
        const done = await api.get('data.clerk1', `/v1/transactions/${first.id}?wait=20`);
        expect(done.at('state')).to.equal('committed');
        expect((await file()).at('txId'), 'the first outcome').to.equal(done.at('txId'));
      }
    } finally {
      await gateway.close();
    }
  });

  it('lets nobody in without a session, and says so the same way everywhere', async () => {
    for (const path of ['/v1/cases', '/v1/inbox', '/v1/blocks', '/v1/events']) {
      const answer = await world.api.call('GET', path);
      expect([answer.status, answer.at('code')]).to.deep.equal([401, 'UNAUTHENTICATED']);
    }
    const forged = await world.api.call('GET', '/v1/cases', { token: `ys_${'x'.repeat(43)}` });
    expect(forged.at('code')).to.equal('UNAUTHENTICATED');
  });

  it('answers an unknown path, another method and a badly encoded path with their codes', async () => {
    const { api } = world;
    const { token } = await api.as('data.clerk1');
    const route = await api.get('data.clerk1', '/v1/nothing');
    expect([route.status, route.at('code')]).to.deep.equal([404, 'ROUTE_NOT_FOUND']);
    const method = await api.call('DELETE', '/v1/cases/LEASE0001-20261124-0001', { token });
    expect([method.status, method.at('code')]).to.deep.equal([405, 'METHOD_NOT_ALLOWED']);
    expect(method.headers.get('allow')).to.equal('GET');
    const encoded = await api.get('data.clerk1', '/v1/cases/%E0%A4%A');
    expect([encoded.status, encoded.at('code')]).to.deep.equal([400, 'VALIDATION_FAILED']);
  });

  it('logs requests without tokens, signatures or bodies', async () => {
    const { token } = await world.api.as('data.clerk1');
    await commit(world.api, 'data.clerk1', '/v1/cases', filing);
    const log = world.log();
    expect(log).to.contain('/v1/cases');
    expect(log).to.not.contain(token);
    expect(log).to.not.contain('BEGIN CERTIFICATE');
    expect(log).to.not.contain('signature');
  });
});
