import { knownWords } from '@yici/api';
import { citationWords } from '@yici/domain/model';
import { measures, splitsOf, type Measure } from '@yici/gateway/testing';

type Language = keyof Measure['name'];

/** What each of the requirements (DOMAIN.md section 5) asks to be measured, in a few words. */
export const requirementNames: readonly Measure['name'][] = [
  { zh: '各方签名', en: 'signed by all who take part' },
  { zh: '本位主义：自设材料', en: 'self-added conditions' },
  { zh: '双向：上报与回流', en: 'upward cases and return flow' },
  { zh: '部门壁垒：共享答复', en: 'sharing replies' },
  { zh: '条块：垂直管理机构', en: 'vertical organs' },
  { zh: '移交未接收、职责分工', en: 'hand-overs not taken, questions of duty' },
  { zh: '梗阻：停留时间', en: 'dwell time' },
  { zh: '行政成本：免交材料、跑动', en: 'materials and trips' },
  { zh: '零跑、一次', en: 'zero-run and once' },
  { zh: '形式主义：填写', en: 'what is typed' },
  { zh: '一件事', en: 'one things' },
  { zh: '职责条目', en: 'duty links' },
  { zh: '基层减负', en: 'the grass roots' },
  { zh: '提速率', en: 'speed-up' },
  { zh: '不作为', en: 'inaction' },
  { zh: '慢作为：红黄牌', en: 'slow action and cards' },
  { zh: '五跨', en: 'the five crossings' },
  { zh: '共同维护和利用', en: 'co-maintained and used' },
  { zh: '并联办理', en: 'parallel handling' },
  { zh: '信息孤岛：数据目录', en: 'data sets' },
  { zh: '集成：实际使用的部门', en: 'departments that sign' },
  { zh: '技术强制力', en: 'refused by rule, exceptions' },
  { zh: '争议阶梯', en: 'disputes' },
  { zh: '职责交叉', en: 'overlapping duties' },
  { zh: '改革前后', en: 'before and after' },
  { zh: '“三定”规定与事项同步', en: 'reviews on time' },
  { zh: '精简与膨胀', en: 'net growth' },
  { zh: '制度依据', en: 'cited documents' },
  { zh: '督查', en: 'supervision and verification' },
];

/** Text of a page that does not come from the catalogue. */
interface PageText {
  readonly introduction: string;
  /** What is known from what, in numbers, with the declared figures and the headlines by name. */
  readonly known: (counted: Counted) => string;
  readonly byRequirement: string;
  readonly unit: Readonly<Record<Measure['unit'], string>>;
  readonly scope: Readonly<Record<Measure['scope'], string>>;
  /** Labels of requirements, definition, law, unit, scope, source, how it is known, and splits; and of a headline. */
  readonly labels: readonly [
    ...[string, string, string, string, string, string, string, string],
    headline: string,
  ];
  /** After a label, between parts of a line, and in lists. */
  readonly marks: readonly [colon: string, semicolon: string, comma: string];
}

interface Counted {
  readonly all: number;
  readonly gateway: number;
  readonly others: number;
  readonly own: number;
  readonly declared: string;
  readonly headlines: string;
}

