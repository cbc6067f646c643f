import { cite, laws } from '@yici/domain/model';
import { figuresOf, type Measure } from './measure.js';

const ofMatter = ['department', 'matter'] as const;
const publications = figuresOf('publication', ofMatter, { known: 'others' });
const inForce = figuresOf('matter', ofMatter, { known: 'declared', scope: 'standing' });
const change = figuresOf('matter', ofMatter, { known: 'declared', scope: 'change' });
const oneThings = figuresOf('oneThing', ofMatter, { known: 'others' });
const finished = figuresOf('oneThingEnd', ofMatter, { known: 'others' });
const departments = figuresOf('department', ['level', 'department'], {
  ...{ known: 'declared', scope: 'standing' },
});
const signers = figuresOf('signer', ['command', 'department'], { known: 'own' });
const endorsers = figuresOf('endorser', ['department'], { known: 'own' });
const governance = figuresOf('governance', ['endorsers', 'command', 'department'], {
  known: 'others',
});
const overlaps = figuresOf('overlap', ['topic'], { known: 'others', scope: 'standing' });
const closed = figuresOf('overlapEnd', ['ruling', 'topic'], { known: 'own' });
const reviews = figuresOf('review', [...ofMatter, 'outcome'], { known: 'own' });
const parameters = figuresOf('parameter', ['kind', 'department'], {
  ...{ known: 'declared', scope: 'standing' },
});

