import type { Basis, Law } from './citation';
import type { Vocabulary, Words } from './words';

/** The laws that refusals cite. */
export const licensing = {
  zh: '中华人民共和国行政许可法',
  en: 'Administrative Licensing Law',
  handling: 'licensing',
  reach: { zh: '（非行政许可事项参照）', en: ' (by analogy for what is no licence)' },
} satisfies Law;
export const onceReform = {
  zh: '浙江省保障“最多跑一次”改革规定',
  en: 'Zhejiang "once at most" regulation',
  handling: 'onceReform',
  liability: [43],
} satisfies Law;
export const sharing = {
  zh: '政务数据共享条例',
  en: 'Government data sharing regulation (State Council Order 809)',
} satisfies Law;
export const holidays = {
  zh: '全国年节及纪念日放假办法',
  en: 'Measures for public holidays',
} satisfies Law;
/** Regulation on the institutional set-up and staffing of local governments, 2007. */
export const staffing = {
  zh: '地方各级人民政府机构设置和编制管理条例',
  en: 'State Council Order 486',
} satisfies Law;
export const businessEnvironment = {
  zh: '优化营商环境条例',
  en: 'Regulation on optimising the business environment',
} satisfies Law;
export const supervision = {
  zh: '政府督查工作条例',
  en: 'Government supervision regulation',
} satisfies Law;
export const electronicSignature = {
  zh: '中华人民共和国电子签名法',
  en: 'Electronic Signature Law',
} satisfies Law;
export const personalInformation = {
  zh: '中华人民共和国个人信息保护法',
  en: 'Personal Information Protection Law',
} satisfies Law;
export const onlineServices = {
  zh: '国务院关于在线政务服务的若干规定',
  en: 'Online government services provisions (State Council Order 716)',
} satisfies Law;
export const archives = {
  zh: '中华人民共和国档案法',
  en: 'Archives Law',
} satisfies Law;
export const archivesRegulation = {
  zh: '中华人民共和国档案法实施条例',
  en: 'Regulation on the Archives Law',
} satisfies Law;

/** Documents of governments on evaluation (好差评): no law has an article on it. They are cited as a whole. */
export const evaluationOpinions = {
  zh: '国务院办公厅关于建立政务服务“好差评”制度提高政务服务水平的意见',
  en: 'Opinions of the General Office of the State Council on evaluation',
  number: '国办发〔2019〕51号',
} satisfies Law;
export const evaluationPlan = {
  zh: '浙江省建立政务服务“好差评”制度工作方案',
  en: 'Plan of the General Office of the provincial government on evaluation',
  number: '浙政办函〔2019〕65号',
} satisfies Law;

/**
 * What one code means, in both languages, and what it rests on where that is a law. Sentences are templates (template.ts) over
 * the details of the refusal: `{dueOn}`, `{couldAct.role}`; `{record}` is what the refusal is about, `{acts}` what comes next.
 */
export interface ContractErrorMeaning extends Words {
  /** The sentences of a code that serves several causes, by the `problem` in the details. */
  readonly causes?: Vocabulary;
  /** What to do now, where it is more than the acts that come next. */
  readonly next?: Words;
  /** The commands that come next. */
  readonly acts?: readonly string[];
  readonly basis?: Basis;
}
export type ContractErrorMeanings = Readonly<Record<string, ContractErrorMeaning>>;
