import { createHash, randomBytes } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Answer } from './support/api.js';
import { commit, filing, seed } from './support/story.js';
import { runYici } from '../../support/terminal.js';
import { openWorld, type World } from './support/world.js';

const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300_000, 0x41)]);

describe('documents off the ledger over HTTP', function () {
  this.timeout(120_000);
  let world: World;

  before(async () => {
    world = await openWorld();
    await seed(world.api);
  });
  after(() => world.close());

  const put = async (
    user: string,
    bytes: Uint8Array,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const { token } = await world.api.as(user);
    const response = await fetch(`${world.url}/v1/documents`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/pdf',
        'x-document-name': encodeURIComponent('租用申请.pdf'),
        ...headers,
      },
      body: Buffer.from(bytes),
    });
    return new Answer(response, await response.text());
  };
  const content = async (user: string, id: string) => {
    const { token } = await world.api.as(user);
    return fetch(`${world.url}/v1/documents/${id}/content`, {
      headers: { authorization: `Bearer ${token}` },
    });
  };

  /** A document that a case of the data bureau names: offices and establishment take part, supervision sees all. */
  const filed = async () => {
    const salt = randomBytes(32);
    const document = await put('data.clerk1', pdf, { 'x-document-salt': salt.toString('base64') });
    expect(document.status, document.text).to.equal(201);
    const materials = [{ code: 'application', document: document.at('digest') }];
    const done = await commit(world.api, 'data.clerk1', '/v1/cases', { ...filing, materials });
    return { id: document.id, document, caseNo: done.str('result.caseNo'), salt };
  };

  it('takes a document in, names it by both digests, and the case carries them', async () => {
    const { document, caseNo, salt, id } = await filed();
    const digest = (name: string) => createHash(name).update(salt).update(pdf).digest('hex');
    expect(document.at('digest')).to.deep.equal({
      digestAlg: 'sha256',
      digest: digest('sha256'),
      sm3: digest('sm3'),
    });
    const shown = await world.api.get('offices.clerk1', `/v1/documents/${id}`);
    expect(shown.at('cases')).to.deep.equal([caseNo]);
    expect(shown.at('name')).to.equal('租用申请.pdf');
    const record = await world.api.get('offices.clerk1', `/v1/cases/${caseNo}?source=ledger`);
    expect(record.at('materials.0.evidence.document')).to.deep.equal(document.at('digest'));
  });

  it('gives it to the parties of the case and to a supervisor, records that, and to nobody else', async () => {
    const alone = await put('data.clerk1', pdf);
    expect((await content('offices.clerk1', alone.id)).status, 'in no case yet').to.equal(404);
    const { id, document } = await filed();
    const readers = ['data.head1', 'offices.clerk1', 'supervision.supervisor1'];
    for (const user of readers) {
      const response = await content(user, id);
      expect(response.status, user).to.equal(200);
      expect(Buffer.from(await response.arrayBuffer()).equals(pdf)).to.equal(true);
      expect(response.headers.get('content-disposition')).to.match(
        /^attachment; filename\*=UTF-8''%E7/,
      );
      expect(response.headers.get('cache-control')).to.equal('no-store');
    }
    for (const path of ['', '/content', '/reads']) {
      const answer = await world.api.get('supervision.head1', `/v1/documents/${id}${path}`);
      expect([answer.status, answer.at('code')]).to.deep.equal([404, 'RECORD_NOT_FOUND']);
    }
    const digest = document.str('digest.digest');
    const found = await world.api.get('offices.clerk1', `/v1/documents?digest=${digest}`);
    expect(found.each('items', 'id')).to.deep.equal([id]);
    const hidden = await world.api.get('supervision.head1', `/v1/documents?digest=${digest}`);
    expect(hidden.list('items')).to.deep.equal([]);
    const reads = await world.api.get('offices.head1', `/v1/documents/${id}/reads`);
    expect(reads.list('items').map((_, index) => reads.at(`items.${index}.by.user`))).to.deep.equal(
      readers,
    );
  });

  it('is erased by a head of the department that brought it in, and the case stays whole', async () => {
    const { id, caseNo, document } = await filed();
    const refused = [
      await world.api.post('data.clerk1', `/v1/documents/${id}/erase`, { reason: 'x' }),
      await world.api.post('offices.head1', `/v1/documents/${id}/erase`, { reason: 'x' }),
    ];
    for (const answer of refused) expect(answer.at('code')).to.equal('ROLE_REFUSED');
    const erased = await world.api.post('data.head1', `/v1/documents/${id}/erase`, {
      reason: '期满',
    });
    expect(erased.status).to.equal(200);
    expect([erased.at('name'), erased.at('salt')]).to.deep.equal([null, null]);
    expect(erased.at('digest')).to.deep.equal(document.at('digest'));
    expect((await content('data.head1', id)).status).to.equal(410);
    const record = await world.api.get('data.head1', `/v1/cases/${caseNo}`);
    expect(record.at('materials.0.evidence.document')).to.deep.equal(document.at('digest'));
  });

  it('refuses what is no document of an official, each with its code, and keeps nothing', async () => {
    const before = (await world.api.get('data.clerk1', '/v1/documents')).list('items').length;
    const salt = randomBytes(16).toString('base64');
    const cases: readonly [Promise<Answer>, number, string][] = [
      [put('supervision.supervisor1', pdf), 403, 'ROLE_REFUSED'],
      [put('data.clerk1', pdf, { 'content-type': 'text/html' }), 415, 'MEDIA_TYPE_UNSUPPORTED'],
      [put('data.clerk1', pdf, { 'content-type': 'image/png' }), 415, 'DOCUMENT_TYPE_MISMATCH'],
      [put('data.clerk1', pdf, { 'x-document-salt': salt }), 400, 'VALIDATION_FAILED'],
      [put('data.clerk1', pdf, { 'x-document-name': '%E7%' }), 400, 'VALIDATION_FAILED'],
      [
        put('data.clerk1', pdf, { 'x-document-digest': '0'.repeat(64) }),
        422,
        'DOCUMENT_DIGEST_MISMATCH',
      ],
      [world.api.call('POST', '/v1/documents', { raw: 'x' }), 401, 'UNAUTHENTICATED'],
    ];
    for (const [answer, status, code] of cases) {
      const { status: got, json } = await answer;
      expect([got, Reflect.get(json as object, 'code')], code).to.deep.equal([status, code]);
    }
    const after = (await world.api.get('data.clerk1', '/v1/documents')).list('items').length;
    expect(after).to.equal(before);
  });

  it('keeps nothing of an upload whose client goes away', async () => {
    const { token } = await world.api.as('data.clerk1');
    const outgoing = httpRequest(`${world.url}/v1/documents`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/pdf',
        'content-length': '5000000',
        'x-document-name': 'half.pdf',
      },
    });
    outgoing.on('error', () => undefined);
    outgoing.write(pdf);
    const incoming = join(world.directory, 'gateway', 'documents', 'incoming');
    const files = () => readdirSync(incoming).length;
    while (files() === 0) await new Promise((done) => setTimeout(done, 10));
    const closed = new Promise((done) => outgoing.once('close', done));
    outgoing.destroy();
    await closed;
    const deadline = Date.now() + 10_000;
    while (files() > 0 && Date.now() < deadline) await new Promise((done) => setTimeout(done, 10));
    expect(files()).to.equal(0);
  });

  it('is put, shown, got and erased with yici document, which checks the digest itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yici-document-'));
    const file = join(folder, '申请.pdf');
    writeFileSync(file, pdf);
    const yici = async (user: string, ...args: string[]) => {
      const identity = join(world.directory, 'state', 'identities', user);
      const options = ['--json', '--identity', identity, '--gateway', world.url];
      const run = await runYici(['document', ...args, ...options], { YICI_HOME: folder });
      return { ...run, json: JSON.parse(run.out[0] ?? '{}') as { id: string } };
    };
    const made = await yici('data.clerk1', 'put', file);
    expect(made.exitCode, made.notes.join()).to.equal(0);
    const { id } = made.json;
    const out = join(folder, 'back.pdf');
    const got = await yici('data.clerk1', 'get', id, '-o', out);
    expect(got.exitCode, got.notes.join()).to.equal(0);
    expect(readFileSync(out).equals(pdf)).to.equal(true);
    expect((await yici('data.clerk1', 'get', id, '-o', out)).exitCode, 'never overwrites').to.equal(
      2,
    );
    expect((await yici('offices.clerk1', 'show', id)).exitCode).to.not.equal(0);
    expect(await yici('data.clerk1', 'reads', id)).to.have.nested.property(
      'json.items[0].act',
      'read',
    );
    expect((await yici('data.head1', 'erase', id, '--reason', '期满')).exitCode).to.equal(0);
    expect((await yici('data.clerk1', 'get', id, '-o', `${out}2`)).exitCode).to.not.equal(0);
    expect(existsSync(`${out}2`)).to.equal(false);
    rmSync(folder, { recursive: true });
  });

  it('writes neither a salt nor a name into its log', async () => {
    const { salt } = await filed();
    expect(world.log()).to.not.include(salt.toString('base64'));
    expect(world.log()).to.not.include('租用申请');
    expect(world.log()).to.not.include(encodeURIComponent('租用申请'));
  });
});
