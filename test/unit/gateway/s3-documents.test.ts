import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DocumentStore,
  S3Objects,
  type AuditJournal,
  type DocumentSettings,
} from '@yici/gateway/testing';
import { expect } from 'chai';
import { Bucket, s3Of, type Place } from '../../support/gateway/bucket.js';
import { by, codeOf, collect, openJournal, pdf, pieces, upload } from './support/documents.js';

const settingsOf = (place: Place, change?: object): DocumentSettings => ({
  maxBytes: 50_000_000,
  store: s3Of(place, change),
});

/** Settings with which a store refuses, or does not answer. */
const unavailable = {
  secret: { secretVariable: 'YICI_TEST_S3_WRONG' },
  bucket: { bucket: 'yici-no-such-bucket' },
  endpoint: { endpoint: 'http://127.0.0.1:9' },
};

/** What any S3-compatible store does for documents. Registers the tests. */
function keepsDocuments(place: () => Place): void {
  let folder: string;
  let journal: AuditJournal;
  const open = (name: string, change?: object) =>
    DocumentStore.open(join(folder, name), randomBytes(32), settingsOf(place(), change), journal);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yici-s3-'));
    journal = await openJournal(folder);
    process.env['YICI_TEST_S3_WRONG'] = 'wrong';
  });
  after(async () => {
    await journal.close();
    rmSync(folder, { recursive: true, force: true });
    delete process.env['YICI_TEST_S3_WRONG'];
    delete process.env['YICI_TEST_S3_SECRET'];
  });

  it('are given back as they were, also when they are large, and erased for good', async () => {
    const store = await open('one');
    const objects = new S3Objects(s3Of(place()), process.env);
    const large = randomBytes(20_000_000);
    const content = [pdf, Buffer.from('%PDF-1.7'), Buffer.concat([pdf, large])];
    for (const each of content) {
      const record = await store.add(pieces(each, 65_536), upload);
      expect((await collect(await store.read(record, by))).equals(each)).to.equal(true);
      await store.erase(record.id, by, 'done');
      expect(await codeOf(objects.get(record.object))).to.equal('DOCUMENT_MISSING');
      await objects.remove(record.object);
    }
    await store.close();
  });

  for (const [what, change] of Object.entries(unavailable)) {
    it(`are refused with DOCUMENT_STORE_UNAVAILABLE for a wrong ${what}, and nothing is left behind`, async () => {
      const store = await open(what, change);
      const adding = store.add(pieces(pdf), upload);
      expect(await codeOf(adding)).to.equal('DOCUMENT_STORE_UNAVAILABLE');
      expect(readdirSync(join(folder, what, 'incoming'))).to.deep.equal([]);
      await store.close();
    });
  }

  it('are not stored at all without a secret', async () => {
    const opening = open('none', { secretVariable: 'YICI_TEST_NOT_SET' });
    expect(await codeOf(opening)).to.equal('CONFIG_INVALID');
  });
}

describe('documents in an S3-compatible store', () => {
  const bucket = new Bucket();
  before(() => bucket.listen());
  after(() => {
    bucket.close();
  });
  const place = () => bucket.place;

  keepsDocuments(place);

  it('are encrypted there, each under the SHA-256 of its bytes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yici-s3-'));
    const journal = await openJournal(folder);
    const key = randomBytes(32);
    const store = await DocumentStore.open(join(folder, 'one'), key, settingsOf(place()), journal);
    const record = await store.add(pieces(pdf), upload);
    const [path = '', bytes = Buffer.alloc(0)] = [...bucket.objects][0] ?? [];
    expect(path).to.equal(`/yici-test/${record.object}`);
    expect(createHash('sha256').update(bytes).digest('hex')).to.equal(record.object);
    expect(bytes.includes('%PDF')).to.equal(false);
    await store.close();
    await journal.close();
    rmSync(folder, { recursive: true, force: true });
  });
});

/** A server of somebody else's, with an empty bucket: test/README.md. */
function realPlace(): Place | undefined {
  const { env } = process;
  const [endpoint, bucket, accessKeyId, secret] = ['ENDPOINT', 'BUCKET', 'KEY', 'SECRET'].map(
    (name) => env[`YICI_REAL_S3_${name}`] ?? '',
  ) as [string, string, string, string];
  const region = env['YICI_REAL_S3_REGION'] ?? 'us-east-1';
  return endpoint === '' ? undefined : { endpoint, bucket, region, accessKeyId, secret };
}

describe('documents in a real S3 server', () => {
  const real = realPlace();
  if (real === undefined) it('are kept and given back (YICI_REAL_S3_ENDPOINT names no server)');
  else keepsDocuments(() => real);
});
