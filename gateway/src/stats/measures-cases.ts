import { cite, laws } from '@yici/domain/model';
import { figuresOf, type Measure } from './measure.js';

const ofMatter = ['department', 'matter'] as const;
const ofCase = [...ofMatter, 'applicant'] as const;

const completed = figuresOf('completed', ofCase);
const filed = figuresOf('filed', ofCase);
const limits = figuresOf('limit', ofCase);
const accepted = figuresOf('accepted', ofMatter);

/** Handling of cases: number of submissions, time limits, trips, signatures. */
export const caseMeasures: readonly Measure[] = [
  completed.share('all-signed', [1], ['allSigned', 'completed'], {
    name: { zh: '各方签署率', en: 'Cases signed by all who take part' },
    zh: '分子：每个环节均由该部门本人签名答复（没有超时默认、没有被越过）的办结件；分母：有会办环节的办结件。',
    en: 'Completed cases in which every step was answered under its department’s own signature (none lapsed into consent, none passed over) / completed cases with steps.',
  }),
  limits.share('upward-on-time', [3], ['upwardKept', 'due'], {
    name: { zh: '下级向上级申报按期办结率', en: 'Upward cases completed on time' },
    zh: '申请部门层级低于牵头部门的办件。分子：承诺时限内办结；分母：本期办结的，加上本期到期仍未办结的。',
    en: 'Of cases whose applicant stands at a lower level than the owner: completed within the promised limit / completed in the period, and those whose limit ran out in it while they are open.',
    law: [cite(laws.onceReform, { article: 12, paragraph: 1 })],
  }),
  completed.share('once-rate', [9], ['once', 'completed'], {
    name: { zh: '一次办成率', en: 'Once rate' },
    zh: '分子：没有补正通知、到现场不超过一次、决定未被撤销的办结件；分母：办结件。撤回、不予受理、尚未办结的不计。',
    en: 'Completed cases without a supplement notice, with at most one trip and whose decision stands / completed cases. Withdrawn, not accepted and open cases are in neither.',
    law: [cite(laws.onceReform, { article: 2, paragraph: 2 })],
    labels: [...ofCase, 'outcome'],
  }),
  completed.share('zero-run-rate', [9], ['zeroRun', 'completed'], {
    name: { zh: '零跑率', en: 'Zero-run rate' },
    zh: '分子：到现场次数为零、不在窗口送达、没有纸质材料、凡可共享的材料均以存证代替、决定未被撤销的办结件；分母：办结件。',
    en: 'Completed cases with no trip, nothing handed out at a window, no paper, every material that can be shared met by an attestation, and whose decision stands / completed cases.',
    law: [cite(laws.onceReform, { article: 2, paragraph: 2 })],
    labels: [...ofCase, 'outcome'],
  }),
  limits.share('on-time-rate', [15, 16], ['kept', 'due'], {
    name: { zh: '按期办结率', en: 'On-time rate' },
    zh: '分子：承诺时限（含公布的特别程序）内办结；分母：本期办结的，加上本期到期仍未办结的，以及逾限后以撤回等方式终结的。时限未满的在办件不计。',
    en: 'Completed by the last day of the promised limit (announced special procedures included) / completed in the period, those whose limit ran out in it while they are open, and those that ended otherwise, by a withdrawal for example, after their limit. Open cases within their limit are in neither.',
    law: [
      cite(laws.licensing, { article: 42, paragraph: 1 }, { article: 42, paragraph: 2 }),
      cite(laws.onceReform, { article: 12, paragraph: 1 }),
    ],
  }),
  limits.number('overdue-open', [15], 'overdueOpen', {
    name: { zh: '到期未办结数', en: 'Open cases past their limit' },
    zh: '承诺时限在本期内届满、至今未办结的办件数。',
    en: 'Cases whose promised limit ran out in the period and which are open still.',
    law: [cite(laws.onceReform, { article: 12, paragraph: 1 })],
  }),
  completed.average('trips-per-case', [8], ['trips', 'completed'], {
    name: { zh: '平均跑动次数', en: 'Trips per case' },
    zh: '办结件到现场次数之和（事项版本所列次数；在窗口送达的至少一次）÷ 办结件。目标为零。',
    en: 'Trips of completed cases (as the matter version says; at least one when the result was handed out at a window) / completed cases. The goal is none.',
  }),
  completed.number('materials-saved', [8], 'materialsSaved', {
    name: { zh: '免交材料数', en: 'Materials saved' },
    zh: '办结件中以数源部门存证代替、申请人没有提交的材料份数。',
    en: 'Materials of completed cases that attestations of their source departments met, so that the applicant brought none.',
    law: [cite(laws.sharing, { article: 19, paragraph: 1 })],
  }),
  completed.share('materials-shared-rate', [8, 10], ['materialsSaved', 'materialsHeld'], {
    name: { zh: '材料共享率', en: 'Materials met by sharing' },
    zh: '分子：以存证代替的材料份数；分母：办结件所有材料份数。',
    en: 'Materials met by attestations / all materials of completed cases.',
    law: [cite(laws.sharing, { article: 19, paragraph: 1 })],
  }),
  filed.average('fields-per-case', [10], ['fields', 'filed'], {
    name: { zh: '每件填写字段数', en: 'Fields typed per case' },
    zh: '申报件一张表的字段数之和 ÷ 申报件（仅计列明表单字段的事项）。',
    en: 'Fields of the one form / cases filed, of matters that list them.',
  }),
  filed.average('documents-per-case', [10, 13], ['documents', 'filed'], {
    name: { zh: '每件提交文件数', en: 'Documents handed in per case' },
    zh: '本期申报的办件中由申请人提交文件的材料份数 ÷ 申报件。',
    en: 'Materials that applicants met with documents of their own, in cases filed in the period / cases filed.',
  }),
  filed.share('grass-roots-cases', [13], ['grassRoots', 'filed'], {
    name: { zh: '基层申报占比', en: 'Cases filed by the grass roots' },
    zh: '分子：乡镇、村级申请部门申报的办件；分母：申报件。',
    en: 'Cases filed by departments of township or village level / cases filed.',
  }),
  limits.share('grass-roots-on-time', [13], ['grassRootsKept', 'due'], {
    name: { zh: '基层申报按期办结率', en: 'Grass-roots cases completed on time' },
    zh: '乡镇、村级申请部门的办件，按“按期办结率”计算。',
    en: 'As the on-time rate, of cases filed by departments of township or village level.',
  }),
  accepted.number('deemed-acceptances', [15], 'deemed', {
    name: { zh: '视为受理数', en: 'Deemed acceptances' },
    zh: '五个工作日内未告知、自收到之日起视为受理的办件数。',
    en: 'Cases that count as accepted because nobody replied within five working days.',
    law: [cite(laws.licensing, { article: 32, paragraph: 1, item: 4 })],
  }),
  completed.share('parallel-rate', [19], ['stepsTogether', 'stepsStarted'], {
    name: { zh: '并联办理比例', en: 'Steps that ran in parallel' },
    zh: '分子：与另一环节同时在办的环节；分母：办结件中已开始并已结束的环节。',
    en: 'Steps that ran at the same time as another one of their case / steps of completed cases that began and ended.',
    law: [cite(laws.onceReform, { article: 5, paragraph: 3 })],
  }),
  completed.average('elapsed-to-steps', [19], ['handlingHours', 'stepHours'], {
    name: { zh: '全程用时与各环节用时之比', en: 'Elapsed time against the sum of steps' },
    zh: '分子：自受理至决定的小时数；分母：各环节小时数之和。特别程序停钟的日子均不计。小于一表示并联节省了时间。',
    en: 'Hours from acceptance to decision / sum of the hours of the steps, both without days held by a special procedure. Below one, handling in parallel saved time.',
    law: [cite(laws.onceReform, { article: 5, paragraph: 3 })],
  }),
  ...(
    [
      ['cross-level', 'crossLevel', '跨层级办件', 'Cases across levels', '行政层级', 'levels'],
      ['cross-region', 'crossRegion', '跨地域办件', 'Cases across regions', '行政区划', 'regions'],
      ['cross-system', 'crossSystem', '跨系统办件', 'Cases across systems', '业务系统', 'systems'],
      [
        'cross-department',
        'crossDepartment',
        '跨部门办件',
        'Cases across departments',
        '部门',
        'departments',
      ],
      [
        'cross-business',
        'crossBusiness',
        '跨业务办件',
        'Cases across lines of business',
        '业务条线',
        'lines of business',
      ],
    ] as const
  ).map(([id, of, zh, en, what, whatEn]) =>
    filed.share(id, [17], [of, 'filed'], {
      name: { zh, en },
      zh: `分子：参与各方分属不止一个${what}的申报件；分母：载明${what}的申报件。`,
      en: `Cases filed whose participants belong to more than one of the ${whatEn} / cases filed that say their ${whatEn}.`,
    }),
  ),
];
