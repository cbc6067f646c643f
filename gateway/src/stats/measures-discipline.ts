import { cite, laws } from '@yici/domain/model';
import { figuresOf, type Measure } from './measure.js';

const ofMatter = ['department', 'matter'] as const;
const bounces = figuresOf('bounce', [...ofMatter, 'step', 'from', 'kind'], { known: 'own' });
const filed = figuresOf('filed', [...ofMatter, 'applicant'], { known: 'others' });
const responsible = figuresOf('responsible', ofMatter, { known: 'others' });
const rulings = figuresOf('ruling', ofMatter, { known: 'own' });
const dwell = figuresOf('dwell', [...ofMatter, 'step', 'how'], { known: 'own', scope: 'running' });
const steps = figuresOf('step', [...ofMatter, 'step', 'how'], { known: 'own' });
const lapses = figuresOf('lapse', [...ofMatter, 'step', 'outcome'], { known: 'others' });
const cards = figuresOf('card', [...ofMatter, 'clock', 'ruling'], { known: 'others' });
const orders = figuresOf('order', ['department'], { known: 'own' });
const exceptions = figuresOf('exception', ['kind', 'reason', ...ofMatter], { known: 'own' });
const stopped = figuresOf('stopped', ofMatter, { known: 'own' });
const secondNotices = figuresOf('secondNotice', ['reason', ...ofMatter], { known: 'own' });
const withdrawals = figuresOf('withdrawal', ['how', ...ofMatter], { known: 'others' });
const denials = figuresOf('denial', ['reason', 'kind', ...ofMatter, 'applicant'], { known: 'own' });
const invalid = figuresOf('invalid', ['code', 'department'], { known: 'others' });