const english: PageText = {
  introduction: `# Figures of the reform

English · [中文](figures.zh-CN.md)

Generated from the catalogue in \`gateway/src/stats/\`; do not edit by hand: \`node test/scripts/figures-document.mjs\` after a build.

Every figure is computed from records, and says how it is known: from signed acts of others than the department it is about, from that department's own acts,
or because somebody declared it. \`GET /v1/stats\` lists the catalogue, \`GET /v1/stats/{measure}\` gives numerator,
denominator and value, \`GET /v1/stats/{measure}/cases\` the records behind it; \`yici stats list\` and \`yici stats show MEASURE\` do the same.

- **Query.** \`from\`, \`to\` (days in Asia/Shanghai, both included; by default this year up to today), \`department\`, \`matter\`, \`by\` (one of the splits), \`format=csv\` or \`Accept: text/csv\`.
- **A denominator of zero** gives the value \`null\`, never zero per cent.
- **Percentiles** are the nearest rank: P50 is \`value\`, P90 is \`p90\`.
- **What is still open** counts as not done once its last day is over, under that day; it moves to the day on which it is done. So figures of past periods can change until everything in them is done, and each answer says from which block it was computed. **The report of a month or a year** (\`GET /v1/reports\`, \`yici report\`) has every figure as it stood at the end of its period, whatever was done later, beside the period before and, of a month, the same one of the year before: all figures whose source is the ledger can be computed so, those of a gateway's journal are left out.
- **Records behind a figure** are shown to those who may see them, to supervisors and to the Establishment Office; \`notShown\` says how many others there are. **A figure of fewer than three records** is shown only to the same readers: for others its numbers are \`null\` and \`withheld\` is true, and a second group is withheld with it, so that it cannot be computed from the rest. This protects single records from a casual reader, not from somebody who subtracts the figures of two longer periods.
- **Source \`gateway\`** means this gateway's own journal: refusals and reads are on no ledger, and another department's gateway has its own. A gateway that is killed loses its last second of it; it is kept for three years.`,
  known: ({ all, gateway, others, own, declared, headlines }) => `## How each figure is known

Of ${String(all)} figures ${String(others)} are known from signed acts of others than the department they are about, ${String(own)} from that department's own acts: the ledger gives their order and time and keeps what was signed, but nobody else has confirmed what they say. ${String(gateway)} of those come from this gateway's own journal, which nobody signs.

A figure is no better known than the weakest of what it counts. **Declared** are those that rest on what a department wrote of itself or of its matters, which no act bears out: ${declared}. A declared figure is never a headline.

**Headlines**, which the demo shows and \`yici stats list --headlines\` lists: ${headlines}.

No route takes a figure: all of \`/v1/stats\` is read-only.`,
  byRequirement: '## By requirement',
  unit: {
    share: 'share',
    number: 'number',
    average: 'average',
    hours: 'hours (P50, P90)',
    days: 'calendar days (P50, P90)',
  },
  scope: {
    flow: 'the days of the period',
    standing: 'the state on the last day',
    change: 'change over the period',
    running: 'what ended in the period or had not ended by its end',
  },
  labels: [
    ...(['requirements', 'definition', 'law', 'unit', 'scope', 'source', 'known'] as const),
    ...(['splits', 'headline'] as const),
  ],
  marks: [': ', '; ', ', '],
};

const chinese: PageText = {
  introduction: `# 改革成效指标

[English](figures.md) · 中文

本页由 \`gateway/src/stats/\` 中的指标目录生成，请勿手工修改。

每个指标均由记录计算得出，并注明何以得知：由所评价部门以外的他方签名的行为得出、由本方的行为得出，或者自行申报。\`GET /v1/stats\` 列出目录，\`GET /v1/stats/{measure}\` 给出分子、分母、数值，\`GET /v1/stats/{measure}/cases\` 列出有关记录；命令
\`yici stats list\`、\`yici stats show MEASURE\` 相同。

- **查询条件**：\`from\`、\`to\`（北京时间日期，含起止日；默认为本年初至今日）、\`department\`（部门）、\`matter\`（事项）、\`by\`（按一项分列）、\`format=csv\` 或者 \`Accept: text/csv\`。
- **分母为零**的，数值为 \`null\`，不按零计。
- **百分位**采用最近序位法：P50 为 \`value\`，P90 为 \`p90\`。
- **尚未办结**的，期限最后一日过后按未完成计入该日；完成后改计入完成之日。因此以往期间的指标在全部办结之前仍可能变化，每次答复均注明计算所依据的区块。**月度、年度报告**（\`GET /v1/reports\`、\`yici report\`）中的各项指标为期末状况，期后的处理不计入，并与上期（环比）、月度还与上年同月（同比）对照；来源为账本的指标均可如此计算，来源为网关日志的不列入。
- **指标所依据的记录**，只向有权查看的人员、督查机构和编办显示；\`notShown\` 为未显示的条数。**记录不足三条的指标**同样只向上述人员显示：其他人员看到的数值为 \`null\`、\`withheld\` 为真，并同时隐去另一个分组，以免推算。此项措施防止直接看出单条记录，不能防止以两个较长期间的指标相减推算。
- **来源 \`gateway\`** 指本网关自己的日志：被拒绝的操作和查询不在账本上，其他部门的网关各有日志。网关异常中止时丢失最后一秒的记录；日志保存三年。`,
  known: ({ all, gateway, others, own, declared, headlines }) => `## 指标何以得知

共 ${String(all)} 个指标，其中 ${String(others)} 个由所评价部门以外的他方签名的行为得出，${String(own)} 个由所评价部门本方的行为得出：先后次序、时间和签名内容以账本为准，但其内容未经他方确认。后者中有 ${String(gateway)} 个出自本网关自己的日志，无人签名。

一个指标的可信程度不高于其所计内容中最弱的一项。**自行申报**的，是指仅由部门自述本部门或者本部门事项、没有办理行为印证的指标：${declared}。自行申报的指标不作为要目。

**要目**，即演示所列、\`yici stats list --headlines\` 列出的指标：${headlines}。

没有填报指标的接口：\`/v1/stats\` 只供读取。`,
  byRequirement: '## 按需求分列',
  unit: {
    share: '比例',
    number: '个数',
    average: '平均数',
    hours: '小时（P50、P90）',
    days: '自然日（P50、P90）',
  },
  scope: {
    flow: '期间内',
    standing: '期末',
    change: '期间增减',
    running: '期间内结束和期末未结束',
  },
  labels: ['需求', '口径', '依据', '单位', '范围', '来源', '何以得知', '分列', '要目'],
  marks: ['：', '；', '、'],
};

