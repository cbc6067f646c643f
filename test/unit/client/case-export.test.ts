import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalDigest, canonicalJson, type CaseEventRecord } from '@yici/domain/model';
import { caseJson, caseXml, packCase, type CaseSources } from '@yici/client';
import { verifyCaseExport, type LedgerPlace } from '@yici/client/testing';
import { expect } from 'chai';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { without } from '../chaincode/support/story.js';
import { bouncedCase } from './support/exported-case.js';
import { readXml, type Element } from './support/strict-xml.js';
import { runYici } from '../../support/terminal.js';

let sources: CaseSources;
let place: LedgerPlace;

before(async () => {
  sources = await bouncedCase();
  place = {
    channel: 'yici',
    chaincode: 'yici',
    genesisHash: 'ab'.repeat(32),
    transactions: sources.events.map(({ txId }, index) => ({ txId, block: 10 + index, index: 0 })),
  };
});

type Row = Readonly<Record<string, string>>;
type Parsed = Readonly<Record<string, Readonly<Record<string, string & Row[]>>>>;
const parsed = () => JSON.parse(caseJson(sources)) as Parsed;

/** The XML read back into the shape of the JSON. */
function asJson(document: string): unknown {
  const item = ({ attributes, text }: Element) => [attributes['名称'], text] as const;
  const rows = (list: Element) =>
    list.children.map((row) => Object.fromEntries(row.children.map(item)) as Row);
  const root = readXml(document);
  const sets = root.children.map((set) => [
    set.attributes['名称'],
    Object.fromEntries(
      set.children.map((child) =>
        child.name === '列表' ? [child.attributes['名称'], rows(child)] : item(child),
      ),
    ) as unknown,
  ]);
  return { 标准: root.attributes['标准'], ...(Object.fromEntries(sets) as object) };
}