/** Delays, declined hand-overs and exceptional procedures, by department. */
export const disciplineMeasures: readonly Measure[] = [
  bounces.number('bounces', [6], 'bounces', {
    name: { zh: '移交未接收次数', en: 'Hand-overs not taken' },
    zh: '部门表示不属于本部门职责的次数，不作责任认定：不接收移交、接收后又移交他部门、以不属于本机关职权范围为由不予受理（见“种类”）；记在作此表示的部门名下。',
    en: 'How often a department said that something is not its duty: it declined a hand-over, handed on what it had accepted, or refused at the door as not competent (label kind). Under the department that said so, whether or not it was right.',
    law: [cite(laws.staffing, { article: 10, paragraph: 2 })],
  }),
  filed.average('bounces-per-case', [6], ['bounces', 'filed'], {
    name: { zh: '平均移交未接收次数', en: 'Hand-overs not taken per case' },
    zh: '本期申报的办件至今移交未接收的次数 ÷ 申报件。',
    en: 'Hand-overs not taken, up to now, of cases filed in the period / cases filed.',
    law: [cite(laws.staffing, { article: 10, paragraph: 2 })],
  }),
  filed.number('cases-bounced-again', [6], 'bouncedAgain', {
    name: { zh: '移交未接收两次以上的办件', en: 'Cases not taken twice or more' },
    zh: '本期申报的办件中移交未接收两次以上的件数。',
    en: 'Cases filed in the period that two or more hand-overs did not place.',
    law: [cite(laws.staffing, { article: 10, paragraph: 2 })],
  }),
  responsible.number('found-responsible', [6], 'disowned', {
    headline: true,
    name: { zh: '经决定认定的推诿次数', en: 'Buck-passing, as decided' },
    zh: '本期职责分工协调决定认定由其负责、而该部门此前移交、不接收或者提请协调的次数，记在被认定的部门名下。',
    en: 'Decisions of the period on a question of duty that found a department responsible which had sent the case or step away, declined it or disputed it; under that department.',
    law: [cite(laws.staffing, 10)],
  }),
  responsible.number('duty-decisions', [6], 'found', {
    name: { zh: '职责分工协调决定数', en: 'Decisions on questions of duty' },
    zh: '本期作出的职责分工协调决定数，记在被认定负责的部门名下，不论其此前有无异议。',
    en: 'Decisions of the period on a question of duty, under the department found responsible, whatever it had said before.',
    law: [cite(laws.staffing, 10)],
  }),
  rulings.days('ruling-days', [6], 'days', {
    name: { zh: '职责分工协调用时', en: 'Days to a decision on a duty' },
    zh: '本期作出决定的职责分工协调，自提起至决定的自然日数。',
    en: 'Calendar days from the day on which a question of duty was brought to the decision, of decisions made in the period.',
    law: [cite(laws.staffing, { article: 10, paragraph: 2 })],
  }),
  dwell.hours('step-dwell', [7], 'hours', {
    name: { zh: '环节停留时间', en: 'Dwell time of steps' },
    zh: '环节自开始至结束（答复、未等待意见继续办理或者随办件终结）的小时数；本期结束的和期末尚未结束的都计，尚未结束的计至期末（不晚于昨日终了），见“方式”。不含特别程序停止计时期间。',
    en: 'Hours from the start of a step to its end (it was answered, passed over, or its case ended), of steps that ended in the period and of those that had not ended by its end; of the latter up to that end, that of yesterday at the latest (label how). Without days held by a special procedure.',
  }),
  steps.share('steps-late', [7, 16], ['late', 'steps'], {
    name: { zh: '环节逾期率', en: 'Late steps' },
    zh: '分子：在到期日之后结束、或者到期仍未结束的环节；分母：本期结束的环节，加上本期到期仍未结束的。',
    en: 'Steps that ended after their due day or have not ended by it / steps that ended in the period, and those due in it that have not ended.',
  }),
  lapses.number('steps-lapsed', [15], 'lapses', {
    name: { zh: '会办超时环节数', en: 'Lapsed steps' },
    zh: '登记为会办超时的环节数：超时默认同意或者升级督办，见“结果”。',
    en: 'Steps that somebody declared lapsed: into consent or escalated, see the label outcome.',
  }),
  cards.number('cards', [16], 'cards', {
    headline: true,
    name: { zh: '黄牌、红牌数', en: 'Warning cards' },
    zh: '本期亮出的黄牌和红牌，含后来经复核撤销、免责的（见“复核决定”）。',
    en: 'Yellow and red cards raised in the period, also those cancelled or exempted later (label ruling).',
    labels: ['colour', 'department', 'matter', 'step', 'clock', 'ruling'],
  }),
  cards.share('cards-explained', [16], ['explainedInTime', 'cards'], {
    known: 'own',
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
    zh: '批准延期、未等待超时环节的意见继续办理、红黄牌容错免责的次数及其理由。',
    en: 'Approved extensions, steps passed over, cards exempted, each with its reason.',
    law: [cite(laws.onceReform, 46)],
  }),
  exceptions.share('exceptions-two-signers', [22], ['twoSigners', 'exceptions'], {
    name: { zh: '例外双签率', en: 'Exceptions with two signers' },
    zh: '分子：由两人签名的例外记录；分母：例外记录。',
    en: 'Exceptions signed by two people / exceptions.',
  }),
  stopped.number('stopped-days', [16], 'days', {
    name: { zh: '停止计时工作日数', en: 'Stopped days' },
    zh: '特别程序停止办件计时的工作日数；两个程序重叠的日期只计一次。按办件计，计入其最近一次特别程序启动之日。',
    en: 'Working days on which special procedures hold or held the clocks of cases; a day that two of them cover is one. Those of the whole case, under the day on which its newest special procedure started.',
    law: [cite(laws.licensing, 45), cite(laws.onceReform, 28)],
  }),
  secondNotices.number('second-notices', [2, 13], 'notices', {
    name: { zh: '再次告知补正次数', en: 'Second notices' },
    zh: '一次性告知之后由负责人签发再次告知补正的次数；按事由分列见“事由”。',
    en: 'Notices after the one that has to tell all, each with the head’s consent; by their ground with the label reason.',
    law: [cite(laws.licensing, { article: 32, paragraph: 1, item: 4 })],
  }),
  exceptions.number('extensions', [16], 'extensions', {
    name: { zh: '延期次数', en: 'Extensions' },
    zh: '本期批准的办件延期次数；按理由分列见“事由”。',
    en: 'Extensions of cases approved in the period; by their reason with the label reason.',
    law: [cite(laws.licensing, 42)],
    labels: ['reason', ...ofMatter],
  }),
  withdrawals.number('withdrawals-after-limit', [15], 'afterLimit', {
    name: { zh: '逾期后撤回数', en: 'Withdrawals after the limit' },
    zh: '已有期限逾期、之后才由申报部门撤回的办件数；逾期的为承诺办结时限的，仍计入按期办结率。',
    en: 'Cases that the applicant withdrew after somebody else had missed a limit; where that was the promised one, the lateness stays in the on-time rate.',
  }),
  filed.number('refilings', [15], 'refiled', {
    name: { zh: '前件未作决定重新申报数', en: 'Refilings' },
    zh: '同一申报部门在前件未作决定即告终结（撤回、视为撤回、不予受理、撤销受理）后不久重新申报同一事项的办件数。',
    en: 'Cases filed shortly after the same applicant’s former case of the matter had ended without a decision (withdrawn, not accepted, acceptance revoked).',
  }),
  filed.number('refilings-after-lateness', [15], 'refiledLate', {
    name: { zh: '前件逾期的重新申报数', en: 'Refilings after lateness' },
    zh: '重新申报的办件中，前件终结时已有期限逾期的件数。',
    en: 'Refilings whose former case had missed a limit by the time it ended.',
  }),
  denials.number('refusals', [2], 'denials', {
    name: { zh: '不予受理、不予批准数', en: 'Refusals' },
    zh: '本期不予受理、决定不予批准、撤销受理的次数（见“种类”）；按理由分列见“事由”。',
    en: 'Refusals at the door, refusals in the decision and revocations of an acceptance in the period (label kind); by their ground with the label reason.',
    law: [cite(laws.licensing, 32, 38)],
  }),
  invalid.number('invalid-transactions', [22], 'transactions', {
    name: { zh: '验证未通过的交易', en: 'Transactions found invalid' },
    zh: '已排序、经各部门节点验证无效的交易数，按 Fabric 验证码分列。',
    en: 'Transactions that were ordered and that every peer found invalid, by Fabric’s validation code.',
  }),
];
