import { caseJson, caseXml, type CaseSources } from '@yici/client';
import { expect } from 'chai';
import fc from 'fast-check';
import { without } from '../chaincode/support/story.js';
import { bouncedCase } from './support/exported-case.js';
import { readXml, type Element } from './support/strict-xml.js';

let sources: CaseSources;

before(async () => {
  sources = await bouncedCase();
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
        特别程序: '专家评审，5个工作日（按需）；听证，5个工作日，依据《行政许可法》第四十六条',
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
      办件结果描述: '予以批准',
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
      首问责任部门: '机关事务中心',
      移交未接收次数: '2',
      记录校验值: sources.record.head,
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
