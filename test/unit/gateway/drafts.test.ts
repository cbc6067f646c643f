import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DraftStore, GatewayError } from '@yici/gateway/testing';
import { expect } from 'chai';

const by = { department: 'hrss', role: 'clerk', user: 'hrss.clerk1' };
const another = { department: 'hrss', role: 'head', user: 'hrss.head1' };
const secret = '拟同意，附申请人情况';
const given = {
  kind: 'draft' as const,
  command: 'case.opinion',
  title: '编制意见',
  input: { stepId: 'budget', document: secret },
};

describe('the store of drafts', () => {
  const key = randomBytes(32);
  let folder: string;
  let today: Date;
  let store: DraftStore;
  const open = (most?: number) =>
    DraftStore.open(folder, key, () => today, undefined, ...(most === undefined ? [] : [most]));
  const page = { limit: 50 };
  const codeOf = async (work: Promise<unknown>): Promise<string> =>
    work.then(
      () => 'taken',
      (error: unknown) => (error instanceof GatewayError ? error.code : String(error)),
    );

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'yici-drafts-'));
    today = new Date('2026-03-02T01:00:00Z');
    store = await open();
  });
  afterEach(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const after = (days: number) => {
    today = new Date(today.getTime() + days * 86_400_000);
  };

  it('keeps them over a restart, sealed: no word of them is in a file', async () => {
    const draft = await store.create(by, given);
    await store.close();
    for (const name of readdirSync(folder)) {
      const text = readFileSync(join(folder, name), 'utf8');
      for (const word of [secret, '编制意见', 'hrss', 'opinion']) expect(text).not.to.contain(word);
    }
    store = await open();
    expect(store.read(draft.id)).to.deep.equal(draft);
  });

  it('is not opened with another key, nor with one draft in the place of another', async () => {
    const [one, two] = [await store.create(by, given), await store.create(by, given)];
    expect(await codeOf(DraftStore.open(folder, randomBytes(32)))).to.equal('KEY_STORE_UNREADABLE');
    renameSync(join(folder, `${one.id}.json`), join(folder, `${two.id}.json`));
    expect(await codeOf(open())).to.equal('KEY_STORE_UNREADABLE');
  });

  it('takes a change only of the newest version', async () => {
    const { id } = await store.create(by, given);
    const changed = await store.change(id, another, { version: 1, title: '二稿' });
    expect(changed).to.include({ version: 2, title: '二稿', by: by.user, changedBy: another.user });
    expect(changed.input).to.deep.equal(given.input);
    expect(await codeOf(store.change(id, by, { version: 1, input: {} }))).to.equal('DRAFT_CHANGED');
    expect(await codeOf(store.discard(id, 1))).to.equal('DRAFT_CHANGED');
    const both = [1, 2].map(() => codeOf(store.change(id, by, { version: 2, title: '三稿' })));
    expect((await Promise.all(both)).sort()).to.deep.equal(['DRAFT_CHANGED', 'taken']);
  });

  it('erases: the file is gone, and a restart finishes what was cut off', async () => {
    const [one, two] = [await store.create(by, given), await store.create(by, given)];
    await store.discard(one.id, 1);
    expect(readdirSync(folder)).to.deep.equal([`${two.id}.json`]);
    expect(store.find(one.id)).to.equal(undefined);
    renameSync(join(folder, `${two.id}.json`), join(folder, `${two.id}.json.new`));
    writeFileSync(join(folder, `${two.id}.json.new`), '000');
    await store.close();
    store = await open();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('shows a draft for thirty days from its last change, a template until it is erased', async () => {
    const draft = await store.create(by, given);
    const template = await store.create(by, { ...given, kind: 'template' });
    after(29);
    await store.change(draft.id, by, { version: 1, title: '二稿' });
    after(29);
    expect(store.find(draft.id)).to.include({ version: 2 });
    after(1);
    expect(store.find(draft.id)).to.equal(undefined);
    expect(() => store.read(draft.id))
      .to.throw()
      .with.property('code', 'RECORD_NOT_FOUND');
    await store.sweep();
    expect(readdirSync(folder)).to.deep.equal([`${template.id}.json`]);
    expect(store.list('hrss', () => true, page).items.map(({ id }) => id)).to.deep.equal([
      template.id,
    ]);
  });

  it('holds so many of a department, also when they come at once', async () => {
    await store.close();
    store = await open(2);
    const answers = await Promise.all([1, 2, 3].map(() => codeOf(store.create(by, given))));
    expect(answers.sort()).to.deep.equal(['DRAFT_QUOTA', 'taken', 'taken']);
    const elsewhere = store.create({ ...by, department: 'finance' }, given);
    expect(await codeOf(elsewhere)).to.equal('taken');
    const [first] = store.list('hrss', () => true, page).items;
    await store.discard(first!.id, 1);
    expect(await codeOf(store.create(by, given))).to.equal('taken');
  });

  it('lists the last changed first, page after page, of one department', async () => {
    const made: string[] = [];
    for (let count = 0; count < 5; count++) {
      made.push((await store.create(by, given)).id);
      after(1);
    }
    await store.change(made[1]!, by, { version: 1, title: '二稿' });
    await store.create({ ...by, department: 'finance' }, given);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { items, next } = store.list('hrss', () => true, { limit: 2, cursor });
      seen.push(...items.map(({ id }) => id));
      cursor = next ?? undefined;
    } while (cursor !== undefined);
    expect(seen).to.deep.equal([1, 4, 3, 2, 0].map((place) => made[place]));
  });
});
