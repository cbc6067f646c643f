import { measures, splitsOf, type Measure } from '@yici/gateway/testing';

/** What each of the requirements' rows asks to be measured (design, DOMAIN.md section 5), in a few words. */
export const requirementNames: readonly string[] = [
  '各方签名 signed by all who take part',
  '本位主义：自设材料 self-added conditions',
  '双向：上报与回流 upward cases and return flow',
  '部门壁垒：共享答复 sharing replies',
  '条块：垂直管理机构 vertical organs',
  '推诿扯皮 bounces and duty rulings',
  '梗阻：停留时间 dwell time',
  '行政成本：免交材料、跑动 materials and trips',
  '零跑、一次 zero-run and once',
  '形式主义：填写 what is typed',
  '一件事 one things',
  '职责条目 duty links',
  '基层减负 the grass roots',
  '提速率 speed-up',
  '不作为 inaction',
  '慢作为：红黄牌 slow action and cards',
  '五跨 the five crossings',
  '共同维护和利用 co-maintained and used',
  '并联办理 parallel handling',
  '信息孤岛：数据目录 data sets',
  '集成：接入部门 departments integrated',
  '技术强制力 refused by rule, exceptions',
  '争议阶梯 disputes',
  '职责交叉 overlapping duties',
  '改革前后 before and after',
  '三定与事项同步 reviews on time',
  '精简与膨胀 net growth',
  '制度依据 cited documents',
  '督查 supervision and verification',
];

const unitWords: Readonly<Record<Measure['unit'], string>> = {
  share: '比例 share',
  number: '个数 number',
  average: '平均 average',
  hours: '小时 hours（P50、P90）',
  days: '自然日 calendar days（P50、P90）',
};

const scopeWords: Readonly<Record<Measure['scope'], string>> = {
  flow: '期间内 of the days of the period',
  standing: '期末 as things stand on the last day',
  change: '期间增减 change over the period',
};

/** docs/figures.md, whole: a test holds the file to it, `test/scripts/figures-document.mjs` writes it. */
export function figuresDocument(): string {
  return `${[introduction, manualReports(), byRequirement(), ...measures.map(section)].join('\n\n')}\n`;
}

const introduction = `# Figures of the reform 改革成效指标

Made from the catalogue in \`gateway/src/stats/\`; do not edit by hand: \`node test/scripts/figures-document.mjs\` after a build.

每个指标由记录算出，没有人工填报。\`GET /v1/stats\` 列出目录，\`GET /v1/stats/{measure}\` 给出分子、分母、数值，
\`GET /v1/stats/{measure}/cases\` 列出背后的记录；\`yici stats list\`、\`yici stats show MEASURE\` 相同。

- **Query.** \`from\`, \`to\` (days in Asia/Shanghai, both included; by default this year up to today), \`department\`, \`matter\`, \`by\` (one of the splits), \`format=csv\` or \`Accept: text/csv\`.
- **Nothing to divide by** gives the value \`null\`, never zero per cent.
- **Percentiles** are the nearest rank: P50 is \`value\`, P90 is \`p90\`.
- **What is still open** counts as not done once its last day is over, under that day; it moves to the day on which it is done. So figures of past periods can change until everything in them is done, and each answer says from which block it was computed.
- **Records behind a figure** are shown to those who may see them, to supervisors and to the Establishment Office; \`notShown\` says how many others there are. **A figure of fewer than three records** is theirs alone too: for others its numbers are \`null\` and \`withheld\` is true, and of groups a second one goes with it, so that the rest does not tell. This hides single records from a glance; it is no protection from somebody who subtracts the figures of two longer periods.
- **Source \`gateway\`** means this gateway's own journal: what was refused or read is on no ledger, and another department's gateway has its own. A gateway that is killed loses its last second of it; it is kept for three years.`;

/** Figures by where they come from; what comes from neither would have to be reported by somebody. */
export function figureSources() {
  const from = (name: string) => measures.filter(({ source }) => source === name).length;
  const [ledger, gateway] = [from('ledger'), from('gateway')];
  return { ledger, gateway, typed: measures.length - ledger - gateway };
}

function manualReports(): string {
  const { ledger, gateway, typed } = figureSources();
  return [
    '## Manual reports 人工报表',
    '',
    `须人工填报的指标：${String(typed)} 个，共 ${String(measures.length)} 个。 Figures that need typed input: ${String(typed)} of ${String(measures.length)}, counted from the registry: ${String(ledger)} are computed from records of the ledger, ${String(gateway)} from the gateway's own journal. No route takes a figure: all of \`/v1/stats\` only reads. What applicants type is itself a figure, \`fields-per-case\`: the fields of the one form, of matters that list them; what is typed elsewhere (reasons, notes) is not counted.`,
  ].join('\n');
}

function byRequirement(): string {
  const lines = requirementNames.map((name, index) => {
    const ids = measures
      .filter(({ requirements }) => requirements.includes(index + 1))
      .map(({ id }) => `\`${id}\``);
    return `${String(index + 1)}. ${name}: ${ids.join(', ')}`;
  });
  return ['## By requirement 按需求', ...['', ...lines]].join('\n');
}

function section(one: Measure): string {
  const { id, name, requirements, unit, scope, source, definition, law } = one;
  return [
    `## \`${id}\` ${name.zh} ${name.en}`,
    '',
    `- 需求 requirements: ${requirements.join(', ')}`,
    `- 口径 definition: ${definition.zh}`,
    `- ${definition.en}`,
    ...(law === undefined ? [] : [`- 依据 law: ${law}`]),
    `- 单位 unit: ${unitWords[unit]}; 范围 scope: ${scopeWords[scope]}; 来源 source: \`${source}\``,
    `- 分列 splits: ${splitsOf(one)
      .map((split) => `\`${split}\``)
      .join(', ')}`,
    `- \`GET /v1/stats/${id}\`, \`GET /v1/stats/${id}/cases\``,
  ].join('\n');
}
