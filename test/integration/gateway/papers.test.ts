import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { jsonOf, yiciAs } from '../../support/gateway/desk.js';
import { seenPdf } from '../../support/pdf.js';
import { commit, digestOf, fileCase, seed } from './support/story.js';
import { openWorld, type World } from './support/world.js';

interface Made {
  readonly code: string;
  readonly sha256: string;
}

describe('papers of what the ledger records', function () {
  this.timeout(240_000);
  let world: World;
  let folder: string;
  let caseNo: string;
  let out: string;

  const yici = (user: string, ...args: readonly string[]) => yiciAs(world, user, ...args);
  const make = async (user: string, number: string, kind: string, ...more: readonly string[]) => {
    out = join(folder, `${kind}-${user}-${String(more.length)}-${String(Date.now())}.pdf`);
    const run = await yici(
      user,
      'paper',
      'make',
      number,
      '--kind',
      kind,
      '-o',
      out,
      '--json',
      ...more,
    );
    expect(run.exitCode, run.notes.join('\n')).to.equal(0);
    return jsonOf(run) as Made;
  };

  before(async () => {
    world = await openWorld();
    await seed(world.api);
    folder = mkdtempSync(join(tmpdir(), 'yici-papers-'));
    caseNo = await fileCase(world.api, 'data.clerk1');
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/receive`, {});
    await commit(world.api, 'offices.clerk1', `/v1/cases/${caseNo}/accept`, {
      ...{ voucherNo: 'SL-0001', voucher: digestOf('voucher') },
      ...{ sealSystem: 'provincial', seal: digestOf('seal') },
    });
  });
  after(async () => {
    await world.close();
    rmSync(folder, { recursive: true });
  });

  it('the owner prints one, the applicant scans it and finds the record', async () => {
    await make('offices.clerk1', caseNo, '受理通知书');
    const { text, code = '' } = await seenPdf(readFileSync(out));
    expect(text)
      .to.contain('受理通知书')
      .and.to.contain('SL-0001')
      .and.to.contain('offices.clerk1');
    const checked = await yici('data.clerk1', 'paper', 'check', code);
    expect(checked.exitCode, checked.notes.join('\n')).to.equal(0);
    expect(checked.out.join('\n')).to.contain(`✓ 核验相符：${caseNo}`);
  });

  it('the applicant makes it again and compares: the same bytes, or it is not that paper', async () => {
    const { sha256, code } = await make('offices.clerk1', caseNo, 'acceptance');
    const first = out;
    expect((await make('data.clerk1', caseNo, 'acceptance')).sha256).to.equal(sha256);
    const compared = await yici('data.clerk1', 'paper', 'check', code, '--paper', first);
    expect(compared.exitCode, compared.notes.join('\n')).to.equal(0);
    const forged = join(folder, 'forged.pdf');
    writeFileSync(forged, Buffer.concat([readFileSync(first), Buffer.from(' ')]));
    const refused = await yici('data.clerk1', 'paper', 'check', code, '--paper', forged);
    expect(refused.exitCode).to.equal(1);
  });

  it('a code with another block, digest or ledger is not borne out', async () => {
    const { code } = await make('offices.clerk1', caseNo, 'receipt');
    for (const [part, other] of [
      [/block=\d+/, 'block=9999'],
      [/digest=[0-9a-f]{64}/, `digest=${'0'.repeat(64)}`],
      [/genesis=[0-9a-f]{64}/, `genesis=${'0'.repeat(64)}`],
      [/seq=\d+/, 'seq=77'],
    ] as const) {
      const checked = await yici('data.clerk1', 'paper', 'check', code.replace(part, other));
      expect(checked.exitCode, other).to.equal(1);
      expect(checked.out.join('\n')).to.contain('核验不符');
    }
  });

  it('an order and its card have theirs', async () => {
    const order = {
      ...{ orderId: 'ord-1', department: 'offices', caseNo, subject: '逾期办件整改' },
      ...{ document: digestOf('order'), limit: { value: 5, unit: 'workingDay' } },
      ...{ mandate: 'headInstruction', mandateNumber: '市府督〔2026〕1号' },
      mandateDocument: digestOf('mandate'),
    };
    await commit(world.api, 'supervision.supervisor1', '/v1/orders', order);
    const shown = (await yici('offices.head1', 'supervise', 'order-show', 'ord-1')).out.join('\n');
    for (const said of ['逾期办件整改', '本级人民政府行政首长指令', '待回复', 'order-acts ord-1']) {
      expect(shown, said).to.contain(said);
    }
    const stranger = await yici('data.head1', 'supervise', 'order-show', 'ord-1');
    expect([stranger.exitCode, stranger.notes.join('\n')].join(' ')).to.contain('RECORD_NOT_FOUND');
    const place = '/v1/orders/ord-1/issued';
    expect((await world.api.get('data.head1', place)).status).to.equal(404);
    expect((await world.api.get('offices.clerk1', place)).str('department')).to.equal('offices');
    const { code } = await make('supervision.supervisor1', 'ord-1', 'order');
    const { text } = await seenPdf(readFileSync(out));
    for (const said of [
      '督办单',
      '逾期办件整改',
      '市府督〔2026〕1号',
      '《政府督查工作条例》',
      caseNo,
    ]) {
      expect(text, said).to.contain(said);
    }
    const checked = await yici('offices.clerk1', 'paper', 'check', code);
    expect(checked.exitCode, checked.notes.join('\n')).to.equal(0);
    const reply = { document: digestOf('reply') };
    const replied = await commit(world.api, 'offices.head1', '/v1/orders/ord-1/reply', reply);
    const later = code.replace(/tx=\w+/, `tx=${replied.str('txId')}`);
    expect((await yici('offices.clerk1', 'paper', 'check', later)).exitCode).to.equal(1);
    expect((await yici('offices.clerk1', 'paper', 'check', code)).exitCode).to.equal(0);
  });

  it('what was not done has no paper, and no file is left', async () => {
    out = join(folder, 'decision.pdf');
    const run = await yici(
      'offices.clerk1',
      'paper',
      'make',
      caseNo,
      '--kind',
      'decision',
      '-o',
      out,
    );
    expect(run.exitCode).to.equal(1);
    expect(run.notes.join('\n')).to.contain('PAPER_NOT_DUE');
    expect(() => readFileSync(out)).to.throw();
    const unknown = await yici('offices.clerk1', 'paper', 'make', caseNo, '--kind', 'x', '-o', out);
    expect(unknown.notes.join('\n')).to.contain('受理通知书');
  });

  it('a department changes the words, and is told of a field that there is not', async () => {
    const shown = await yici('offices.clerk1', 'paper', 'template', 'acceptance');
    const own = join(folder, 'templates');
    const fields = await yici('offices.clerk1', 'paper', 'fields', 'acceptance');
    expect(fields.out.join('\n')).to.contain('{{caseNo}}  办件编号');
    const { mkdirSync } = await import('node:fs');
    mkdirSync(own);
    writeFileSync(
      join(own, 'acceptance.md'),
      `${shown.out.join('\n')}\n\n本窗口咨询时间另行公布。\n`,
    );
    const { code } = await make('offices.clerk1', caseNo, 'acceptance', '--templates', own);
    expect((await seenPdf(readFileSync(out))).text).to.contain('本窗口咨询时间另行公布');
    const paper = ['paper', 'check', code, '--paper', out] as const;
    expect((await yici('data.clerk1', ...paper)).exitCode, 'by another template').to.equal(1);
    expect((await yici('data.clerk1', ...paper, '--templates', own)).exitCode).to.equal(0);
    writeFileSync(join(own, 'acceptance.md'), '{{办件}}');
    const refused = await yici(
      ...(['offices.clerk1', 'paper', 'make', caseNo, '--kind', 'acceptance'] as const),
      ...['-o', join(folder, 'none.pdf'), '--templates', own],
    );
    expect(refused.exitCode).to.equal(1);
    expect(refused.notes.join('\n')).to.contain('acceptance.md:1').and.to.contain('办件');
  });
});
