/** The laws that refusals cite, in both languages. */
export const licensing = 'Administrative Licensing Law 行政许可法';
export const onceReform = 'Zhejiang "once at most" regulation 浙江省保障“最多跑一次”改革规定';
export const sharing =
  'Government data sharing regulation (State Council Order 809) 政务数据共享条例';
export const holidays = 'Measures for public holidays 全国年节及纪念日放假办法';
/** Regulation on the institutional set-up and staffing of local governments, 2007. */
export const staffing = 'State Council Order 486 地方各级人民政府机构设置和编制管理条例';
export const businessEnvironment =
  'Regulation on optimising the business environment 优化营商环境条例';
export const supervision = 'Government supervision regulation 政府督查工作条例';
export const electronicSignature = 'Electronic Signature Law 电子签名法';
export const personalInformation = 'Personal Information Protection Law 个人信息保护法';
export const onlineServices =
  'Online government services provisions (State Council Order 716) 国务院关于在线政务服务的若干规定';

/** Documents of governments on evaluation (好差评): no law has an article on it. They are cited as a whole. */
export const evaluationOpinions =
  'General Office of the State Council 国务院办公厅关于建立政务服务“好差评”制度提高政务服务水平的意见（国办发〔2019〕51号）';
export const evaluationPlan =
  'General Office of the provincial government 浙江省建立政务服务“好差评”制度工作方案（浙政办函〔2019〕65号）';

/** What one code means, in both languages, and the article it rests on where there is one. */
export interface ContractErrorMeaning {
  readonly zh: string;
  readonly en: string;
  readonly article?: string;
}
export type ContractErrorMeanings = Readonly<Record<string, ContractErrorMeaning>>;