describe('a case in the fields of GB/T 39046-2020', () => {
  it('has the data sets of tables 4 to 11 under the standard’s names', () => {
    const tables = readXml(caseXml(sources)).children.map(({ attributes }) => [
      attributes['表'],
      attributes['名称'],
    ]);
    expect(tables).to.deep.equal([
      ['4', '事项管理'],
      ['5', '办事申请'],
      ['6', '事项受理'],
      ['7', '事项办理'],
      ['8', '事项办结'],
      ['9', '政务服务绩效评价'],
      ['10', '办事互动'],
      ['11', '电子监察'],
      [undefined, '扩展'],
    ]);
  });

  it('has the matter as the version said it, with its guide, in table 4', () => {
    const { guide, ...bare } = sources.matter.content;
    expect(guide).to.not.equal(undefined);
    const unguided = { ...sources, matter: { ...sources.matter, content: bare } };
    const { 事项管理: plain } = JSON.parse(caseJson(unguided)) as Parsed;
    expect(plain).to.deep.include({
      ...{ 基本编码: 'JG0007', 实施主体: '机关事务中心', 行使层级: '市级/隶属', 行使层级代码: '3' },
      ...{ 承诺办结时限单位: '个工作日', 服务对象: '行政机关', 服务对象代码: '5' },
    });
    expect(plain).to.not.have.any.keys('特别程序', '咨询电话', '是否收费', '承办机构');
    const [first, ...others] = sources.matter.content.materials;
    const limit = { value: 5, unit: 'workingDay' as const };
    const content = {
      ...sources.matter.content,
      materials: [{ ...first!, issueTime: '一年以内', originals: 1, copies: 2 }, ...others],
      guide: {
        specialProcedures: [
          { procedure: 'expertReview' as const, limit, note: '按需' },
          {
            ...{ procedure: 'hearing' as const, limit },
            basis: { rank: 'law' as const, law: '行政许可法', clause: '第四十六条' },
          },
        ],
        ...{ undertakingBody: '资产处', fee: { charged: false }, consultPhone: '0578-12345' },
        questions: [{ question: '几日办结', answer: '见承诺时限' }],
      },
    };
    const told = { ...sources, matter: { ...sources.matter, content } };
    const { 事项管理: whole } = JSON.parse(caseJson(told)) as Parsed;
    expect(whole).to.deep.include({
      ...{
        特别程序: '专家评审，5个工作日（按需）；听证，5个工作日，依据行政许可法第四十六条',
      },
      ...{ 承办机构: '资产处', 是否收费: '0' },
      ...{ 咨询电话: '0578-12345', 常见问题: '问：几日办结 答：见承诺时限' },
    });
    expect(whole!['材料目录']?.[0]).to.deep.include({
      ...{ 出具时间要求: '一年以内', 原件份数: '1', 复印件份数: '2', 是否必备材料: '1' },
    });
  });

  it('maps the code tables and writes times as the standard does', () => {
    const { 办事申请: applied, 事项受理: accepted, 事项办结: finished } = parsed();
    expect(applied).to.deep.include({
      办件编号: sources.record.caseNo,
      办件类型: '承诺件',
      办件类型代码: '2',
      申请者名称: '人力社保局',
      申报来源代码: '2',
      申请时间: '20260302T090000',
      行政区划: '331100',
    });
    expect(accepted).to.deep.include({
      基本编码: 'JG0007',
      受理单位名称: '机关事务中心',
      受理人员: 'offices.clerk1',
      受理文书编号: 'SL-0001',
      承诺办结时间: '20260312',
    });
    expect(finished).to.deep.include({
      办结时间: '2026030609:00:00',
      结果证照名称: '批复',
      办件结果描述: '准予',
      '发证/盖章单位': '机关事务中心',
      是否快递寄送结果: '0',
    });
  });

  it('shows every act as a link, with what was done and both names of who stood in', () => {
    const rows = parsed()['事项办理']!['办理环节']!;
    expect(rows).to.have.length(sources.events.length);
    const named = (name: string) => rows.filter((row) => row['环节名称'] === name);
    expect(named('不接收移交（finance）').map((row) => row['业务动作'])).to.deep.equal([
      '退回',
      '退回',
    ]);
    expect(named('退件（headcount）')[0]).to.include({ 业务动作: '退回' });
    expect(named('会办意见（finance）')[0]).to.include({
      业务动作: '通过',
      环节处理意见: '同意',
      处理单位名称: '督查室',
      环节办理状态代码: '2',
    });
    const [ruled] = named('职责分工协调决定');
    expect(ruled?.['环节处理人']).to.equal('establishment.clerk2（代establishment.head1）');
  });

  it('carries the national number and who was and is responsible beside the standard', () => {
    const extension = parsed()['扩展']!;
    expect(extension).to.include({
      办件状态编号: '11',
      办件状态: '办结通过',
      账本状态: 'DELIVERED',
      首问部门: '机关事务中心',
      移交未接收次数: '2',
      链头: sources.record.head,
    });
    expect(extension['移交']!.map((row) => row['结果'])).to.deep.equal(['不接收', '不接收']);
    expect(extension['职责分工协调']![0]).to.include({ 责任部门: '督查室' });
  });

  it('has the evaluation, the reminders and complaints, and the cards in tables 9 to 11', () => {
    const { 政务服务绩效评价: judged, 办事互动: spoken, 电子监察: watched, 扩展: more } = parsed();
    expect(judged!['评价']).to.deep.equal([
      {
        办件编号: sources.record.caseNo,
        评价渠道: 'PC端',
        评价人: 'hrss.clerk1',
        评价时间: '20260309T090000',
        评价次数: '1',
        满意度: '不满意',
        满意度代码: '4',
        文字评价: `摘要 sha256:${sources.evaluation!.note!.digest}`,
        行政区划: '331100',
      },
    ]);
    const [urge, complaint] = spoken!['互动']!;
    expect(urge).to.include({ 咨询编码: 'u-1', 咨询标题: '催办编办', 咨询时间: '20260304T090000' });
    expect(complaint).to.include({
      投诉标题: '差评：不满意',
      被投诉单位: '机关事务中心',
      承办人: 'offices.head1',
      反馈时间: '20260310T090000',
    });
    const [card] = watched!['监察']!;
    expect(card).to.include({
      督办内容: '黄牌：会办意见（headcount），期限2026-03-06',
      机构名称: '编办',
      事项类型代码: '11',
      督办发出时间: '20260305090000',
      监察规则编号: 'opinion',
      监察预警类型代码: '1',
      监察结果描述: '已说明：任务集中',
    });
    expect(card!['监察编号']).to.match(/^[0-9a-f]{20}$/);
    expect(more!['监察记录']![0]).to.include({
      监察编号: card!['监察编号'],
      账本编号: sources.cards[0]!.cardId,
    });
  });

  it('leaves tables 9 to 11 without rows for a case that nobody judged or reminded of', () => {
    const rest = without(sources, 'evaluation');
    const bare = JSON.parse(caseJson({ ...rest, cards: [], urges: [] })) as Parsed;
    expect(bare['政务服务绩效评价']).to.deep.equal({ 评价: [] });
    expect(bare['办事互动']).to.deep.equal({ 互动: [] });
    expect(bare['电子监察']).to.deep.equal({ 监察: [] });
  });

  it('leaves out what the ledger does not hold, and holds no personal data', () => {
    for (const name of ['申请者证件号码', '联系人手机号码', '法定代表人']) {
      expect(caseJson(sources)).to.not.include(name);
    }
  });

  it('says the same in XML as in JSON', () => {
    expect(asJson(caseXml(sources))).to.deep.equal(parsed());
  });

  it('keeps any text whole in well-formed XML', () => {
    const content = (text: string) => ({
      ...sources.matter.content,
      name: { zh: text, en: 'x' },
    });
    const nasty = fc.string({
      unit: fc.constantFrom(...'<>&"\']]>\n\t\r\u0085\u2028中é😀 a;#x'.split('')),
    });
    fc.assert(
      fc.property(fc.oneof(nasty, fc.string({ unit: 'grapheme' })), (text) => {
        const named = { ...sources, matter: { ...sources.matter, content: content(text) } };
        const read = asJson(caseXml(named)) as Parsed;
        const kept = text.replaceAll(
          /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu,
          '\uFFFD',
        );
        expect(read['办事申请']!['事项名称']).to.equal(kept);
      }),
      { numRuns: 200 },
    );
  });

  it('is read by a reader that refuses what is not well-formed', () => {
    const head = '<?xml version="1.0" encoding="UTF-8"?>';
    for (const wrong of [
      '<a>',
      '<a></b>',
      '<a x="1" x="2"/>',
      '<a>&</a>',
      '<a/><b/>',
      '<a>\u0001</a>',
    ]) {
      expect(() => readXml(head + wrong), wrong).to.throw(SyntaxError);
    }
  });
});

