import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CaseEventRecord } from '@yici/domain/model';
import {
  builtInText,
  casePaper,
  codeText,
  draftPaper,
  fieldLines,
  layOut,
  paperKinds,
  parseCode,
  PaperError,
  readFonts,
  readTemplate,
  templateOf,
  type CasePaperSources,
} from '@yici/papers';
import { expect } from 'chai';
import { leaseMatter } from '../../integration/gateway/support/story.js';
import { seenPdf } from '../../support/pdf.js';

const caseNo = 'LEASE0001-20260302-0001';
const hex = (digit: string) => digit.repeat(64);
const at = '2026-03-03T02:10:00.000Z';
const sealed = { digestAlg: 'sha256', digest: hex('b') } as const;

/** One act on a case, as its chain has it. */
const event = (
  seq: number,
  type: CaseEventRecord['type'],
  data: Record<string, unknown>,
): CaseEventRecord => ({
  ...{ kind: 'caseEvent', v: 1, caseNo, seq, type, prev: hex('0'), at, txId: hex('c') },
  by: { role: 'clerk', user: 'offices.clerk1', department: 'offices' },
  state: 'IN_REVIEW',
  data,
});
const followed = (['licensing', 'onceReform'] as const).map((law) => ({
  ...{ law, standing: 'followed' as const, document: '市政办发〔2025〕1号' },
}));
const filed = event(0, 'case.submit', {
  materials: [{ code: 'application', document: { digestAlg: 'sha256', digest: hex('a') } }],
});

const sources = (...events: readonly CaseEventRecord[]): CasePaperSources => ({
  lang: 'zh',
  genesis: hex('7'),
  block: 41,
  matter: { ...leaseMatter, handlingLaws: followed },
  events: [filed, ...events],
  record: { applicant: 'data', submittedAt: '2026-03-02T01:00:00.000Z', taskCode: 'LEASE0001' },
  nameOf: (id) => ({ zh: { data: '市数据局', offices: '市机关事务中心' }[id] ?? id, en: id }),
});
const accepted = event(2, 'case.accept', {
  ...{ voucherNo: 'SL-0001', voucher: { digestAlg: 'sha256', digest: hex('d') } },
  ...{ sealSystem: 'provincial', seal: sealed },
});

const made = (given: CasePaperSources, kind: Parameters<typeof casePaper>[0], folder?: string) =>
  layOut(casePaper(kind, given), readTemplate(kind, folder, given.lang), readFonts());

/** The refusal of a template. */
function refusalOf(work: () => unknown): PaperError {
  try {
    work();
  } catch (error) {
    if (error instanceof PaperError) return error;
    throw error;
  }
  return expect.fail('it was not refused');
}