/** Content of the lists of matters, duties and departments, and their joint changes. */
export const catalogueMeasures: readonly Measure[] = [
  publications.number('single-signed-publications', [1], 'singleSigned', {
    name: { zh: '单方签署公布数', en: 'Publications signed by one department alone' },
    zh: '本期公布的事项和“一件事”版本中只有一个部门签署的个数；目标为零。',
    en: 'Versions of matters and one things published in the period that one department alone had signed; the goal is none.',
  }),
  inForce.share('vertical-organs-on-chain', [5], ['verticalOn', 'matters'], {
    name: { zh: '垂直管理机构上链率', en: 'Matters with their vertical organs on the ledger' },
    zh: '分子：流程中有登记为垂直管理的机构；分母：期末有效、标明涉及垂直管理机构的事项。',
    en: 'Matters in force whose flow has a step of a department registered as vertically managed / matters in force that say they concern a vertical organ.',
  }),
  oneThings.average('matters-per-one-thing', [11], ['parts', 'oneThings'], {
    name: { zh: '每个“一件事”的事项数', en: 'Matters per one thing' },
    zh: '本期申报的“一件事”所含事项数 ÷ 申报的“一件事”。',
    en: 'Parts of the one things filed in the period / one things filed.',
    law: [cite(laws.onceReform, { article: 2, paragraph: 3 })],
  }),
  finished.days('one-thing-spread', [11], 'spreadDays', {
    name: { zh: '“一件事”办结跨度', en: 'Finish spread of one things' },
    zh: '本期全部办成的“一件事”，自第一个事项有结果至最后一个的自然日数。',
    en: 'Calendar days from the first part’s result to the last’s, of one things whose parts were all granted, the last in the period.',
  }),
  inForce.share('matters-with-duty', [12, 24], ['withDuty', 'matters'], {
    known: 'others',
    name: { zh: '事项职责关联率', en: 'Matters linked to a duty' },
    zh: '分子：关联“三定”规定职责条目；分母：期末有效的事项。',
    en: 'Matters in force that rest on a registered duty / matters in force on the last day.',
    law: [cite(laws.staffing, { article: 10, paragraph: 1 })],
  }),
  inForce.share('speed-up-rate', [14], ['savedDays', 'previousDays'], {
    name: { zh: '承诺提速率', en: 'Promised speed-up' },
    zh: '（改革前时限 − 承诺办结时限）÷ 改革前时限，工作日；期末有效、列明改革前时限（工作日）的事项合计。两个时限均为事项所列；实际用时见 handling-days。',
    en: '(previous limit − promised limit) / previous limit, in working days, summed over the matters in force on the last day that give a previous limit in working days. Both are what the matters say; what it took is handling-days.',
  }),
  signers.departments('departments-signing', [18, 21], 'days', {
    headline: true,
    name: { zh: '实际使用部门数', en: 'Departments that signed' },
    zh: '本期签署过至少一条有效记录的部门数；按操作分列即各项操作由多少部门签署。',
    en: 'Departments of which somebody signed at least one command in the period that was committed; split by command, how many signed each.',
  }),
  departments.number('departments', [18], 'departments', {
    name: { zh: '登记部门数', en: 'Departments registered' },
    zh: '期末已在账本登记的部门数；登记不等于接入，实际使用见“实际使用部门数”。',
    en: 'Departments that had registered themselves on the ledger by the last day. That is not to be integrated: see departments-signing.',
  }),
  endorsers.number('endorsing-days', [18], 'days', {
    name: { zh: '节点在役日数', en: 'Days with a live peer' },
    zh: '部门节点当日背书过至少一条有效记录的日数；按部门分列，出现的组数即在役节点的部门数。',
    en: 'Days on which a department’s peer endorsed at least one valid transaction; split by department, the groups are the departments with a live peer.',
  }),
  governance.share('governance-by-two', [18], ['byTwo', 'changes'], {
    name: { zh: '多部门共同确认的变更占比', en: 'Governance changes endorsed by several' },
    zh: '分子：由两个以上部门节点背书；分母：本期对部门、日历、职责、事项、“一件事”、数据目录的变更。按背书部门数分列见“背书部门数”。',
    en: 'Changes that the peers of two or more departments endorsed / changes of departments, calendars, duties, matters, one things and data sets in the period; by their number with the label endorsers.',
  }),
  overlaps.number('overlaps-open', [24, 25], 'overlaps', {
    name: { zh: '职责交叉未决数', en: 'Overlapping duties open' },
    zh: '期末尚未决定的职责交叉数；按月分列即改革前后的变化。',
    en: 'Overlaps of duties that are open on the last day; split by month, how that changed.',
    law: [cite(laws.staffing, { article: 10, paragraph: 1 }, { article: 10, paragraph: 2 })],
  }),
  closed.number('overlaps-closed', [24], 'closed', {
    name: { zh: '职责交叉了结数', en: 'Overlapping duties closed' },
    zh: '本期作出决定或者撤回的职责交叉数。',
    en: 'Overlaps that were decided on or withdrawn in the period.',
    law: [cite(laws.staffing, { article: 10, paragraph: 1 }, { article: 10, paragraph: 2 })],
  }),
  inForce.average('steps-per-matter', [25], ['steps', 'matters'], {
    name: { zh: '每个事项环节数', en: 'Steps per matter' },
    zh: '期末有效事项的办理环节数 ÷ 有效事项；按月分列即变化。',
    en: 'Steps of the matters in force on the last day / those matters; split by month, how that changed.',
  }),
  inForce.average('limit-per-matter', [25], ['promisedDays', 'matters'], {
    name: { zh: '平均承诺办结时限', en: 'Promised limit per matter' },
    zh: '期末有效事项的承诺办结时限（工作日）÷ 有效事项；按月分列即变化。',
    en: 'Promised limits, in working days, of the matters in force on the last day / those matters; split by month, how that changed.',
  }),
  reviews.share('reviews-on-time', [26], ['inTime', 'due'], {
    name: { zh: '事项按期复核率', en: 'Matters reviewed on time' },
    zh: '分子：职责变更后十个工作日内完成复核；分母：本期完成的，加上本期到期仍未完成的复核。',
    en: 'Reviews closed within ten working days of the duty’s change / closed in the period, and those due in it that are open.',
  }),
  change.number('net-matters', [27], 'matters', {
    name: { zh: '事项净增数', en: 'Net matters' },
    zh: '期末有效事项数减去期初前一日有效事项数。',
    en: 'Matters in force on the last day, less those in force on the day before the first.',
  }),
  change.number('net-materials', [27], 'materials', {
    name: { zh: '材料净增数', en: 'Net materials' },
    zh: '期末有效事项所列材料数减去期初前一日的材料数。',
    en: 'Materials that the matters in force list on the last day, less those on the day before the first.',
    law: [cite(laws.onceReform, { article: 7, paragraph: 1 })],
  }),
  parameters.share('parameters-documented', [28], ['documented', 'parameters'], {
    name: { zh: '规则依据文件载明率', en: 'Parameters with a cited document' },
    zh: '分子：引用政策文件及其校验值；分母：期末有效的事项版本、职责条目、工作日历。',
    en: 'Those that cite a policy document with its digest / versions of matters, duties and working calendars in force on the last day.',
  }),
];