describe('an export package', () => {
  const bytes = () => packCase(sources, place);
  const codes = (given: Uint8Array, head?: string) => [
    ...new Set(verifyCaseExport(given, head).findings.map(({ code }) => code)),
  ];
  const files = () => ({ ...unzipSync(bytes()) });

  /** The package again with a file changed, its digest in the manifest made right. */
  function repacked(change: (given: Record<string, Uint8Array>) => void): Uint8Array {
    const given = files();
    change(given);
    const manifest = JSON.parse(new TextDecoder().decode(given['manifest.json'])) as {
      files: { name: string; size: number; sha256: string }[];
    };
    const right = verifyCaseExport(zipSync(given)).findings.flatMap(({ code, file, detail }) =>
      code === 'FILE_DIFFERS'
        ? [[file, /sha256 ([0-9a-f]+)/.exec(detail)?.[1] ?? ''] as const]
        : [],
    );
    for (const [file, sha256] of right) {
      const entry = manifest.files.find(({ name }) => name === file)!;
      Object.assign(entry, { sha256, size: given[file]!.length });
    }
    return zipSync({ ...given, 'manifest.json': strToU8(JSON.stringify(manifest)) });
  }

  function withEvents(change: (events: CaseEventRecord[]) => CaseEventRecord[]): Uint8Array {
    const events = change(sources.events.map((event) => ({ ...event })));
    return repacked((given) => {
      given['events.json'] = strToU8(canonicalJson(events));
    });
  }

  it('holds, and names the head, every transaction and its block', () => {
    const { findings, manifest } = verifyCaseExport(bytes(), sources.record.head);
    expect(findings).to.deep.equal([]);
    expect(manifest).to.include({ head: sources.record.head, events: sources.events.length });
    expect(manifest!.transactions.map(({ txId, block }) => [txId, block])).to.deep.equal(
      place.transactions.map(({ txId, block }) => [txId, block]),
    );
  });

  it('is the same bytes at any time and in any time zone', () => {
    const once = bytes();
    const zone = process.env['TZ'];
    try {
      for (const other of ['America/Los_Angeles', 'Pacific/Auckland']) {
        process.env['TZ'] = other;
        expect(Buffer.from(bytes()).equals(once), other).to.equal(true);
      }
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('is found out when any file is changed, missing or added', () => {
    for (const name of Object.keys(files()).filter((one) => one !== 'manifest.json')) {
      const changed = files();
      changed[name] = strToU8(`${new TextDecoder().decode(changed[name])} `);
      expect(codes(zipSync(changed)), name).to.include('FILE_DIFFERS');
      const missing = Object.fromEntries(Object.entries(files()).filter(([key]) => key !== name));
      expect(codes(zipSync(missing)), name).to.include('FILE_MISSING');
    }
    expect(codes(zipSync({ ...files(), 'more.txt': strToU8('x') }))).to.deep.equal([
      'FILE_UNLISTED',
    ]);
    const bare = Object.fromEntries(
      Object.entries(files()).filter(([key]) => key !== 'manifest.json'),
    );
    expect(codes(zipSync(bare))).to.deep.equal(['FILE_MISSING']);
  });

  it('is found out when an event is changed, dropped or put elsewhere, with all digests made right', () => {
    expect(codes(withEvents((events) => events.filter(({ seq }) => seq !== 3)))).to.include(
      'CHAIN_BROKEN',
    );
    const altered = withEvents((events) =>
      events.map((event) =>
        event.seq === 3 ? { ...event, at: '2026-03-01T00:00:00.000Z' } : event,
      ),
    );
    expect(codes(altered)).to.include('CHAIN_BROKEN');
    expect(codes(withEvents((events) => [...events].reverse()))).to.include.members([
      'CHAIN_BROKEN',
      'TRANSACTIONS_DIFFER',
    ]);
  });

  it('is found out when a translation says something else, with all digests made right', () => {
    for (const name of ['case.json', 'case.xml']) {
      const forged = repacked((given) => {
        const text = new TextDecoder().decode(given[name]);
        given[name] = strToU8(text.replace('同意', '不同意'));
      });
      expect(codes(forged), name).to.deep.equal(['TRANSLATION_DIFFERS']);
    }
  });

  it('is found out when the matter is another, or the whole chain was written anew', () => {
    const matter = { ...sources.matter, content: { ...sources.matter.content, visits: 9 } };
    expect(codes(packCase({ ...sources, matter }, place))).to.deep.equal(['CASE_DIFFERS']);
    let prev = '0'.repeat(64);
    const events = sources.events.map((event) => {
      const linked = { ...event, prev, data: {} };
      prev = canonicalDigest(linked);
      return linked;
    });
    const rewritten = packCase(
      { ...sources, events, record: { ...sources.record, head: prev } },
      place,
    );
    // By itself it is consistent: only the ledger's own head tells.
    expect(codes(rewritten)).to.deep.equal([]);
    expect(codes(rewritten, sources.record.head)).to.deep.equal(['HEAD_DIFFERS']);
  });

  it('never breaks off over bad bytes', () => {
    expect(codes(strToU8('no zip'))).to.deep.equal(['ZIP_UNREADABLE']);
    const good = bytes();
    fc.assert(
      fc.property(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bad = good.slice();
        bad[at]! ^= flip;
        verifyCaseExport(bad);
      }),
      { numRuns: 200 },
    );
    for (const name of ['events.json', 'records.json', 'manifest.json']) {
      expect(codes(zipSync({ ...files(), [name]: strToU8('{') })), name).to.include(
        'FILE_MALFORMED',
      );
    }
  });

  it('is not unpacked when it claims to be huge', () => {
    const huge = zipSync({ 'case.json': new Uint8Array(70 * 1024 * 1024) });
    expect(codes(huge)).to.deep.equal(['ZIP_UNREADABLE']);
  });

  it('is verified by the command without a gateway, exit code 1 when it does not hold', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'yici-export-'));
    try {
      const good = join(folder, 'good.zip');
      writeFileSync(good, bytes());
      const run = await runYici(['case', 'verify-export', good, '--head', sources.record.head]);
      expect(run.exitCode, run.notes.join()).to.equal(0);
      expect(run.out.join('\n')).to.include('导出包成立').and.include(sources.record.head);
      const other = await runYici(['case', 'verify-export', good, '--head', 'f'.repeat(64)]);
      expect(other.exitCode).to.equal(1);
      const json = await runYici(['case', 'verify-export', good, '--json']);
      expect(JSON.parse(json.out.join())).to.include({ holds: true });
      const none = await runYici(['case', 'verify-export', join(folder, 'none.zip')]);
      expect(none.exitCode).to.equal(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
