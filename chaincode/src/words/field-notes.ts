import type { Vocabulary, Words } from '../kernel/words';
import { wordOf } from './vocabularies';

/**
 * What an official has to know to fill in a field, beyond its name and what its schema tells: fields whose meaning is the law's
 * or this ledger's own. By field, or by the command or object it stands in, as with names.
 */
const fieldNotes: Vocabulary = {
  advisory: {
    zh: '意见仅供参考：不同意也不妨碍批准。',
    en: 'The opinion is advice: a disagreement does not stand against a grant.',
  },
  after: {
    zh: '这些完成后才开始；都不填的，同时开始。',
    en: 'It begins once these are done; without any it begins at once.',
  },
  attested: {
    zh: '以数源部门存证代替的材料：材料代码和存证编号。',
    en: 'Materials that an attestation of the source department stands for.',
  },
  'calendar.import.notice': {
    zh: '公布放假安排的通知：文号、标题和原文。',
    en: 'The notice that announces the holidays.',
  },
  catalogCode: {
    zh: '全国统一的事项基本编码（GB/T 39046）。',
    en: 'The basic code that is the same in the whole country (GB/T 39046).',
  },
  competentOrgan: {
    zh: '不属于本部门职权的，写明应当向哪个机关申报。',
    en: 'Where it is not for this department: whom to apply to instead.',
  },
  contested: {
    zh: '认为数源部门的数据有误、改交本部门自己的材料的，列在这里。',
    en: 'Materials handed in because the shared data are held to be wrong.',
  },
  coversNames: {
    zh: '名称与此相同的材料由本数据代替，申报部门免交。',
    en: 'Materials of these names are not asked for: the data stand in for them.',
  },
  digest: {
    zh: '选择文件即可：校验值在本机计算。',
    en: 'Choose the file: its digest is computed here.',
  },
  disposal: {
    zh: '使用期满后数据如何删除、销毁或者归还。',
    en: 'How the data are erased or given back when the term is over.',
  },
  effect: {
    zh: '使用取得的成效；《政务数据共享条例》第二十九条要求记录。',
    en: 'What the use achieved; to be recorded by Order 809 art 29.',
  },
  exclusion: {
    zh: '不予共享须以法律、行政法规或者国务院决定为依据。',
    en: 'Not to share needs a law, an administrative regulation or a State Council decision.',
  },
  handlingLaws: {
    zh: '办理程序适用或者参照的法律；机关之间的内部审批一般是参照。',
    en: 'Laws whose procedure applies, or is followed by analogy, as between organs.',
  },
  impactAssessment: {
    zh: '向其他部门提供个人信息前所作的影响评估（《中华人民共和国个人信息保护法》第五十五条）。',
    en: 'Made before personal information is given to others (PIPL art 55).',
  },
  makeUpDays: {
    zh: '调休后上班的周六、周日。',
    en: 'Saturdays and Sundays that are worked instead.',
  },
  newFact: {
    zh: '补正应当一次性告知；再次告知的，写明首次告知之后出现的新情况。',
    en: 'What is missing is told once; a second notice needs what was not known at the first.',
  },
  offDays: { zh: '周六、周日之外的放假日。', en: 'Days off beside Saturdays and Sundays.' },
  onLapse: {
    zh: '会办部门逾期未答复时：升级督办；有政策文件依据的，可以视为同意。',
    en: 'When nobody answers in time: it escalates, or counts as agreed where a policy document says so.',
  },
  pledge: {
    zh: '申报部门承诺限期补交所缺材料的文书。',
    en: 'The applicant’s signed promise to hand in what is missing.',
  },
  previousLimit: {
    zh: '改革前的实际时限，用来计算提速。',
    en: 'The limit before the reform, from which the speed-up is computed.',
  },
  process: {
    zh: '由谁、在哪个环节、怎样使用；《政务数据共享条例》第二十九条要求记录。',
    en: 'Who used it, at which step and how; to be recorded by Order 809 art 29.',
  },
  promisedLimit: {
    zh: '对外承诺的办结时限，不得长于法定办结时限。',
    en: 'The limit that is promised, never longer than the statutory one.',
  },
  publicText: {
    zh: '向公众公开，不得含有个人信息和不公开的内容。',
    en: 'Published: nothing personal or confidential may be in it.',
  },
  readers: {
    zh: '只有这些岗位能读取数值，其他人只见校验值。',
    en: 'These alone can read the values; all others see digests.',
  },
  'reason.text': {
    zh: '写明理由的文书；只有有关部门可以查阅，账本只记校验值。',
    en: 'The document with the reason; those concerned can read it, the ledger has its digest.',
  },
  remedy: {
    zh: '申报部门此后可以怎么办，例如在规定期限内提请协调。',
    en: 'What the applicant can do next, as to ask for coordination within a time.',
  },
  returnFlow: {
    zh: '下级部门取回本地区产生的数据；上级部门不得附加条件。',
    en: 'A lower department gets back the data that its place produced; no conditions may be added.',
  },
  scenario: {
    zh: '为办理什么事项、在哪个环节使用；只能用于所写的用途。',
    en: 'For which matter and step it is used; it may be used for nothing else.',
  },
  seal: {
    zh: '电子印章系统出具的签章证明文件。',
    en: 'The proof that the e-seal system gives out.',
  },
  secrecyLevel: {
    zh: '国家秘密、工作秘密不在本账本办理，也不共享（《政务数据共享条例》第三条）。',
    en: 'State and work secrets are neither handled nor shared here (Order 809 art 3).',
  },
  storage: {
    zh: '数据存放在哪里、保存多久；《政务数据共享条例》第二十九条要求记录。',
    en: 'Where and how long the data are kept; to be recorded by Order 809 art 29.',
  },
  substitutes: {
    zh: '材料确实无法提供、以其他证明代替的，列在这里并写明证明的内容。',
    en: 'Other proof in place of a material that cannot be had, and what it proves.',
  },
  suppliedBy: {
    zh: '由该政务数据目录项的这个字段提供，申报时无人填写。',
    en: 'The data set and its field that supply it; nobody types it.',
  },
  taskCode: {
    zh: '政务服务平台上该事项的实施编码（GB/T 39046）。',
    en: 'The matter’s code on the government service platform (GB/T 39046).',
  },
  tolerable: {
    zh: '缺少时可以先受理、限期后补（容缺受理），并在办事指南中写明。',
    en: 'It may follow after acceptance, as the guide says.',
  },
  tolerated: {
    zh: '所缺的可容缺材料，不得多列、漏列。',
    en: 'The tolerable materials that are missing: all of them, and no other.',
  },
  visits: {
    zh: '申报部门须到现场的次数；“最多跑一次”为 0 或者 1。',
    en: 'How often the applicant has to come; “once at most” is 0 or 1.',
  },
  voucher: {
    zh: '交给申报部门的书面凭证，加盖专用印章、注明日期。',
    en: 'The sealed and dated voucher that the applicant gets.',
  },
};

/** What to know of a field, of a command or an object where that is known; undefined where its name and schema say it all. */
export const fieldNote = (name: string, of = ''): Words | undefined =>
  wordOf(fieldNotes, `${of}.${name}`) ?? wordOf(fieldNotes, name);

/** The fields that have a note. */
export const notedFields: readonly string[] = Object.keys(fieldNotes);
