import { disputeOrderWords, disputeStageWords } from '../sharing/dispute-records';
import { shareMethodWords } from '../dataset/records';
import { cardClockWords, cardColourWords } from '../kernel/clock-kinds';
import { exerciseLevelWords } from '../kernel/codes';
import { departmentFunctionWords, roleWords } from '../kernel/roles';
import { shareStateWords } from '../kernel/share-states';
import type { Vocabulary, Words } from '../kernel/words';

/** What a record can hold only so many of. */
export const heldWords = {
  changes: { zh: '变更记录', en: 'changes' },
  claims: { zh: '主张的部门', en: 'claims' },
  deliveries: { zh: '提供记录', en: 'deliveries' },
  flags: { zh: '办件标记', en: 'flags' },
  handovers: { zh: '移交', en: 'hand-overs' },
  left: { zh: '划出的事项、职责和目录', en: 'departures' },
  licences: { zh: '证照', en: 'licences' },
  namings: { zh: '数源部门的明确', en: 'namings of a source' },
  notices: { zh: '补正告知', en: 'notices' },
  openChallenges: { zh: '未答复的校核申请', en: 'open challenges' },
  parties: { zh: '当事部门', en: 'parties' },
  pauses: { zh: '特别程序', en: 'special procedures' },
  reopenings: { zh: '重新办理', en: 'reopenings' },
  replies: { zh: '督办回复', en: 'replies' },
} satisfies Vocabulary;

/** What of a record was looked for. */
const partWords = {
  archive: { zh: '归档记录', en: 'archive' },
  change: { zh: '待更新的调整、变化', en: 'change to follow' },
  delivery: { zh: '送达记录', en: 'delivery' },
  evaluation: { zh: '好差评', en: 'evaluation' },
  grant: { zh: '同意共享的答复', en: 'grant' },
  transfer: { zh: '待接收的档案移交', en: 'transfer of the archive' },
} satisfies Vocabulary;

/** Parts that an act can be about and a record may have none of, by the field that names one. */
const lackWords = {
  challengeId: { zh: '校核申请', en: 'challenge' },
  datasetId: { zh: '由共享取得的材料', en: 'material that comes by sharing' },
  disputeId: { zh: '共享争议', en: 'dispute' },
  functions: { zh: '待确认的职能', en: 'function to confirm' },
  identifier: { zh: '证照', en: 'licence' },
  no: { zh: '特别程序', en: 'special procedure' },
  reformId: { zh: '机构改革决定', en: 'reorganisation' },
  seq: { zh: '待同意的答复或者变更', en: 'reply or change to consent to' },
  stepId: { zh: '环节', en: 'step' },
  what: { zh: '正在计时的期限', en: 'limit that runs' },
  year: { zh: '工作日历', en: 'calendar' },
} satisfies Vocabulary;

/** Details whose values are departments. */
export const departmentDetails: ReadonlySet<string> = new Set([
  ...['absent', 'accredited', 'claimants', 'clauseOf', 'coDecider', 'department', 'departments'],
  ...['expected', 'holder', 'instead', 'lead', 'notOf', 'now', 'of', 'office', 'owner', 'provider'],
  ...['receiver', 'requester', 'source', 'to', 'transferredTo'],
]);

/** Details whose values are names of fields. */
export const fieldDetails: ReadonlySet<string> = new Set(['missing', 'wrong', 'areas', 'field']);

/** Details whose values are members of one closed list; of others the list is found by its members. */
export const listsOfDetails: Readonly<Record<string, Vocabulary>> = {
  role: roleWords,
  needed: roleWords,
  function: departmentFunctionWords,
  held: heldWords,
  part: partWords,
  lacks: lackWords,
  order: disputeOrderWords,
  orders: disputeOrderWords,
  current: shareStateWords,
  colour: cardColourWords,
  what: cardClockWords,
  stage: disputeStageWords,
  level: exerciseLevelWords,
  method: shareMethodWords,
  offered: shareMethodWords,
};

/** Details that say nothing to a reader: they are for programs, or the sentence has said them. */
export const silentDetails: ReadonlySet<string> = new Set([
  ...['basis', 'handling', 'named', 'problem', 'today', 'joint', 'mspId', 'couldAct', 'above'],
  ...['kind', 'first', 'user'],
]);

