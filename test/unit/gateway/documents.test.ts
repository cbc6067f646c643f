import { createHash, randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '@yici/domain/model';
import {
  chunkBytes,
  decrypted,
  DocumentStore,
  encrypted,
  type AuditJournal,
  type DocumentSettings,
  type Upload,
} from '@yici/gateway/testing';
import { expect } from 'chai';
import { by, codeOf, collect, openJournal, pdf, pieces, upload } from './support/documents.js';

describe('the encryption of documents', () => {
  const key = randomBytes(32);
  const sizes = [0, 1, chunkBytes - 1, chunkBytes, chunkBytes + 1, 3 * chunkBytes, 300_001];

  it('gives back what it was given, however it is cut into pieces', async () => {
    for (const size of sizes) {
      const content = randomBytes(size);
      const stored = await collect(encrypted(key, pieces(content, 7_001)));
      expect(stored.length).to.equal(size + 16 * Math.max(1, Math.ceil(size / chunkBytes)));
      const back = await collect(decrypted(key, pieces(stored, 9_973)));
      expect(back.equals(content), String(size)).to.equal(true);
    }
  });

  it('refuses a changed bit, a missing end, swapped or repeated chunks, and another key', async () => {
    const content = randomBytes(3 * chunkBytes);
    const stored = await collect(encrypted(key, pieces(content)));
    const size = chunkBytes + 16;
    const [one, two, three] = [0, 1, 2].map((n) => stored.subarray(n * size, (n + 1) * size));
    const parts = [one, two, three].map((part) => part ?? Buffer.alloc(0));
    const [a, b, c] = parts as [Buffer, Buffer, Buffer];
    const flipped = Buffer.from(stored);
    flipped[size + 5] = (flipped[size + 5] ?? 0) ^ 1;
    const wrong = [
      flipped,
      Buffer.concat([a, b]),
      Buffer.concat([b, a, c]),
      Buffer.concat([a, a, b, c]),
    ];
    for (const bytes of [...wrong, stored.subarray(0, -1), Buffer.alloc(0)]) {
      expect(await codeOf(collect(decrypted(key, pieces(bytes))))).to.equal('DOCUMENT_DAMAGED');
    }
    const other = collect(decrypted(randomBytes(32), pieces(stored)));
    expect(await codeOf(other)).to.equal('DOCUMENT_DAMAGED');
  });
});

describe('the document store', () => {
  const key = randomBytes(32);
  let folder: string;
  let store: DocumentStore;
  let journal: AuditJournal;
  const settings: DocumentSettings = { maxBytes: 1_000_000, store: { kind: 'folder' } };
  const open = () => DocumentStore.open(folder, key, settings, journal);

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yici-documents-'));
    journal = await openJournal(folder);
    store = await open();
  });
  afterEach(async () => {
    await store.close();
    await journal.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Every byte that is on the disk below the store's folder. */
  const onDisk = (): Buffer =>
    Buffer.concat(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name))),
    );

  it('keeps a document under both digests of salt and content, also over a restart', async () => {
    const salt = randomBytes(32);
    const { id, digest, size } = await store.add(pieces(pdf), { ...upload, salt });
    const expected = (name: string) => createHash(name).update(salt).update(pdf).digest('hex');
    expect(digest).to.deep.equal({
      digestAlg: 'sha256',
      digest: expected('sha256'),
      sm3: expected('sm3'),
    });
    expect(size).to.equal(pdf.length);
    await store.close();
    store = await open();
    const record = store.find(id);
    expect(record).to.not.equal(undefined);
    if (record === undefined) return;
    expect(store.secret(record)).to.include({ name: '申请表.pdf', salt: salt.toString('base64') });
    expect((await collect(await store.read(record, by))).equals(pdf)).to.equal(true);
  });

  it('counts what a department keeps, also over a restart, and no more what it erased', async () => {
    const quota = { bytes: 2 * pdf.length, count: 2 };
    const reopen = async () => {
      await store.close();
      store = await DocumentStore.open(folder, key, { ...settings, quota }, journal);
    };
    await reopen();
    const first = await store.add(pieces(pdf), upload);
    const salt = randomBytes(32);
    const { id } = await store.add(pieces(pdf), { ...upload, salt });
    await reopen();
    expect(await codeOf(store.add(pieces(pdf), upload))).to.equal('DOCUMENT_QUOTA');
    await store.erase(first.id, by, 'not needed');
    // The same document again is none of its own, and one that was cut off takes no room.
    expect((await store.add(pieces(pdf), { ...upload, salt })).id).to.equal(id);
    const wrong = { ...upload, digest: '0'.repeat(64) };
    expect(await codeOf(store.add(pieces(pdf), wrong))).to.equal('DOCUMENT_DIGEST_MISMATCH');
    await store.add(pieces(pdf), upload);
    const other = { ...upload, by: { ...by, department: 'finance' } };
    await store.add(pieces(pdf), other);
    expect(await codeOf(store.add(pieces(pdf), upload))).to.equal('DOCUMENT_QUOTA');
  });

  it('has neither content nor name in clear on the disk', async () => {
    const marker = 'a-sentence-nobody-else-has';
    const content = Buffer.from(`%PDF-1.7\n${marker.repeat(100)}`);
    await store.add(pieces(content), { ...upload, name: `${marker}.pdf` });
    expect(onDisk().includes(marker)).to.equal(false);
  });

  it('records every read before the first byte, as a chain', async () => {
    const record = await store.add(pieces(pdf), upload);
    const other = { department: 'finance', role: 'head', user: 'finance.head1' };
    for (const reader of [by, other, by]) await store.read(record, reader);
    const { items } = await journal.document(record.id, { limit: 10 });
    expect(items.map(({ seq, kind, by: who }) => [seq, kind, who.user])).to.deep.equal([
      [0, 'document.read', 'hrss.clerk1'],
      [1, 'document.read', 'finance.head1'],
      [2, 'document.read', 'hrss.clerk1'],
    ]);
    for (const [index, line] of items.entries()) {
      const before = items[index - 1];
      const prev =
        before === undefined
          ? '0'.repeat(64)
          : createHash('sha256').update(canonicalJson(before)).digest('hex');
      expect(line.prev).to.equal(prev);
    }
  });

  it('shows a backup what was erased while it was taken as erased, and nothing of what came after', async () => {
    const add = (last: string) =>
      store.add(pieces(Buffer.concat([pdf, Buffer.from(last)])), upload);
    const [kept, gone] = [await add('1'), await add('2')];
    const copied = new Set<string>();
    const entries = store.entries(copied);
    await store.erase(gone.id, by, 'asked for');
    const later = await add('3');
    // The keys are copied now: of what was erased there is none.
    copied.add(kept.id).add(later.id);
    const shown = new Map<string, string>();
    for await (const [key, value] of entries) shown.set(key, value);
    const record = (id: string) => shown.get(`d\u0000${id}`);
    expect(record(kept.id)).to.contain('"erased":null');
    expect(record(gone.id)).to.contain('"reason":"asked for"');
    expect(record(later.id)).to.equal(undefined);
  });

  it('erases by destroying the key: no name, no salt, no content, and the digest stays', async () => {
    const record = await store.add(pieces(pdf), upload);
    const gone = await store.erase(record.id, by, 'term ended');
    expect(gone.digest).to.deep.equal(record.digest);
    expect(store.secret(gone)).to.equal(undefined);
    expect(existsSync(join(folder, 'keys', `${record.id}.json`))).to.equal(false);
    expect(await codeOf(store.read(gone, by))).to.equal('DOCUMENT_ERASED');
    expect(await codeOf(store.erase(record.id, by, 'again'))).to.equal('DOCUMENT_ERASED');
    expect(
      (await journal.document(record.id, { limit: 5 })).items.map(({ kind }) => kind),
    ).to.deep.equal(['document.erase']);
    const again = await store.add(pieces(pdf), upload);
    expect(again.id).to.not.equal(record.id);
  });

  it('refuses too long, wrongly digested and mislabelled ones, and leaves nothing of them', async () => {
    const text = { ...upload, type: 'text/plain' };
    const tooLong = Buffer.concat([pdf, Buffer.alloc(900_000)]);
    const refusals: readonly [Uint8Array, Upload, string][] = [
      [tooLong, upload, 'BODY_TOO_LARGE'],
      [pdf, { ...upload, digest: '0'.repeat(64) }, 'DOCUMENT_DIGEST_MISMATCH'],
      [pdf, { ...upload, type: 'image/png' }, 'DOCUMENT_TYPE_MISMATCH'],
      [Buffer.from('hello'), upload, 'DOCUMENT_TYPE_MISMATCH'],
      [pdf, text, 'DOCUMENT_TYPE_MISMATCH'],
      [Buffer.from('a\0b'), text, 'DOCUMENT_TYPE_MISMATCH'],
    ];
    for (const [bytes, as, code] of refusals) {
      expect(await codeOf(store.add(pieces(bytes), as))).to.equal(code);
    }
    expect(readdirSync(join(folder, 'incoming'))).to.deep.equal([]);
    expect(readdirSync(join(folder, 'keys'))).to.deep.equal([]);
    expect((await store.list('hrss', { limit: 5 })).items).to.deep.equal([]);
  });

  it('takes the same bytes under the same salt from one department once', async () => {
    const salt = randomBytes(32);
    const first = await store.add(pieces(pdf), { ...upload, salt });
    const second = await store.add(pieces(pdf), { ...upload, salt });
    expect(second.id).to.equal(first.id);
    const other = { ...by, department: 'finance' };
    const third = await store.add(pieces(pdf), { ...upload, salt, by: other });
    expect(third.id).to.not.equal(first.id);
    expect((await store.withDigest(first.digest.digest)).map(({ id }) => id)).to.have.members([
      first.id,
      third.id,
    ]);
  });

  it('notices a stored byte that changed, and a stored file that is gone', async () => {
    const record = await store.add(pieces(pdf), upload);
    const file = join(folder, 'objects', record.object.slice(0, 2), record.object);
    const bytes = readFileSync(file);
    bytes[bytes.length - 20] = (bytes[bytes.length - 20] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await codeOf(store.read(record, by).then(collect))).to.equal('DOCUMENT_DAMAGED');
    rmSync(file);
    expect(await codeOf(store.read(record, by))).to.equal('DOCUMENT_MISSING');
  });

  it('sweeps what a crash left of an upload or an erasure', async () => {
    await store.close();
    mkdirSync(join(folder, 'incoming'), { recursive: true });
    writeFileSync(join(folder, 'incoming', 'doc_half'), 'half');
    writeFileSync(join(folder, 'keys', 'doc_half.json'), '{}');
    writeFileSync(join(folder, 'keys', 'doc_other.json.new'), '{}');
    store = await open();
    expect(readdirSync(join(folder, 'incoming'))).to.deep.equal([]);
    expect(readdirSync(join(folder, 'keys'))).to.deep.equal([]);
  });
});
