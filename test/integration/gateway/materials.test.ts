import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Gateway } from '@yici/gateway/testing';
import type { MatterContent } from '@yici/domain/model';
import { pdf, putDocument } from '../../support/domain/documents.js';
import { jsonOf, yiciAs } from '../../support/gateway/desk.js';
import { runYici, type Run } from '../../support/terminal.js';
import { commit, filing, leaseMatter, publishMatter, seed, taskCode } from './support/story.js';
import { openWorld, type World } from './support/world.js';

/** What `yici case submit --json` says. */
interface Filed {
  readonly result: { readonly caseNo: string };
  readonly documents: readonly {
    readonly name: string;
    readonly digest: string;
    readonly id?: string;
    readonly code?: string;
    readonly retry?: string;
  }[];
}
interface Materials {
  readonly items: readonly {
    readonly code: string;
    readonly document: { readonly id: string } | null;
    readonly gateway?: string;
    readonly opened: { readonly by: { readonly user: string } } | null;
  }[];
}
interface Accepted {
  readonly warnings?: readonly { readonly code: string; readonly material: string }[];
}

describe('the materials of a case reach who decides', function () {
  this.timeout(240_000);
  let world: World;
  let folder: string;
  let form: string;
  let application: string;
  let home: { readonly YICI_HOME: string };

  const as = (user: string, url: string, ...args: readonly string[]): Promise<Run> =>
    runYici(
      [...args, '--gateway', url, '--identity', join(world.directory, 'state', 'identities', user)],
      home,
    );
  const yici = (user: string, ...args: readonly string[]) => as(user, world.url, ...args);
  const submit = (user: string, ...more: readonly string[]) =>
    yici(
      user,
      ...['case', 'submit', taskCode, '--form', form, '--material', `application=${application}`],
      ...more,
    );
  const accept = async (caseNo: string, ...more: readonly string[]) => {
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    const voucher = join(folder, '受理通知书.pdf');
    writeFileSync(voucher, pdf);
    const seal = join(folder, '印章.sig');
    // DER, as seals are signed.
    writeFileSync(seal, Buffer.from([0x30, 0x82, 0x01, 0x00, 0x02, 0x01, 0x00]));
    return yici(
      ...['offices.clerk1', 'case', 'accept', caseNo, '--voucher-no', `SL-${caseNo.slice(-4)}`],
      ...['--voucher', voucher, '--seal-system', 'provincial', '--seal', seal, ...more],
    );
  };
  const filedIn = (run: Run): Filed => {
    expect(run.exitCode, run.notes.join('\n')).to.equal(0);
    return jsonOf(run) as Filed;
  };

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    folder = mkdtempSync(join(tmpdir(), 'yici-materials-'));
    home = { YICI_HOME: join(folder, 'home') };
    form = join(folder, '申请表.json');
    application = join(folder, '租用申请.pdf');
    writeFileSync(form, '{"area": 120}');
    writeFileSync(application, pdf);
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  it('case submit stores what it digests, and the deciding department opens it from the case', async () => {
    const { result, documents } = filedIn(await submit('data.clerk1', '--json'));
    const { caseNo } = result;
    expect(documents.map(({ name }) => name)).to.have.members(['申请表.json', '租用申请.pdf']);
    expect(documents.every(({ id = '' }) => id.startsWith('doc_'))).to.equal(true);
    const listed = await yici('offices.clerk1', 'document', 'list', '--case', caseNo, '--json');
    const { items } = jsonOf(listed) as { items: { id: string }[] };
    expect(items.map(({ id }) => id)).to.have.members(documents.map(({ id }) => id));
    const shown = jsonOf(await yici('offices.clerk1', 'case', 'materials', caseNo, '--json'));
    const [held] = (shown as Materials).items;
    expect(held).to.include({ code: 'application', opened: null, gateway: world.url });
    const out = join(folder, 'opened.pdf');
    const got = await yici(
      ...['offices.clerk1', 'document', 'get', '--case', caseNo, '--material', '租用申请'],
      ...['-o', out],
    );
    expect(got.exitCode, got.notes.join('\n')).to.equal(0);
    expect(readFileSync(out).equals(pdf)).to.equal(true);
    const after = jsonOf(await yici('offices.clerk1', 'case', 'materials', caseNo, '--json'));
    expect((after as Materials).items[0]?.opened?.by.user).to.equal('offices.clerk1');
    const stranger = await yici(
      'supervision.head1',
      'document',
      'list',
      '--case',
      caseNo,
      '--json',
    );
    expect(jsonOf(stranger)).to.deep.equal({ items: [], more: false });
  });

  it('accepting what nobody opened warns and accepts; what was opened gives no warning', async () => {
    const unread = filedIn(await submit('data.clerk1', '--json')).result.caseNo;
    const accepted = await accept(unread);
    expect(accepted.exitCode, accepted.notes.join('\n')).to.equal(0);
    expect(accepted.notes.join('\n')).to.contain('还没有人查阅必需材料：租用申请（application）');
    expect(accepted.notes.join('\n')).to.contain(`yici case materials ${unread}`);
    const read = filedIn(await submit('data.clerk1', '--json')).result.caseNo;
    const out = join(folder, 'read.pdf');
    await yici(
      ...['offices.head1', 'document', 'get', '--case', read, '--material', 'application'],
      ...['-o', out],
    );
    const silent = jsonOf(await accept(read, '--json')) as Accepted;
    expect(silent.warnings).to.equal(undefined);
    const nowhere = filedIn(await submit('data.clerk1', '--no-store', '--json')).result.caseNo;
    const warned = jsonOf(await accept(nowhere, '--json')) as Accepted;
    expect(warned.warnings).to.deep.equal([
      {
        ...{ code: 'MATERIAL_NOT_HERE', material: 'application' },
        name: { zh: '租用申请', en: 'Lease application' },
      },
    ]);
  });

  it('says which document was not stored, and the line that it prints stores it', async () => {
    const unstored = filedIn(await submit('data.clerk1', '--no-store', '--json'));
    expect(unstored.documents.map(({ code }) => code)).to.deep.equal(['NO_STORE', 'NO_STORE']);
    const { caseNo } = unstored.result;
    const missing = await yici(
      ...['offices.clerk1', 'document', 'get', '--case', caseNo, '--material', 'application'],
      ...['-o', join(folder, 'none.pdf')],
    );
    expect(missing.exitCode).to.equal(1);
    for (const { retry = '' } of unstored.documents) {
      expect(retry).to.match(/^yici document put .*--as [0-9a-f]{64}$/);
      const words = retry.split(' ').slice(1);
      const put = await yici('data.clerk1', ...words);
      expect(put.exitCode, put.notes.join('\n')).to.equal(0);
    }
    const shown = jsonOf(await yici('offices.clerk1', 'case', 'materials', caseNo, '--json'));
    expect((shown as Materials).items[0]?.document?.id).to.match(/^doc_/);
  });

  describe('a form that the matter’s version defines', () => {
    const formed = {
      ...leaseMatter,
      ...{ taskCode: 'FORMED0001', catalogCode: 'FORMED', materials: [] },
      formFields: [
        {
          ...{ code: 'area', name: { zh: '面积', en: 'Area' }, required: true },
          schema: { type: 'integer', minimum: 1 },
        },
      ],
    } satisfies MatterContent;
    const file = (...given: readonly string[]) =>
      yici('data.clerk1', 'case', 'submit', formed.taskCode, ...given, '--json');
    const written = (name: string, content: string) => {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    };
    before(() => publishMatter(world.api, formed));

    it('is made from its fields or read from a file, and checked before anything is sent', async () => {
      const done = filedIn(await file('--field', 'area=20'));
      expect(done.documents.map(({ name }) => name)).to.deep.equal(['申请表.json']);
      filedIn(await file('--form', written('good.json', '{"area": 20}')));
      const scanned = written('scan.pdf', pdf.toString());
      filedIn(await file('--form', scanned));
      const wrong = written('wrong.json', '{"area": "much", "more": 1}');
      for (const given of [
        ['--form', wrong],
        ['--field', 'area=0'],
        ['--field', 'more=1'],
      ]) {
        const run = await file(...given);
        expect(run.exitCode, given.join(' ')).to.equal(2);
        expect(jsonOf(run)).to.have.nested.property('error.code', 'USAGE');
        expect(JSON.stringify(jsonOf(run))).to.match(/"\/form\/(area|more)"/);
      }
    });

    it('is refused by the gateway that keeps it, at each field and without a value', async () => {
      const asJson = { 'content-type': 'application/json', 'x-document-name': 'form.json' };
      const filedWith = async (text: string) => {
        const put = await putDocument(world.api, 'data.clerk1', Buffer.from(text), asJson);
        const { taskCode: of } = formed;
        const body = { ...filing, taskCode: of, materials: [], form: put.at('digest') };
        return world.api.post('data.clerk1', '/v1/cases', body);
      };
      expect((await filedWith('{"area": 20}')).status).to.equal(202);
      const refused = await filedWith('{"area": "secret", "more": 1}');
      expect([refused.status, refused.at('code')]).to.deep.equal([400, 'VALIDATION_FAILED']);
      const paths = refused.list('errors').map((one) => (one as { path: string }).path);
      expect(paths).to.deep.equal(['/form/area', '/form/more']);
      expect(refused.text).not.to.contain('secret');
      expect((await filedWith('[')).at('errors.0.path')).to.equal('/form');
    });
  });

  it('a store that refuses loses neither the filing nor the file', async () => {
    const before = application;
    application = join(folder, '租用申请.docx');
    writeFileSync(application, 'not a docx');
    const run = await submit('data.clerk1');
    expect(run.exitCode, run.notes.join('\n')).to.equal(0);
    const told = run.out.join('\n');
    expect(told).to.contain('✗ 文件未存入：租用申请.docx（文件内容与扩展名不符）');
    expect(told).to.contain('✓ 文件已存入：申请表.json');
    expect(told).to.match(/补存：yici document put .*租用申请\.docx --as [0-9a-f]{64}/);
    application = before;
  });

  it('written reasons are stored too: the applicant reads why it was refused', async () => {
    const { caseNo } = filedIn(await submit('data.clerk1', '--json')).result;
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    const words = '该事项由财政部门办理，请向其申报。';
    const refused = await yici(
      ...['offices.clerk1', 'case', 'refuse', caseNo, '--reason', words],
      ...['--reason-code', 'notRequired', '--remedy', '可在十个工作日内提请市政府办公室协调'],
      ...['--voucher-no', 'BY-0001', '--voucher', application, '--seal-system', 'provincial'],
      ...['--seal', application, '--json'],
    );
    const { documents } = filedIn(refused);
    const reason = documents.find(({ name }) => name === '理由.txt');
    const out = join(folder, '理由.txt');
    const got = await yici('data.clerk1', 'document', 'get', reason?.id ?? '', '-o', out);
    expect(got.exitCode, got.notes.join('\n')).to.equal(0);
    expect(readFileSync(out, 'utf8')).to.equal(words);
  });

  it('an order’s document reaches the department that it is for', async () => {
    const ordered = await yici(
      ...['supervision.supervisor1', 'supervise', 'order', 'offices', '--subject', '逾期办件整改'],
      ...['--document', application, '--mandate', 'headInstruction', '--limit', '5'],
      ...['--mandate-number', '市府督〔2026〕1号', '--mandate-document', application, '--json'],
    );
    const ids = filedIn(ordered).documents.map(({ id = '' }) => id);
    expect(ids.every((id) => id.startsWith('doc_'))).to.equal(true);
    const out = join(folder, '督办单.pdf');
    const got = await yici('offices.clerk1', 'document', 'get', ids[0] ?? '', '-o', out);
    expect(got.exitCode, got.notes.join('\n')).to.equal(0);
    const other = await yici('data.clerk1', 'document', 'get', ids[0] ?? '', '-o', `${out}2`);
    expect(other.exitCode).to.equal(1);
  });

  describe('where each department has a gateway of its own', () => {
    let filers: Gateway;
    let url: string;

    before(async () => {
      filers = await world.another('filers', { audience: 'gateway of the data bureau' });
      await filers.caughtUp();
      const api = await world.apiOn(filers);
      url = api.urlOf();
      for (const user of ['data.clerk1', 'offices.clerk1']) {
        const file = join(world.directory, 'state', 'identities', user, 'connection.json');
        const connection = JSON.parse(readFileSync(file, 'utf8')) as { gateways: object[] };
        const own = { audience: 'gateway of the data bureau', addresses: [url] };
        const gateways = [...connection.gateways, own];
        writeFileSync(file, JSON.stringify({ ...connection, gateways }));
      }
    });
    after(() => filers.close());

    it('the document is fetched from the filer’s, which notes who read it, and held against the own ledger', async () => {
      const filed = await as(
        ...(['data.clerk1', url, 'case', 'submit', taskCode, '--form', form] as const),
        ...['--material', `application=${application}`, '--json'],
      );
      const { caseNo } = filedIn(filed).result;
      await world.gateway.caughtUp();
      const shown = jsonOf(await yici('offices.clerk1', 'case', 'materials', caseNo, '--json'));
      const [held] = (shown as Materials).items;
      expect(held).to.include({ gateway: url, opened: null });
      const out = join(folder, 'from-the-filers.pdf');
      const got = await yici(
        ...['offices.clerk1', 'document', 'get', '--case', caseNo, '--material', 'application'],
        ...['-o', out],
      );
      expect(got.exitCode, got.notes.join('\n')).to.equal(0);
      expect(readFileSync(out).equals(pdf)).to.equal(true);
      const again = jsonOf(await yici('offices.clerk1', 'case', 'materials', caseNo, '--json'));
      expect((again as Materials).items[0]?.opened?.by.user).to.equal('offices.clerk1');
    });

    it('a filer’s gateway that is away is named, with what to do', async () => {
      const filed = await as(
        ...(['data.clerk1', url, 'case', 'submit', taskCode, '--form', form] as const),
        ...['--material', `application=${application}`, '--json'],
      );
      const { caseNo } = filedIn(filed).result;
      await filers.close();
      const out = join(folder, 'away.pdf');
      const got = await yiciAs(
        ...([world, 'offices.clerk1', 'document', 'get', '--case', caseNo] as const),
        ...['--material', 'application', '-o', out],
      );
      expect(got.exitCode).to.equal(1);
      expect(got.notes.join('\n')).to.contain(url).and.to.contain('yici document put');
    });
  });
});