describe('the papers of a case', function () {
  this.timeout(60_000);

  it('say what the ledger has, in the law’s words: 参照 where the law is only followed', async () => {
    const { text, pages } = await seenPdf(await made(sources(accepted), 'acceptance'));
    for (const said of [
      ...['市机关事务中心', '受理通知书', '编号：SL-0001', '市数据局：', '2026年3月3日'],
      ...['2026年3月2日申报的“办公用房租用审批”', caseNo, '参照《中华人民共和国行政许可法》'],
      ...['第三十二条第一款第五项', '予以受理', '7个工作日', '省人民政府电子印章系统'],
      ...[hex('b'), hex('d'), '经办：offices.clerk1'],
    ]) {
      expect(text, said).to.contain(said);
    }
    expect(text).not.to.contain('容缺').and.not.to.contain('{{');
    expect(pages).to.equal(1);
  });

  it('cite no law of handling that the matter does not claim', async () => {
    const given = { ...sources(accepted), matter: leaseMatter };
    const { text } = await seenPdf(await made(given, 'acceptance'));
    expect(text)
      .to.contain('予以受理')
      .and.not.to.match(/行政许可法|本系统规则/);
  });

  it('carry their fonts with them, as subsets', async () => {
    const bytes = await made(sources(accepted), 'acceptance');
    const { fonts } = await seenPdf(bytes);
    expect(
      fonts
        .map(({ name }) => name)
        .sort()
        .join(),
    ).to.match(/^[A-Z]{6}\+NotoSerifSC-Bold,[A-Z]{6}\+NotoSerifSC-Regular$/);
    expect(fonts.every(({ embedded }) => embedded)).to.equal(true);
    expect(bytes.length).to.be.below(1_000_000);
  });

  it('are drafts before their act: every page says so, and no code leads to a record', async () => {
    const { block, ...before } = sources();
    expect(block).to.equal(41);
    const act = { ...accepted, data: { voucherNo: 'SL-0001' } };
    const paper = draftPaper('acceptance', before, act);
    const bytes = await layOut(paper, readTemplate('acceptance', undefined, 'zh'), readFonts());
    const { text, pages, code } = await seenPdf(bytes);
    expect(code).to.equal(undefined);
    expect(pages).to.equal(1);
    for (const said of ['受理通知书', '编号：SL-0001', '草稿', '尚未办理', '不具效力']) {
      expect(text, said).to.contain(said);
    }
    expect(text).not.to.contain('核验：');
  });

  it('bear a code that a reader decodes: case, act, transaction, block and digest', async () => {
    const given = sources(accepted);
    const { code } = casePaper('acceptance', given);
    const seen = await seenPdf(await made(given, 'acceptance'));
    expect(seen.code).to.equal(codeText(code));
    expect(parseCode(seen.code ?? '')).to.deep.equal(code);
    expect(code).to.include({ id: caseNo, seq: 2, txId: hex('c'), block: 41, genesis: hex('7') });
  });

  it('are the same bytes when they are made again, and others for another record', async () => {
    const first = await made(sources(accepted), 'acceptance');
    const second = await made(sources(accepted), 'acceptance');
    expect(Buffer.from(first).equals(Buffer.from(second))).to.equal(true);
    const other = await made({ ...sources(accepted), block: 42 }, 'acceptance');
    expect(Buffer.from(first).equals(Buffer.from(other))).to.equal(false);
  });

  it('tell of a tolerant acceptance what is missing, and until when', async () => {
    const tolerant = event(2, 'case.tolerantAccept', {
      ...{ tolerated: ['application'], limit: { value: 5, unit: 'workingDay' } },
    });
    const { text } = await seenPdf(await made(sources(tolerant), 'acceptance'));
    expect(text)
      .to.contain('（容缺受理）')
      .and.to.contain('5个工作日内补交')
      .and.to.contain('租用申请');
    expect(text).to.contain('未登记电子印章');
  });

  it('tell all that is to be supplemented, once', async () => {
    const notice = event(2, 'case.supplementNotice', {
      items: [{ code: 'application', deficiency: 'unclear', note: '*印章* | 不清 <b>' }],
      limit: { value: 5, unit: 'workingDay' },
    });
    const { text } = await seenPdf(await made(sources(notice), 'supplement'));
    expect(text)
      .to.contain('一次性告知')
      .and.to.contain('不清楚')
      .and.to.contain('第三十二条第一款第四项');
    expect(text, 'a note is words, never markup').to.contain('*印章*|不清<b>');
  });

  it('give the reasons of a refusal, or the digest by which they are known', async () => {
    const reason = { code: 'conditionsNotMet', text: sealed, remedy: '可以提请市政府办公室协调' };
    const refused = event(3, 'case.decide', { outcome: 'refused', document: sealed, reason });
    const given = sources(refused);
    const told = { ...given, reasonText: '现有办公用房面积已经达到标准。' };
    const whole = await seenPdf(await made(told, 'decision'));
    for (const said of ['不予批准', '现有办公用房面积已经达到标准', '可以提请市政府办公室协调']) {
      expect(whole.text, said).to.contain(said);
    }
    expect(whole.text).to.contain('第三十八条第二款');
    const bare = await seenPdf(await made(given, 'decision'));
    expect(bare.text).to.contain(hex('b')).and.not.to.contain('现有办公用房');
  });

  it('are not made of an act that there was not', () => {
    const refusal = refusalOf(() => casePaper('decision', sources(accepted)));
    expect(refusal).to.include({ code: 'PAPER_NOT_DUE' });
    expect(refusal.words?.zh).to.contain('决定书');
  });

  it('refuse a character that the fonts do not have, and name it', async () => {
    const given = { ...sources(accepted), nameOf: () => ({ zh: '市𠮷\u{1f600}局', en: 'x' }) };
    const error: unknown = await made(given, 'acceptance').catch((one: unknown) => one);
    expect(error).to.be.instanceOf(PaperError).and.to.include({ code: 'GLYPH_MISSING' });
    expect((error as PaperError).message).to.contain('\u{1f600}');
  });

  it('have an English edition', async () => {
    const given = { ...sources(accepted), lang: 'en' as const };
    const { text } = await seenPdf(await made(given, 'acceptance'));
    expect(text).to.contain('Noticeofacceptance').and.to.contain('byanalogywith');
  });
});

