import { cite, laws } from '@yici/domain/model';
import { figuresOf, type Measure } from './measure.js';

const ofMatter = ['department', 'matter'] as const;
const ofCase = [...ofMatter, 'applicant'] as const;

const completed = figuresOf('completed', ofCase, { known: 'own' });
const filed = figuresOf('filed', ofCase, { known: 'others' });
const limits = figuresOf('limit', [...ofCase, 'how'], { known: 'own' });
const closed = figuresOf('closed', [...ofMatter, 'how'], { known: 'own' });
const accepted = figuresOf('accepted', ofMatter, { known: 'others' });

/** Handling of cases: number of submissions, time limits, trips, signatures. */
export const caseMeasures: readonly Measure[] = [
  completed.share('all-signed', [1], ['allSigned', 'completed'], {
    known: 'others',
    name: { zh: '各方签署率', en: 'Cases signed by all who take part' },
    zh: '分子：每个环节均由该部门工作人员签名答复（没有超时默认同意、没有未等待意见继续办理）的办结件；分母：有会办环节的办结件。',
    en: 'Completed cases in which every step was answered under its department’s own signature (none lapsed into consent, none passed over) / completed cases with steps.',
  }),
  limits.share('upward-on-time', [3], ['upwardKept', 'due'], {
    known: 'declared',
    name: { zh: '下级向上级申报按期办结率', en: 'Upward cases completed on time' },
    zh: '申报部门层级低于实施主体的办件，按“按期办结率”计算；层级由各部门自行登记。',
    en: 'As the on-time rate, of cases whose applicant stands at a lower level than the owner; the levels are as the departments registered them.',
    law: [cite(laws.onceReform, { article: 12, paragraph: 1 })],
  }),
  completed.share('once-rate', [9], ['once', 'completed'], {
    name: { zh: '一次办成率', en: 'Once rate' },
    zh: '分子：没有补正通知、跑动不超过一次（见“平均跑动次数”）、决定未被撤销的办结件；分母：办结件。撤回、不予受理、尚未办结的不计。',
    en: 'Completed cases without a supplement notice, with at most one trip (see trips per case) and whose decision stands / completed cases. Withdrawn, not accepted and open cases are in neither.',
    law: [cite(laws.onceReform, { article: 2, paragraph: 2 })],
    labels: [...ofCase, 'outcome'],
  }),
  completed.share('zero-run-rate', [9], ['zeroRun', 'completed'], {
    headline: true,
    name: { zh: '零跑率', en: 'Zero-run rate' },
    zh: '分子：跑动次数为零（见“平均跑动次数”）、凡可共享的材料均以存证代替、决定未被撤销的办结件；分母：办结件。',
    en: 'Completed cases with no trip (see trips per case), every material that can be shared met by an attestation, and whose decision stands / completed cases.',
    law: [cite(laws.onceReform, { article: 2, paragraph: 2 })],
    labels: [...ofCase, 'outcome'],
  }),
  limits.share('on-time-rate', [15, 16], ['kept', 'due'], {
    headline: true,
    name: { zh: '按期办结率', en: 'On-time rate' },
    zh: '分子：承诺办结时限（含公布的特别程序）内办结或者以撤回等方式终结；分母：受理后本期终结的全部办件，不论以何种方式（见“方式”），加上本期到期仍未终结的。移交不消除逾期：逾期记在逾期的部门名下。时限未满的在办件不计。',
    en: 'Ended by the last day of the promised limit (announced special procedures included) / all accepted cases that ended in the period, by completion, withdrawal or otherwise (label how), and those whose limit ran out in it while they go on. A hand-over takes no lateness away: it stays with the department that was late. Open cases within their limit are in neither.',
    law: [
      cite(laws.licensing, { article: 42, paragraph: 1 }, { article: 42, paragraph: 2 }),
      cite(laws.onceReform, { article: 12, paragraph: 1 }),
    ],
  }),
  limits.number('overdue-open', [15], 'overdueOpen', {
    name: { zh: '到期未办结数', en: 'Open cases past their limit' },
    zh: '承诺办结时限在本期内届满、至今未办结的办件数。',
    en: 'Cases whose promised limit ran out in the period and which are open still.',
    law: [cite(laws.onceReform, { article: 12, paragraph: 1 })],
  }),
  completed.average('trips-per-case', [8], ['trips', 'completed'], {
    name: { zh: '平均跑动次数', en: 'Trips per case' },
    zh: '办结件的跑动次数之和 ÷ 办结件。按窗口行为计，不按办事指南所列次数计：只收纸质的材料递交之日、在窗口领取结果之日，同日的计一次。目标为零。',
    en: 'Trips of completed cases / completed cases. They are counted from acts at a counter, not from what the guide says: the days on which a material that is taken on paper alone was handed in, and on which the result was fetched at a window; one day is one trip. The goal is none.',
  }),
  completed.number('materials-saved', [8], 'materialsSaved', {
    headline: true,
    known: 'others',
    name: { zh: '免交材料数', en: 'Materials saved' },
    zh: '办结件中以数源部门存证代替、申报部门没有提交的材料份数。',
    en: 'Materials of completed cases that attestations of their source departments met, so that the applicant brought none.',
    law: [cite(laws.sharing, { article: 19, paragraph: 1 })],
  }),
  completed.share('materials-shared-rate', [8, 10], ['materialsSaved', 'materialsHeld'], {
    known: 'others',
    name: { zh: '材料共享率', en: 'Materials met by sharing' },
    zh: '分子：以存证代替的材料份数；分母：办结件所有材料份数。',
    en: 'Materials met by attestations / all materials of completed cases.',
    law: [cite(laws.sharing, { article: 19, paragraph: 1 })],
  }),
  filed.average('fields-per-case', [10], ['fields', 'filed'], {
    known: 'declared',
    name: { zh: '每件填写字段数', en: 'Fields typed per case' },
    zh: '申报件所用事项版本列明的表单字段数之和 ÷ 申报件（仅计列明表单字段的事项）。',
    en: 'Fields of the one form, as the version of the matter lists them / cases filed, of matters that list them.',
  }),
  filed.average('documents-per-case', [10, 13], ['documents', 'filed'], {
    name: { zh: '每件提交文件数', en: 'Documents handed in per case' },
    zh: '本期申报的办件中由申报部门提交文件的材料份数 ÷ 申报件。',
    en: 'Materials that applicants met with documents of their own, in cases filed in the period / cases filed.',
  }),
  filed.share('grass-roots-cases', [13], ['grassRoots', 'filed'], {
    known: 'declared',
    name: { zh: '基层申报占比', en: 'Cases filed by the grass roots' },
    zh: '分子：乡镇、村级申报部门申报的办件；分母：申报件。层级由各部门自行登记。',
    en: 'Cases filed by departments that registered as of township or village level / cases filed.',
  }),
  limits.share('grass-roots-on-time', [13], ['grassRootsKept', 'due'], {
    known: 'declared',
    name: { zh: '基层申报按期办结率', en: 'Grass-roots cases completed on time' },
    zh: '乡镇、村级申报部门的办件，按“按期办结率”计算。',
    en: 'As the on-time rate, of cases filed by departments of township or village level.',
  }),
  accepted.number('deemed-acceptances', [15], 'deemed', {
    name: { zh: '视为受理数', en: 'Deemed acceptances' },
    zh: '五个工作日内未告知、自收到之日起视为受理的办件数。',
    en: 'Cases that count as accepted because nobody replied within five working days.',
    law: [cite(laws.licensing, { article: 32, paragraph: 1, item: 4 })],
  }),
  completed.share('parallel-rate', [19], ['stepsTogether', 'stepsStarted'], {
    known: 'others',
    name: { zh: '并联办理比例', en: 'Steps that ran in parallel' },
    zh: '分子：与另一环节同时在办的环节；分母：办结件中已开始并已结束的环节。',
    en: 'Steps that ran at the same time as another one of their case / steps of completed cases that began and ended.',
    law: [cite(laws.onceReform, { article: 5, paragraph: 3 })],
  }),
  completed.days('handling-days', [14, 25], 'handlingDays', {
    headline: true,
    name: { zh: '实际办理用时', en: 'Handling time' },
    zh: '本期办结的办件，自受理（逾期告知的自收到之日）至办结的自然日数，不含特别程序停止计时期间。按事项版本或者月份分列即改革前后的变化；承诺办结时限见 promised-per-case。',
    en: 'Calendar days from acceptance (where the answer came late, from receipt) to completion, of cases completed in the period, without days held by a special procedure. Split by version (of the matter) or month: before and after; what had been promised is promised-per-case.',
    labels: [...ofMatter, 'version', 'applicant', 'outcome'],
  }),
  completed.average('promised-per-case', [14], ['promisedDays', 'completed'], {
    known: 'declared',
    name: { zh: '办结件平均承诺办结时限', en: 'Promised limit of completed cases' },
    zh: '本期办结的办件受理时的承诺办结时限（工作日）之和 ÷ 办结件；与“实际办理用时”对照。',
    en: 'Promised limits, in working days, of the cases completed in the period, as they were at acceptance / those cases; to be read beside the handling time.',
    labels: [...ofMatter, 'version', 'applicant', 'outcome'],
  }),
  completed.average('elapsed-to-steps', [19], ['handlingHours', 'stepHours'], {
    name: { zh: '全程用时与各环节用时之比', en: 'Elapsed time against the sum of steps' },
    zh: '分子：自受理至决定的小时数；分母：各环节小时数之和。特别程序停止计时期间均不计。小于一表示并联节省了时间。',
    en: 'Hours from acceptance to decision / sum of the hours of the steps, both without days held by a special procedure. Below one, handling in parallel saved time.',
    law: [cite(laws.onceReform, { article: 5, paragraph: 3 })],
  }),
  closed.share('archived-rate', [15], ['archived', 'closed'], {
    name: { zh: '归档率', en: 'Closed cases that are archived' },
    zh: '分子：已归档且归档后没有新记录的办件；分母：本期终结的办件，不论以何种方式（见“方式”）。',
    en: 'Cases whose newest package has all that was done on them / cases that ended in the period, however they did (label how).',
    law: [cite(laws.onlineServices, { article: 12, paragraph: 1 })],
  }),
  closed.share('archive-received-rate', [15], ['received', 'closed'], {
    known: 'others',
    name: { zh: '档案馆接收率', en: 'Closed cases that the archive received' },
    zh: '分子：移交后经四性检测接收的办件；分母：本期终结的办件。进馆期限满十年或者二十年，期限未满的不为迟延。',
    en: 'Cases that passed the four checks of the archive / cases that ended in the period. What is not ten or twenty years old yet is not late.',
    law: [cite(laws.archivesRegulation, { article: 40, paragraph: 2 })],
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
      // Whose case it is follows from the acts; of what kind the departments are, they and the matter say themselves.
      known: of === 'crossDepartment' ? 'others' : 'declared',
      name: { zh, en },
      zh: `分子：参与各方分属不止一个${what}的申报件；分母：载明${what}的申报件。`,
      en: `Cases filed whose participants belong to more than one of the ${whatEn} / cases filed that say their ${whatEn}.`,
    }),
  ),
];