const pages = { en: english, zh: chinese } as const;

/** docs/figures.md or docs/figures.zh-CN.md; written by `test/scripts/figures-document.mjs`, compared by a test. */
export function figuresDocument(language: Language): string {
  const { introduction } = pages[language];
  const sections = measures.map((one) => section(one, language));
  const parts = [introduction, howKnown(language), byRequirement(language), ...sections];
  return `${parts.join('\n\n')}\n`;
}

function howKnown(language: Language): string {
  const { known, marks } = pages[language];
  const of = (name: Measure['known']) => measures.filter((one) => one.known === name);
  const listed = (some: readonly Measure[]) => some.map(({ id }) => `\`${id}\``).join(marks[2]);
  return known({
    all: measures.length,
    gateway: measures.filter(({ source }) => source === 'gateway').length,
    others: of('others').length,
    own: of('own').length,
    declared: listed(of('declared')),
    headlines: listed(measures.filter(({ headline }) => headline)),
  });
}

function byRequirement(language: Language): string {
  const { byRequirement: heading, marks } = pages[language];
  const [colon, , comma] = marks;
  const lines = requirementNames.map((name, index) => {
    const ids = measures
      .filter(({ requirements }) => requirements.includes(index + 1))
      .map(({ id }) => `\`${id}\``);
    return `${String(index + 1)}. ${name[language]}${colon}${ids.join(comma)}`;
  });
  return [heading, '', ...lines].join('\n');
}

function section(one: Measure, language: Language): string {
  const { labels, marks, unit, scope } = pages[language];
  const [requirements, definition, legal, unitLabel, scopeLabel, source, known, splits, headline] =
    labels;
  const [colon, semicolon, comma] = marks;
  const facts = [
    `${unitLabel}${colon}${unit[one.unit]}`,
    `${scopeLabel}${colon}${scope[one.scope]}`,
    `${source}${colon}\`${one.source}\``,
  ];
  const names = splitsOf(one).map((split) => `\`${split}\``);
  return [
    `## \`${one.id}\` ${one.name[language]}`,
    '',
    `- ${requirements}${colon}${one.requirements.join(comma)}`,
    `- ${definition}${colon}${one.definition[language]}`,
    ...(one.law === undefined ? [] : [`- ${legal}${colon}${citationWords(one.law)[language]}`]),
    `- ${facts.join(semicolon)}`,
    `- ${known}${colon}${knownWords[one.known][language]}${one.headline ? `${semicolon}${headline}` : ''}`,
    `- ${splits}${colon}${names.join(comma)}`,
    `- \`GET /v1/stats/${one.id}\`${comma}\`GET /v1/stats/${one.id}/cases\``,
  ].join('\n');
}
