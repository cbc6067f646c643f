import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Answer, type Door } from '../../integration/gateway/support/api.js';
import { commit, filing } from '../../integration/gateway/support/story.js';
import { runYici } from '../terminal.js';
import { filesWith, piecesOf } from './search.js';
import type { Stand } from './stand.js';

export const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(300_000, 0x41)]);

/** Puts a document in at a gateway. */
export async function putDocument(
  door: Door,
  user: string,
  bytes: Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await door.fetch(user, '/v1/documents', {
    method: 'POST',
    headers: {
      'content-type': 'application/pdf',
      'x-document-name': encodeURIComponent('租用申请.pdf'),
      ...headers,
    },
    body: Buffer.from(bytes),
  });
  return new Answer(response, await response.text());
}

/**
 * Documents of one gateway, the data bureau's, on a stand that was seeded: each gateway keeps its own. Registers the tests.
 */
export function tellsDocuments(stand: () => Stand): void {
  const door = () => stand().at('data');
  const put = (user: string, bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}) =>
    putDocument(door(), user, bytes, headers);
  const noSession = async () => {
    const response = await fetch(`${door().urlOf('data.clerk1')}/v1/documents`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: 'x',
    });
    return new Answer(response, await response.text());
  };
  const content = (user: string, id: string) => door().fetch(user, `/v1/documents/${id}/content`);

  /** A document that a case of the data bureau names: offices and establishment take part, supervision sees all. */
  const filed = async () => {
    const salt = randomBytes(32);
    const document = await put('data.clerk1', pdf, { 'x-document-salt': salt.toString('base64') });
    expect(document.status, document.text).to.equal(201);
    const materials = [{ code: 'application', document: document.at('digest') }];
    const done = await commit(door(), 'data.clerk1', '/v1/cases', { ...filing, materials });
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
    const shown = await door().get('offices.clerk1', `/v1/documents/${id}`);
    expect(shown.at('cases')).to.deep.equal([caseNo]);
    expect(shown.at('name')).to.equal('租用申请.pdf');
    const record = await door().get('offices.clerk1', `/v1/cases/${caseNo}?source=ledger`);
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
      const answer = await door().get('supervision.head1', `/v1/documents/${id}${path}`);
      expect([answer.status, answer.at('code')]).to.deep.equal([404, 'RECORD_NOT_FOUND']);
    }
    const digest = document.str('digest.digest');
    const found = await door().get('offices.clerk1', `/v1/documents?digest=${digest}`);
    expect(found.each('items', 'id')).to.deep.equal([id]);
    const hidden = await door().get('supervision.head1', `/v1/documents?digest=${digest}`);
    expect(hidden.list('items')).to.deep.equal([]);
    const reads = await door().get('offices.head1', `/v1/documents/${id}/reads`);
    expect(reads.list('items').map((_, index) => reads.at(`items.${index}.by.user`))).to.deep.equal(
      readers,
    );
  });

  it('is kept encrypted: neither its bytes nor its salt stand in any file or log', async () => {
    const text = randomBytes(64).toString('hex');
    const salt = randomBytes(32);
    const taken = await put('data.clerk1', Buffer.from(`%PDF-1.7\n${text}`), {
      'x-document-salt': salt.toString('base64'),
    });
    expect(taken.status, taken.text).to.equal(201);
    const pieces = [...piecesOf(text), salt];
    const holds = (bytes: Uint8Array) => pieces.some((piece) => Buffer.from(bytes).includes(piece));
    expect(filesWith(stand().directory, holds)).to.deep.equal([]);
    expect(holds(Buffer.from(stand().log()))).to.equal(false);
  });

  it('is erased by a head of the department that brought it in, and the case stays whole', async () => {
    const { id, caseNo, document } = await filed();
    const refused = [
      await door().post('data.clerk1', `/v1/documents/${id}/erase`, { reason: 'x' }),
      await door().post('offices.head1', `/v1/documents/${id}/erase`, { reason: 'x' }),
    ];
    for (const answer of refused) expect(answer.at('code')).to.equal('ROLE_REFUSED');
    const erased = await door().post('data.head1', `/v1/documents/${id}/erase`, {
      reason: '期满',
    });
    expect(erased.status).to.equal(200);
    expect([erased.at('name'), erased.at('salt')]).to.deep.equal([null, null]);
    expect(erased.at('digest')).to.deep.equal(document.at('digest'));
    expect((await content('data.head1', id)).status).to.equal(410);
    const record = await door().get('data.head1', `/v1/cases/${caseNo}`);
    expect(record.at('materials.0.evidence.document')).to.deep.equal(document.at('digest'));
  });

  it('refuses what is no document of an official, each with its code, and keeps nothing', async () => {
    const before = (await door().get('data.clerk1', '/v1/documents')).list('items').length;
    const salt = randomBytes(16).toString('base64');
    const cases: readonly [Promise<Answer>, number, string][] = [
      [put('data.gateway', pdf), 403, 'ROLE_REFUSED'],
      [put('data.clerk1', pdf, { 'content-type': 'text/html' }), 415, 'MEDIA_TYPE_UNSUPPORTED'],
      [put('data.clerk1', pdf, { 'content-type': 'image/png' }), 415, 'DOCUMENT_TYPE_MISMATCH'],
      [put('data.clerk1', pdf, { 'x-document-salt': salt }), 400, 'VALIDATION_FAILED'],
      [put('data.clerk1', pdf, { 'x-document-name': '%E7%' }), 400, 'VALIDATION_FAILED'],
      [
        put('data.clerk1', pdf, { 'x-document-digest': '0'.repeat(64) }),
        422,
        'DOCUMENT_DIGEST_MISMATCH',
      ],
      [noSession(), 401, 'UNAUTHENTICATED'],
    ];
    for (const [answer, status, code] of cases) {
      const { status: got, json } = await answer;
      expect([got, Reflect.get(json as object, 'code')], code).to.deep.equal([status, code]);
    }
    const after = (await door().get('data.clerk1', '/v1/documents')).list('items').length;
    expect(after).to.equal(before);
  });

  it('is put, shown, got and erased with yici document, which checks the digest itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yici-document-'));
    const file = join(folder, '申请.pdf');
    writeFileSync(file, pdf);
    const yici = async (user: string, ...args: string[]) => {
      const identity = stand().identityFolder(user);
      const options = ['--json', '--identity', identity, '--gateway', door().urlOf(user)];
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
    const shownToOffices = async () => (await yici('offices.clerk1', 'show', id)).exitCode === 0;
    expect(await shownToOffices()).to.equal(false);
    for (const to of ['offices', 'none']) {
      expect((await yici('data.clerk1', 'grant', id, '--to', to)).exitCode).to.equal(0);
      expect(await shownToOffices(), to).to.equal(to === 'offices');
    }
    expect(await yici('data.clerk1', 'reads', id)).to.have.nested.property(
      'json.items[0].kind',
      'document.read',
    );
    expect((await yici('data.head1', 'erase', id, '--reason', '期满')).exitCode).to.equal(0);
    expect((await yici('data.clerk1', 'get', id, '-o', `${out}2`)).exitCode).to.not.equal(0);
    expect(existsSync(`${out}2`)).to.equal(false);
    rmSync(folder, { recursive: true });
  });

  it('writes neither a salt nor a name into its log', async () => {
    const { salt } = await filed();
    expect(stand().log()).to.not.include(salt.toString('base64'));
    expect(stand().log()).to.not.include('租用申请');
    expect(stand().log()).to.not.include(encodeURIComponent('租用申请'));
  });
}
