import { cite, laws } from '@yici/domain/model';
import { figuresOf, type Measure } from './measure.js';

const ofMatter = ['department', 'matter'] as const;
const bounces = figuresOf('bounce', [...ofMatter, 'step', 'from']);
const filed = figuresOf('filed', [...ofMatter, 'applicant']);
const rulings = figuresOf('ruling', ofMatter);
const steps = figuresOf('step', [...ofMatter, 'step', 'how']);
const lapses = figuresOf('lapse', [...ofMatter, 'step', 'outcome']);
const cards = figuresOf('card', [...ofMatter, 'clock', 'ruling']);
const orders = figuresOf('order', ['department']);
const exceptions = figuresOf('exception', ['kind', 'reason', ...ofMatter]);
const invalid = figuresOf('invalid', ['code', 'department']);

/** Delays, declined hand-overs and exceptional procedures, by department. */
export const disciplineMeasures: readonly Measure[] = [
  bounces.number('bounces', [6], 'bounces', {
    name: { zh: '移交未接收次数', en: 'Hand-overs declined' },
    zh: '未被接收的移交次数，记在未接收的部门名下；不作责任认定。',
    en: 'Hand-overs that were declined, under the department that declined; it says nothing of who is responsible.',
    law: [cite(laws.staffing, { article: 10, paragraph: 2 })],
  }),
  filed.average('bounces-per-case', [6], ['bounces', 'filed'], {
    name: { zh: '平均移交未接收次数', en: 'Hand-overs declined per case' },
    zh: '本期申报的办件至今未被接收的移交次数 ÷ 申报件。',
    en: 'Declined hand-overs, up to now, of cases filed in the period / cases filed.',
    law: [cite(laws.staffing, { article: 10, paragraph: 2 })],
  }),
  filed.number('cases-bounced-again', [6], 'bouncedAgain', {
    name: {
      zh: '移交未接收超过一次的办件',
      en: 'Cases whose hand-over was declined more than once',
    },
    zh: '本期申报的办件中移交未被接收不止一次的件数。',
    en: 'Cases filed in the period whose hand-overs were declined more than once.',
    law: [cite(laws.staffing, { article: 10, paragraph: 2 })],
  }),
  rulings.days('ruling-days', [6], 'days', {
    name: { zh: '职责分工协调用时', en: 'Days to a decision on a duty' },
    zh: '本期作出的职责分工协调决定，自提起至作出的自然日数。',
    en: 'Calendar days from the opening of the coordination of a duty to the decision, of decisions made in the period.',
    law: [cite(laws.staffing, { article: 10, paragraph: 2 })],
  }),
  steps.hours('step-dwell', [7], 'hours', {
    name: { zh: '环节停留时间', en: 'Dwell time of steps' },
    zh: '本期结束的环节自开始至答复（或者被越过）的小时数，不含特别程序停钟的日子。',
    en: 'Hours from the start of a step to its answer (or until it was passed over), of steps that ended in the period, without days held by a special procedure.',
  }),
  steps.share('steps-late', [7, 16], ['late', 'steps'], {
    name: { zh: '环节超期率', en: 'Steps ended late' },
    zh: '分子：在到期日之后结束的环节；分母：本期结束的环节。',
    en: 'Steps that ended after their due day / steps that ended in the period.',
  }),
  lapses.number('steps-lapsed', [15], 'lapses', {
    name: { zh: '环节超时数', en: 'Lapsed steps' },
    zh: '被宣告超时的环节数：默认同意或者升级督办，见 outcome。',
    en: 'Steps that somebody declared lapsed: into consent or escalated, see the label outcome.',
  }),
  cards.number('cards', [16], 'cards', {
    name: { zh: '黄牌、红牌数', en: 'Warning cards' },
    zh: '本期亮出的黄牌和红牌，含后来经复核撤销、免责的（见 ruling）。',
    en: 'Yellow and red cards raised in the period, also those cancelled or exempted later (label ruling).',
    labels: ['colour', 'department', 'matter', 'step', 'clock', 'ruling'],
  }),
  cards.share('cards-explained', [16], ['explainedInTime', 'cards'], {
    name: { zh: '红牌按期说明率', en: 'Red cards explained in time' },
    zh: '分子：五个工作日内作出说明的红牌；分母：本期亮出的红牌。尚未说明的计入分母。',
    en: 'Red cards explained within five working days / red cards raised in the period; one not explained yet is in the denominator.',
    law: [cite(laws.businessEnvironment, { article: 36, paragraph: 2 })],
  }),
  orders.share('orders-on-time', [29], ['inTime', 'due'], {
    name: { zh: '督办按期回复率', en: 'Supervision orders replied to on time' },
    zh: '分子：期限内首次回复的督办；分母：本期首次回复的，加上本期到期仍未回复的。',
    en: 'Orders whose first reply came within their limit / orders first replied to in the period, and those due in it without a reply.',
    law: [cite(laws.supervision, 18)],
  }),
  exceptions.number('exceptions', [22], 'exceptions', {
    name: { zh: '例外记录数', en: 'Recorded exceptions' },
    zh: '延期批准、越过超时环节、红黄牌免责的次数及其理由。',
    en: 'Approved extensions, steps passed over, cards exempted, each with its reason.',
    law: [cite(laws.onceReform, 46)],
  }),
  exceptions.share('exceptions-two-signers', [22], ['twoSigners', 'exceptions'], {
    name: { zh: '例外双签率', en: 'Exceptions with two signers' },
    zh: '分子：由两人签名的例外记录；分母：例外记录。',
    en: 'Exceptions signed by two people / exceptions.',
  }),
  invalid.number('invalid-transactions', [22], 'transactions', {
    name: { zh: '验证未通过的交易', en: 'Transactions found invalid' },
    zh: '已排序、被各部门节点判定无效的交易，按 Fabric 验证码。',
    en: 'Transactions that were ordered and that every peer found invalid, by Fabric’s validation code.',
  }),
];