/** What the details of refusals are called, beside the fields of inputs (field-words.ts). */
export const detailWords = {
  absent: { zh: '未参加的部门', en: 'absent' },
  accredited: { zh: '可以签发的部门', en: 'accredited' },
  added: { zh: '增设的条件', en: 'added' },
  allowed: { zh: '可以是', en: 'allowed' },
  announced: { zh: '办事指南所列依据', en: 'announced' },
  answerBy: { zh: '答复期限', en: 'answer by' },
  answered: { zh: '已答复', en: 'answered' },
  answeredAt: { zh: '答复时间', en: 'answered at' },
  approvedAt: { zh: '批准时间', en: 'approved at' },
  archive: { zh: '归档信息包', en: 'archive' },
  areas: { zh: '涉及领域', en: 'areas' },
  as: { zh: '身份', en: 'as' },
  asked: { zh: '申请的', en: 'asked' },
  attestations: { zh: '所缺存证', en: 'attestations missing' },
  bounces: { zh: '移交未接收次数', en: 'hand-overs declined' },
  challenge: { zh: '校核申请', en: 'challenge' },
  claimants: { zh: '主张的部门', en: 'claimants' },
  clockFrom: { zh: '收到日期', en: 'received on' },
  codes: { zh: '代码', en: 'codes' },
  command: { zh: '操作', en: 'act' },
  confirmed: { zh: '已确认', en: 'confirmed' },
  current: { zh: '当前状态', en: 'state' },
  datasets: { zh: '数据集', en: 'data sets' },
  dataset: { zh: '数据集', en: 'data set' },
  datasetVersion: { zh: '目录项版本', en: 'version of the entry' },
  date: { zh: '日期', en: 'date' },
  day: { zh: '日期', en: 'day' },
  decided: { zh: '已作出的决定', en: 'decided' },
  disposeBy: { zh: '留存期限至', en: 'dispose by' },
  drafted: { zh: '起草时版本', en: 'drafted on version' },
  due: { zh: '期限', en: 'due' },
  dueAt: { zh: '到期时间', en: 'due at' },
  dueOn: { zh: '期限至', en: 'due on' },
  duty: { zh: '“三定”职责条目', en: 'duty' },
  earliest: { zh: '不早于', en: 'earliest' },
  endedAt: { zh: '结束时间', en: 'ended at' },
  escalatedAt: { zh: '升级督办时间', en: 'escalated at' },
  expected: { zh: '应为', en: 'expected' },
  explainTo: { zh: '说明范围', en: 'explained to' },
  field: { zh: '字段', en: 'field' },
  first: { zh: '首次核查', en: 'first' },
  firstAt: { zh: '首次告知时间', en: 'first at' },
  fixed: { zh: '已规定', en: 'fixed' },
  for: { zh: '所代人员', en: 'for' },
  function: { zh: '职能', en: 'function' },
  gateway: { zh: '网关', en: 'gateway' },
  given: { zh: '填写的', en: 'given' },
  groups: { zh: '分组', en: 'groups' },
  held: { zh: '数量', en: 'held' },
  holder: { zh: '现属部门', en: 'holder' },
  identifier: { zh: '证照标识', en: 'licence' },
  instead: { zh: '请改用', en: 'instead' },
  issues: { zh: '填写问题', en: 'issues' },
  joint: { zh: '联合办理', en: 'joint' },
  kept: { zh: '已登记的理由', en: 'kept for' },
  known: { zh: '已复核版本', en: 'known version' },
  lacks: { zh: '所缺的部分', en: 'part that is lacking' },
  latest: { zh: '最新', en: 'latest' },
  listed: { zh: '目录所列条件', en: 'listed' },
  longest: { zh: '最长环节合计', en: 'longest way' },
  matter: { zh: '事项规定', en: 'of the matter' },
  meeting: { zh: '协调会时间', en: 'meeting' },
  mendBy: { zh: '整改期限至', en: 'mend by' },
  missing: { zh: '缺少', en: 'missing' },
  most: { zh: '上限', en: 'most' },
  mspId: { zh: 'MSP 标识', en: 'MSP' },
  needed: { zh: '须由', en: 'needed' },
  newest: { zh: '最新版本', en: 'newest version' },
  notAsked: { zh: '未要求补充的', en: 'not asked' },
  now: { zh: '现为', en: 'now' },
  offered: { zh: '目录提供的', en: 'offered' },
  office: { zh: '机关', en: 'office' },
  on: { zh: '日期', en: 'on' },
  open: { zh: '办理中', en: 'open' },
  openDispute: { zh: '正在处理的争议', en: 'open dispute' },
  outside: { zh: '超出同意范围的使用记录', en: 'use outside the grant' },
  owner: { zh: '实施主体', en: 'owner' },
  personalFields: { zh: '含个人信息的字段', en: 'personal fields' },
  promisedDays: { zh: '承诺办结时限（工作日）', en: 'promised days' },
  query: { zh: '查询', en: 'query' },
  ranks: { zh: '效力等级', en: 'ranks' },
  ready: { zh: '可以启动的', en: 'ready' },
  receiver: { zh: '接收部门', en: 'receiver' },
  replyBy: { zh: '受理告知期限至', en: 'reply by' },
  returnedAt: { zh: '退件时间', en: 'returned at' },
  shown: { zh: '账本显示的时间', en: 'shown' },
  since: { zh: '自', en: 'since' },
  stage: { zh: '阶段', en: 'stage' },
  state: { zh: '状态', en: 'state' },
  status: { zh: '状态', en: 'status' },
  statutory: { zh: '法定办结时限', en: 'statutory' },
  steps: { zh: '环节', en: 'steps' },
  supersededBy: { zh: '替代版本', en: 'superseded by' },
  taskCodes: { zh: '事项', en: 'matters' },
  toDay: { zh: '结束日期', en: 'last day' },
  told: { zh: '所列容缺材料', en: 'told' },
  transaction: { zh: '操作名称', en: 'transaction' },
  transferredTo: { zh: '已移交', en: 'transferred to' },
  until: { zh: '至', en: 'until' },
  used: { zh: '使用', en: 'used' },
  waitUntil: { zh: '等候至', en: 'wait until' },
  waiting: { zh: '待办的', en: 'waiting' },
  weekdaysOff: { zh: '工作日放假天数', en: 'weekdays off' },
  worked: { zh: '周末补班天数', en: 'weekends worked' },
  wrong: { zh: '不符之处', en: 'wrong' },
} satisfies Readonly<Record<string, Words>>;