describe('a department’s own templates', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'yici-templates-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('take the place of the built-in ones, one by one', async () => {
    const own =
      '# {{organ}}\n\n## 受理告知单\n\n{{to}}：\n\n“{{matter}}”已受理。本窗口电话另行告知。\n';
    writeFileSync(join(folder, 'acceptance.md'), own);
    const { text } = await seenPdf(await made(sources(accepted), 'acceptance', folder));
    expect(text).to.contain('受理告知单').and.to.contain('本窗口电话另行告知');
    expect(text, 'what proves it stays').to.contain('yicipapercheck');
    expect(readTemplate('decision', folder)).to.deep.equal(readTemplate('decision', undefined));
  });

  it('are refused where they name what the paper does not have, with file and line of each', () => {
    const file = join(folder, 'acceptance.md');
    writeFileSync(
      file,
      '# {{organ}}\n\n{{caseNumber}}\n{{#tolerated}}\n{{nam}}\n{{/tolerated}}\n{{tolerated}}\n',
    );
    const refusal = refusalOf(() => readTemplate('acceptance', folder));
    expect(refusal.code).to.equal('TEMPLATE_REFUSED');
    const issues = refusal.details['issues'] as { path: string }[];
    expect(issues.map(({ path }) => path)).to.deep.equal([`${file}:3`, `${file}:5`, `${file}:7`]);
    expect(refusal.message).to.contain('caseNumber').and.to.contain('nam');
  });

  it('are refused where markup is let in or a section does not end', () => {
    for (const text of [
      '{{{organ}}}',
      '{{&organ}}',
      '{{>other}}',
      '{{#tolerant}} open',
      '{{organ',
    ]) {
      expect(refusalOf(() => templateOf('acceptance', text, 'x.md')).code, text).to.equal(
        'TEMPLATE_REFUSED',
      );
    }
  });

  it('that are built in name known fields in both editions, and every field says what it is', () => {
    for (const kind of paperKinds) {
      for (const lang of ['zh', 'en'] as const) {
        expect(readTemplate(kind, undefined, lang).text).to.equal(builtInText(kind, lang));
      }
      expect(fieldLines(kind).filter(({ says }) => says === '')).to.deep.equal([]);
    }
  });
});

describe('the code on a paper', () => {
  it('is refused when it is another text or lacks a part', () => {
    const good = codeText({
      ...{ of: 'case', id: caseNo, seq: 2, txId: hex('c'), block: 41 },
      ...{ digest: hex('a'), genesis: hex('7') },
    } as const);
    expect(parseCode(good).block).to.equal(41);
    for (const text of ['', 'https://example.org', good.replace('seq=2&', ''), good.slice(0, -1)]) {
      expect(refusalOf(() => parseCode(text)).code, text).to.equal('PAPER_CODE_INVALID');
    }
  });
});
